import Foundation

/// What a nation's plan is about, beside the tables of its units.
public struct NationRecord: Codable, Sendable, Hashable {
  static let fileName = "nation.json"

  public let title: String
  public let currency: String
  public let zones: Int
  public let enterprises: Int
  public let streams: Int
  /// What was worth knowing of single zones.
  public let warnings: Int
  public let capitalBudget: Double?
  public let partnerLimit: Int?

  public init(
    title: String, currency: String, zones: Int, enterprises: Int, streams: Int, warnings: Int,
    capitalBudget: Double?, partnerLimit: Int?
  ) {
    self.title = title
    self.currency = currency
    self.zones = zones
    self.enterprises = enterprises
    self.streams = streams
    self.warnings = warnings
    self.capitalBudget = capitalBudget
    self.partnerLimit = partnerLimit
  }
}

extension WorkFolder {
  /// - Throws: `WorkError.damagedManifest`.
  public func nationRecord() throws(WorkError) -> NationRecord {
    let file = source.appendingPathComponent(NationRecord.fileName)
    do {
      return try JSONDecoder().decode(NationRecord.self, from: Data(contentsOf: file))
    } catch {
      throw .damagedManifest(path: file.path, reason: "\(error)")
    }
  }

  /// Where the owners of streams stand once the units are joined.
  var streamsFile: URL { source.appendingPathComponent("streams.json") }

  /// Whose the streams are that have links, by id.
  /// - Throws: `WorkError.damagedManifest` if units were not joined yet.
  public func streamOwners() throws(WorkError) -> [String: StreamOwner] {
    do {
      let owners = try JSONDecoder().decode(
        [StreamOwner].self, from: Data(contentsOf: streamsFile))
      return Dictionary(owners.map { ($0.stream, $0) }) { first, _ in first }
    } catch {
      throw .damagedManifest(path: streamsFile.path, reason: "\(error)")
    }
  }
}
