import ArgumentParser

/// The benchmark: algorithms side by side on one set of instances.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Compares algorithms for symbiosis planning on a set of instances.",
    subcommands: [BenchRun.self, BenchRunOne.self],
    defaultSubcommand: BenchRun.self)
}
