import LichenDomain

/// Draws yearly flows from donors to receivers, over materials or straight.
struct SankeyDrawing: Sendable {
  private let context: ReportContext
  private let format: SankeyFormat
  let layout: SankeyLayout
  private let unit: (factor: Double, text: String)
  /// Names of the nodes of each column.
  private let names: [[String: String]]
  /// Whether small nodes stand together.
  let isCut: Bool
  private let dropped: Set<Int>

  init(_ context: ReportContext, format: SankeyFormat) {
    self.context = context
    self.format = format
    // What a scenario drops carries nothing and is drawn as a hair.
    let dropped = Set(context.fates.filter { $0.value == .dropped }.keys)
    self.dropped = dropped
    let flows = context.exchanges.map { PlannedFlow($0, isDropped: dropped.contains($0.rank)) }
      .filter { $0.tonnes != nil }
    let hasMaterials = format.columns.count > 2
    // Bands of a crowd need the height that further nodes would take.
    let most = flows.count > Self.crowd ? min(format.most, Self.mostInCrowd) : format.most
    func keys(_ flow: PlannedFlow) -> [String] {
      [flow.donor.rawValue] + (hasMaterials ? [flow.material.rawValue] : [])
        + [flow.receiver.rawValue]
    }
    let groups = format.columns.indices.map { column -> FlowGroups in
      var weights: [String: Double] = [:]
      for flow in flows { weights[keys(flow)[column], default: 0] += flow.tonnes ?? 0 }
      return hasMaterials && column == 1
        ? .materials(weights, limit: most, context: context)
        : .enterprises(weights, limit: most, context: context)
    }
    let bands = Self.bands(flows, keys: keys, groups: groups)
    let names = groups.indices.map { column in
      Dictionary(
        flows.map {
          let node = groups[column].node(keys($0)[column])
          return (node.key, node.name)
        }, uniquingKeysWith: { first, _ in first })
    }
    layout = SankeyLayout(
      bands, format: format, floor: flows.count > Self.crowd ? 0.5 : SankeyLayout.floor
    ) { column, key in
      let lines = Self.lines(names[column][key] ?? key, column: column, format: format).count
      return format.lineHeight * Double(lines + (format.isWide ? 0 : 1))
    }
    self.names = names
    flowCount = flows.count
    isCut = groups.contains(where: \.isCut)
    let total = flows.reduce(0) { $0 + ($1.tonnes ?? 0) }
    unit =
      total >= 2e5
      ? (1000, context.language.text("mass.kilotonne")) : (1, context.language.text("mass.tonne"))
  }

  /// From so many flows on, those between the same nodes become one band.
  private static let crowd = 150
  private static let mostInCrowd = 14

  /// Flows with the same nodes and legal status as one band, in order of their first rank.
  private static func bands(
    _ flows: [PlannedFlow], keys: (PlannedFlow) -> [String], groups: [FlowGroups]
  ) -> [SankeyLayout.Flow] {
    struct Way: Hashable {
      let nodes: [String]
      let effect: LegalEffect
      /// Bands of named ends stay apart, so that each has its number.
      let rank: Int
    }
    let isCrowd = flows.count > crowd
    var members: [Way: [PlannedFlow]] = [:]
    var order: [Way] = []
    for flow in flows {
      let nodes = zip(groups, keys(flow)).map { $0.node($1) }
      let way = Way(
        nodes: nodes.map(\.key), effect: flow.effect,
        rank: isCrowd || nodes.contains(where: \.isGroup) ? 0 : flow.rank)
      if members[way] == nil { order.append(way) }
      members[way, default: []].append(flow)
    }
    return order.map { way in
      let found = members[way] ?? []
      return SankeyLayout.Flow(
        ranks: found.map(\.rank), keys: way.nodes,
        tonnes: found.reduce(0) { $0 + ($1.tonnes ?? 0) }, effect: way.effect)
    }
  }

  /// Whether bands are so many that most are hairs.
  var isCrowd: Bool { layout.flows.count > 0 && flowCount > Self.crowd }
  private let flowCount: Int

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
      width: format.width, height: layout.height,
      label: context.language.text(hasMaterials ? "flow.title" : "flow.enterprises"),
      "class=\"sankey\" font-size=\"\(SVG.number(format.fontSize))\"")
  }

  private func drawHeads(into svg: inout SVG) {
    let language = context.language
    let perYear = language.text("format.per-year", ["value": unit.text])
    let heads =
      hasMaterials
      ? [
        language.text("flow.donors"), language.text("flow.materials", ["unit": perYear]),
        language.text("flow.receivers"),
      ] : [language.text("flow.donors"), language.text("flow.receivers-in", ["unit": perYear])]
    for (column, head) in heads.enumerated() {
      let place = labelPlace(column)
      let isMiddle = hasMaterials && column == 1
      let x = isMiddle ? format.columns[1] + format.nodeWidth / 2 : place.x
      svg.text(
        head, at: Point(x: x, y: 13), anchor: isMiddle ? "middle" : place.anchor,
        "class=\"head\"")
    }
  }

  private var hasMaterials: Bool { format.columns.count > 2 }

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
    let mark = ExchangeMark(flow.ranks)
    if dropped.isSuperset(of: flow.ranks) {
      svg.group("class=\"\(flow.effect.styleClass) ghost\" \(mark)", title: title(flow)) { svg in
        svg.path(edge(0), "class=\"re\" \(LinkFate.dash)")
      }
      return
    }
    svg.group("class=\"\(flow.effect.styleClass)\" \(mark)", title: title(flow)) { svg in
      svg.path(edge(-half) + edge(half, backwards: true) + "Z", "class=\"rib\"")
      let dash = flow.effect.dash(width: 1)
      if ribbon.height < SankeyLayout.floor {
        // One of very many: a hair, whose status is in its colour and title.
        svg.path(edge(0), "class=\"re hair\"")
      } else if ribbon.height < 4 {
        svg.path(edge(0), "class=\"re\" \(dash)")
      } else {
        svg.path(edge(-half), "class=\"re\" \(dash)")
        svg.path(edge(half), "class=\"re\" \(dash)")
      }
    }
  }

  private func title(_ flow: SankeyLayout.Flow) -> String {
    let last = names.count - 1
    let pair = context.language.text(
      "exchange.pair",
      [
        "from": names[0][flow.keys[0]] ?? flow.keys[0],
        "to": names[last][flow.keys[last]] ?? flow.keys[last],
      ])
    let what =
      flow.ranks.count == 1
      ? String(flow.ranks[0]) : context.language.plural("flow.count", count: flow.ranks.count)
    let amount =
      dropped.isSuperset(of: flow.ranks)
      ? LinkFate.dropped.word(context) : context.language.mass(tonnes: flow.tonnes)
    return "\(what) \(pair): \(amount)"
  }

  private func labelPlace(_ column: Int) -> (x: Double, anchor: String) {
    column == 0
      ? (format.columns[0] - 5, "end") : (format.columns[column] + format.nodeWidth + 5, "start")
  }

  private func draw(_ node: SankeyLayout.Node, column: Int, into svg: inout SVG) {
    svg.rectangle(
      Box(x: format.columns[column], y: node.top, width: format.nodeWidth, height: node.height),
      "class=\"nb\"")
    let lines = Self.lines(
      names[column][node.key] ?? node.key, column: column, format: format)
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
  private static func lines(_ name: String, column: Int, format: SankeyFormat) -> [String] {
    // The amount behind the last line needs room too.
    let width = format.labelWidth[column] - (format.isWide ? format.fontSize * 3 : 0)
    return TextMetrics.wrap(name, width: width, size: format.fontSize, lines: 3)
  }
}
