import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Efficiency measures of single enterprises, taken or not, beside the exchanges of section D.
struct MeasuresView {
  struct Row {
    let name: String
    let site: String
    let effect: String
    let capital: String
    let money: String
    let carbon: String
    let status: String
    let fate: String
    let confidence: ConfidenceBadge
  }

  let measureRows: [Row]
  let summary: String

  /// - Returns: `nil` for a park without measures.
  init?(_ context: ReportContext) {
    let language = context.language
    let priced = MeasureBook(park: context.park).measures
    if priced.isEmpty { return nil }
    let taken = Dictionary(
      uniqueKeysWithValues: context.measures.map { ($0.planned.option.id, $0) })
    let idle = Dictionary(
      uniqueKeysWithValues: context.plan.idleMeasures.map { ($0.measure.option.id, $0.reason) })
    // Taken ones first, in the order of the plan.
    let order = context.measures.map(\.planned.option.id)
    let sorted = priced.sorted { left, right in
      let places = [left, right].map {
        order.firstIndex(of: $0.option.id) ?? order.count
      }
      return (places[0], left.option.id) < (places[1], right.option.id)
    }
    measureRows = sorted.map { measure in
      let rounded = taken[measure.option.id]
      return Row(
        measure, context, money: rounded?.roundedMoney, carbon: rounded?.roundedCarbon,
        fate: rounded != nil
          ? language.text("measure.taken")
          : language.text(Self.fate(idle[measure.option.id], context)))
    }
    summary = language.plural(
      "measure.summary", count: context.measures.count,
      [
        "all": language.number(Double(priced.count)),
        "money": language.money(
          context.measures.reduce(0) { $0 + $1.planned.money.typical }, context.currency),
        "carbon": language.mass(
          tonnes: context.measures.reduce(0) { $0 + $1.planned.carbon.typical } / 1000),
      ])
  }

  private static func fate(_ reason: IdleMeasure.Reason?, _ context: ReportContext) -> String {
    switch reason {
    case .obstacle(let obstacle): "measure.\(obstacle.rawValue)"
    case .neverPays: "measure.never-pays"
    case nil: "measure.not-chosen"
    }
  }
}

extension MeasuresView.Row {
  init(
    _ measure: PricedMeasure, _ context: ReportContext, money rounded: Double?,
    carbon roundedCarbon: Double?, fate: String
  ) {
    let language = context.language
    let option = measure.option
    func figure(_ value: Double?, _ rounded: Double?, _ factor: Double) -> String {
      value == nil
        ? language.text("word.unknown") : language.number(rounded ?? ((value ?? 0) / factor))
    }
    let known = measure.lines.allSatisfy { $0.money.value != nil }
    name = option.name
    site = context.names.short(option.enterprise)
    effect = Self.effect(option, context)
    capital =
      measure.lines.contains { $0.term == .capital && $0.money.value == nil }
      ? language.text("word.unknown")
      : language.money(measure.capital.typical, context.currency)
    money = figure(
      known ? measure.money.typical : nil, rounded, context.moneyScale.factor)
    carbon = figure(
      option.co2.map { $0 * 1000 }, roundedCarbon, context.carbonScale.factor)
    status = language.text("state.\(option.status.rawValue)")
    self.fate = fate
    confidence = ConfidenceBadge(option.provenance.confidence ?? .verified, language)
  }

  private static func effect(_ option: EfficiencyOption, _ context: ReportContext) -> String {
    let streams: [any Stream] = context.park.outputs + context.park.inputs
    guard option.change != 0, let stream = streams.first(where: { $0.id == option.stream }) else {
      return ""
    }
    let unit = context.park.material(stream.material)?.referenceUnit.id ?? ""
    let change =
      context.language.signed(option.change) + Language.narrowGap
      + context.language.unitText(unit)
    let yearly = context.language.text("format.per-year", ["value": change])
    return "\(context.stream(stream)) \(yearly)"
  }
}

/// A measure of the plan with its share of the tables' rounded totals.
struct RankedMeasure: Sendable {
  let planned: PlannedMeasure
  let roundedMoney: Double
  let roundedCarbon: Double
}
