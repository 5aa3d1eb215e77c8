import ArgumentParser
import LichenAnalysis
import LichenEngine

struct StressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stress",
    abstract: "Says what is left of the plan when firms, exchanges or quantities fail.",
    discussion: """
      Loses each enterprise, exchange and shared plant, with and without planning again; finds plans \
      that bear any few streams failing at once, and the exchanges to build before quantities are \
      known.

      EXAMPLES
        lichen stress my-park
        lichen stress my-park --pairs -o result
        lichen stress my-park --assume-range 20%
        lichen stress my-park --risk 5% --samples 48 --json
        lichen stress my-region --effort 2000 -o result --cluster slurm --units 200
      """)

  @OptionGroup var answer: AnswerOptions
  @OptionGroup var cluster: ClusterChoice

  @Flag(help: "Lose every two enterprises as well.") var pairs = false

  @Option(help: "Accepted probability of less than the robust plan guarantees: 1% or 0.01.")
  var risk: Share = Share(0.01)

  @Option(help: "Part by which streams without a declared range are supposed to vary: 20% or 0.2.")
  var assumeRange: Share = Share(0)

  @Option(help: "Years drawn to choose exchanges before quantities are known; 2 to 500.")
  var samples: Int = 24

  @Option(help: "Start of the random numbers; equal seeds give equal answers.") var seed: UInt64 = 1

  func validate() throws {
    try cluster.checkFolder(answer.output)
    if !(2...500).contains(samples) {
      throw UsageError("--samples is \(samples); expected 2 to 500.")
    }
  }

  func run() throws {
    var options = StressOptions()
    options.losesPairs = pairs
    options.robust.risk = risk.value
    options.robust.seed = seed
    options.robust.assumedRange = assumeRange.value
    options.twoStage.assumedRange = assumeRange.value
    options.twoStage.samples = samples
    options.twoStage.seed = seed
    try answer.run(by: cluster) { _ in .stress(options) }
  }
}
