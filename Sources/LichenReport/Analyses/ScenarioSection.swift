import LichenAnalysis
import LichenDomain
import LichenMatching

extension AnalysisSection {
  /// One scenario beside the park as declared.
  public static func whatIf(_ comparison: ScenarioComparison, language: Language)
    -> AnalysisSection
  {
    let writer = ScenarioWriter(comparison, language)
    let scenario = comparison.scenarios[0]
    return AnalysisSection(
      id: "whatif",
      title: language.text("whatif.title", ["scenario": scenario.scenario.title]),
      lead: writer.lead(0),
      blocks: [.table(writer.changes(0)), .table(writer.figures)] + writer.details(0))
  }

  /// Any number of scenarios side by side, and what each plan is worth in each of them.
  public static func compare(_ comparison: ScenarioComparison, language: Language)
    -> AnalysisSection
  {
    let writer = ScenarioWriter(comparison, language)
    let key = comparison.scenarios.indices.map(writer.name).joined(separator: "; ")
    var blocks: [AnalysisSection.Block] = [.table(writer.figures), .note(key)]
    blocks += writer.regret
    for index in comparison.scenarios.indices {
      blocks.append(.heading(writer.name(index)))
      blocks.append(.paragraph(writer.lead(index)))
      blocks.append(.table(writer.changes(index)))
      blocks += writer.details(index)
    }
    return AnalysisSection(
      id: "compare", title: language.text("compare.title"), lead: writer.overview, blocks: blocks)
  }
}

/// Writes a comparison in the words of a language.
struct ScenarioWriter {
  let comparison: ScenarioComparison
  let language: Language
  let names: SiteNames
  let money: TableScale
  let carbon: TableScale
  var park: Park { comparison.baseline.plan.park }
  var currency: Currency { park.settings.currency }

  init(_ comparison: ScenarioComparison, _ language: Language) {
    self.comparison = comparison
    self.language = language
    let parks = comparison.all.map(\.plan.park)
    var enterprises: [EnterpriseID: Enterprise] = [:]
    for enterprise in parks.flatMap(\.enterprises) {
      enterprises[enterprise.id] = enterprises[enterprise.id] ?? enterprise
    }
    names = SiteNames(enterprises.values.sorted { $0.id < $1.id })
    let figures = comparison.all.compactMap(\.figures)
    money = .money(
      largest: figures.map { abs($0.money.typical) }.max() ?? 0,
      currency: comparison.baseline.plan.park.settings.currency, language: language)
    carbon = .carbon(
      largestKg: figures.map { abs($0.carbon.typical) }.max() ?? 0, language: language)
  }

  func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    language.text(key, arguments)
  }

  /// `A: Title`: the letter stands for the scenario in tables.
  func name(_ index: Int) -> String {
    "\(Alphabet.letters(index)): \(comparison.scenarios[index].scenario.title)"
  }

  var moneyPerYear: String { text("format.per-year", ["value": money.unit]) }
  var carbonPerYear: String { text("format.per-year", ["value": carbon.unit]) }

  // MARK: Sentences

  func lead(_ index: Int) -> String {
    let planned = comparison.scenarios[index]
    guard let after = planned.figures else {
      return text(
        "scenario.no-plan", ["status": text("status.\(planned.plan.certificate.status.rawValue)")])
    }
    guard let before = comparison.baseline.figures else { return text("scenario.no-baseline") }
    let links = comparison.differences[index].links
    func count(_ kind: LinkChange.Kind) -> String {
      language.number(Double(links.count { $0.kind == kind }))
    }
    return text(
      "scenario.lead",
      [
        "money": language.money(after.money.typical, currency),
        "change": signedMoney(after.money.typical - before.money.typical),
        "carbon": language.mass(tonnes: after.carbon.typical / 1000),
        "carbonChange": signedMass(after.carbon.typical - before.carbon.typical),
        "gained": count(.gained), "lost": count(.lost), "resized": count(.resized),
      ])
  }

  var overview: String {
    let planned = comparison.scenarios.enumerated().compactMap { index, scenario in
      scenario.figures.map { (index: index, figures: $0) }
    }
    guard
      let best = planned.max(by: { $0.figures.money.typical < $1.figures.money.typical }),
      let worst = planned.min(by: { $0.figures.money.typical < $1.figures.money.typical }),
      let base = comparison.baseline.figures
    else { return text("compare.no-plans") }
    return text(
      "compare.lead",
      [
        "base": language.money(base.money.typical, currency), "best": name(best.index),
        "most": language.money(best.figures.money.typical, currency), "worst": name(worst.index),
        "least": language.money(worst.figures.money.typical, currency),
      ])
  }

  private func signedMoney(_ value: Double) -> String {
    (value > 0 ? "+" : "") + language.money(value, currency)
  }

  private func signedMass(_ kilograms: Double) -> String {
    (kilograms > 0 ? "+" : "") + language.mass(tonnes: kilograms / 1000)
  }

  // MARK: Tables

  func changes(_ index: Int) -> AnalysisTable {
    AnalysisTable(
      [
        .text(text("scenario.change")), .text(text("scenario.before")),
        .text(text("scenario.after")), .text(text("scenario.origin")),
      ],
      rows: comparison.scenarios[index].changes.map { change in
        let replaced = change.replaced.map { "\($0.value) (\($0.origin))" }
        let place = change.location.row.map { "\(change.location.file):\($0)" }
        return [
          change.key, change.before ?? "", change.after,
          (place ?? change.origin)
            + (replaced.isEmpty
              ? "" : "; " + text("scenario.replaced", ["list": language.list(replaced)])),
        ]
      })
  }

  /// One row per figure; a column for the baseline, and for each scenario its figure and its change.
  var figures: AnalysisTable {
    let columns: [AnalysisTable.Column] =
      [.text(text("compare.figure")), .number(text("compare.baseline"))]
      + comparison.scenarios.indices.flatMap { index -> [AnalysisTable.Column] in
        let isAlone = comparison.scenarios.count == 1
        return [
          .number(isAlone ? text("whatif.column") : Alphabet.letters(index)), .number("Δ"),
        ]
      }
    func row(
      _ title: String, _ unit: String, _ figure: (PlanFigures) -> Double?, factor: Double = 1,
      decimals: Int = 0
    ) -> [String] {
      let base = comparison.baseline.figures.flatMap(figure)
      func shown(_ value: Double?) -> String {
        value.map { language.number($0 / factor, decimals: decimals) } ?? "–"
      }
      return [unit.isEmpty ? title : "\(title), \(unit)", shown(base)]
        + comparison.scenarios.flatMap { planned -> [String] in
          let value = planned.figures.flatMap(figure)
          let change =
            base.flatMap { base in
              value.map { language.signed(($0 - base) / factor, decimals: decimals) }
            } ?? ""
          return [shown(value), change]
        }
    }
    return AnalysisTable(
      columns,
      rows: [
        row(text("compare.money"), moneyPerYear, { $0.money.typical }, factor: money.factor),
        row(text("compare.carbon"), carbonPerYear, { $0.carbon.typical }, factor: carbon.factor),
        row(text("compare.exchanges"), "", { Double($0.exchanges) }),
        row(text("compare.capital"), money.unit, { $0.capital.typical }, factor: money.factor),
        row(text("compare.payback"), text("compare.years"), { $0.payback }, decimals: 1),
        row(text("compare.permits"), "", { Double($0.permits) }),
        row(text("compare.days"), text("compare.day-unit"), { $0.longestDays }),
        row(text("compare.gap"), "%", { $0.gap * 100 }, decimals: 2),
      ])
  }

  /// Links, winners and losers, law.
  func details(_ index: Int) -> [AnalysisSection.Block] {
    let difference = comparison.differences[index]
    var blocks: [AnalysisSection.Block] = []
    if difference.links.isEmpty {
      blocks.append(.paragraph(text("scenario.same-network")))
    } else {
      blocks.append(.table(links(difference)))
    }
    let moved = difference.enterprises.filter { abs($0.change) >= 0.5 }
    if !moved.isEmpty { blocks.append(.chart(winners(moved))) }
    return blocks + law(difference)
  }

  private func links(_ difference: NetworkDifference) -> AnalysisTable {
    func shown(_ value: Double?, _ unit: String) -> String {
      value.map { language.quantity($0, unit: unit) } ?? "–"
    }
    let words: [LinkChange.Kind: String] = [
      .gained: text("link.gained"), .lost: text("link.lost"), .resized: text("link.resized"),
    ]
    return AnalysisTable(
      [
        .text(text("scenario.link")), .text(text("scenario.stream")),
        .text(text("scenario.fate")), .number(text("scenario.before")),
        .number(text("scenario.after")),
      ],
      rows: difference.links.map {
        [
          text("exchange.pair", ["from": names.short($0.from), "to": names.short($0.to)]),
          $0.stream, words[$0.kind] ?? "", shown($0.before, $0.unit), shown($0.after, $0.unit),
        ]
      })
  }

  private func winners(_ moved: [EnterpriseChange]) -> AnalysisChart {
    let ranked = moved.sorted { ($1.change, $0.enterprise) < ($0.change, $1.enterprise) }
    let bars = ranked.map { change -> BarChart.Bar in
      let state =
        change.isClosed ? text("scenario.closed") : change.isNew ? text("scenario.new") : ""
      let name = names.short(change.enterprise) + (state.isEmpty ? "" : " (\(state))")
      let value = change.change / money.factor
      return BarChart.Bar(
        name, value: value,
        text: (value > 0 ? "+" : "") + language.significant(value, digits: 3))
    }
    return AnalysisChart(
      .bars(BarChart(bars, unit: text("scenario.balance", ["unit": moneyPerYear]))),
      caption: text("scenario.winners"))
  }

  private func law(_ difference: NetworkDifference) -> [AnalysisSection.Block] {
    let planned = difference.verdicts.filter(\.isPlanned)
    var blocks: [AnalysisSection.Block] = []
    var sentences: [String] = []
    if difference.verdictCount > 0 {
      sentences.append(
        text("scenario.verdicts", ["count": language.number(Double(difference.verdictCount))]))
    }
    func permits(_ key: String, _ list: [PermitNeedText]) {
      if list.isEmpty { return }
      sentences.append(text(key, ["list": language.list(list.map(\.text))]))
    }
    permits("scenario.permits-gained", difference.permitsGained.map { PermitNeedText($0, names) })
    permits("scenario.permits-lost", difference.permitsLost.map { PermitNeedText($0, names) })
    if !sentences.isEmpty { blocks.append(.paragraph(sentences.joined(separator: " "))) }
    if !planned.isEmpty {
      blocks.append(
        .table(
          AnalysisTable(
            [
              .text(text("scenario.link")), .text(text("scenario.before")),
              .text(text("scenario.after")), .text(text("scenario.rules")),
            ],
            rows: planned.map {
              [
                $0.exchange, text("effect.\($0.before.rawValue)"),
                text("effect.\($0.after.rawValue)"),
                language.list(Set($0.rulesBefore + $0.rulesAfter).sorted().map(\.rawValue)),
              ]
            })))
    }
    return blocks
  }
}
