import ArgumentParser
import Foundation
import LichenAnalysis
import LichenEngine
import LichenMatching
import LichenPlanning
import LichenReport

struct UncertaintyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uncertainty",
    abstract: "Says how far a plan's value may move, and what to measure first.",
    discussion: """
      Plans the park, moves every figure that is known as a range through its range (figures that \
      share a source move together), and ranks what is worth measuring: by the value of knowing it \
      before building, then by its share of the variance.

      EXAMPLES
        lichen uncertainty my-park
        lichen uncertainty my-park --fill --samples 2000
        lichen uncertainty my-park --json | jq .measurements
      """)

  @OptionGroup var park: ParkOptions
  @OptionGroup var plan: PlanOptions
  @OptionGroup var data: DataOptions

  @Option(help: "Samples of the whole plan; 10 to 100000.") var samples: Int = 256
  @Option(help: "Start of the random numbers; equal seeds give equal answers.") var seed: UInt64 = 1
  @Flag(help: "Print everything as JSON.") var json = false

  func validate() throws {
    if !(10...100_000).contains(samples) {
      throw UsageError("--samples is \(samples); expected 10 to 100000.")
    }
  }

  func run() throws {
    let engine = try data.engine()
    let language = try engine.language("en")
    let checked = try park.load(engine, quiet: json)
    let result = try engine.match(checked, options: plan.planning(checked.settings))
    switch result.plan.certificate.status {
    case .infeasible, .unbounded, .noSolution:
      throw NoPlan(status: result.plan.certificate.status)
    case .optimal, .feasible: break
    }
    var options = UncertaintyOptions()
    options.samples = samples
    options.seed = seed
    let found = try engine.uncertainty(of: result, options: options)
    if json {
      return try Console.sayJSON(UncertaintyDocument(found))
    }
    Console.say(uncertaintyText(found, language: language) + "\n")
    let rows = found.measurements.prefix(5).enumerated().map { index, item in
      let text = measurementText(item, language: language, plan: result.plan)
      return ["\(index + 1)", text.what, text.range, text.why]
    }
    if rows.isEmpty {
      Console.say("Nothing that can be measured in the park moves the plan's value.")
    } else {
      Console.say(Console.table(["", "measure first", "known today", "why"], rows))
    }
  }
}
