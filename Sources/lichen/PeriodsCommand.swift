import ArgumentParser
import LichenEngine

struct PeriodsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "periods",
    abstract: "Runs the plan month by month, and plans anew with seasons and stores.",
    discussion: """
      Streams may name a course of the year (profiles.csv) and have stores (storages.csv). Says what \
      the yearly plan promises, what its network brings month by month, and what a plan is worth that \
      reckons with months and stores; and what every store adds.

      EXAMPLES
        lichen periods my-park
        lichen periods my-park --time-limit 60 -o result
        lichen periods my-park --json | jq '.stores[] | [.storage, .worth]'
      """)

  @OptionGroup var answer: AnswerOptions

  func run() throws {
    try answer.run { engine, result in
      [try engine.periods(of: result)]
    }
  }
}
