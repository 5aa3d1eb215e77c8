import ArgumentParser
import Foundation
import LichenCluster
import LichenDomain
import LichenEngine
import LichenMatching
import LichenReport

/// What the commands share that plan a park and answer one question about the plan.
struct AnswerOptions: ParsableArguments {
  @OptionGroup var park: ParkOptions
  @OptionGroup var plan: PlanOptions
  @OptionGroup var report: ReportOptions
  @OptionGroup var data: DataOptions

  @Option(
    name: .shortAndLong,
    help: "Folder for plan, report with this answer, and the answer as JSON.",
    completion: .directory)
  var output: String?

  @Flag(help: "Print the answer as JSON instead of text.") var json = false

  /// Plans the park, asks a question whose pieces a cluster may work out, and prints or writes what was found.
  /// - Parameter question: About the plan.
  func run(by cluster: ClusterChoice, _ question: (MatchResult) throws -> SampledQuestion) throws {
    guard cluster.isChosen, let output else {
      return try run { engine, result in [try engine.answer(to: question(result), of: result)] }
    }
    let work = ClusterChoice.work(in: output)
    try Work.alone(in: work) {
      try run { engine, result in
        let question = try question(result)
        let workforce = try ClusterForce(
          question, of: result, engine: engine, in: work, units: cluster.units,
          carryOut: cluster.carryOut)
        return [try engine.answer(to: question, of: result, by: workforce)]
      }
    }
  }

  /// Plans the park, asks, and prints or writes what was found.
  /// - Parameter ask: Gives the answers in the order of the report.
  func run(_ ask: (Engine, MatchResult) throws -> [Answer]) throws {
    let engine = try data.engine()
    let language = try report.language(engine)
    let checked = try park.load(engine, quiet: json)
    let target = try output.map { try report.target($0, engine, checked) }
    let result = try engine.match(checked, options: plan.planning(checked.settings))
    switch result.plan.certificate.status {
    case .infeasible, .unbounded, .noSolution:
      throw NoPlan(status: result.plan.certificate.status)
    case .optimal, .feasible: break
    }
    let answers = try ask(engine, result)
    let written = try target?.write(result, answers: answers)
    for answer in answers {
      if json {
        FileHandle.standardOutput.write(try answer.json())
      } else {
        Console.say(SectionText(answer.section(language)).text)
      }
    }
    if let written, !json { Console.say("\nReport: \(written)") }
  }
}
