import ArgumentParser
import LichenAnalysis
import LichenDomain
import LichenEngine

struct ShareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "share",
    abstract: "Shares the plan's gain fairly, and prices each exchange accordingly.",
    discussion: """
      Plans what every group of firms could earn alone, and from that the Shapley value, the \
      nucleolus and a proportional split, each with the largest complaint that is left; and the \
      prices between partners that bring it about.

      EXAMPLES
        lichen share my-park
        lichen share my-park -o result
        lichen share my-park --exact 12 --samples 1000 --json
        lichen share my-region --effort 2000 -o result --cluster slurm --units 200
      """)

  @OptionGroup var answer: AnswerOptions
  @OptionGroup var cluster: ClusterChoice

  @Option(help: "Firms that exchanges join up to which every group is planned; 2 to 20.")
  var exact: Int = 15

  @Option(help: "Random orders beyond that; 4 to 100000.") var samples: Int = 200
  @Option(help: "Start of the random numbers; equal seeds give equal answers.") var seed: UInt64 = 1

  func validate() throws {
    try cluster.checkFolder(answer.output)
    if !(2...20).contains(exact) {
      throw UsageError("--exact is \(exact); expected 2 to 20.")
    }
    if !(4...100_000).contains(samples) {
      throw UsageError("--samples is \(samples); expected 4 to 100000.")
    }
  }

  func run() throws {
    var options = FairSplitOptions()
    options.exactLimit = exact
    options.samples = samples
    options.seed = seed
    try answer.run(by: cluster) { _ in .share(options) }
  }
}
