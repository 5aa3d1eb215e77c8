import ArgumentParser
import LichenEngine

struct IndicatorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "indicators",
    abstract: "Says what a plan moves of the criteria of eco-industrial parks.",
    discussion: """
      Sets the plan against today: symbioses, firms in the network, waste, water, energy, CO2e and \
      money; the criteria of Decree 35/2022, form A.5 and the International EIP Framework that the \
      park's tables can answer, and what must be known for the others; the network of firms and its \
      flows. Thresholds that were recalled are marked: check them before relying on them.

      EXAMPLES
        lichen indicators my-park
        lichen indicators my-park -o result
        lichen indicators my-park --json | jq '.criteria[] | {id, state_with_plan}'
      """)

  @OptionGroup var answer: AnswerOptions

  func run() throws {
    try answer.run { engine, result in
      [try engine.indicators(of: result)]
    }
  }
}
