import Foundation
import LichenBench
import LichenIO

/// Joins what the candidates of all units make into one instance, and divides it.
struct NationJoiner {
  let folder: WorkFolder

  /// Writes the instance, and who owns its streams, into `source`.
  /// - Throws: `WorkError` for results that are missing or damaged, or that do not fit each other.
  func join(stage: Int) throws {
    let record = try folder.nationRecord()
    var joiner = InstanceJoiner()
    var owners: Set<StreamOwner> = []
    _ = try folder.gathered(of: stage) { entry -> Void? in
      guard let outcome = try folder.result(CandidateOutcome.self, of: entry) else { return nil }
      owners.formUnion(outcome.streams)
      do {
        try joiner.add(outcome.instance())
      } catch let refusal as InstanceJoiner.Refusal {
        throw WorkError.refusedResult(index: entry.index, reason: refusal.description)
      }
    }
    let instance: Instance
    do {
      instance = try joiner.joined(
        name: folder.manifest.name, source: record.title, licence: "As the nation's",
        budget: record.capitalBudget, partners: record.partnerLimit)
    } catch {
      throw WorkError.damagedManifest(path: folder.url.path, reason: error.description)
    }
    try AtomicFile.write(
      WorkFolder.encoder.encode(owners.sorted { $0.stream < $1.stream }), to: folder.streamsFile)
    // Equal parts are equal bytes, so that it does not matter who of two writes last.
    try InstanceWriter.write(
      instance, to: folder.source.appendingPathComponent("instance"), replacing: true)
  }
}
