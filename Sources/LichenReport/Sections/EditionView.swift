import LichenDomain
import LichenLaw
import LichenMatching

/// What an edition leaves out, and what its readers may know of it.
struct EditionView {
  struct Row {
    let pair: String
    let stream: String
    let law: LawBadge
    let steps: String
  }

  struct Table {
    let withheldRows: [Row]
  }

  /// Whose edition it is.
  let edition: [String]
  /// What is left out and why, under the verdict.
  let withheldNotes: [String]
  /// One, or none where no exchange is withheld.
  let tables: [Table]

  init(_ context: ReportContext) {
    let language = context.language
    let withheld = context.edition.withheld
    switch context.edition.audience {
    case .full: edition = [language.text("edition.full")]
    case .board: edition = [language.text("edition.board")]
    case .enterprise(let id):
      edition = [language.text("edition.enterprise", ["firm": context.names.short(id)])]
    }
    if let withheld {
      withheldNotes = Self.notes(withheld, context)
    } else if context.edition.enterprise != nil {
      withheldNotes = [language.text("edition.enterprise.note")]
    } else {
      withheldNotes = []
    }
    let rows = (withheld?.exchanges ?? []).map { Self.row($0, context) }
    tables = rows.isEmpty ? [] : [Table(withheldRows: rows)]
  }

  private static func notes(_ withheld: Withheld, _ context: ReportContext) -> [String] {
    let language = context.language
    var notes = [language.plural("edition.board.firms", count: withheld.firms)]
    if withheld.plants > 0 {
      notes.append(language.plural("edition.board.plants", count: withheld.plants))
    }
    if withheld.measures > 0 {
      notes.append(language.plural("edition.board.measures", count: withheld.measures))
    }
    return [notes.joined(separator: " ")]
  }

  private static func row(_ exchange: Withheld.Exchange, _ context: ReportContext) -> Row {
    let language = context.language
    let rules = exchange.permits.compactMap { id in
      context.park.catalogue.rules.first { $0.id == id }
    }
    let steps = rules.map { context.step(of: $0) }.reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    return Row(
      pair: language.text(
        "exchange.pair",
        ["from": context.name(exchange.from), "to": context.name(exchange.to)]),
      stream: language.text(
        "exchange.pair",
        [
          "from": context.material(exchange.material), "to": context.material(exchange.replaced),
        ]),
      law: LawBadge(exchange.effect, language), steps: language.list(steps))
  }
}

extension ReportContext {
  /// An end of a withheld exchange as it may be named.
  func name(_ party: Withheld.Party) -> String {
    switch party {
    case .named(let id): names.short(id)
    case .letter(let letter): language.text("edition.firm", ["letter": letter])
    }
  }

  /// What stands for a figure that cannot be told: nobody knows it, or this reader may not.
  var untold: String { language.text(edition.isWhole ? "word.unknown" : "word.withheld") }

  /// Exchanges of the whole plan, told or not.
  var allExchanges: Int { exchanges.count + (edition.withheld?.exchanges.count ?? 0) }

  /// `2.5–3 M€`.
  func moneyRange(_ range: ClosedRange<Double>) -> String {
    let parts = language.moneyParts(exact: range, currency)
    return parts.value + Language.narrowGap + parts.unit
  }

  /// `40–50 kt`.
  func massRange(kilograms range: ClosedRange<Double>) -> String {
    let parts = language.massParts(exactKilograms: range)
    return parts.value + Language.narrowGap + parts.unit
  }
}
