import ArgumentParser

/// The benchmark: instances and what algorithms make of them.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Makes, checks and converts instances of the benchmark.",
    discussion: """
      An instance is a folder with instance.json and its tables; Benchmarks/FORMAT.md describes it.

      EXAMPLES
        lichen bench generate --family clustered --enterprises 200 --seed 1 -o c200
        lichen bench check c200
        lichen bench convert data/parks/kalundborg -o kalundborg-instance
        lichen bench convert c200 -o c200.mps
      """,
    subcommands: [BenchGenerate.self, BenchCheck.self, BenchConvert.self])
}
