import ArgumentParser
import Foundation
import LichenDomain
import LichenEngine
import LichenGraph

struct OptionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "options",
    abstract:
      "Lists the efficiency measures of a park with their worth and what really came of them.",
    discussion: """
      Measures stand in options.csv; what really flowed in actuals.csv. lichen match plans measures \
      and exchanges together, under one budget.

      EXAMPLES
        lichen options my-park
        lichen options my-park --typical     what firms of the sectors commonly do
        lichen options my-park --json
      """)

  @OptionGroup var park: ParkOptions
  @OptionGroup var data: DataOptions
  @Flag(help: "List what enterprises of the sectors commonly do, with published ranges.")
  var typical = false
  @Flag(help: "Print as JSON.") var json = false

  func run() throws {
    let engine = try data.engine()
    let checked = try park.load(engine, quiet: json)
    if typical { return try TypicalOptions(checked).print(json: json) }
    let rows = MeasureBook(park: checked).measures.map { Row($0, in: checked) }
    if json { return try print(rows) }
    let currency = checked.settings.currency
    Console.say(
      Console.table(
        [
          "measure", "enterprise", "status", "capital k\(currency)", "k\(currency)/a", "t CO2e/a",
          "payback a", "changes", "so far", "planned?",
        ],
        rows.map(\.cells), right: [3, 4, 5, 6]))
    Console.say(
      "\(rows.count) measures, \(rows.count { $0.obstacle == nil }) of them can be planned; "
        + "\(checked.actuals.count) rows of what really flowed.")
    if let line = expectation(checked, try engine.acceptancePriors()) { Console.say(line) }
  }

  /// What experience says about the proposed measures; the park's own counts are learnt from.
  private func expectation(_ park: Park, _ priors: [AcceptancePrior]) -> String? {
    let open = park.options.count { $0.status == .proposed || $0.status == .planned }
    guard open > 0, let prior = priors.first(where: { $0.id == "recp-acceptance-cautious" }) else {
      return nil
    }
    let own = prior.learning(
      done: park.options.count { $0.status == .done || $0.status == .building },
      dropped: park.options.count { $0.status == .rejected || $0.status == .stopped })
    func percent(_ share: Double) -> String { Console.number(share * 100) + " %" }
    return "Of \(open) open measures about \(Console.number(own.mean * Double(open), decimals: 1)) "
      + "would be carried out by experience: \(percent(own.mean)) ± \(percent(own.deviation)) "
      + "(programme/priors.csv: \(prior.id), \(prior.confidence.rawValue), with this park's own)."
  }

  private func print(_ rows: [Row]) throws {
    try Console.sayJSON(rows)
  }

  private struct Row: Encodable {
    let id: String
    let name: String
    let enterprise: String
    let status: String
    let stream: String?
    let change: Double
    let unit: String?
    let capital: Estimate?
    let moneyPerYear: Estimate?
    let carbonTonnesPerYear: Double?
    let paybackYears: Double?
    let obstacle: String?
    /// Periods with a row in actuals.csv.
    let periods: [String]

    init(_ measure: PricedMeasure, in park: Park) {
      let option = measure.option
      let isKnown = !measure.lines.contains { $0.money.value == nil }
      id = option.id.rawValue
      name = option.name
      enterprise = option.enterprise.rawValue
      status = option.status.rawValue
      stream = option.stream?.rawValue
      change = option.change
      let streams: [any LichenDomain.Stream] = park.outputs + park.inputs
      unit = streams.first { $0.id == option.stream }
        .flatMap { park.material($0.material)?.referenceUnit.id }
      capital = isKnown ? measure.capital : nil
      moneyPerYear = isKnown ? measure.money : nil
      carbonTonnesPerYear = option.co2
      let saving = measure.lines.first { $0.term == .saving }?.money.value?.typical ?? 0
      paybackYears =
        isKnown && measure.capital.typical > 0 && saving > 0
        ? measure.capital.typical / saving : nil
      obstacle = measure.obstacle?.rawValue
      periods = park.actuals.filter { $0.subject == option.id.rawValue }.map(\.period.description)
    }

    var cells: [String] {
      [
        id, enterprise, status, Console.number(capital.map { $0.typical / 1000 }, decimals: 1),
        Console.number(moneyPerYear.map { $0.typical / 1000 }, decimals: 1),
        Console.number(carbonTonnesPerYear, decimals: 1),
        paybackYears.map { Console.number($0, decimals: 1) } ?? "",
        change == 0
          ? "" : stream.map { "\($0) \(Console.number(change)) \(unit ?? "")" } ?? "",
        periods.isEmpty ? "" : "\(periods.count) periods",
        obstacle.map { "no: " + $0.replacing("-", with: " ") } ?? "yes",
      ]
    }
  }
}
