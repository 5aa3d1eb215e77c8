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
    try StagedFolder.checkEmpty(url)
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
  public func keys(_ folder: WorkFolder) throws -> Set<RunRecord.Key> {
    Set(
      try (folder.entries(of: 0) ?? []).flatMap {
        try folder.task(SweepTask.self, of: $0).task.runs.map(\.key)
      })
  }

  /// Joins the records of all runs.
  /// - Throws: `WorkError` naming units without a result, or with one that is damaged.
  public func records(_ folder: WorkFolder) throws -> [RunRecord] {
    try folder.gathered(of: 0) { try folder.result([RunRecord].self, of: $0) }.flatMap(\.self)
  }
}
