import LichenDomain
import LichenGraph

/// The balance of one exchange line by line, with what is known about it.
struct LedgerView {
  struct Line {
    let term: String
    let remark: [String]
    let lineMoney: String
    let lineRange: String
    let lineCarbon: String
    let basis: String
    let level: String
    let sources: String
  }

  struct Fact {
    let fact: String
    let saying: String
  }

  /// Names the table to those who hear it.
  let ledgerCaption: String
  let lines: [Line]
  let netMoney: String
  let netRange: String
  let netCarbon: String
  let netNote: String
  let facts: [Fact]

  init(_ exchange: RankedExchange, _ context: ReportContext) {
    let language = context.language
    ledgerCaption = language.text("ledger.caption", ["rank": String(exchange.rank)])
    lines = Self.lines(exchange, context)
    let money = exchange.planned.money
    netMoney = language.number(exchange.roundedMoney)
    netCarbon = language.number(exchange.roundedCarbon)
    netRange =
      money.isExact
      ? "" : language.range(context.tableMoney(money.low), context.tableMoney(money.high))
    let capital = exchange.planned.capital.typical
    netNote = [
      capital > 0
        ? language.text("ledger.capital", ["capital": language.money(capital, context.currency)])
        : "",
      exchange.candidate.permits.isEmpty ? "" : language.text("ledger.permits-apart"),
    ].filter { !$0.isEmpty }.joined(separator: " · ")
    facts = ExchangeFacts(exchange, context).facts
  }

  /// Lines without anything to say are left out: nothing paid, nothing emitted, no source.
  private static func lines(_ exchange: RankedExchange, _ context: ReportContext) -> [Line] {
    let language = context.language
    let shown = exchange.planned.lines.filter { line in
      line.money.value != .zero || line.carbon.value != .zero || line.remark != nil
    }
    func rounded(_ amount: KeyPath<LedgerLine, LedgerAmount>, _ factor: Double, _ total: Double)
      -> [Double]
    {
      ControlledRounding.round(
        shown.map { ($0[keyPath: amount].value?.typical ?? 0) / factor }, total: total)
    }
    let money = rounded(\.money, context.moneyScale.factor, exchange.roundedMoney)
    let carbon = rounded(\.carbon, context.carbonScale.factor, exchange.roundedCarbon)
    func text(_ amount: LedgerAmount, _ rounded: Double) -> String {
      amount.value == nil ? language.text("word.unknown") : language.signed(rounded)
    }
    return shown.indices.map { index in
      let line = shown[index]
      let bases = Set([line.money, line.carbon].compactMap { $0.value == .zero ? nil : $0.basis })
      let levels = [line.money, line.carbon].filter { $0.value != nil && $0.value != .zero }
        .compactMap(\.confidence)
      let references = (line.money.references + line.carbon.references).reduce(into: [String]()) {
        if !$0.contains($1) { $0.append($1) }
      }
      let value = line.money.value ?? .zero
      return Line(
        term: language.text("term.\(line.term.rawValue)"),
        remark: line.remark.map { [language.text($0)] } ?? [],
        lineMoney: text(line.money, money[index]),
        lineRange: value.isExact
          ? "" : language.range(context.tableMoney(value.low), context.tableMoney(value.high)),
        lineCarbon: text(line.carbon, carbon[index]),
        basis: language.list(
          Basis.allCases.filter { bases.contains($0) }.map {
            language.text("basis.\($0.rawValue)")
          }),
        level: levels.min().map { language.text("confidence.\($0.rawValue)") } ?? "",
        sources: references.map(context.source).joined(separator: "; "))
    }
  }
}

extension ReportContext {
  /// A reference as readers see it: the figure's name with its id, or the row of the park's table.
  func source(_ reference: String) -> String {
    guard let (table, id) = ReferenceUse.row(of: reference),
      ["costs.csv", "factors.csv", "parameters.csv"].contains(table),
      let figure = park.catalogue.figures[id]
    else { return reference }
    return "\(language.term(figure.name)) (\(id))"
  }
}

/// Quantity, way, route, score, law and open points of an exchange.
struct ExchangeFacts {
  let facts: [LedgerView.Fact]

  init(_ exchange: RankedExchange, _ context: ReportContext) {
    let language = context.language
    let candidate = exchange.candidate
    var facts: [LedgerView.Fact] = []
    func add(_ key: String, _ text: String) {
      facts.append(LedgerView.Fact(fact: language.text(key), saying: text))
    }
    add("fact.quantity", Self.quantity(exchange, context))
    add("fact.way", Self.way(candidate, context))
    add("fact.route", Self.route(candidate, context))
    add("fact.score", Self.score(candidate, language))
    add("fact.law", Self.law(candidate, context))
    if !candidate.unmeasured.isEmpty {
      add(
        "fact.unmeasured", language.list(candidate.unmeasured.map(context.property)))
    }
    if exchange.planned.isRequired { add("fact.required", language.text("fact.required.why")) }
    self.facts = facts
  }

  private static func quantity(_ exchange: RankedExchange, _ context: ReportContext) -> String {
    let language = context.language
    let candidate = exchange.candidate
    var parts = [context.yearlyQuantity(exchange.planned.quantity, of: candidate)]
    if let supply = candidate.output.quantity?.yearly.typical, supply > 0 {
      parts.append(
        language.text(
          "fact.of-supply", ["share": language.percent(exchange.planned.quantity / supply)]))
    }
    if let need = candidate.input.quantity?.yearly.typical, need > 0 {
      let served = exchange.planned.quantity * candidate.route.ratio.typical
      parts.append(
        language.text("fact.of-need", ["share": language.percent(served / need)]))
    }
    return parts.joined(separator: " · ")
  }

  private static func way(_ candidate: Candidate, _ context: ReportContext) -> String {
    let language = context.language
    let transport = candidate.transport
    guard transport.mode != nil else { return context.mode(transport) }
    var parts = [context.mode(transport), context.kilometres(transport)]
    if transport.km != nil {
      parts.append(
        transport.distanceRow ?? language.text("fact.great-circle"))
      parts.append(language.text("confidence.\(transport.confidence.rawValue)"))
    }
    return parts.joined(separator: " · ")
  }

  private static func route(_ candidate: Candidate, _ context: ReportContext) -> String {
    let language = context.language
    let route = candidate.route
    let unit = context.unit(of: candidate)
    let target = context.park.material(candidate.input.material)?.referenceUnit.id ?? ""
    var parts = [
      language.text(
        "exchange.pair",
        [
          "from": context.material(candidate.output.material),
          "to": context.material(candidate.input.material),
        ]),
      language.text("use.\(route.use.rawValue)"),
      language.text(
        "fact.ratio",
        [
          "ratio": language.plain(route.ratio.typical),
          "unit": language.unitText("\(target)/\(unit)"),
          "confidence": language.text("confidence.\(route.ratioConfidence.rawValue)"),
        ]),
    ]
    if let chain = route.chain {
      parts.append(
        language.text("fact.chain", ["material": context.material(chain.intermediate)]))
    }
    if !route.pretreatment.isEmpty { parts.append(language.term(route.pretreatment)) }
    if !route.example.isEmpty {
      parts.append(language.text("fact.example", ["example": route.example]))
    }
    return parts.joined(separator: " · ")
  }

  static func score(_ candidate: Candidate, _ language: Language) -> String {
    let parts = ScorePart.allCases.map { part in
      language.text(
        "score.part",
        [
          "part": language.text("score.\(part.rawValue)"),
          "value": candidate.score.parts[part].map { language.number($0, decimals: 2) }
            ?? language.text("word.unknown"),
        ])
    }
    return language.text(
      "score.total",
      ["total": language.number(candidate.score.total, decimals: 2), "parts": language.list(parts)])
  }

  private static func law(_ candidate: Candidate, _ context: ReportContext) -> String {
    let language = context.language
    let rules = candidate.verdict.applying
    guard !rules.isEmpty else { return language.text("law.no-rule") }
    return rules.map { rule in
      "\(rule.id) \(language.instrument(rule)): "
        + language.text("effect.\(rule.effect.rawValue)").lowercased()
        + (rule.confidence == .verified
          ? "" : " (\(language.text("confidence.\(rule.confidence.rawValue)")))")
    }.joined(separator: "; ")
  }
}
