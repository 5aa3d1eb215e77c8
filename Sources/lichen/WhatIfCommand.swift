import ArgumentParser
import LichenAnalysis
import LichenDomain
import LichenEngine
import LichenIO

struct WhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif",
    abstract: "Plans a park under changes and says what becomes of it.",
    discussion: """
      Takes scenarios by name (scenarios/NAME.yaml in the park's folder) or path, and changes by \
      flags. Later ones hold: what a scenario includes, then its own changes, then the next \
      scenario, then --set. The keys are told in docs/analyses.md.

      EXAMPLES
        lichen whatif data/parks/kalundborg carbon-60
        lichen whatif my-park --set carbon_price=60 --set enterprise.gyproc=closed
        lichen whatif my-park carbon-60 --set stream.ash.quantity=-20% -o result
        lichen whatif my-park --set rule.DK-001=off --json | jq .scenario.difference
      """)

  @OptionGroup var scenario: ScenarioOptions

  @Argument(help: "Scenarios, laid on top of each other in this order.")
  var scenarios: [String] = []

  @Option(name: .customLong("set"), help: "A change, KEY=VALUE. May be repeated.")
  var changes: [String] = []

  func validate() throws {
    if scenarios.isEmpty && changes.isEmpty {
      throw UsageError("Nothing to change: name a scenario, or a change with --set.")
    }
  }

  func run() throws {
    let engine = try scenario.data.engine()
    let base = try scenario.base(engine)
    let (names, book) = try ScenarioFiles.read(scenarios, park: scenario.park.url)
    let combined = try book.combined(
      names, at: ScenarioOptions.place, flags: ScenarioFiles.flags(changes))
    let changed = try engine.scenario(combined, of: base, options: scenario.planning)
    let target = try scenario.target(engine, changed.park)
    let comparison = try engine.compare(
      [combined], of: base, regret: false, options: scenario.planning)
    if !scenario.json {
      for warning in changed.applied.warnings { Console.note(warning.description) }
    }
    try scenario.tell(.whatIf(comparison), engine, to: target) {
      try engine.match(changed.park, options: changed.options)
    }
    let planned = comparison.scenarios[0]
    if !planned.hasPlan {
      throw NoPlan(
        status: planned.plan.certificate.status, floor: planned.plan.options.carbonFloor)
    }
  }
}
