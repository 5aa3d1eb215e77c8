import Foundation
import GLPKSolver
import LichenBench
import LichenCluster
import LichenEngine

/// The runs of a benchmark, done by an engine.
struct BenchSweep {
  let folder: URL
  let cluster: ClusterChoice

  /// Has all runs done that the journal lacks, and writes their records into it.
  /// - Throws: `WorkError` if units fail for good.
  func run(_ requests: [RunRequest], name: String, into journal: RunJournal) throws {
    let kept = journal.records()
    let open = requests.filter { kept[$0.key] == nil }
    if open.isEmpty { return }
    let work = Work(engine: Engine.version, solver: GLPKSolver(), runner: BenchPlaces.executable)
    let made = try self.work(open, name: name, work)
    try cluster.carryOut(made)
    for record in try work.records(made) where kept[record.key] == nil {
      try journal.append(record)
    }
    try FileManager.default.removeItem(at: folder)
  }

  /// The folder of an earlier call that was stopped, if it is about these runs, or a new one.
  private func work(_ requests: [RunRequest], name: String, _ work: Work) throws -> WorkFolder {
    if let earlier = try? WorkFolder(folder, engine: Engine.version),
      (try? work.isAbout(requests, earlier)) == true
    {
      return earlier
    }
    try? FileManager.default.removeItem(at: folder)
    return try work.shard(requests, name: name, to: folder, units: cluster.units)
  }
}
