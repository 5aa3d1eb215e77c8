import Foundation
import LichenBench
import LichenIO

/// Runs of a benchmark as work.
extension Work {
  /// Makes a folder of work of runs.
  /// - Parameters:
  ///   - name: Of the set.
  ///   - units: How many units there should be; at least one per instance.
  /// - Throws: `FileWritingError`, `folderNotEmpty` for a folder that holds something.
  public func shard(
    _ requests: [RunRequest], name: String, to url: URL, units: Int
  ) throws -> WorkFolder {
    try Self.checkEmpty(url)
    let sharder = SweepSharder(requests, units: units)
    let manifest = WorkManifest(
      engine: engine, purpose: .sweep, name: name, limits: PlanLimits(),
      stages: [.init(kind: .run, first: 0, count: sharder.units.count)])
    let folder = WorkFolder(url, manifest: manifest)
    try FileManager.default.createDirectory(at: folder.units, withIntermediateDirectories: true)
    try sharder.write(to: folder)
    try WorkFolder.write(manifest, to: url)
    return folder
  }

  /// The runs that a folder of work is about.
  /// - Throws: `WorkError`.
  public func requests(_ folder: WorkFolder) throws -> Set<RunRequest> {
    let tasks = try (folder.entries(of: 0) ?? []).map { entry in
      try JSONDecoder().decode(
        SweepTask.self,
        from: Data(contentsOf: folder.unit(entry).appendingPathComponent(PlanTask.fileName)))
    }
    return Set(tasks.flatMap(\.runs))
  }

  /// Joins the records of all runs.
  /// - Throws: `WorkError` naming units without a result, or with one that is damaged.
  public func records(_ folder: WorkFolder) throws -> [RunRecord] {
    let entries = try folder.entries(of: 0) ?? []
    var missing: [Int] = []
    var records: [RunRecord] = []
    for entry in entries {
      guard let found = try folder.result([RunRecord].self, of: entry) else {
        missing.append(entry.index)
        continue
      }
      records += found
    }
    guard missing.isEmpty else { throw WorkError.missingResults(missing) }
    return records
  }
}
