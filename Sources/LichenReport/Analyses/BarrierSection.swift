import LichenAnalysis
import LichenDomain
import LichenMatching

extension AnalysisSection {
  /// What each part of the law costs the park, and what lifting it takes.
  public static func barriers(
    _ found: BarrierResult, of result: MatchResult, language: Language
  ) -> AnalysisSection {
    BarrierWriter(
      found: found,
      words: SectionWords(context: ReportContext(result, language: language), head: "barriers")
    ).section
  }
}

private struct BarrierWriter {
  let found: BarrierResult
  let words: SectionWords

  /// Rows that a page can bear.
  private static let most = 25

  private var worth: [BarrierValue] { found.singles.filter { $0.value > found.tolerance } }

  var section: AnalysisSection {
    var blocks: [AnalysisSection.Block] = []
    if !worth.isEmpty {
      blocks.append(.chart(chart))
      blocks.append(.table(table))
      blocks.append(.heading(words.text("lifting")))
      blocks.append(.table(lifting))
    }
    blocks += pairs
    if !found.relieving.isEmpty {
      let names = found.relieving.prefix(6).map {
        "\(name($0.barriers[0])) \(words.signedMoney($0.money))"
      }
      blocks.append(
        .paragraph(
          words.text(
            "relieving",
            ["rules": words.language.list(names), "unit": words.context.moneyPerYear])))
    }
    if !found.idle.isEmpty, !worth.isEmpty {
      blocks.append(
        .paragraph(words.text("idle", ["count": words.count(found.idle.count)])))
    }
    blocks.append(
      .note(
        words.text(
          "method",
          [
            "plans": words.count(found.plans),
            "date": words.language.date(words.context.park.settings.lawDate),
          ])))
    if found.singles.contains(where: { !$0.isProven }) {
      blocks.append(.note(words.text("unproven")))
    }
    return AnalysisSection(
      id: "barriers", title: words.text("title"), lead: lead, blocks: blocks)
  }

  private var lead: String {
    guard let first = worth.first else {
      return found.singles.isEmpty
        ? words.text("no-barriers")
        : words.text("none", ["count": words.count(found.singles.count)])
    }
    return words.text(
      "lead",
      [
        "barrier": name(first.barriers[0]),
        "money": words.language.money(first.money, words.context.currency),
        "carbon": words.language.mass(tonnes: first.carbon / 1000),
        "count": words.count(worth.count), "all": words.count(found.singles.count),
      ])
  }

  private func name(_ barrier: Barrier) -> String {
    switch barrier {
    case .rule(let id):
      guard let rule = words.context.park.catalogue.rules.first(where: { $0.id == id }) else {
        return id.rawValue
      }
      return "\(words.language.term(rule.instrument)) \(words.language.term(rule.article))"
        .trimmingSpaces() + " (\(id))"
    case .licence(let licence, let holder):
      return words.text("licence", ["licence": licence, "firm": words.firm(holder)])
    case .permit(let holder, let material, let rule):
      return words.text(
        "permit",
        [
          "firm": words.firm(holder), "material": words.context.material(material),
          "rule": rule.rawValue,
        ])
    }
  }

  private func names(_ barriers: [Barrier]) -> String {
    barriers.map(name).joined(separator: " + ")
  }

  private var chart: AnalysisChart {
    let bars = worth.prefix(12).map { value in
      BarChart.Bar(
        name(value.barriers[0]), value: value.value / words.objectiveScale,
        text: words.signedObjective(value.value))
    }
    return AnalysisChart(
      .bars(BarChart(Array(bars), unit: words.objectiveUnit)), caption: words.text("caption"))
  }

  private var columns: [AnalysisTable.Column] {
    [
      .text(words.text("barrier")), .number(words.context.moneyPerYear),
      .number(words.context.carbonPerYear), .number(words.text("helped")),
      .number(words.text("gained")), .number(words.text("forbids")),
      .number(words.text("burdens")),
    ]
  }

  private func row(_ value: BarrierValue) -> [String] {
    [
      names(value.barriers), words.signedMoney(value.money), words.signedCarbon(value.carbon),
      words.count(value.helped.count), words.count(value.gained.count),
      words.count(value.forbids), words.count(value.burdens),
    ]
  }

  private var table: AnalysisTable {
    AnalysisTable(columns, rows: worth.prefix(Self.most).map(row))
  }

  /// Who has to act, what it takes, and which exchanges it frees.
  private var lifting: AnalysisTable {
    AnalysisTable(
      [
        .text(words.text("barrier")), .text(words.text("takes")), .text(words.text("frees")),
        .text(words.text("who-gains")),
      ],
      rows: worth.prefix(Self.most).map { value in
        [
          names(value.barriers), takes(value.barriers[0]), words.exchanges(value.gained),
          words.firms(value.helped),
        ]
      })
  }

  private func takes(_ barrier: Barrier) -> String {
    func rule(_ id: RuleID) -> LegalRule? {
      words.context.park.catalogue.rules.first { $0.id == id }
    }
    func step(_ rule: LegalRule?) -> [String] {
      guard let rule else { return [] }
      var parts: [String] = rule.step.isEmpty ? [] : [words.language.term(rule.step)]
      if let days = rule.days { parts.append(words.language.days(days)) }
      if let cost = rule.cost {
        parts.append(words.language.money(cost.amount.typical, cost.currency))
      } else {
        parts.append(words.text("cost-unknown"))
      }
      if rule.confidence == .recalled { parts.append(words.text("recalled")) }
      return parts
    }
    switch barrier {
    case .rule(let id):
      guard let rule = rule(id) else { return "" }
      let place = words.context.park.catalogue.jurisdictions[rule.jurisdiction].map {
        words.language.term($0.name)
      }
      var parts = [words.text("change", ["place": place ?? rule.jurisdiction])]
      if rule.confidence == .recalled { parts.append(words.text("recalled")) }
      return parts.joined(separator: "; ")
    case .licence(let licence, let holder):
      let asked = words.context.park.catalogue.rules.first { $0.unlessLicence == licence }
      return ([words.text("apply", ["firm": words.firm(holder)])] + step(asked))
        .joined(separator: "; ")
    case .permit(let holder, _, let id):
      return ([words.text("waive", ["firm": words.firm(holder)])] + step(rule(id)))
        .joined(separator: "; ")
    }
  }

  private var pairs: [AnalysisSection.Block] {
    let joined = found.pairs.filter { $0.interplay != .independent }
    if joined.isEmpty { return [] }
    return [
      .heading(words.text("pairs")), .paragraph(words.text("pairs-lead")),
      .table(
        AnalysisTable(
          [
            .text(words.text("both")), .number(words.context.moneyPerYear),
            .number(words.text("synergy", ["unit": words.objectiveUnit])),
            .text(words.text("interplay")),
          ],
          rows: joined.prefix(12).map { pair in
            [
              names(pair.both.barriers), words.signedMoney(pair.both.money),
              words.signedObjective(pair.synergy),
              words.language.text("interplay.\(pair.interplay.rawValue)"),
            ]
          })),
    ]
  }
}
