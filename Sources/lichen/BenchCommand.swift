import ArgumentParser

/// The benchmark: instances and what algorithms make of them.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Compares algorithms on a set of instances; makes, checks and converts instances.",
    discussion: """
      An instance is a folder with instance.json and its tables; Benchmarks/FORMAT.md describes it.

      EXAMPLES
        lichen bench --set short -o out/bench
        lichen bench generate --family clustered --enterprises 200 --seed 1 -o c200
        lichen bench check c200
        lichen bench convert data/parks/kalundborg -o kalundborg-instance
        lichen bench convert c200 -o c200.mps
      """,
    subcommands: [
      BenchRun.self, BenchGenerate.self, BenchNation.self, BenchCheck.self, BenchConvert.self,
      BenchRunOne.self,
    ], defaultSubcommand: BenchRun.self)
}
