import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// A headline figure with its range and what stands behind it.
struct KeyFigure {
  let caption: String
  let figure: String
  let figureUnit: String
  let graphic: String
  let notes: [String]

  static func all(_ context: ReportContext) -> [KeyFigure] {
    guard context.hasPlan else {
      return ["figure.money", "figure.carbon", "figure.exchanges", "figure.capital"].map {
        KeyFigure(
          caption: context.language.text($0), figure: context.language.text("word.none"),
          figureUnit: "", graphic: "", notes: [])
      }
    }
    if let withheld = context.edition.withheld { return ranges(withheld, context) }
    return [
      money(context), carbon(context), exchanges(context), capital(context), data(context),
    ]
  }

  private static func money(_ context: ReportContext) -> KeyFigure {
    let language = context.language
    let value = context.plan.money
    let parts = language.moneyParts(value.typical, context.currency)
    return KeyFigure(
      caption: language.text("figure.money"), figure: parts.value,
      figureUnit: language.text("format.per-year", ["value": parts.unit]),
      graphic: Glyph.range(value),
      notes: rangeNote(value, context, language.moneyRange(value, context.currency))
        + unknown(context, \.unknownMoney))
  }

  private static func carbon(_ context: ReportContext) -> KeyFigure {
    let language = context.language
    let value = context.plan.carbon
    let parts = language.massParts(tonnes: value.typical / 1000)
    var notes = rangeNote(value, context, language.massRange(tonnes: value * (1 / 1000)))
    if context.carbonShares.gross > 0 {
      notes.append(
        language.text(
          "figure.carbon.estimated",
          ["share": language.percent(context.carbonShares.share(.estimated))]))
    }
    return KeyFigure(
      caption: language.text("figure.carbon"), figure: parts.value,
      figureUnit: language.text("format.per-year", ["value": parts.unit]),
      graphic: Glyph.range(value), notes: notes + unknown(context, \.unknownCarbon))
  }

  private static func rangeNote(
    _ value: Estimate, _ context: ReportContext, _ range: String
  ) -> [String] {
    value.isExact ? [] : [context.language.text("figure.ends", ["range": range])]
  }

  /// Says which terms are left out of the total because nobody knows them.
  private static func unknown(
    _ context: ReportContext, _ terms: KeyPath<Ledger, [LedgerTerm]>
  ) -> [String] {
    var count: [LedgerTerm: Int] = [:]
    for exchange in context.exchanges {
      for term in Set(exchange.candidate.ledger[keyPath: terms]) { count[term, default: 0] += 1 }
    }
    guard !count.isEmpty else { return [] }
    let items = LedgerTerm.allCases.compactMap { term in
      count[term].map {
        context.language.plural(
          "figure.unknown-term", count: $0,
          ["term": context.language.text("term.\(term.rawValue)")])
      }
    }
    return [context.language.text("figure.unknown", ["terms": context.language.list(items)])]
  }

  private static func exchanges(_ context: ReportContext) -> KeyFigure {
    let language = context.language
    let counts = CandidateCounts(context)
    let bars = LegalEffect.allCases.compactMap { effect -> String? in
      let count = context.exchanges.count { $0.effect == effect }
      return count == 0 ? nil : "<i class=\"\(effect.styleClass)\" style=\"flex:\(count)\"></i>"
    }
    let split = LegalEffect.allCases.compactMap { effect -> String? in
      let count = context.exchanges.count { $0.effect == effect }
      return count == 0
        ? nil
        : language.text(
          "figure.count-of",
          [
            "count": language.number(Double(count)),
            "what": language.text("effect.\(effect.rawValue)").lowercased(),
          ])
    }
    var notes = split.isEmpty ? [] : [language.list(split)]
    let isOwn = context.edition.enterprise != nil
    if !isOwn {
      notes.append(
        language.text(
          "figure.others",
          [
            "blocked": language.number(Double(counts.blocked)),
            "unquantified": language.number(Double(counts.unquantified)),
            "unchosen": language.number(Double(counts.notChosen)),
          ]))
    }
    return KeyFigure(
      caption: language.text("figure.exchanges"),
      figure: language.number(Double(context.exchanges.count)),
      figureUnit: isOwn
        ? ""
        : language.text(
          "figure.of", ["count": language.number(Double(context.graph.candidates.count))]),
      graphic: bars.isEmpty
        ? "" : "<div class=\"legs\" aria-hidden=\"true\">\(bars.joined())</div>",
      notes: notes)
  }

  private static func capital(_ context: ReportContext) -> KeyFigure {
    let language = context.language
    let value = context.plan.capital
    let parts = language.moneyParts(value.typical, context.currency)
    var unit = parts.unit
    if let years = context.plan.paybackYears {
      // Shorter paybacks would claim a precision that ranges of prices do not have.
      let shown =
        years < 0.1
        ? language.text("format.below", ["value": language.number(0.1, decimals: 1)])
        : language.plain(years, digits: 2)
      unit += " · " + language.text("figure.payback", ["years": shown])
    }
    var notes = rangeNote(value, context, language.moneyRange(value, context.currency))
    if context.edition.isWhole {
      notes.append(
        context.plan.options.capitalBudget.map {
          language.text("figure.budget", ["budget": language.money($0, context.currency)])
        } ?? language.text("figure.no-budget"))
    }
    return KeyFigure(
      caption: language.text("figure.capital"), figure: parts.value, figureUnit: unit,
      graphic: Glyph.range(value), notes: notes)
  }

  private static func data(_ context: ReportContext) -> KeyFigure {
    let language = context.language
    let shares = context.moneyShares
    guard shares.gross > 0 else {
      return KeyFigure(
        caption: language.text("figure.data"), figure: language.text("word.none"), figureUnit: "",
        graphic: "", notes: [])
    }
    let bases: [(Basis, String)] = [
      (.declared, "k-declared"), (.catalogue, "k-default"), (.proxy, "k-proxy"),
      (.blueprint, "k-blueprint"),
    ]
    // Whole per cent that add up to 100.
    let rounded = ControlledRounding.round(bases.map { shares.share($0.0) * 100 }, total: 100)
    let bars = zip(bases, rounded).filter { $0.1 > 0 }.map {
      "<i class=\"\($0.0.1)\" style=\"flex:\(Int($0.1))\"></i>"
    }
    let levels = ControlledRounding.round(
      Confidence.allCases.map { shares.share($0) * 100 }, total: 100)
    return KeyFigure(
      caption: language.text("figure.data"), figure: language.number(rounded[0]),
      figureUnit: language.text("figure.declared"),
      graphic: "<div class=\"stack\" aria-hidden=\"true\">\(bars.joined())</div>",
      notes: [
        language.list(
          zip(["figure.catalogue", "figure.proxy", "figure.blueprint"], rounded.dropFirst())
            .filter { $0.1 > 0 }.map {
              language.text($0.0, ["share": language.percent($0.1 / 100)])
            }),
        language.list(
          zip(Confidence.allCases, levels).filter { $0.1 > 0 }.map {
            language.text(
              "figure.count-of",
              [
                "count": language.percent($0.1 / 100),
                "what": language.text("confidence.\($0.0.rawValue)"),
              ])
          }),
      ].filter { !$0.isEmpty })
  }
}

/// How the candidates that are not planned divide.
struct CandidateCounts {
  /// Something other than missing data stands against them.
  private(set) var blocked = 0
  /// Only data are missing.
  private(set) var unquantified = 0
  private(set) var notChosen = 0

  init(_ context: ReportContext) {
    let list = context.graph.candidates
    let planned = Set(context.exchanges.compactMap { list.index(of: $0.candidate) })
    for index in list.indices where !planned.contains(index) {
      switch CandidateFate(list.row(index)) {
      case .blocked: blocked += 1
      case .unquantified: unquantified += 1
      case .notChosen: notChosen += 1
      }
    }
  }
}

/// Why a candidate is not planned, in three kinds.
enum CandidateFate {
  case blocked, unquantified, notChosen

  init(_ row: CandidateRow) {
    if row.isPlannable {
      self = .notChosen
    } else {
      self = row.lacksOnlyData ? .unquantified : .blocked
    }
  }
}
