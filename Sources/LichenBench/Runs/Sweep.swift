import Foundation
import LichenDomain

/// A sweep: algorithms on instances and on scenarios of parks, as a file that can be passed on and cited.
public struct Sweep: Codable, Sendable, Hashable {
  static let format = "lichen-sweep"

  public let format: String
  public let version: Int
  public let name: String
  /// Sets of instances, as `lichen bench --set` takes them; paths are relative to the file.
  public let sets: [String]
  public let parks: [ParkLine]
  /// Names of algorithms that ship; all of them if empty and no command is given.
  public let algorithms: [String]
  /// Further ones, as NAME=PROGRAM ARGUMENTS.
  public let commands: [String]
  /// Commands whose plan depends on the seed.
  public let random: [String]
  /// How often random algorithms run.
  public let seeds: Int
  /// Of each run.
  public let seconds: Double
  public let threads: Int

  /// A park under scenarios, each with each combination of values.
  public struct ParkLine: Codable, Sendable, Hashable {
    public let park: String
    /// By name or path, `a+b` for b on top of a, `declared` for the park as it is; that alone if empty.
    public let scenarios: [String]
    /// Keys of scenarios, and the values that each takes in turn.
    public let vary: [String: [Value]]

    private enum Key: String, CodingKey, CaseIterable { case park, scenarios, vary }

    public init(from decoder: any Decoder) throws {
      try decoder.refuse(but: Key.allCases.map(\.rawValue))
      let values = try decoder.container(keyedBy: Key.self)
      park = try values.decode(String.self, forKey: .park)
      scenarios = try values.decodeIfPresent([String].self, forKey: .scenarios) ?? []
      vary = try values.decodeIfPresent([String: [Value]].self, forKey: .vary) ?? [:]
      for (key, value) in vary where value.isEmpty {
        throw DecodingError.dataCorruptedError(
          forKey: .vary, in: values, debugDescription: "\(key) has no values")
      }
    }

    /// Every scenario with every combination of values: the last key changes first.
    public var cases: [(scenario: String, changes: [String])] {
      let keys = vary.keys.sorted()
      let combinations = keys.reduce([[String]]([[]])) { before, key in
        before.flatMap { changes in (vary[key] ?? []).map { changes + ["\(key)=\($0.text)"] } }
      }
      return (scenarios.isEmpty ? [Self.declared] : scenarios).flatMap { scenario in
        combinations.map { (scenario, $0) }
      }
    }

    public static let declared = "declared"
  }

  /// A word or a number, as a scenario would write it.
  public struct Value: Codable, Sendable, Hashable {
    public let text: String

    public init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let number = try? value.decode(Decimal.self) {
        text = "\(number)"
      } else {
        text = try value.decode(String.self)
      }
    }

    public func encode(to encoder: any Encoder) throws {
      var value = encoder.singleValueContainer()
      try value.encode(text)
    }
  }

  private enum Key: String, CodingKey, CaseIterable {
    case format, version, name, sets, parks, algorithms, commands, random, seeds, seconds, threads
  }

  public init(from decoder: any Decoder) throws {
    try decoder.refuse(but: Key.allCases.map(\.rawValue))
    let values = try decoder.container(keyedBy: Key.self)
    func value<Value: Decodable>(_ key: Key, _ usual: Value) throws -> Value {
      try values.decodeIfPresent(Value.self, forKey: key) ?? usual
    }
    func fault(_ key: Key, _ text: String) -> DecodingError {
      .dataCorruptedError(forKey: key, in: values, debugDescription: text)
    }
    format = try values.decode(String.self, forKey: .format)
    version = try values.decode(Int.self, forKey: .version)
    name = try values.decode(String.self, forKey: .name)
    sets = try value(.sets, [])
    parks = try value(.parks, [])
    algorithms = try value(.algorithms, [])
    commands = try value(.commands, [])
    random = try value(.random, [])
    seeds = try value(.seeds, 5)
    seconds = try value(.seconds, 10)
    threads = try value(.threads, 1)
    if format != Self.format { throw fault(.format, "expected \(Self.format)") }
    if version != 1 { throw fault(.version, "expected 1") }
    if name.isEmpty { throw fault(.name, "expected a name") }
    if sets.isEmpty && parks.isEmpty { throw fault(.sets, "expected a set or a park") }
    if seeds < 1 { throw fault(.seeds, "expected 1 or more") }
    if !(seconds > 0 && seconds <= 1e9) { throw fault(.seconds, "expected above 0 to 1e9") }
    if threads < 1 { throw fault(.threads, "expected 1 or more") }
  }

  /// Whether a path is a file that may be a sweep; parks and instances are folders or workbooks.
  public static func isSweep(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return url.pathExtension.lowercased() == "json"
      && FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  /// - Throws: `ValidationError` saying which field is wrong.
  public init(_ url: URL) throws(ValidationError) {
    func refused(_ field: String?, _ found: String) -> ValidationError {
      ValidationError([
        ValidationIssue(
          code: "unread-sweep", at: SourceLocation(file: url.lastPathComponent), field: field,
          found: found, expected: "a sweep as docs/scale.md describes it")
      ])
    }
    do {
      self = try JSONDecoder().decode(Sweep.self, from: Data(contentsOf: url))
    } catch let error as DecodingError {
      let (context, missing): (DecodingError.Context, String?) =
        switch error {
        case .keyNotFound(let key, let context): (context, key.stringValue)
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
          .dataCorrupted(let context):
          (context, nil)
        @unknown default: (.init(codingPath: [], debugDescription: "\(error)"), nil)
        }
      let path = context.codingPath.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }
      let field = (path + (missing.map { [$0] } ?? [])).joined(separator: ".")
      throw refused(
        field.isEmpty ? nil : field, missing == nil ? context.debugDescription : "nothing")
    } catch {
      throw refused(nil, "\(error)")
    }
  }
}

private struct AnyField: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension Decoder {
  /// - Throws: `DecodingError` for a field that nobody reads, most often one that is misspelt.
  fileprivate func refuse(but known: [String]) throws {
    for key in try container(keyedBy: AnyField.self).allKeys.sorted(by: {
      $0.stringValue < $1.stringValue
    })
    where !known.contains(key.stringValue) {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: codingPath + [key],
          debugDescription: "there is no such field; accepted: \(known.joined(separator: ", "))"))
    }
  }
}
