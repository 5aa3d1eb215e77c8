import LichenDomain

/// Draws yearly flows from donors over materials to receivers.
struct SankeyDrawing: Sendable {
  private let context: ReportContext
  private let format: SankeyFormat
  private let layout: SankeyLayout
  private let unit: (factor: Double, text: String)

  init(_ context: ReportContext, format: SankeyFormat) {
    self.context = context
    self.format = format
    let flows = context.detailed.compactMap { exchange -> SankeyLayout.Flow? in
      guard let tonnes = exchange.tonnes, tonnes > 0 else { return nil }
      return SankeyLayout.Flow(
        rank: exchange.rank, donor: exchange.candidate.output.enterprise,
        material: exchange.candidate.output.material,
        receiver: exchange.candidate.input.enterprise, tonnes: tonnes, effect: exchange.effect)
    }
    layout = SankeyLayout(flows, format: format) { column, key in
      let lines = Self.lines(key, column: column, context: context, format: format).count
      return format.lineHeight * Double(lines + (format.isWide ? 0 : 1))
    }
    let total = flows.reduce(0) { $0 + $1.tonnes }
    unit =
      total >= 2e5
      ? (1000, context.language.text("mass.kilotonne")) : (1, context.language.text("mass.tonne"))
  }

  var isEmpty: Bool { layout.flows.isEmpty }
  /// `kt` or `t`.
  var unitText: String { unit.text }

  func svg() -> String {
    var svg = SVG()
    drawHeads(into: &svg)
    // Wide bands below, thin ones on top.
    for ribbon in layout.ribbons.sorted(by: { ($1.height, $0.flow) < ($0.height, $1.flow) }) {
      draw(ribbon, into: &svg)
    }
    for (column, nodes) in layout.columns.enumerated() {
      for node in nodes { draw(node, column: column, into: &svg) }
    }
    return svg.drawing(
      width: format.width, height: layout.height, label: context.language.text("flow.title"),
      "class=\"sankey\" font-size=\"\(SVG.number(format.fontSize))\"")
  }

  private func drawHeads(into svg: inout SVG) {
    let language = context.language
    let heads = [
      language.text("flow.donors"),
      language.text(
        "flow.materials", ["unit": language.text("format.per-year", ["value": unit.text])]),
      language.text("flow.receivers"),
    ]
    for (column, head) in heads.enumerated() {
      let place = labelPlace(column)
      let x = column == 1 ? format.columns[1] + format.nodeWidth / 2 : place.x
      let anchor = column == 1 ? "middle" : place.anchor
      svg.text(head, at: Point(x: x, y: 13), anchor: anchor, "class=\"head\"")
    }
  }

  private func draw(_ ribbon: SankeyLayout.Ribbon, into svg: inout SVG) {
    let flow = layout.flows[ribbon.flow]
    let left = format.columns[ribbon.fromColumn] + format.nodeWidth
    let right = format.columns[ribbon.fromColumn + 1]
    let middle = (left + right) / 2
    let half = ribbon.height / 2
    func edge(_ offset: Double, backwards: Bool = false) -> String {
      let start = SVG.pair(Point(x: left, y: ribbon.left + offset))
      let end = SVG.pair(Point(x: right, y: ribbon.right + offset))
      let first = SVG.pair(Point(x: middle, y: ribbon.left + offset))
      let second = SVG.pair(Point(x: middle, y: ribbon.right + offset))
      return backwards
        ? "L\(end)C\(second) \(first) \(start)" : "M\(start)C\(first) \(second) \(end)"
    }
    let title =
      "\(flow.rank) \(context.names.short(flow.donor)) → \(context.names.short(flow.receiver)): "
      + context.language.mass(tonnes: flow.tonnes)
    svg.group("class=\"\(flow.effect.styleClass)\"", title: title) { svg in
      svg.path(edge(-half) + edge(half, backwards: true) + "Z", "class=\"rib\"")
      let dash = flow.effect.dash(width: 1)
      if ribbon.height < 4 {
        svg.path(edge(0), "class=\"re\" \(dash)")
      } else {
        svg.path(edge(-half), "class=\"re\" \(dash)")
        svg.path(edge(half), "class=\"re\" \(dash)")
      }
    }
  }

  private func labelPlace(_ column: Int) -> (x: Double, anchor: String) {
    switch column {
    case 0: (format.columns[0] - 5, "end")
    case 1: (format.columns[1] + format.nodeWidth + 5, "start")
    default: (format.columns[2] + format.nodeWidth + 5, "start")
    }
  }

  private func draw(_ node: SankeyLayout.Node, column: Int, into svg: inout SVG) {
    svg.rectangle(
      Box(x: format.columns[column], y: node.top, width: format.nodeWidth, height: node.height),
      "class=\"nb\"")
    let lines = Self.lines(node.key, column: column, context: context, format: format)
    let amount = node.tonnes / unit.factor
    let value = amount >= 100 ? context.language.number(amount) : context.language.plain(amount)
    let place = labelPlace(column)
    let count = lines.count + (format.isWide ? 0 : 1)
    var y =
      node.top + node.height / 2 + format.fontSize * 0.35
      - format.lineHeight * Double(count - 1) / 2
    for (index, line) in lines.enumerated() {
      let text = format.isWide && index == lines.count - 1 ? "\(line) \(value)" : line
      svg.text(text, at: Point(x: place.x, y: y), anchor: place.anchor, "class=\"halo\"")
      y += format.lineHeight
    }
    if !format.isWide {
      svg.text(value, at: Point(x: place.x, y: y), anchor: place.anchor, "class=\"halo sub\"")
    }
  }

  /// The name of a node in lines; brackets of material names are left to the tables.
  private static func lines(
    _ key: String, column: Int, context: ReportContext, format: SankeyFormat
  ) -> [String] {
    let name: String
    if column == 1 {
      name = SiteNames.shortened(MaterialID(key).map(context.material) ?? key)
    } else {
      name = EnterpriseID(key).map(context.names.short) ?? key
    }
    // The amount behind the last line needs room too.
    let width = format.labelWidth[column] - (format.isWide ? format.fontSize * 3 : 0)
    return TextMetrics.wrap(name, width: width, size: format.fontSize, lines: 3)
  }
}
