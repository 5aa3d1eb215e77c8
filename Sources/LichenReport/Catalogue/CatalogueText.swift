import LichenDomain

/// Figures of the catalogue in plain words, the same in every place and on every machine.
enum CatalogueText {
  /// Shortest decimal text of a number.
  static func number(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// `5`, or `5 (3 to 8)` where there is a range.
  static func range(_ value: Estimate) -> String {
    let typical = number(value.typical)
    return value.isExact ? typical : "\(typical) (\(number(value.low)) to \(number(value.high)))"
  }

  /// `20 % (10 to 30 %)`, to a tenth of a per cent.
  static func percent(_ share: Estimate) -> String {
    func percent(_ value: Double) -> String { number((value * 1000).rounded() / 10) }
    let typical = "\(percent(share.typical)) %"
    return share.isExact
      ? typical : "\(typical) (\(percent(share.low)) to \(percent(share.high)) %)"
  }

  static func figure(_ figure: Figure) -> String {
    let unit = figure.per.isEmpty ? figure.measure : "\(figure.measure)/\(figure.per)"
    return "\(range(figure.value)) \(unit)"
  }

  static func ratio(_ route: Route) -> String {
    guard let rule = route.ratioRule else { return "ratio \(range(route.ratio))" }
    let times = route.ratio == Estimate(1) ? "" : " × \(range(route.ratio))"
    return "ratio by \(rule.rawValue)\(times)"
  }

  static func cost(_ route: Route) -> String {
    guard let cost = route.treatmentCost else { return "" }
    let year = cost.year.map { ", \($0)" } ?? ""
    let per = route.ratioRule == nil ? "" : " per GJ"
    return "\(range(cost.amount)) \(cost.currency)\(per)\(year)"
  }
}
