import LichenAnalysis
import LichenDomain
import LichenGraph
import LichenMatching

/// Names and figures as the sections of answers write them.
struct SectionWords {
  let context: ReportContext
  /// Head of the section's own keys.
  let head: String

  var language: Language { context.language }

  func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    language.text("\(head).\(key)", arguments)
  }

  func count(_ value: Int) -> String { language.number(Double(value)) }

  func firm(_ id: EnterpriseID) -> String { context.names.short(id) }

  func firms(_ ids: [EnterpriseID]) -> String { language.list(ids.map(firm)) }

  /// `Donor → Receiver stream` for a candidate or leg, by its id.
  func exchange(_ id: String) -> String {
    let parts = id.split(separator: ":").compactMap { StreamID(String($0)) }
    if parts.count == 3, let output = context.park.output(parts[0]),
      let input = context.park.input(parts[1])
    {
      let pair = language.text(
        "exchange.pair", ["from": firm(output.enterprise), "to": firm(input.enterprise)])
      return "\(pair) \(context.stream(output))"
    }
    guard let leg = context.graph.legs.first(where: { $0.id == id }) else { return id }
    let pair = language.text(
      "exchange.pair", ["from": firm(leg.giver), "to": firm(leg.taker)])
    return leg.output.map { "\(pair) \(context.stream($0))" } ?? pair
  }

  /// Unit of what an exchange moves, per year; empty for one that is not known.
  func unit(ofExchange id: String) -> String {
    let output =
      id.split(separator: ":").first.flatMap { StreamID(String($0)) }
      .flatMap { context.park.output($0) }
    let unit = output.flatMap { context.park.material($0.material)?.referenceUnit.id }
    return unit.map { language.text("format.per-year", ["value": language.unitText($0)]) } ?? ""
  }

  func exchanges(_ ids: [String]) -> String {
    let shown = ids.prefix(4).map(exchange)
    let rest = ids.count - shown.count
    return language.list(shown) + (rest > 0 ? "; " + language.plural("list.more", count: rest) : "")
  }

  func stream(_ id: StreamID) -> String {
    if let output = context.park.output(id) {
      return "\(firm(output.enterprise)): \(context.stream(output))"
    }
    if let input = context.park.input(id) {
      return "\(firm(input.enterprise)): \(context.stream(input))"
    }
    return id.rawValue
  }

  /// Table money without a unit; its column says it.
  func money(_ value: Double) -> String { context.tableMoney(value) }
  func signedMoney(_ value: Double) -> String { context.signedMoney(value) }
  func carbon(_ value: Double) -> String { context.tableCarbon(value) }
  func signedCarbon(_ value: Double) -> String { context.signedCarbon(value) }

  /// The plan's first objective in table units: money, or CO2e where the plan maximises that.
  func objective(_ value: Double) -> String {
    isCarbonFirst ? carbon(value) : money(value)
  }
  func signedObjective(_ value: Double) -> String {
    isCarbonFirst ? signedCarbon(value) : signedMoney(value)
  }
  var objectiveUnit: String { isCarbonFirst ? context.carbonPerYear : context.moneyPerYear }
  var objectiveScale: Double {
    isCarbonFirst ? context.carbonScale.factor : context.moneyScale.factor
  }

  private var isCarbonFirst: Bool { context.plan.options.objective.isCarbonFirst }
}
