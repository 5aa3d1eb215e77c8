import ArgumentParser
import Foundation
import LichenBench
import LichenEngine
import LichenIO

struct BenchRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs algorithms on a set of instances and compares them.",
    discussion: """
      Every run has a process of its own, so that its time and memory are its own. Results are kept \
      as they come: the same command goes on where it was stopped. Each plan is added up anew and \
      checked in exact arithmetic. A plan that breaks a constraint, a value above a proven bound and \
      a bound below a value that was reached are wrong answers: the command ends with exit code 1.

      Writes report.html, results.csv, results.json and journal.jsonl into one folder.

      EXAMPLES
        lichen bench --set short -o out/bench
        lichen bench --set Benchmarks/instances --algorithms lichen,glpk --time 60
        lichen bench --set short --command mine='python3 Benchmarks/examples/greedy.py'
        lichen bench --set full --seeds 20 --cluster slurm --units 200
      """)

  @Option(
    parsing: .upToNextOption,
    help: "short, full, a list of instances, an instance folder, or a folder of them.",
    completion: .file())
  var set: [String] = ["short"]

  @Option(help: "Algorithms, separated by commas; all that ship without it.")
  var algorithms: String?

  @Option(
    name: .customLong("command"),
    help: ArgumentHelp(
      "Another algorithm, as NAME='PROGRAM ARGUMENTS'; see Benchmarks/examples. May be repeated."))
  var commands: [String] = []

  @Option(
    name: .customLong("random"), help: "Command whose plan depends on the seed. May be repeated.")
  var randomCommands: [String] = []

  @Option(help: "Seconds that each run may take.") var time: Double = 10
  @Option(help: "Seeds for random algorithms.") var seeds: Int = 5
  @Option(help: "Threads that each run may use.") var threads: Int = 1

  @Option(
    name: .shortAndLong, help: "Folder for the results.", completion: .directory)
  var output: String = "out/bench"

  @Option(help: "File of known values; Benchmarks/known/SET.known if it is there.")
  var known: String?

  @Flag(help: "Write better objectives and bounds into the file of known values.")
  var updateKnown = false

  @Option(help: "Document whose text between the marks of the benchmark is replaced.")
  var updateResults: String?

  @Flag(help: "Forget what earlier runs left in the folder.") var fresh = false

  @OptionGroup var cluster: ClusterChoice
  @Flag(help: "Print the results as JSON instead of a table.") var json = false

  static let section = MarkedSection("benchmark")

  func validate() throws {
    if !(time > 0 && time <= 1e9) {
      throw UsageError("--time is \(time); it must be above 0, at most 1,000,000,000.")
    }
    if seeds < 1 { throw UsageError("--seeds must be at least 1.") }
    if threads < 1 { throw UsageError("--threads must be at least 1.") }
  }

  func run() throws {
    let choices = try BenchAlgorithms.choices(
      names: (algorithms ?? "").split(separator: ",").map {
        $0.trimmingCharacters(in: .whitespaces)
      }, commands: commands, random: randomCommands)
    let sets = try BenchPlaces.sets(set)
    let knownFile = BenchPlaces.known(explicit: known, set: sets[0].name)
    var knownValues = try knownFile.map(BenchmarkFolder.values) ?? KnownValues()
    let instances = sets.flatMap(\.instances)
    let executable = BenchPlaces.executable
    let folder = URL(fileURLWithPath: output)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let version = LichenCommand.configuration.version
    let machine = MachineDescription(
      versions: BenchAlgorithms.versions(lichen: version), commit: BenchPlaces.commit(),
      started: Date())
    let requests = choices.requests(
      instances, seeds: seeds, limits: RunLimits(seconds: time, threads: threads),
      version: machine.commit.map { "\(version) \($0)" } ?? version)
    let journal = try journal(in: folder, executable: executable)
    let runner = BenchmarkRunner(
      executable: executable, arguments: ["bench", "run-one"], journal: journal)
    if cluster.isChosen {
      let sweep = BenchSweep(folder: ClusterChoice.work(in: output), cluster: cluster)
      try sweep.run(requests, name: sets[0].name, into: journal)
    }
    let records = try runner.run(requests) { position, request, record in
      Self.tell(position, requests.count, request, record)
    }
    let result = BenchmarkResult(
      set: sets.map(\.name).joined(separator: " "), machine: machine,
      algorithms: choices.lines, instances: instances.map(\.name),
      limits: RunLimits(seconds: time, threads: threads), records: records, known: knownValues)
    try result.tell(in: output, json: json)
    if updateKnown {
      knownValues = result.improving(knownValues)
      try BenchPlaces.write(knownValues, to: knownFile ?? BenchPlaces.newKnown(set: sets[0].name))
    }
    if let updateResults { try Self.section.update(updateResults, with: result.markdown()) }
    try result.checkAnswers()
  }

  /// Results of an older build are not results of this one.
  private func journal(in folder: URL, executable: URL) throws -> RunJournal {
    let url = folder.appendingPathComponent("journal.jsonl")
    func changed(_ url: URL) -> Date? {
      (try? FileManager.default.attributesOfItem(atPath: url.path))?[.modificationDate] as? Date
    }
    if let kept = changed(url) {
      let isOlder = changed(executable).map { $0 > kept } ?? false
      if fresh || isOlder {
        if isOlder { Console.note("the program is newer than \(url.path); starting anew.") }
        try FileManager.default.removeItem(at: url)
      }
    }
    return RunJournal(url: url)
  }

  private static func tell(
    _ position: Int, _ count: Int, _ request: RunRequest, _ record: RunRecord?
  ) {
    let place =
      "[\(position + 1)/\(count)] \(request.instance.name), \(request.algorithm)"
      + (request.isRandom ? ", seed \(request.limits.seed)" : "")
    guard let record else {
      if Console.showsProgress { Console.progress("\(place) …") }
      return
    }
    if Console.showsProgress { Console.endProgress() }
    let value = record.value.map { ", value \(Console.number($0))" } ?? ""
    Console.note(
      "\(place): \(record.status.rawValue)\(value), \(Console.number(record.wallSeconds, decimals: 2)) s"
    )
  }
}
