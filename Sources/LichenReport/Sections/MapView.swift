import LichenDomain

/// Section B: the plan on a map, with its key.
struct MapView {
  struct KeyItem {
    let badge: LawBadge
    let meaning: String
  }

  struct WidthSample {
    let glyph: String
    let amount: String
  }

  let wideMap: String
  let narrowMap: String
  let keyItems: [KeyItem]
  let widths: [WidthSample]
  let notes: [String]

  init(_ context: ReportContext) {
    let language = context.language
    let wide = MapDrawing(context, format: .wide, showsOthers: true)
    wideMap = wide.svg()
    narrowMap = MapDrawing(context, format: .narrow, showsOthers: false).svg()
    keyItems = context.plannedEffects.map {
      KeyItem(
        badge: LawBadge($0, language), meaning: language.text("effect.\($0.rawValue).meaning"))
    }
    widths = Self.widths(wide, language)
    var notes: [String] = []
    if let count = wide.numbered {
      notes.append(language.text("map.note.numbered", ["count": language.number(Double(count))]))
    }
    if wide.hasScale { notes.append(language.text("map.note.sites")) }
    if wide.hasFarSites { notes.append(language.text("map.note.far")) }
    if !wide.unplacedNames.isEmpty {
      notes.append(
        language.text("map.note.unplaced", ["names": language.list(wide.unplacedNames)]))
    }
    notes += context.cutNotes
    let massless = context.exchanges.filter { $0.tonnes == nil }.map(\.rank)
    if !massless.isEmpty {
      notes.append(
        language.plural(
          "map.note.massless", count: massless.count, ["ranks": context.rankList(massless)]))
    }
    self.notes = notes
  }

  /// Round tonnages and how wide they are drawn.
  private static func widths(_ map: MapDrawing, _ language: Language) -> [WidthSample] {
    guard map.largestTonnes > 0 else { return [] }
    var power = 1.0
    while power * 10 <= map.largestTonnes { power *= 10 }
    return [power, power / 10, power / 100].filter { $0 >= 1 }.map { tonnes in
      let width = SVG.number(map.lineWidth(tonnes: tonnes))
      return WidthSample(
        glyph: "<svg viewBox=\"0 0 44 22\" aria-hidden=\"true\"><path d=\"M0 11h44\""
          + " stroke-width=\"\(width)\"/></svg>",
        amount: language.text(
          "format.per-year",
          ["value": language.number(tonnes) + Language.narrowGap + language.text("mass.tonne")]))
    }
  }
}

/// Section C: yearly flows from donors over materials to receivers.
struct FlowView {
  struct Drawing {
    let wideFlow: String
    let narrowFlow: String
  }

  let lead: String
  let drawings: [Drawing]
  let notes: [String]

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
    notes = Self.notes(context, unit: wide.unitText, isEmpty: wide.isEmpty)
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

  private static func notes(_ context: ReportContext, unit: String, isEmpty: Bool) -> [String] {
    let language = context.language
    var notes: [String] = []
    if !isEmpty {
      notes.append(
        language.text(
          "flow.note.height", ["unit": language.text("format.per-year", ["value": unit])]))
      notes.append(language.text("flow.note.colour"))
      notes += context.cutNotes
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
