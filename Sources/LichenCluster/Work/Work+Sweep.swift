import Foundation
import LichenBench
import LichenIO

/// Runs of a benchmark as work.
extension Work {
  /// Makes a folder of work of runs.
  /// - Parameters:
  ///   - name: Of the set.
  ///   - units: How many units there should be; at least one per instance.
  ///   - source: What it is about, kept for whoever joins the runs.
  /// - Throws: `FileWritingError`, `folderNotEmpty` for a folder that holds something.
  public func shard(
    _ requests: [RunRequest], name: String, to url: URL, units: Int,
    source: [(name: String, bytes: [UInt8])] = []
  ) throws -> WorkFolder {
    try StagedFolder.checkEmpty(url)
    let sharder = SweepSharder(requests, units: units)
    let manifest = WorkManifest(
      engine: engine, purpose: .sweep, name: name, limits: PlanLimits(),
      stages: [.init(kind: .run, first: 0, count: sharder.units.count)])
    let folder = WorkFolder(url, manifest: manifest)
    for place in [folder.units, folder.source] {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    }
    try sharder.write(to: folder)
    for file in source {
      try AtomicFile.write(file.bytes, to: folder.source.appendingPathComponent(file.name))
    }
    try WorkFolder.write(manifest, to: url)
    return folder
  }

  /// Whether a folder of work is about these runs and no others, of instances with these contents.
  /// - Throws: `WorkError`, `CocoaError` if an instance cannot be read.
  public func isAbout(_ requests: [RunRequest], _ folder: WorkFolder) throws -> Bool {
    var contents: [InstanceReference: String] = [:]
    for request in requests where contents[request.instance] == nil {
      contents[request.instance] = WorkFolder.hash(try SweepSharder.files(of: request.instance))
    }
    let runs = try (folder.entries(of: 0) ?? []).flatMap {
      try folder.task(SweepTask.self, of: $0).task.runs
    }
    return Set(runs)
      == Set(requests.map { $0.inUnit(contents: contents[$0.instance] ?? "") })
  }

  /// Joins the records of all runs.
  /// - Throws: `WorkError` naming units without a result, or with one that is damaged.
  public func records(_ folder: WorkFolder) throws -> [RunRecord] {
    try folder.gathered(of: 0) { try folder.result([RunRecord].self, of: $0) }.flatMap(\.self)
  }
}
