import LichenAnalysis
import LichenDomain
import LichenMatching

extension AnalysisSection {
  /// How the gain may be shared, how content every group of firms is, and prices that do it.
  public static func share(
    _ split: FairSplit, of result: MatchResult, language: Language
  ) -> AnalysisSection {
    FairSplitWriter(
      split: split,
      words: SectionWords(context: ReportContext(result, language: language), head: "share")
    ).section
  }
}

private struct FairSplitWriter {
  let split: FairSplit
  let words: SectionWords

  private static let rules: [FairSplit.Rule] = [
    .untouched, .proportional, .shapley, .nucleolus,
  ]

  private func name(_ rule: FairSplit.Rule) -> String {
    words.language.text("split.\(rule.rawValue)")
  }

  var section: AnalysisSection {
    let total = split.groups.reduce(0) { $0 + $1.total }
    var blocks = split.groups.enumerated().flatMap { index, group in
      self.blocks(of: group, number: index + 1)
    }
    if !split.prices.isEmpty { blocks += prices }
    blocks.append(.note(words.text("method", ["plans": words.count(split.plans)])))
    if split.samples > 0 {
      blocks.append(.note(words.text("sampled", ["samples": words.count(split.samples)])))
    }
    return AnalysisSection(
      id: "share", title: words.text("title"),
      lead: split.groups.isEmpty
        ? words.text("none")
        : words.language.plural(
          "share.lead", count: split.groups.count,
          ["total": words.language.money(total, words.context.currency)]), blocks: blocks)
  }

  private func blocks(of group: FairSplit.Group, number: Int) -> [AnalysisSection.Block] {
    let rules = Self.rules.filter { group.shares[$0] != nil }
    let order = group.firms.indices.sorted {
      let (left, right) = (group.shares[.shapley]?[$0] ?? 0, group.shares[.shapley]?[$1] ?? 0)
      return left != right ? left > right : group.firms[$0] < group.firms[$1]
    }
    let rows = order.map { place in
      [words.firm(group.firms[place])]
        + rules.map { rule in
          let share = words.money(group.shares[rule]?[place] ?? 0)
          return rule == .shapley && !group.standardErrors.isEmpty
            ? "\(share) ± \(words.money(group.standardErrors[place]))" : share
        }
    }
    var blocks: [AnalysisSection.Block] = []
    if split.groups.count > 1 {
      blocks.append(
        .heading(
          words.text(
            "group",
            [
              "number": words.count(number), "firms": words.count(group.firms.count),
              "total": words.language.money(group.total, words.context.currency),
            ])))
    }
    if group.firms.count > 1 { blocks.append(.chart(chart(group, order: order, rules: rules))) }
    blocks.append(
      .table(
        AnalysisTable(
          [.text(words.text("firm"))]
            + rules.map { .number("\(name($0)), \(words.context.moneyPerYear)") },
          rows: rows + complaints(group, rules),
          total: [words.text("total")] + rules.map { _ in words.money(group.total) })))
    if let isEmpty = group.isCoreEmpty {
      let isTight = abs(group.leastComplaint ?? 0) <= 1e-6 * max(1, group.total)
      blocks.append(
        .paragraph(
          words.text(
            isEmpty ? "core-empty" : isTight ? "core-tight" : "core",
            [
              "least": words.language.money(
                abs(group.leastComplaint ?? 0), words.context.currency)
            ])))
    }
    return blocks
  }

  /// A last row above the total: the largest complaint of each rule.
  private func complaints(_ group: FairSplit.Group, _ rules: [FairSplit.Rule]) -> [[String]] {
    if group.complaints.isEmpty { return [] }
    return [
      [words.text("complaint")]
        + rules.map { rule in
          group.complaints[rule].map { words.signedMoney($0.amount) } ?? ""
        }
    ]
  }

  private func chart(
    _ group: FairSplit.Group, order: [Int], rules: [FairSplit.Rule]
  ) -> AnalysisChart {
    let fair = rules.filter { $0 != .untouched }
    let scale = words.context.moneyScale.factor
    let bars = order.prefix(20).map { place -> BarChart.Bar in
      let values = fair.map { (group.shares[$0]?[place] ?? 0) / scale }
      let share = (group.shares[.shapley]?[place] ?? 0) / scale
      return BarChart.Bar(
        words.firm(group.firms[place]), value: share, low: values.min(), high: values.max(),
        text: words.language.number(share))
    }
    return AnalysisChart(
      .bars(BarChart(bars, unit: words.context.moneyPerYear)), caption: words.text("caption"))
  }

  private var prices: [AnalysisSection.Block] {
    let currency = words.language.symbol(words.context.currency)
    let rows = split.prices.map { price -> [String] in
      let isPossible = price.low <= price.high
      func text(_ value: Double?) -> String {
        value.map { words.language.plain($0, digits: 4) } ?? ""
      }
      return [
        words.exchange(price.exchange),
        isPossible
          ? words.language.range(text(price.low), text(price.high)) : words.text("no-price"),
        text(price.prices[.shapley]), text(price.prices[.nucleolus]),
      ]
    }
    var blocks: [AnalysisSection.Block] = [
      .heading(words.text("prices")),
      .paragraph(words.text("prices-lead")),
      .table(
        AnalysisTable(
          [
            .text(words.text("exchange")),
            .number(words.text("range", ["currency": currency.trimmingSpaces()])),
            .number(name(.shapley)), .number(name(.nucleolus)),
          ], rows: rows)),
    ]
    let paid = split.fund[.shapley] ?? []
    if !paid.isEmpty {
      let parts = paid.map {
        "\(words.firm($0.firm)) \(words.language.signed($0.amount / words.context.moneyScale.factor))"
      }
      blocks.append(
        .paragraph(
          words.text(
            "fund",
            [
              "payments": words.language.list(parts), "unit": words.context.moneyPerYear,
            ])))
    }
    return blocks
  }
}
