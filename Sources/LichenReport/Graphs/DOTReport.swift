import LichenDomain

/// Turns a report into one Graphviz file: those who take part and every flow between them, left to right,
/// legal status by colour, line and word.
public enum DOTReport {
  /// Flows up to which every line carries its words; beyond, a line carries its rank, the words stand in
  /// its tooltip, and the layout is one that takes thousands.
  static let wordy = 150
  /// Nodes up to which zones are not boxed.
  static let unboxed = 12

  /// Ends with a line break.
  public static func render(_ report: Report) -> String {
    let context = ReportContext(report)
    let network = PlanNetwork(context)
    let words = NetworkWords(context)
    let writer = DOTWriter(network, words)
    let legend = words.legend(network.links) { $0.graphvizKey }
    let title = [words.title, legend, words.drawingNote].filter { !$0.isEmpty }
    var lines = [
      "digraph plan {",
      "  graph [charset=\"UTF-8\", fontname=\"sans-serif\", fontsize=11, labelloc=b, labeljust=l,"
        + " label=\"\(title.map(DOTWriter.escape).joined(separator: "\\l"))\\l\"];",
      network.links.count <= wordy
        ? "  graph [rankdir=LR, nodesep=0.4, ranksep=1.6];"
        : "  graph [layout=sfdp, overlap=prism, outputorder=edgesfirst, splines=line];",
      "  node [shape=box, style=filled, fillcolor=\"#ffffff\", fontname=\"sans-serif\","
        + " fontsize=11, color=\"\(LegalColour.ink.hexadecimal)\"];",
      "  edge [fontname=\"sans-serif\", fontsize=9];",
    ]
    lines += writer.nodes + writer.links
    return lines.joined(separator: "\n") + "\n}\n"
  }
}

/// Writes nodes and links of one network.
private struct DOTWriter {
  private let network: PlanNetwork
  private let words: NetworkWords
  private let numbers: [String: Int]

  init(_ network: PlanNetwork, _ words: NetworkWords) {
    self.network = network
    self.words = words
    numbers = network.numbers
  }

  var nodes: [String] {
    network.zones(above: DOTReport.unboxed).enumerated().flatMap { index, zone -> [String] in
      let inner = zone.nodes.map(node)
      guard let name = zone.name else { return inner.map { "  " + $0 } }
      return ["  subgraph cluster_\(index) {", "    label=\"\(Self.escape(name))\";"]
        + inner.map { "    " + $0 } + ["  }"]
    }
  }

  private func node(_ node: PlanNetwork.Node) -> String {
    let shape = node.plant == nil ? "" : ", shape=hexagon"
    return "n\(numbers[node.id] ?? 0) [label=\"\(Self.escape(node.name))\"\(shape)];"
  }

  var links: [String] {
    let isWordy = network.links.count <= DOTReport.wordy
    return network.links.map { link in
      let text = Self.escape(words.label(link))
      let label = isWordy ? text : link.rank.map { String($0) } ?? ""
      let colour = link.colour.hexadecimal
      let width = link.width(largest: network.largestTonnage, widest: 6)
      let attributes = [
        "label=\"\(label)\"", "tooltip=\"\(text)\"", "color=\"\(colour)\"",
        "fontcolor=\"\(colour)\"", "penwidth=\(ResultTables.plain(width))",
        link.effect?.graphvizStyle ?? "style=solid",
      ]
      return "  n\(numbers[link.source] ?? 0) -> n\(numbers[link.target] ?? 0)"
        + " [\(attributes.joined(separator: ", "))];"
    }
  }

  /// Within quotes. Graphviz reads backslashes and, in labels, HTML's names of characters.
  static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "&": result += "&amp;"
      case "\n", "\r", "\t", "\u{2028}", "\u{2029}": result += " "
      case _ where scalar.properties.generalCategory == .control: continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension LegalEffect {
  /// Graphviz has three lines; the arrow's head tells the fourth.
  fileprivate var graphvizStyle: String {
    switch self {
    case .allowed: "style=solid"
    case .endOfWaste: "style=dashed, arrowhead=empty"
    case .notification: "style=dashed"
    case .permit, .prohibited: "style=dotted"
    }
  }

  fileprivate var graphvizKey: String {
    switch self {
    case .allowed: "graph.line.solid"
    case .endOfWaste: "graph.line.dashed-hollow"
    case .notification: "graph.line.dashed"
    case .permit, .prohibited: "graph.line.dotted"
    }
  }
}
