import LichenAnalysis
import LichenDomain
import LichenGraph

extension ScenarioWriter {
  /// The matrix of regrets with what it means; nothing where it was not asked for.
  var regret: [AnalysisSection.Block] {
    guard let matrix = comparison.regret else { return [] }
    let all = comparison.all
    let labels = [text("compare.baseline")] + comparison.scenarios.indices.map(Alphabet.letters)
    let showsWorst = comparison.isOfOneUnit
    let worst = matrix.worst
    let rows = matrix.cells.enumerated().map { index, cells in
      [labels[index]]
        + cells.enumerated().map { column, cell in
          shown(cell, isCarbon: all[column].plan.options.objective.isCarbonFirst)
        }
        + (showsWorst
          ? [amount(worst[index], isCarbon: all[0].plan.options.objective.isCarbonFirst)] : [])
    }
    let columns: [AnalysisTable.Column] =
      [.text(text("regret.built"))] + labels.map { .number($0) }
      + (showsWorst ? [.number(text("regret.worst"))] : [])
    let cells = matrix.cells.flatMap(\.self).compactMap(\.self)
    var notes: [AnalysisSection.Block] = [.note(text("regret.method"))]
    if cells.contains(where: { !$0.isAffordable }) {
      notes.append(.note(text("regret.unaffordable")))
    }
    if cells.contains(where: { $0.value == nil }) { notes.append(.note(text("regret.impossible"))) }
    if cells.contains(where: { !$0.isProven }) { notes.append(.note(text("regret.bounded"))) }
    return [
      .heading(text("regret.title")), .paragraph(advice(worst)),
      .table(AnalysisTable(columns, rows: rows)),
    ] + notes
  }

  /// Which plan would be regretted least whatever comes true.
  private func advice(_ worst: [Double?]) -> String {
    let known = worst.enumerated().compactMap { index, value in value.map { (index, $0) } }
    guard comparison.isOfOneUnit, let least = known.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else {
      return text("regret.lead")
    }
    let isCarbon = comparison.baseline.plan.options.objective.isCarbonFirst
    return text("regret.lead") + " "
      + text(
        "regret.least",
        [
          "plan": least.0 == 0 ? text("compare.baseline") : name(least.0 - 1),
          "regret": amount(least.1, isCarbon: isCarbon),
        ])
  }

  private func shown(_ cell: Regret?, isCarbon: Bool) -> String {
    guard let cell else { return "–" }
    guard let regret = cell.regret else { return text("regret.none") }
    var shown = amount(regret, isCarbon: isCarbon)
    if !cell.isProven, let low = cell.low, let high = cell.high {
      shown = language.range(amount(low, isCarbon: isCarbon), amount(high, isCarbon: isCarbon))
    }
    return shown + (cell.isAffordable ? "" : "*")
  }

  private func amount(_ value: Double?, isCarbon: Bool) -> String {
    guard let value else { return "–" }
    return isCarbon ? language.mass(tonnes: value / 1000) : language.money(value, currency)
  }
}

/// A permit in a few words.
struct PermitNeedText {
  let text: String

  init(_ need: PermitNeed, _ names: SiteNames) {
    text = "\(names.short(need.key.holder)) \(need.key.rule)"
  }
}
