import Foundation
import LichenDomain
import LichenIO

/// The files of a park in one value, as a database keeps them.
public struct ParkArchive: Sendable, Hashable, Codable {
  /// Texts by path within the park's folder, as `enterprises.csv` and `scenarios/closed.yaml`.
  public let files: [String: String]

  public init(files: [String: String]) { self.files = files }

  /// The tables of a declaration, as they are written to a folder.
  /// - Parameter scenarios: Files of the park's scenarios, by name.
  /// - Throws: `FileWritingError`.
  public init(_ declaration: ParkDeclaration, scenarios: [String: String] = [:]) throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let park = folder.appendingPathComponent("park")
    try ParkWriter.write(declaration, to: park)
    files = try Self.texts(in: park).merging(scenarios) { own, _ in own }
  }

  /// A park's folder with its tables and scenarios; other files stay behind.
  /// - Throws: `CocoaError` if a file cannot be read or is not UTF-8.
  public init(folder: URL) throws {
    var files = try Self.texts(in: folder)
    let scenarios = folder.appendingPathComponent("scenarios")
    if FileManager.default.fileExists(atPath: scenarios.path) {
      for (name, text) in try Self.texts(in: scenarios) { files["scenarios/\(name)"] = text }
    }
    self.files = files
  }

  private static func texts(in folder: URL) throws -> [String: String] {
    var texts: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where [".csv", ".json", ".yaml"].contains(where: name.hasSuffix) {
      texts[name] = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }
    return texts
  }

  private static func folder() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lichen-park-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    return url
  }

  /// Lets somebody read the files from a folder that is gone afterwards.
  public func withFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let parts = name.split(separator: "/", omittingEmptySubsequences: false)
      // A name never leads out of the folder.
      guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }) else {
        throw CocoaError(.fileReadInvalidFileName)
      }
      let url = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    return try body(folder)
  }

  /// Equal archives give equal bytes.
  public func data() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }

  /// - Throws: `DecodingError`.
  public init(data: Data) throws { self = try JSONDecoder().decode(ParkArchive.self, from: data) }
}

extension Engine {
  /// Reads and checks a park from its files.
  /// - Throws: `ValidationError` with everything found wrong.
  public func park(_ archive: ParkArchive, overrides: Overrides = Overrides()) throws -> Park {
    try archive.withFolder { try park(at: $0, overrides: overrides) }
  }

  /// The scenarios among a park's files.
  public func scenarios(of archive: ParkArchive) throws -> ScenarioBook {
    try archive.withFolder { ScenarioFiles.inspect(park: $0).book }
  }
}
