import ArgumentParser
import LichenAnalysis
import LichenEngine

struct MonitorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monitor",
    abstract: "Compares the plan with what really happened, and plans again around what is built.",
    discussion: """
      Reads what flowed (actuals.csv) and which stage was reached on which day (progress.csv), and \
      sets it against the plan: delivered quantity, money and CO2e by period, late starts, stopped \
      and silent links, the forecast to the end of the year, and totals as a programme reports them. \
      Then the park is planned again: what is built stays and its investment is spent, what has \
      stopped is out.

      EXAMPLES
        lichen monitor my-park
        lichen monitor my-park --report-year 2025 -o result
        lichen monitor my-park --may-leave --may-restart --json | jq .replanned
      """)

  @OptionGroup var answer: AnswerOptions

  @Option(help: "Year of the forecast, instead of the last one with a report.")
  var reportYear: Int?

  @Flag(help: "The new plan may leave what is built.") var mayLeave = false

  @Flag(help: "The new plan may start again what has stopped.") var mayRestart = false

  func validate() throws {
    if let reportYear, !(1900...2200).contains(reportYear) {
      throw UsageError("--report-year is \(reportYear); expected 1900 to 2200.")
    }
  }

  func run() throws {
    try answer.run { engine, result in
      [
        try engine.monitor(
          of: result, options: MonitorOptions(year: reportYear),
          again: ReoptimisationOptions(mayLeave: mayLeave, mayRestart: mayRestart))
      ]
    }
  }
}
