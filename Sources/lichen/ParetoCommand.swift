import ArgumentParser
import LichenAnalysis
import LichenEngine

struct ParetoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pareto",
    abstract: "Says what CO2e, water, landfill, fewer exchanges or less capital cost in money.",
    discussion: """
      Finds the plans between the most money and the best of the other figure that no plan beats in \
      both, with the price of each step. Every point is a plan of its own with its proof.

      EXAMPLES
        lichen pareto my-park
        lichen pareto my-park --against capital --points 30 -o result
        lichen pareto my-park --json | jq '.points[].money_per_year'
      """)

  @OptionGroup var answer: AnswerOptions

  @Option(help: "carbon, water, landfill, links or capital.")
  var against: ParetoCriterion = .carbon

  @Option(help: "Points after which the search stops; 2 to 1000.") var points: Int = 20

  func validate() throws {
    if !(2...1000).contains(points) {
      throw UsageError("--points is \(points); expected 2 to 1000.")
    }
  }

  func run() throws {
    var options = ParetoOptions()
    options.criterion = against
    options.points = points
    try answer.run { engine, result in
      [try engine.pareto(of: result, options: options)]
    }
  }
}

extension ParetoCriterion: ExpressibleByArgument {}
