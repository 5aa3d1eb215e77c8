import ArgumentParser
import Foundation
import LichenCluster
import LichenEngine

struct ClusterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster", abstract: "Has a folder of work done by many processes or machines.",
    discussion: """
      Engines: local, the cores of this machine; slurm, job arrays of a Slurm cluster that sees the folder. \
      Units that fail or run out of their time or memory are handed over again with twice the requests.

      EXAMPLES
        lichen shard my-region -o work --units 64
        lichen cluster submit work --engine slurm --engine-option=--partition=long
        lichen cluster status work
        lichen cluster collect work -o result
      """,
    subcommands: [ClusterSubmit.self, ClusterStatus.self, ClusterCancel.self, ClusterCollect.self])
}

/// Which folder, and which engine works on it.
struct ClusterOptions: ParsableArguments {
  @Argument(help: "Folder of work that lichen shard made.", completion: .directory)
  var folder: String

  @Option(help: "local or slurm; the one before if there was one.") var engine: String?

  @Option(help: "Processes at a time of the local engine; the machine's cores if absent.")
  var workers: Int?

  @Option(help: "lichen as the machines of the cluster find it; this very program if absent.")
  var program: String?

  @Option(help: "Word for the engine's command, as --partition=long of sbatch. May be repeated.")
  var engineOption: [String] = []

  @Option(help: "How often a unit is tried, each time with twice the requests.") var attempts = 4

  func validate() throws {
    if let engine, !["local", "slurm"].contains(engine) {
      throw UsageError("--engine is '\(engine)'; accepted: local, slurm.")
    }
    if let workers, !(1...10_000).contains(workers) {
      throw UsageError("--workers must be 1 to 10,000.")
    }
    if !(1...20).contains(attempts) { throw UsageError("--attempts must be 1 to 20.") }
  }

  /// The folder and what runs it; settings of an earlier submit hold unless others are given.
  func run() throws -> (
    folder: WorkFolder, run: ClusterRun, key: String
  ) {
    let work = try WorkFolder(
      URL(fileURLWithPath: folder).standardizedFileURL, engine: Engine.version)
    let earlier = ClusterRun.earlier(work)
    var settings = earlier?.settings ?? EngineSettings(program: BenchPlaces.executable.path)
    settings.program = program ?? settings.program
    settings.workers =
      workers ?? (earlier == nil ? ProcessInfo.processInfo.activeProcessorCount : settings.workers)
    if !engineOption.isEmpty { settings.arguments = engineOption }
    settings.attempts = attempts
    let key = earlier?.key ?? String(UInt64.random(in: 0...UInt64.max), radix: 36)
    let engine: any ClusterEngine =
      (self.engine ?? earlier?.engine ?? "local") == "slurm"
      ? SlurmEngine(work, settings: settings, key: key)
      : LocalEngine(work, settings: settings)
    return (work, ClusterRun(work, engine: engine, settings: settings), key)
  }

  static func tell(_ standing: ClusterRun.Standing) -> String {
    var text = "\(standing.done) of \(standing.units) units done"
    if standing.running > 0 { text += ", \(standing.running) running" }
    if standing.waiting > 0 { text += ", \(standing.waiting) waiting" }
    if !standing.failed.isEmpty {
      text += ", \(standing.failed.count) failed: " + WorkError.list(standing.failed)
    }
    return text
  }
}

struct ClusterSubmit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Hands all units over; with the local engine, works on them.")

  @OptionGroup var options: ClusterOptions

  func run() throws {
    let (folder, run, key) = try options.run()
    try run.begin(key: key)
    Console.say(ClusterOptions.tell(try ClusterWatch(folder, run, key: key).submitted()))
  }
}

struct ClusterStatus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says how far the work is.")

  @OptionGroup var options: ClusterOptions

  func run() throws {
    let (_, run, key) = try options.run()
    Console.say(ClusterOptions.tell(try run.standing(key: key)))
  }
}

struct ClusterCancel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Takes back what waits and runs; results stay.")

  @OptionGroup var options: ClusterOptions

  func run() throws {
    let (_, run, key) = try options.run()
    try run.cancel(key: key)
    Console.say(ClusterOptions.tell(try run.standing(key: key)))
  }
}

struct ClusterCollect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Waits for all units, hands failed ones over again, and merges the results.")

  @OptionGroup var options: ClusterOptions
  @Option(name: .shortAndLong, help: "Folder for the results.", completion: .directory)
  var output: String?
  @Option(help: "Seconds between two looks at the engine.") var poll = 5.0
  @OptionGroup var report: ReportOptions
  @OptionGroup var data: DataOptions

  func validate() throws {
    if !(0.1...3600).contains(poll) { throw UsageError("--poll must be 0.1 to 3600 s.") }
  }

  func run() throws {
    let engine = try data.engine()
    let (folder, run, key) = try options.run()
    try ClusterWatch(folder, run, key: key).wait(poll: poll)
    try MergeCommand.merge(folder, engine: engine, output: output, report: report)
  }
}

/// Sees work through to its end.
struct ClusterWatch {
  private let folder: WorkFolder
  private let run: ClusterRun
  private let key: String

  init(_ folder: WorkFolder, _ run: ClusterRun, key: String) {
    self.folder = folder
    self.run = run
    self.key = key
  }

  /// Hands over once; an engine that works at once is handed over what failed until nothing changes.
  func submitted() throws -> ClusterRun.Standing {
    var standing = try run.advance(key: key)
    while !standing.isComplete, standing.running + standing.waiting == 0, standing.failed.isEmpty {
      standing = try run.advance(key: key)
    }
    return standing
  }

  /// - Throws: `WorkError.missingResults` if units fail for good, `WorkError.engine` if the engine cannot be asked for
  ///   ten minutes.
  func wait(poll: Double) throws {
    var last = ""
    var unanswered = 0.0
    while true {
      do {
        let standing = try run.advance(key: key)
        unanswered = 0
        let text = ClusterOptions.tell(standing)
        if text != last { Console.note(text) }
        last = text
        if standing.isComplete { return }
        if !standing.failed.isEmpty, standing.running + standing.waiting == 0 {
          throw WorkError.missingResults(standing.failed)
        }
      } catch WorkError.engine(let reason) {
        // A controller that is restarted answers again.
        unanswered += poll
        if unanswered > 600 { throw WorkError.engine(reason) }
        if unanswered == poll { Console.note("waiting for the engine: \(reason)") }
      }
      Thread.sleep(forTimeInterval: poll)
    }
  }
}
