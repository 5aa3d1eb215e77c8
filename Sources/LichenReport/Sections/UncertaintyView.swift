import LichenAnalysis
import LichenDomain

/// Section G, first part: how far the plan's value may move, and what to measure first.
struct UncertaintyView {
  struct Row {
    let measureNumber: Int
    let measureWhat: String
    let measureRange: String
    let measureWhy: String
    let usedBy: String
  }

  let spreadText: String
  let measurementRows: [Row]
  let hasMeasurements: Bool

  /// Measurements that are shown.
  static let count = 5

  init?(_ context: ReportContext, _ result: UncertaintyResult?) {
    guard let result, context.hasPlan, !context.exchanges.isEmpty else { return nil }
    spreadText = uncertaintyText(result, language: context.language)
    measurementRows = result.measurements.prefix(Self.count).enumerated().map { index, item in
      let text = measurementText(item, language: context.language, plan: context.plan)
      return Row(
        measureNumber: index + 1, measureWhat: text.what, measureRange: text.range,
        measureWhy: text.why, usedBy: context.rankList(item.ranks))
    }
    hasMeasurements = !measurementRows.isEmpty
  }
}

/// The spread of a plan's value in words, beside the naive sum of all ends.
public func uncertaintyText(_ result: UncertaintyResult, language: Language) -> String {
  let currency = result.plan.park.settings.currency
  func money(_ value: Double) -> String { language.money(value, currency) }
  func carbon(_ value: Double) -> String { language.mass(tonnes: value / 1000) }
  let share = language.percent(result.options.coverage)
  var sentences = [
    language.text(
      "uncertainty.money",
      [
        "share": share, "low": money(result.money.low), "high": money(result.money.high),
        "typical": money(result.money.typical), "naiveLow": money(result.naiveMoney.low),
        "naiveHigh": money(result.naiveMoney.high),
      ]),
    language.text(
      "uncertainty.carbon",
      ["low": carbon(result.carbon.low), "high": carbon(result.carbon.high)]),
  ]
  if result.lossShare > 0 {
    sentences.append(
      language.text("uncertainty.loss", ["share": language.percent(result.lossShare)]))
  }
  sentences.append(
    language.text(
      "uncertainty.method",
      [
        "samples": language.number(Double(result.options.samples)),
        "factors": language.number(Double(result.factors.count)),
      ]))
  if !result.isComplete { sentences.append(language.text("uncertainty.incomplete")) }
  return sentences.joined(separator: " ")
}
