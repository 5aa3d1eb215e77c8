import Foundation
import LichenDomain

/// A line of a set: the folder of an instance, or what to generate.
public struct InstanceReference: Sendable, Hashable, Codable {
  /// The line as written, folders made absolute.
  public let text: String
  /// Name of the instance in results and in files of known values.
  public let name: String

  /// - Parameters:
  ///   - line: A folder, or `generate FAMILY ENTERPRISES SEED VARIANT`.
  ///   - base: Where relative folders begin.
  /// - Throws: `BenchmarkSetError`.
  public init(line: String, base: URL) throws(BenchmarkSetError) {
    let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    if words.first == "generate" {
      text = words.joined(separator: " ")
      name = try Self.request(words).name
    } else {
      let folder = URL(fileURLWithPath: line, relativeTo: base).standardizedFileURL
      guard InstanceReader.isInstance(folder) else { throw .noInstance(folder.path) }
      text = folder.path
      name = folder.lastPathComponent
    }
  }

  /// Reads or generates the instance.
  /// - Throws: `ValidationError` with everything that is wrong with the folder.
  public func load() throws -> Instance {
    let words = text.split(separator: " ").map(String.init)
    if words.first == "generate" {
      return InstanceGenerator.instance(try Self.request(words))
    }
    return try InstanceReader.read(folder: URL(fileURLWithPath: text)).instance
  }

  /// The folder, unless the instance is generated.
  public var folder: URL? {
    text.hasPrefix("generate ") ? nil : URL(fileURLWithPath: text)
  }

  private init(text: String, name: String) {
    self.text = text
    self.name = name
  }

  /// The same instance by its contents instead of its folder, unless it is generated.
  func inUnit(contents: String) -> InstanceReference {
    folder == nil ? self : InstanceReference(text: contents, name: name)
  }

  private static func request(_ words: [String]) throws(BenchmarkSetError) -> InstanceRequest {
    let line = words.joined(separator: " ")
    guard words.count == 5 else { throw .badLine(line, "generate FAMILY ENTERPRISES SEED VARIANT") }
    guard let family = InstanceRequest.Family(rawValue: words[1]) else {
      throw .badLine(
        line,
        "a family: " + InstanceRequest.Family.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let sizes = words[2].split(separator: "x").compactMap { Int($0) }
    guard (1...2).contains(sizes.count), sizes.allSatisfy({ $0 >= 1 }), sizes.reduce(0, +) >= 2
    else { throw .badLine(line, "2 enterprises or more, or SUPPLIERSxRECEIVERS") }
    guard let seed = UInt64(words[3]) else { throw .badLine(line, "a whole number as seed") }
    guard let variant = InstanceRequest.Variant(words[4]) else {
      throw .badLine(line, "a variant: \(InstanceRequest.Variant.accepted)")
    }
    return InstanceRequest(
      family: family, enterprises: sizes.reduce(0, +), seed: seed, variant: variant,
      suppliers: sizes.count == 2 ? sizes[0] : nil)
  }
}

/// A set of instances that cannot be read.
public enum BenchmarkSetError: Error, Hashable, Sendable, CustomStringConvertible {
  case unreadable(String)
  case noInstance(String)
  case badLine(String, String)
  case twice(String)
  case empty(String)

  public var description: String {
    switch self {
    case .unreadable(let path): "\(path) cannot be read as a set of instances."
    case .noInstance(let path): "\(path) is no instance: it holds no instance.json."
    case .badLine(let line, let expected): "'\(line)' is no instance; expected \(expected)."
    case .twice(let name): "The instance \(name) stands in the set twice."
    case .empty(let path): "\(path) names no instance."
    }
  }
}

/// A named list of instances.
public struct BenchmarkSet: Sendable {
  public let name: String
  public let instances: [InstanceReference]

  /// Reads a text file with one instance a line (`#` begins a comment; folders are relative to the
  /// file), the folder of one instance, or a folder of such folders.
  /// - Throws: `BenchmarkSetError`.
  public init(path: String) throws(BenchmarkSetError) {
    let url = URL(fileURLWithPath: path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw .unreadable(path)
    }
    if isFolder.boolValue {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
      let found =
        InstanceReader.isInstance(url)
        ? [url]
        : names.sorted().map { url.appendingPathComponent($0) }.filter(InstanceReader.isInstance)
      var instances: [InstanceReference] = []
      for folder in found { instances.append(try InstanceReference(line: folder.path, base: url)) }
      try self.init(name: url.lastPathComponent, instances: instances, path: path)
    } else {
      guard let text = try? String(contentsOf: url, encoding: .utf8) else {
        throw .unreadable(path)
      }
      try self.init(
        name: url.deletingPathExtension().lastPathComponent, text: text,
        base: url.deletingLastPathComponent(), path: path)
    }
  }

  init(name: String, text: String, base: URL, path: String) throws(BenchmarkSetError) {
    var instances: [InstanceReference] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let content = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
      if content.isEmpty { continue }
      instances.append(try InstanceReference(line: content, base: base))
    }
    try self.init(name: name, instances: instances, path: path)
  }

  private init(name: String, instances: [InstanceReference], path: String)
    throws(BenchmarkSetError)
  {
    if instances.isEmpty { throw .empty(path) }
    var seen: Set<String> = []
    for instance in instances where !seen.insert(instance.name).inserted {
      throw .twice(instance.name)
    }
    self.name = name
    self.instances = instances
  }
}
