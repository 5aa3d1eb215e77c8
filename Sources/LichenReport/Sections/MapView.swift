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
  /// Where the park lies in its region; one, or none without a coast near it.
  let locators: [LocatorView]

  init(_ context: ReportContext) {
    let language = context.language
    let wide = MapDrawing(context, format: .wide, showsOthers: true)
    wideMap = wide.svg()
    let narrow = MapDrawing(context, format: .narrow, showsOthers: false)
    narrowMap = narrow.svg()
    locators = [LocatorView(context, wide.layout)].compactMap(\.self)
    keyItems = context.plannedEffects.map {
      KeyItem(
        badge: LawBadge($0, language), meaning: language.text("effect.\($0.rawValue).meaning"))
    }
    widths = Self.widths(wide, language)
    var notes: [String] = []
    if let count = wide.numbered {
      notes.append(language.text("map.note.numbered", ["count": language.number(Double(count))]))
    }
    if wide.isCrowded || narrow.isCrowded { notes.append(language.text("map.note.names")) }
    if wide.hasScale { notes.append(language.text("map.note.sites")) }
    if wide.hasFarSites { notes.append(language.text("map.note.far")) }
    if !wide.unplacedNames.isEmpty {
      notes.append(
        language.text("map.note.unplaced", ["names": language.list(wide.unplacedNames)]))
    }
    notes += OutlineNote.sentences([wide, narrow], language)
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
