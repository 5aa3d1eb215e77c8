/// Section C, second part: who exchanges with whom, as a matrix and as a network.
struct PartnerView {
  struct Drawing {
    let wideDrawing: String
    let narrowDrawing: String
    let drawingNotes: [String]
  }

  /// One, or none without a plan.
  let matrices: [Drawing]
  let circles: [Drawing]

  init(_ context: ReportContext) {
    guard !context.exchanges.isEmpty else {
      matrices = []
      circles = []
      return
    }
    matrices = [Self.matrix(context)]
    circles = [Self.network(context)]
  }

  private static func matrix(_ context: ReportContext) -> Drawing {
    let language = context.language
    let wide = MatrixDrawing(context, format: .wide)
    let narrow = MatrixDrawing(context, format: .narrow)
    var notes = [
      language.text(
        "matrix.note", ["unit": language.text("format.per-year", ["value": wide.unitText])])
    ]
    if wide.layout.cells.contains(where: { $0.tonnes == 0 }) {
      notes.append(language.text("matrix.note.massless"))
    }
    if wide.layout.isCut || narrow.layout.isCut {
      notes.append(
        language.text(
          "matrix.note.cut",
          [
            "rows": language.number(Double(wide.layout.rows.count)),
            "columns": language.number(Double(wide.layout.columns.count)),
          ]))
    }
    return Drawing(
      wideDrawing: wide.svg(), narrowDrawing: narrow.svg(), drawingNotes: notes)
  }

  private static func network(_ context: ReportContext) -> Drawing {
    let language = context.language
    let wide = NetworkDrawing(context, format: .wide)
    let layout = wide.layout
    var notes = [language.text("circle.note")]
    if layout.groups.count > 1 {
      notes.append(language.text(layout.hasZones ? "circle.note.zones" : "circle.note.groups"))
    }
    if wide.hubs.count < layout.nodes.count {
      notes.append(
        language.text(
          "circle.note.hubs",
          [
            "count": language.number(Double(wide.hubs.count)),
            "all": language.number(Double(layout.nodes.count)),
          ]))
    }
    if layout.links.count > NetworkDrawing.mostFull {
      notes.append(
        language.text(
          "circle.note.faint",
          ["count": language.number(Double(NetworkDrawing.mostFull))]))
    }
    if wide.isCut {
      notes.append(
        language.text(
          "circle.note.cut",
          [
            "count": language.number(Double(NetworkDrawing.most)),
            "all": language.number(Double(context.exchanges.count)),
          ]))
    }
    return Drawing(
      wideDrawing: wide.svg(), narrowDrawing: NetworkDrawing(context, format: .narrow).svg(),
      drawingNotes: notes)
  }
}
