import LichenAnalysis
import LichenDomain
import LichenMatching
import LichenPlanning

/// What to find out, within which range it is known today, and why it matters.
public func measurementText(
  _ measurement: Measurement, language: Language, plan: Plan
) -> (what: String, range: String, why: String) {
  let names = SiteNames(plan.park.enterprises)
  let sites = measurement.enterprises.map { names.short($0) }
  // A price that everybody pays concerns everybody; three names show where to ask.
  let shown =
    sites.count <= 3
    ? language.list(sites)
    : language.plural(
      "measurement.and-others", count: sites.count - 3,
      ["sites": language.list(Array(sites.prefix(3)))])
  let what = language.text(
    "measurement.\(measurement.method.rawValue)",
    ["what": subject(measurement, language, plan), "where": shown])
  let range = measurement.factor.range
  let known = language.text(
    "measurement.range",
    [
      "low": language.plain(range.low), "typical": language.plain(range.typical),
      "high": language.plain(range.high), "unit": language.unitText(measurement.factor.unit),
    ]
  ).trimmingSpaces()
  return (what, known, reason(measurement, language, plan))
}

/// What is measured, in words.
func subject(_ measurement: Measurement, _ language: Language, _ plan: Plan) -> String {
  let park = plan.park
  func material(_ id: MaterialID) -> String {
    park.material(id).map { language.name($0.names) }
      ?? park.catalogue.categories[id].map { language.name($0.names) } ?? id.rawValue
  }
  switch measurement.subject {
  case .named(let name): return language.term(name)
  case .material(let id): return material(id)
  case .route(let from, let to):
    return language.text("measurement.route", ["from": material(from), "to": material(to)])
  case .sector(let id):
    return park.catalogue.sectorBook.sector(id).map { language.term($0.reference) } ?? id
  case .figure(let id): return park.catalogue.figures[id].map { language.term($0.name) } ?? id
  case .rule(let id): return id.rawValue
  }
}

private func reason(_ measurement: Measurement, _ language: Language, _ plan: Plan) -> String {
  // What hardly moves the plan as built may still decide what else to build.
  let share =
    measurement.share < 0.005
    ? language.text("format.below", ["value": language.percent(0.01)])
    : language.percent(measurement.share)
  var parts = [language.text("measurement.share", ["share": share])]
  if let value = measurement.informationValue {
    parts.append(
      value > 0
        ? language.text(
          "measurement.worth", ["value": objectiveText(value, language: language, plan: plan)])
        : language.text("measurement.worth-none"))
  }
  return parts.joined(separator: "; ")
}

/// A yearly amount in the plan's objective.
func objectiveText(_ value: Double, language: Language, plan: Plan) -> String {
  let amount: String
  switch plan.options.objective {
  case .carbon, .carbonThenBenefit:
    amount =
      language.mass(tonnes: value / 1000) + Language.narrowGap + language.text("carbon.word")
  case .netBenefit, .benefitThenCarbon, .carbonPriced:
    amount = language.money(value, plan.park.settings.currency)
  }
  return language.text("format.per-year", ["value": amount])
}
