import Foundation
import LichenDomain

/// A nation: a folder of parks, one per industrial zone, none of which has to be in memory with another.
///
///     nation.json     name, title, and the zones in order
///     zones/ID/       a park like any other
///
/// Ids of enterprises and streams are unique over all zones.
public struct NationFolder: Sendable {
  public static let fileName = "nation.json"
  static let format = "lichen-nation"

  public let url: URL
  public let name: String
  public let title: String
  /// Names of the zones' folders, in order.
  public let zones: [String]

  private struct Document: Codable {
    var format = NationFolder.format
    var version = 1
    let name: String
    let title: String
    let zones: [String]
  }

  /// Whether a folder says that it is a nation.
  public static func isNation(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.appendingPathComponent(fileName).path)
  }

  /// - Throws: `ValidationError` for a file that cannot be read or names zones that are not there.
  public init(_ url: URL) throws(ValidationError) {
    let place = SourceLocation(file: Self.fileName)
    let document: Document
    do {
      document = try JSONDecoder().decode(
        Document.self, from: Data(contentsOf: url.appendingPathComponent(Self.fileName)))
    } catch {
      throw ValidationError([
        ValidationIssue(
          code: "unread-nation", at: place, found: "\(error)",
          expected: "format, version, name, title and zones, as lichen bench nation writes them")
      ])
    }
    var issues: [ValidationIssue] = []
    if document.format != Self.format || document.version != 1 {
      issues.append(
        ValidationIssue(
          code: "other-format", at: place, field: "format",
          found: "\(document.format) \(document.version)", expected: "\(Self.format) 1"))
    }
    if document.zones.isEmpty {
      issues.append(
        ValidationIssue(code: "no-rows", at: place, field: "zones", expected: "at least one zone"))
    }
    var seen: Set<String> = []
    for zone in document.zones {
      let isName = !zone.isEmpty && !zone.hasPrefix(".") && !zone.contains("/")
      let park = url.appendingPathComponent("zones/\(zone)/\(ParkFolder.packageName)")
      if !isName || !FileManager.default.fileExists(atPath: park.path) {
        issues.append(
          ValidationIssue(
            code: "missing-zone", at: place, field: "zones", found: zone,
            expected: "a park in zones/\(zone)"))
      }
      if !seen.insert(zone).inserted {
        issues.append(
          ValidationIssue(code: "duplicate", at: place, field: "zones", found: zone))
      }
    }
    if !issues.isEmpty { throw ValidationError(issues) }
    self.url = url
    name = document.name
    title = document.title
    zones = document.zones
  }

  /// Folder of a zone's park.
  public func park(_ zone: String) -> URL { Self.park(zone, in: url) }

  /// Folder of a zone's park in a nation that is being written.
  public static func park(_ zone: String, in url: URL) -> URL {
    url.appendingPathComponent("zones").appendingPathComponent(zone)
  }

  /// Writes `nation.json`, last of all: a nation that has it is complete.
  /// - Throws: `FileWritingError`.
  public static func write(name: String, title: String, zones: [String], to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try AtomicFile.write(
      encoder.encode(Document(name: name, title: title, zones: zones)),
      to: url.appendingPathComponent(fileName))
  }
}
