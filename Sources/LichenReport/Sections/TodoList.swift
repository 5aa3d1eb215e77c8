import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// One thing to do, with what it takes and what it brings.
struct Todo {
  let lead: String
  let rest: String
  let detail: String
}

/// What to do next, derived from the plan: steps before authorities, contracts, missing quantities,
/// weakest figures, open qualities.
struct TodoList {
  let items: [Todo]

  /// Steps and contracts that are listed one by one.
  private static let shown = 4

  init(_ context: ReportContext) {
    let actions = (Self.permits(context) + Self.contracts(context))
      .sorted { ($1.worth, $0.order) < ($0.worth, $1.order) }
    var items = actions.prefix(Self.shown).map(\.todo)
    let further = actions.dropFirst(Self.shown)
    if !further.isEmpty {
      items.append(
        Todo(
          lead: context.language.plural("todo.further", count: further.count), rest: "",
          detail: context.language.text(
            "todo.further.detail",
            ["money": context.yearlyMoney(further.reduce(0) { $0 + $1.worth })])))
    }
    let legal = LegalTodos(context)
    self.items =
      items + legal.waits + legal.openPoints + legal.hazards + Self.quantities(context)
      + Self.figures(context) + Self.qualities(context)
  }

  private struct Action {
    let worth: Double
    let order: String
    let todo: Todo
  }

  /// One action per holder and material: its steps are taken together.
  private static func permits(_ context: ReportContext) -> [Action] {
    let language = context.language
    var groups: [[PermitNeed]] = []
    for permit in context.permits {
      if let last = groups.last?.first?.key, last.holder == permit.key.holder,
        last.material == permit.key.material
      {
        groups[groups.count - 1].append(permit)
      } else {
        groups.append([permit])
      }
    }
    return groups.map { group in
      let ranks = Set(group.flatMap { context.ranks(needing: $0) }).sorted()
      let plants = context.plants(needing: group)
      let worth =
        ranks.reduce(0) { $0 + context.exchanges[$1 - 1].planned.money.typical }
        + plants.reduce(0) { $0 + $1.moneyWithLegs }
      let steps = group.map { context.step(of: $0.rule) }
      var detail: [String] = []
      if let days = group.compactMap(\.rule.days).max(by: { $0.high < $1.high }) {
        detail.append(language.days(days))
      } else {
        detail.append(language.text("todo.days-unknown"))
      }
      let cost = group.compactMap(\.oneOff.value).sum()
      let isKnown = group.allSatisfy { $0.oneOff.value != nil }
      detail.append(
        isKnown && cost.typical == 0
          ? language.text("todo.no-cost")
          : isKnown
            ? language.text(
              "todo.cost", ["cost": language.money(cost.typical, context.currency)])
            : language.text("todo.cost-unknown"))
      detail.append(language.text("todo.unlocks", ["money": context.yearlyMoney(worth)]))
      if !ranks.isEmpty {
        detail.append(
          language.plural("todo.exchange", count: ranks.count, ["ranks": context.rankList(ranks)]))
      }
      if !plants.isEmpty {
        detail.append(
          language.text("todo.through", ["plants": language.list(plants.map(\.facility.name))]))
      }
      let recalled = group.filter { $0.rule.confidence != .verified }.map(\.rule.id.rawValue)
      if !recalled.isEmpty {
        detail.append(language.text("law.check", ["rules": language.list(recalled)]))
      }
      return Action(
        worth: worth, order: "a\(group[0].key.holder)\(group[0].key.material)",
        todo: Todo(
          lead: language.text(
            "todo.permit",
            [
              "who": context.names.short(group[0].key.holder),
              "what": steps.joined(separator: "; "),
            ]),
          rest: language.text(
            "todo.permit.for",
            ["material": SiteNames.shortened(context.material(group[0].key.material))]),
          detail: detail.joined(separator: " · ")))
    }
  }

  private static func contracts(_ context: ReportContext) -> [Action] {
    let language = context.language
    return context.exchanges.filter {
      $0.candidate.permits.isEmpty && !context.existsAlready($0.candidate)
    }.map { exchange in
      let capital = exchange.planned.capital.typical
      let detail = [
        capital > 0
          ? language.text("todo.capital", ["capital": language.money(capital, context.currency)])
          : language.text("todo.no-capital"),
        context.yearlyMoney(exchange.planned.money.typical),
        language.plural("todo.exchange", count: 1, ["ranks": String(exchange.rank)]),
      ]
      return Action(
        worth: exchange.planned.money.typical, order: "b\(exchange.candidate.id)",
        todo: Todo(
          lead: language.text(
            "todo.contract",
            [
              "from": context.donor(exchange.candidate), "to": context.receiver(exchange.candidate),
              "stream": context.stream(exchange.candidate.output),
            ]),
          rest: language.text("todo.contract.free"), detail: detail.joined(separator: " · ")))
    }
  }

  /// Streams that candidates wait for because nobody has said how much there is.
  private static func quantities(_ context: ReportContext) -> [Todo] {
    let language = context.language
    var names: [StreamID: String] = [:]
    func note(_ stream: some Stream) {
      guard stream.quantity == nil, names[stream.id] == nil else { return }
      names[stream.id] = language.text(
        "todo.stream",
        ["stream": context.stream(stream), "site": context.names.short(stream.enterprise)])
    }
    for row in context.graph.candidates.rows where row.lacksOnlyData {
      note(context.park.outputs[Int(row.output)])
      note(context.park.inputs[Int(row.input)])
    }
    guard !names.isEmpty else { return [] }
    let sorted = names.sorted { $0.key < $1.key }.map(\.value)
    return [
      Todo(
        lead: language.plural("todo.quantities", count: sorted.count),
        rest: ": " + shortened(sorted, language, limit: 2),
        detail: language.text("todo.quantities.detail"))
    ]
  }

  /// Estimated figures that carry most value.
  private static func figures(_ context: ReportContext) -> [Todo] {
    let language = context.language
    let gross = context.moneyShares.gross
    guard gross > 0 else { return [] }
    let weak = context.referenceUses().filter {
      // A reader can replace prices and routes, but not an exchange rate.
      $0.row?.table != "exchange_rates.csv"
        && context.assumption($0)?.confidence == .estimated && $0.money / gross >= 0.05
    }.prefix(2)
    guard !weak.isEmpty else { return [] }
    let items = weak.map { use in
      language.text(
        "todo.figure",
        [
          "name": SiteNames.shortened(context.assumption(use)?.name ?? use.reference),
          "share": language.percent(use.money / gross),
        ])
    }
    return [
      Todo(
        lead: language.text("todo.figures"), rest: ": " + items.joined(separator: "; "),
        detail: language.text(
          "todo.figures.detail",
          ["share": language.percent(context.moneyShares.share(.estimated))]))
    ]
  }

  /// Qualities that routes of planned exchanges limit and nobody has measured.
  private static func qualities(_ context: ReportContext) -> [Todo] {
    let language = context.language
    let open = context.exchanges.filter { !$0.candidate.unmeasured.isEmpty }
    guard !open.isEmpty else { return [] }
    var materials: [MaterialID] = []
    for exchange in open where !materials.contains(exchange.candidate.output.material) {
      materials.append(exchange.candidate.output.material)
    }
    let items = materials.map { material in
      let users = open.filter { $0.candidate.output.material == material }
      let qualities = Set(users.flatMap(\.candidate.unmeasured)).sorted()
      return language.text(
        "todo.quality",
        [
          "stream": SiteNames.shortened(context.material(material)),
          "ranks": shortened(users.map { String($0.rank) }, language),
          "qualities": shortened(qualities.map(context.property), language, limit: 2),
        ])
    }
    var pairs: Set<String> = []
    for exchange in open {
      for quality in exchange.candidate.unmeasured {
        pairs.insert("\(exchange.candidate.output.id):\(quality)")
      }
    }
    return [
      Todo(
        lead: language.plural(
          "todo.qualities", count: pairs.count),
        rest: ": " + shortened(items, language, separator: "; ", limit: 2),
        detail: language.text("todo.qualities.detail"))
    ]
  }

  /// The first items and how many more there are; the sections name them all.
  static func shortened(
    _ items: [String], _ language: Language, separator: String? = nil, limit: Int = 3
  ) -> String {
    let separator = separator ?? language.text("format.list")
    let shown = items.prefix(limit).joined(separator: separator)
    return items.count <= limit
      ? shown : shown + separator + language.plural("list.more", count: items.count - limit)
  }
}

extension ReportContext {
  /// `1.76 M€/yr`.
  func yearlyMoney(_ value: Double) -> String {
    language.text("format.per-year", ["value": language.money(value, currency)])
  }

  /// What a rule asks for, or its effect where it names no step.
  func step(of rule: LegalRule) -> String {
    rule.step.isEmpty ? language.text("effect.\(rule.effect.rawValue)") : language.term(rule.step)
  }

  func property(_ id: PropertyID) -> String {
    language.word("property.\(id)", catalogue: park.catalogue)
  }

  /// Whether the link is documented and taken as built.
  func existsAlready(_ candidate: Candidate) -> Bool {
    candidate.ledger.fixed.contains { $0.remark == "remark.exists-already" }
  }
}
