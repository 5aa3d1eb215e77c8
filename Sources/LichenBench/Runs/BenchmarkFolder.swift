import Foundation
import LichenPlanning

/// The benchmark's folder: sets of instances, and what is known of their best plans.
public struct BenchmarkFolder: Sendable {
  public let url: URL

  /// Finds the folder `Benchmarks` at or above one of the places, as in the sources, or under `share/lichen` there,
  /// as it is installed.
  public init?(near places: [URL]) {
    for place in places {
      var folder = place.standardizedFileURL
      while folder.pathComponents.count > 1 {
        for path in ["Benchmarks", "share/lichen/Benchmarks"] {
          let candidate = folder.appendingPathComponent(path)
          if FileManager.default.fileExists(atPath: candidate.appendingPathComponent("sets").path) {
            url = candidate
            return
          }
        }
        folder.deleteLastPathComponent()
      }
    }
    return nil
  }

  /// The file of a set, whether it is there or not.
  public func set(_ name: String) -> URL { url.appendingPathComponent("sets/\(name).txt") }

  /// The file with the known values of a set, whether it is there or not.
  public func known(_ set: String) -> URL { url.appendingPathComponent("known/\(set).known") }

  /// All sets, in order of name.
  /// - Throws: `BenchmarkSetError`.
  public func sets() throws -> [BenchmarkSet] {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: url.appendingPathComponent("sets").path)
    return try files.sorted().filter { $0.hasSuffix(".txt") }.map {
      try BenchmarkSet(path: url.appendingPathComponent("sets/\($0)").path)
    }
  }

  /// - Throws: `KnownValuesError`. A file that does not exist yet knows nothing.
  public static func values(_ file: URL) throws -> KnownValues {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return KnownValues() }
    return try KnownValues(text: text)
  }

  /// Every instance of every set once, in order of name, with the best that any file of known values has.
  /// - Throws: `BenchmarkSetError`, `KnownValuesError`.
  public func instances() throws -> [BenchmarkInstance] {
    let known = try known()
    var found: [String: BenchmarkInstance] = [:]
    for set in try sets() {
      for reference in set.instances {
        found[
          reference.name,
          default: BenchmarkInstance(
            reference: reference, sets: [], known: known[reference.name])
        ].sets.append(set.name)
      }
    }
    return found.values.sorted { $0.reference.name < $1.reference.name }
  }

  /// What all files of known values know together.
  private func known() throws -> KnownValues {
    let folder = url.appendingPathComponent("known")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    var all = KnownValues()
    for file in files.sorted() where file.hasSuffix(".known") {
      for (name, entry) in try Self.values(folder.appendingPathComponent(file)).entries {
        all.improve(name, by: entry)
      }
    }
    return all
  }
}

/// An instance, the sets that name it, and the best that is known of it.
public struct BenchmarkInstance: Sendable {
  public let reference: InstanceReference
  public internal(set) var sets: [String]
  public let known: KnownValues.Entry

  /// What to write in a set: a folder's name, or what to generate.
  public var line: String { reference.folder == nil ? reference.text : reference.name }

  /// Who proved the bound; `nil` if nobody did.
  public var provedBy: String? {
    known.bound == nil || known.provedBy == "-" ? nil : known.provedBy
  }

  /// Whether the best plan is proven optimal: what it may still miss is at most 1e-6 of it, the tolerance of solvers.
  public var isProved: Bool {
    guard let objective = known.objective, let bound = known.bound else { return false }
    return bound - objective <= 1e-6 * max(1, abs(objective))
  }

  /// What the best plan may still miss, as a part of it: (bound − objective) / |objective|; `nil` where one of them is
  /// unknown or the objective is 0.
  public var gap: Double? {
    known.objective == 0
      ? nil : MIPResult.relativeGap(incumbent: known.objective, bound: known.bound)
  }
}
