import ArgumentParser
import Foundation
import LichenEngine

struct ConflictsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conflicts",
    abstract: "Says which requirements cannot be kept together, and what would have to give.",
    discussion: """
      Where no plan exists, finds a smallest group of requirements that contradict each other, and \
      for each the mildest change that would let a plan exist.

      EXAMPLES
        lichen conflicts my-park --budget 100000 --co2-floor 5000
        lichen conflicts my-park --require ash:cement --partners 1 --json
      """)

  @OptionGroup var park: ParkOptions
  @OptionGroup var plan: PlanOptions
  @OptionGroup var data: DataOptions
  @Flag(help: "Print the answer as JSON instead of text.") var json = false

  func run() throws {
    let engine = try data.engine()
    let language = try engine.language("en")
    let checked = try park.load(engine, quiet: json)
    let answer = try engine.conflicts(
      in: checked, options: plan.planning(checked.settings))
    if json {
      FileHandle.standardOutput.write(try answer.json())
    } else {
      Console.say(SectionText(answer.section(language)).text)
    }
  }
}
