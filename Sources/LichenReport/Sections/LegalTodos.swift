import LichenDomain
import LichenGraph
import LichenLaw

/// What the law leaves to do before the planned exchanges can run.
struct LegalTodos {
  private let context: ReportContext

  init(_ context: ReportContext) { self.context = context }

  private var language: Language { context.language }

  /// The steps that take longest, because whoever starts them late delays the plan.
  var waits: [Todo] {
    let timed = context.permits.filter { ($0.rule.days?.high ?? 0) > 0 }
      .sorted { ($1.rule.days?.high ?? 0, $0.key) < ($0.rule.days?.high ?? 0, $1.key) }
    guard let longest = timed.first?.rule.days else { return [] }
    let items = timed.compactMap { permit in
      permit.rule.days.map { days in
        language.text(
          "todo.wait.item",
          ["who": context.names.short(permit.key.holder), "days": language.days(days)])
      }
    }
    return [
      Todo(
        lead: language.text("todo.wait"),
        rest: ": " + TodoList.shortened(Self.unique(items), language, separator: "; ", limit: 2),
        detail: language.text("todo.wait.detail", ["days": language.days(longest)]))
    ]
  }

  /// Questions of checklists that nothing declared answers, by rule.
  var openPoints: [Todo] {
    var counts: [RuleID: Set<Int>] = [:]
    var ranks: [RuleID: Set<Int>] = [:]
    for exchange in context.exchanges where !context.existsAlready(exchange.candidate) {
      for state in context.checklist(of: exchange.candidate) where state.isOpen {
        counts[state.point.rule, default: []].insert(state.point.order)
        ranks[state.point.rule, default: []].insert(exchange.rank)
      }
    }
    let total = counts.values.reduce(0) { $0 + $1.count }
    if total == 0 { return [] }
    let items = counts.keys.sorted().map { rule in
      language.text(
        "todo.legal.item",
        [
          "rule": rule.rawValue, "count": String(counts[rule]?.count ?? 0),
          "ranks": context.rankList((ranks[rule] ?? []).sorted()),
        ])
    }
    return [
      Todo(
        lead: language.plural("todo.legal", count: total),
        rest: ": " + TodoList.shortened(items, language, separator: "; "),
        detail: language.text("todo.legal.detail"))
    ]
  }

  /// Streams whose hazard is assumed, contradicted or still to be assessed.
  var hazards: [Todo] {
    var ranks: [StreamID: [Int]] = [:]
    var names: [StreamID: String] = [:]
    for exchange in context.exchanges {
      let hazard = exchange.candidate.verdict.facts.hazard
      if hazard.open.isEmpty, hazard.contradictions.isEmpty { continue }
      ranks[exchange.candidate.output.id, default: []].append(exchange.rank)
      names[exchange.candidate.output.id] = context.stream(exchange.candidate.output)
    }
    if names.isEmpty { return [] }
    let items = names.keys.sorted().map { id in
      language.text(
        "todo.hazard.item",
        ["stream": names[id] ?? id.rawValue, "ranks": context.rankList(ranks[id] ?? [])])
    }
    return [
      Todo(
        lead: language.plural("todo.hazard", count: items.count),
        rest: ": " + TodoList.shortened(items, language, separator: "; "),
        detail: language.text("todo.hazard.detail"))
    ]
  }

  private static func unique(_ items: [String]) -> [String] {
    var seen: Set<String> = []
    return items.filter { seen.insert($0).inserted }
  }
}
