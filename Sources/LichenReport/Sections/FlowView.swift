import LichenDomain

/// Section C: yearly flows from donors over materials to receivers.
struct FlowView {
  struct Drawing {
    let wideFlow: String
    let narrowFlow: String
  }

  let lead: String
  let drawings: [Drawing]
  let notes: [String]
  /// The same flows between enterprises, without the materials.
  let direct: [Drawing]
  let directNotes: [String]

  init(_ context: ReportContext) {
    let language = context.language
    let wide = SankeyDrawing(context, format: .wide)
    let total = context.exchanges.compactMap(\.tonnes).reduce(0, +)
    lead =
      wide.isEmpty
      ? language.text("flow.none")
      : language.text("flow.lead", ["mass": language.mass(tonnes: total)])
        + Self.largest(context, of: total)
    drawings =
      wide.isEmpty
      ? []
      : [
        Drawing(
          wideFlow: wide.svg(), narrowFlow: SankeyDrawing(context, format: .narrow).svg())
      ]
    notes = Self.notes(context, unit: wide.unitText, isEmpty: wide.isEmpty, isCut: wide.isCut)
    let straight = SankeyDrawing(context, format: .wideDirect)
    direct =
      wide.isEmpty
      ? []
      : [
        Drawing(
          wideFlow: straight.svg(),
          narrowFlow: SankeyDrawing(context, format: .narrowDirect).svg())
      ]
    directNotes = straight.isCut ? [language.text("flow.note.others")] : []
  }

  /// What most of the mass is; blank where there is one material only.
  private static func largest(_ context: ReportContext, of total: Double) -> String {
    var masses: [MaterialID: Double] = [:]
    for exchange in context.exchanges {
      masses[exchange.candidate.output.material, default: 0] += exchange.tonnes ?? 0
    }
    guard masses.count > 1, total > 0,
      let most = masses.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })
    else { return "" }
    return " "
      + context.language.text(
        "flow.largest",
        [
          "share": context.language.percent(most.value / total),
          "material": SiteNames.shortened(context.material(most.key)),
        ])
  }

  /// Some items; all quantities stand in section D.
  private static func cut(_ items: [String], _ language: Language) -> String {
    let limit = 6
    let rest = items.count - limit
    return items.prefix(limit).joined(separator: "; ")
      + (rest > 0 ? "; " + language.plural("list.more", count: rest) : "")
  }

  private static func notes(_ context: ReportContext, unit: String, isEmpty: Bool, isCut: Bool)
    -> [String]
  {
    let language = context.language
    var notes: [String] = []
    if !isEmpty {
      notes.append(
        language.text(
          "flow.note.height", ["unit": language.text("format.per-year", ["value": unit])]))
      notes.append(language.text("flow.note.colour"))
      if isCut { notes.append(language.text("flow.note.others")) }
    }
    let converted = context.exchanges.filter { exchange in
      guard exchange.tonnes != nil,
        let material = context.park.material(exchange.candidate.output.material)
      else { return false }
      return material.referenceUnit.dimension != .mass
    }
    if !converted.isEmpty {
      let items = converted.map {
        language.text(
          "flow.item.converted",
          [
            "rank": String($0.rank),
            "quantity": context.yearlyQuantity($0.planned.quantity, of: $0.candidate),
            "mass": language.mass(tonnes: $0.tonnes ?? 0),
          ])
      }
      notes.append(
        language.text("flow.note.converted", ["items": Self.cut(items, language)]))
    }
    let undrawn = context.exchanges.filter { ($0.tonnes ?? 0) <= 0 }
    if !undrawn.isEmpty {
      let items = undrawn.map {
        language.text(
          "flow.item.undrawn",
          [
            "rank": String($0.rank), "pair": context.pair($0.candidate),
            "stream": context.stream($0.candidate.output),
            "quantity": context.yearlyQuantity($0.planned.quantity, of: $0.candidate),
          ])
      }
      notes.append(language.text("flow.note.undrawn", ["items": Self.cut(items, language)]))
    }
    return notes
  }
}
