import ArgumentParser
import LichenAnalysis
import LichenEngine

struct ShadowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shadow",
    abstract: "Says what one more unit of each supply, need, budget or CO2e limit is worth.",
    discussion: """
      Shadow prices hold with the plan's exchanges as they are; beside them stands what planning \
      again with a little more, and a little less, really brings.

      EXAMPLES
        lichen shadow my-park
        lichen shadow my-park --budget 1000000 --step 5%
      """)

  @OptionGroup var answer: AnswerOptions

  @Option(help: "Step of planning again, as a part of each amount: 1% or 0.01.")
  var step: Share = Share(0.01)

  func validate() throws {
    if step.value <= 0 { throw UsageError("--step is 0; expected more than 0.") }
  }

  func run() throws {
    try answer.run { engine, result in
      [try engine.shadow(of: result, share: step.value)]
    }
  }
}
