import Foundation
import LichenBench
import LichenCluster
import LichenEngine
import LichenIO

/// A sweep as a folder of work: its file is divided into units, and their runs are joined into the tables of a benchmark.
struct SweepSource {
  /// What `source/sweep.json` keeps.
  private struct Kept: Codable {
    let sweep: Sweep
    /// In the order of tables.
    let instances: [String]
    /// Of the runs, in the order of tables.
    let keys: [RunRecord.Key]
  }

  private static let fileName = "sweep.json"

  /// Divides a sweep. Scenarios of parks become instances on the way.
  /// - Throws: `ValidationError` for what the file names, `FileWritingError`.
  static func shard(_ file: URL, to target: URL, units: Int, engine: Engine) throws -> WorkFolder {
    let sweep = try Sweep(file)
    let base = file.standardizedFileURL.deletingLastPathComponent()
    let choices = try BenchAlgorithms.choices(
      names: sweep.algorithms, commands: sweep.commands, random: sweep.random)
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("lichen-sweep-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    var instances = try sweep.sets.flatMap { name in
      let path = base.appendingPathComponent(name).path
      return try BenchPlaces.sets([FileManager.default.fileExists(atPath: path) ? path : name])
        .flatMap(\.instances)
    }
    for line in sweep.parks {
      try engine.forEachInstance(of: line, base: base) { name, instance in
        let place = scratch.appendingPathComponent(name)
        try InstanceWriter.write(instance, to: place)
        instances.append(try InstanceReference(line: place.path, base: scratch))
        if Console.showsProgress { Console.progress("\(instances.count) instances") }
      }
    }
    var seen: Set<String> = []
    for instance in instances where !seen.insert(instance.name).inserted {
      throw BenchmarkSetError.twice(instance.name)
    }
    let version = LichenCommand.configuration.version
    let requests = choices.requests(
      instances, seeds: sweep.seeds,
      limits: RunLimits(seconds: sweep.seconds, threads: sweep.threads), version: version)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let kept = Kept(
      sweep: sweep, instances: instances.map(\.name), keys: requests.map(\.key))
    return try engine.work(runner: BenchPlaces.executable).shard(
      requests, name: sweep.name, to: target, units: units,
      source: [(fileName, Array(try encoder.encode(kept)))])
  }

  /// Joins the runs of a sweep into tables.
  /// - Parameter output: Folder for results, if they are to be written.
  /// - Throws: `WorkError` for results that are missing or damaged, `UsageError` for work that `lichen bench` joins.
  static func merge(_ folder: WorkFolder, engine: Engine, output: String?) throws {
    guard let data = try? Data(contentsOf: folder.source.appendingPathComponent(fileName)) else {
      throw UsageError("This is a benchmark: the lichen bench that made it joins its runs.")
    }
    let kept = try JSONDecoder().decode(Kept.self, from: data)
    let sweep = kept.sweep
    let records = Dictionary(
      try engine.work().records(folder).map { ($0.key, $0) }, uniquingKeysWith: { $1 })
    let choices = try BenchAlgorithms.choices(
      names: sweep.algorithms, commands: sweep.commands, random: sweep.random)
    let result = BenchmarkResult(
      set: sweep.name,
      machine: MachineDescription(
        versions: BenchAlgorithms.versions(lichen: LichenCommand.configuration.version),
        commit: BenchPlaces.commit(), started: Date()),
      algorithms: choices.lines, instances: kept.instances,
      limits: RunLimits(seconds: sweep.seconds, threads: sweep.threads),
      records: kept.keys.compactMap { records[$0] }, known: KnownValues())
    try result.tell(in: output)
    try result.checkAnswers()
  }
}
