import ArgumentParser
import Foundation
import LichenCluster

/// Whether a command has its work done in units, and by which engine.
struct ClusterChoice: ParsableArguments {
  @Option(
    help: """
      Has the work done by an engine, local or slurm, in units kept in FOLDER/work; the same command \
      again goes on with them.
      """)
  var cluster: String?

  @Option(help: "Units of work for --cluster, of a benchmark at least one per instance.")
  var units = 64

  @Option(help: "Word for the engine's command, as --partition=long of sbatch. May be repeated.")
  var engineOption: [String] = []

  func validate() throws {
    if let cluster, !["local", "slurm"].contains(cluster) {
      throw UsageError("--cluster is '\(cluster)'; accepted: local, slurm.")
    }
    if !(1...1_000_000).contains(units) { throw UsageError("--units must be 1 to 1,000,000.") }
  }

  var isChosen: Bool { cluster != nil }

  /// Where the units of a command are.
  /// - Parameter output: Its folder for results.
  static func work(in output: String) -> URL {
    URL(fileURLWithPath: output).appendingPathComponent("work")
  }

  /// - Throws: `UsageError` for a command that has no folder for its units.
  func checkFolder(_ output: String?) throws {
    if isChosen, output == nil {
      throw UsageError("--cluster needs --output: units are kept in its folder work.")
    }
  }

  /// Has all units of a folder done, those again that failed in an earlier call.
  /// - Throws: `WorkError` if units fail for good, or the engine cannot be asked.
  @Sendable func carryOut(_ folder: WorkFolder) throws {
    let engine = cluster ?? "local"
    let options = try ClusterOptions.parse(
      [folder.url.path, "--engine", engine] + engineOption.map { "--engine-option=\($0)" })
    let (_, run, key) = try options.run()
    do {
      try run.begin(key: key)
    } catch WorkError.underWay {
      // What an earlier call handed over is waited for.
    }
    try ClusterWatch(folder, run, key: key).wait(poll: engine == "local" ? 0.1 : 5)
  }
}
