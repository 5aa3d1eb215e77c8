import ArgumentParser
import Foundation
import LichenDomain
import LichenEngine
import LichenIO
import LichenMatching

struct BoardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "board",
    abstract: "Answers every question about the plan in one report: the board pack.",
    discussion: """
      Plans the park and runs every analysis: the park's scenarios side by side, trade-off, \
      alternatives, losses, fair split, price of law, scarce goods, money, road map, seasons, \
      indicators, monitoring. Each answer is a section of the report and a JSON file.

      EXAMPLES
        lichen board my-park -o pack
        lichen board my-park -o pack --skip monitor --skip periods
      """)

  @OptionGroup var park: ParkOptions
  @OptionGroup var plan: PlanOptions
  @OptionGroup var report: ReportOptions
  @OptionGroup var data: DataOptions

  @Option(name: .shortAndLong, help: "Folder for the pack.", completion: .directory)
  var output: String

  @Option(
    help: """
      Question to leave out; may be repeated. One of \
      \(BoardQuestion.allCases.map(\.rawValue).joined(separator: ", ")).
      """)
  var skip: [BoardQuestion] = []

  @Option(
    help: """
      Seconds after which the trade-off and the alternatives tell what they have found so far; 0 lets \
      them end.
      """)
  var questionTime: Double = 15

  func validate() throws {
    if !(questionTime >= 0 && questionTime <= 1e9) {
      throw UsageError("--question-time is \(questionTime); expected 0 to 1e9.")
    }
  }

  func run() throws {
    let engine = try data.engine()
    let language = try report.language(engine)
    let checked = try park.load(engine)
    let target = try report.target(output, engine, checked)
    let result = try engine.match(checked, options: plan.planning(checked.settings))
    switch result.plan.certificate.status {
    case .infeasible, .unbounded, .noSolution:
      throw NoPlan(status: result.plan.certificate.status)
    case .optimal, .feasible: break
    }
    var options = BoardOptions()
    options.timePerQuestion = questionTime > 0 ? .seconds(questionTime) : nil
    options.questions = BoardQuestion.allCases.filter { !skip.contains($0) }
    let book = try ScenarioFiles.read([], park: park.url).book
    options.scenarios = try book.names.map {
      try book.combined([$0], at: ScenarioOptions.place)
    }
    let pack = try engine.board(
      of: result, options: options, planning: { plan.planning($0) },
      onQuestion: { question in
        if Console.showsProgress { Console.progress("asking: \(question.rawValue)") }
      })
    if Console.showsProgress { Console.endProgress() }
    let written = try target.write(result, answers: pack.answers)
    for answer in pack.answers {
      let section = answer.section(language)
      Console.say("\(section.title)\n  \(section.lead)\n")
    }
    for question in pack.unanswered {
      Console.note("\(question.question.rawValue) has no answer here: \(question.reason)")
    }
    Console.say("Report: \(written)")
  }
}

extension BoardQuestion: ExpressibleByArgument {}
