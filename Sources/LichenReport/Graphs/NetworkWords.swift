import LichenDomain

/// Texts around a network and on its lines, in the report's language.
struct NetworkWords: Sendable {
  private let context: ReportContext

  init(_ context: ReportContext) { self.context = context }

  var title: String {
    context.language.text("graph.title", ["park": context.park.settings.title])
  }

  /// What the figures of a file of data mean, and what the file leaves out.
  var note: String {
    let note = context.language.text("graph.note", ["currency": context.currency.code])
    return ([note] + withheld).joined(separator: " ")
  }

  /// The same of a drawing.
  var drawingNote: String {
    ([context.language.text("graph.note.drawing")] + withheld).joined(separator: " ")
  }

  private var withheld: [String] {
    guard let count = context.edition.withheld?.exchanges.count, count > 0 else { return [] }
    return [context.language.plural("graph.withheld", count: count)]
  }

  /// Says that not all flows are drawn.
  func cut(_ shown: Int, of all: Int) -> String {
    context.language.text(
      "graph.cut",
      [
        "shown": context.language.number(Double(shown)),
        "all": context.language.number(Double(all)),
      ])
  }

  /// `3 · Fly ash · 20,000 t/yr · Permit`; a leg has no rank, a plant's product no legal word.
  func label(_ link: PlanNetwork.Link) -> String {
    let language = context.language
    let amount = language.text(
      "format.per-year", ["value": language.quantity(link.flow.quantity, unit: link.flow.unit)])
    let parts =
      [link.rank.map { String($0) }, link.flow.stream, amount, link.effect.map(word)]
    return parts.compactMap(\.self).joined(separator: " · ")
  }

  func word(_ effect: LegalEffect) -> String {
    context.language.text("effect.\(effect.rawValue)")
  }

  /// `Allowed: solid line; Permit: dotted line`, of the statuses that occur.
  func legend(_ links: [PlanNetwork.Link], line: (LegalEffect) -> String) -> String {
    let effects = Set(links.compactMap(\.effect))
    return LegalEffect.allCases.filter(effects.contains).map { effect in
      context.language.text(
        "graph.legend", ["word": word(effect), "line": context.language.text(line(effect))])
    }.joined(separator: "; ")
  }
}
