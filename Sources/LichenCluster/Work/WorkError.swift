import Foundation

/// Why a folder of work cannot be gone on with; every text says what to do.
public enum WorkError: Error, Hashable, Sendable, CustomStringConvertible {
  case noWork(path: String)
  case damagedManifest(path: String, reason: String)
  /// Made by another version of Lichen.
  case otherVersion(path: String, found: String, own: String)
  /// The data folder is not the one that the work was divided with.
  case otherCatalogue
  case noUnit(index: Int, count: Int)
  /// The stage before is not done.
  case notYet(index: Int, stage: Int, missing: [Int])
  /// A unit's folder is not what was written.
  case damagedUnit(index: Int, path: String)
  /// A result is not what was written, or of another unit.
  case damagedResult(index: Int, path: String, reason: String)
  case missingResults([Int])
  /// A result says something that the judge refuses.
  case refusedResult(index: Int, reason: String)
  /// An engine does not do what it is asked for.
  case engine(String)
  /// Handed over before, and not ended.
  case underWay(running: Int, waiting: Int)
  /// Another process sees to the same work.
  case inUse(path: String)

  /// Whether something else should have been asked for, while all data are sound.
  public var isUsage: Bool {
    switch self {
    case .noWork, .noUnit, .notYet, .missingResults, .otherVersion, .otherCatalogue, .underWay,
      .inUse:
      true
    case .damagedManifest, .damagedUnit, .damagedResult, .refusedResult, .engine: false
    }
  }

  public var description: String {
    switch self {
    case .noWork(let path):
      "\(path) is no folder of work: it holds no manifest.json. `lichen shard` makes one."
    case .damagedManifest(let path, let reason): "\(path) cannot be read: \(reason)"
    case .otherVersion(let path, let found, let own):
      "\(path) was made by Lichen \(found), this is \(own): results of two versions are not joined. "
        + "Use that version, or shard anew."
    case .otherCatalogue:
      "The catalogue in the data folder is not the one that the work was divided with: candidates would be valued "
        + "by other figures. Use that data folder (--data), or shard anew."
    case .noUnit(let index, let count): "There is no unit \(index); units are 0 to \(count - 1)."
    case .notYet(let index, let stage, let missing):
      "Unit \(index) belongs to stage \(stage + 1), and stage \(stage) lacks \(Self.list(missing))."
    case .damagedUnit(let index, let path):
      "Unit \(index) is damaged: \(path) is not what was written. Copy it anew, or shard anew."
    case .damagedResult(let index, let path, let reason):
      "The result of unit \(index) is damaged (\(reason)): remove \(path) and work on the unit again."
    case .missingResults(let indices):
      "\(indices.count) unit\(indices.count == 1 ? " has" : "s have") no result yet: \(Self.list(indices)). "
        + "`lichen work` makes them."
    case .refusedResult(let index, let reason):
      "The result of unit \(index) is refused: \(reason)."
    case .engine(let reason): reason
    case .underWay(let running, let waiting):
      "This work is under way: \(running) units run, \(waiting) wait. `lichen cluster status` tells how far it is, "
        + "`lichen cluster cancel` takes it back."
    case .inUse(let path): "Another lichen sees to the work in \(path); wait for it, or end it."
    }
  }

  /// As `1-4, 7`.
  /// - Parameter most: Ranges that are told.
  public static func list(_ indices: [Int], most: Int = 12) -> String {
    var ranges: [ClosedRange<Int>] = []
    for index in indices.sorted() {
      if let last = ranges.last, index <= last.upperBound + 1 {
        ranges[ranges.count - 1] = last.lowerBound...max(index, last.upperBound)
      } else {
        ranges.append(index...index)
      }
    }
    let shown = ranges.prefix(most).map {
      $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }
    return shown.joined(separator: ", ") + (ranges.count > most ? " and more" : "")
  }
}
