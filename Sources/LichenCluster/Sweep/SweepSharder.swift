import Foundation
import LichenBench
import LichenIO

/// What stands in a unit's `unit.json`: runs of one instance, which lies beside it unless it is generated.
struct SweepTask: Codable, Sendable, Hashable {
  var kind = "run"
  let runs: [RunRequest]
}

/// Divides the runs of a benchmark into units: each has one instance, and about as many runs as any other.
struct SweepSharder: Sendable {
  let units: [[RunRequest]]

  /// - Parameter count: How many units there should be; at least one per instance.
  init(_ requests: [RunRequest], units count: Int) {
    let most = max(1, (requests.count + max(1, count) - 1) / max(1, count))
    var units: [[RunRequest]] = []
    var last: [String: Int] = [:]
    for request in requests {
      if let unit = last[request.instance.name], units[unit].count < most {
        units[unit].append(request)
      } else {
        last[request.instance.name] = units.count
        units.append([request])
      }
    }
    self.units = units
  }

  /// Files of an instance; none of one that is generated.
  /// - Throws: `CocoaError`.
  static func files(of instance: InstanceReference) throws -> [(name: String, bytes: [UInt8])] {
    guard let place = instance.folder else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
      .filter { $0.hasSuffix(".csv") || $0 == "instance.json" }
      .map { ($0, Array(try Data(contentsOf: place.appendingPathComponent($0)))) }
  }

  /// Writes the units.
  /// - Throws: `FileWritingError`, `CocoaError` if an instance cannot be read.
  func write(to folder: WorkFolder) throws {
    var entries: [UnitEntry] = []
    for (index, runs) in units.enumerated() {
      let instance = try Self.files(of: runs[0].instance)
      let task = SweepTask(runs: runs.map { $0.inUnit(contents: WorkFolder.hash(instance)) })
      let files = instance + [(WorkFolder.taskFile, Array(try WorkFolder.encoder.encode(task)))]
      let written = try folder.write(unit: files)
      entries.append(
        UnitEntry(
          index: index, hash: written.hash, links: 0, bytes: written.bytes,
          seconds: runs.reduce(10) { $0 + $1.limits.seconds * 1.2 + 5 },
          // Solvers of whole models take what they take; what fails is tried with more.
          megabytes: 500, chunks: min(UnitChunks.most, runs.count)))
    }
    try folder.write(entries, stage: 0)
  }
}

/// Does the runs of a unit, each in a process of its own.
struct SweepWorker: Sendable {
  private let program: URL
  private let unit: URL
  private let runs: [RunRequest]
  private let entry: UnitEntry

  /// - Parameter program: Does one run, called with `bench run-one REQUEST RESULT`.
  /// - Throws: `WorkError.damagedUnit`, what the file system says.
  init(_ entry: UnitEntry, in folder: WorkFolder, program: URL) throws {
    self.program = program
    let (unit, task) = try folder.task(SweepTask.self, of: entry)
    self.unit = unit
    runs = task.runs
    self.entry = entry
  }

  /// - Throws: What the file system says.
  func records(chunk: Int) throws -> [RunRecord] {
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("lichen-sweep-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let runner = BenchmarkRunner(
      executable: program, arguments: ["bench", "run-one"],
      journal: RunJournal(url: scratch.appendingPathComponent("journal.jsonl")))
    let own = runs[entry.items(ofChunk: chunk, among: runs.count)]
    let placed = try own.map { run in
      run.instance.folder == nil ? run : run.at(try InstanceReference(line: unit.path, base: unit))
    }
    let records = try runner.run(placed) { _, _, _ in }
    // Known by the name of the instance, not by where a unit has it.
    return zip(own, records).map { run, record in
      var record = record
      record.key = run.key
      return record
    }
  }
}

extension RunRequest {
  /// The same run of an instance that lies elsewhere.
  fileprivate func at(_ place: InstanceReference) -> RunRequest {
    RunRequest(
      instance: place, algorithm: algorithm, isRandom: isRandom, command: command, limits: limits,
      version: version)
  }
}
