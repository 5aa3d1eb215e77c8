import LichenDomain
import LichenGraph

/// How long what a plan builds lasts: declared where a row says so, else the catalogue's figure.
struct AssetLives: Sendable {
  /// Of pipes and cables [a].
  let link: LedgerAmount
  /// Of permits and by-product files [a].
  let permit: LedgerAmount
  /// Of an efficiency measure that names none [a].
  let usualMeasure: LedgerAmount

  init(park: Park) {
    let figures = FigureBook(park: park)
    link = figures.parameter("link_lifetime_years")
    permit = figures.parameter("permit_lifetime_years")
    usualMeasure = figures.parameter("measure_lifetime_years")
  }

  /// [a]; `nil` when unknown.
  func life(of measure: EfficiencyOption) -> Double? {
    measure.lifetime ?? usualMeasure.value?.typical
  }
}

extension Collection where Element == LedgerLine {
  /// What is paid and received in a year, the annuity of the investment left out.
  var beforeAnnuity: [LedgerLine] { filter { $0.term != .capital } }
}
