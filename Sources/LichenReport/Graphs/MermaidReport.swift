import LichenDomain

/// Turns a report into one Mermaid flowchart, as code hosting sites and editors draw it in a page.
///
/// Mermaid refuses charts of more than 500 lines or 50,000 characters: of a larger plan the most valuable
/// flows are drawn, and the chart says so.
public enum MermaidReport {
  /// Below Mermaid's own `maxEdges`, which charts may not raise; more lines than these nobody can follow.
  static let mostLinks = 300
  /// Below Mermaid's own `maxTextSize` [UTF-16 units].
  static let longest = 48_000
  /// Nodes up to which zones are not boxed.
  static let unboxed = 12

  /// Ends with a line break.
  public static func render(_ report: Report) -> String {
    let context = ReportContext(report)
    let network = PlanNetwork(context)
    let words = NetworkWords(context)
    var count = min(mostLinks, network.links.count)
    while true {
      let text = MermaidWriter(
        network.prefix(count), words, cutFrom: network.links.count
      ).text
      if text.utf16.count <= longest || count <= 1 { return text }
      count = count * 9 / 10
    }
  }
}

/// Writes one chart.
private struct MermaidWriter {
  private let network: PlanNetwork
  private let words: NetworkWords
  /// Flows of the whole plan.
  private let all: Int
  private let numbers: [String: Int]

  init(_ network: PlanNetwork, _ words: NetworkWords, cutFrom all: Int) {
    self.network = network
    self.words = words
    self.all = all
    numbers = network.numbers
  }

  var text: String {
    (["flowchart LR"] + nodes + links + lineStyles + notes).joined(separator: "\n") + "\n"
  }

  private var nodes: [String] {
    network.zones(above: MermaidReport.unboxed).enumerated().flatMap { index, zone -> [String] in
      let inner = zone.nodes.map(node)
      guard let name = zone.name else { return inner.map { "  " + $0 } }
      return ["  subgraph z\(index)[\"\(Self.escape(name))\"]"] + inner.map { "    " + $0 }
        + ["  end"]
    }
  }

  private func node(_ node: PlanNetwork.Node) -> String {
    let name = "\"\(Self.escape(node.name))\""
    return "n\(numbers[node.id] ?? 0)" + (node.plant == nil ? "[\(name)]" : "{{\(name)}}")
  }

  private var links: [String] {
    network.links.map { link in
      "  n\(numbers[link.source] ?? 0) -->|\"\(Self.escape(words.label(link)))\"|"
        + " n\(numbers[link.target] ?? 0)"
    }
  }

  /// One line of style for all flows of a status.
  private var lineStyles: [String] {
    let effects: [LegalEffect?] = LegalEffect.allCases + [nil]
    return effects.compactMap { effect in
      let places = network.links.indices.filter { network.links[$0].effect == effect }
      if places.isEmpty { return nil }
      let colour = (effect?.colour ?? .ink).hexadecimal
      let dash = effect?.mermaidDash.map { ",stroke-dasharray:\($0)" } ?? ""
      return "  linkStyle \(places.map { String($0) }.joined(separator: ","))"
        + " stroke:\(colour),stroke-width:2px,color:\(colour)\(dash)"
    }
  }

  /// The title, and what is not drawn, in boxes of their own.
  private var notes: [String] {
    let legend = words.legend(network.links) { $0.mermaidKey }
    let lines =
      [words.title, legend, words.drawingNote]
      + (network.links.count < all ? [words.cut(network.links.count, of: all)] : [])
    let text = lines.filter { !$0.isEmpty }.map(Self.escape).joined(separator: "<br>")
    return ["  note[\"\(text)\"]", "  style note fill:none,stroke:none"]
  }

  /// Within quotes: all but letters, digits and plain spaces by number, since Mermaid looks for words of
  /// its own and for HTML in texts before it reads them.
  static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let properties = scalar.properties
      if properties.isWhitespace {
        result += " "
      } else if properties.generalCategory == .control || properties.generalCategory == .format {
        continue
      } else if scalar.isASCII, !properties.isAlphabetic, properties.numericType == nil,
        !",.-".unicodeScalars.contains(scalar)
      {
        result += "#\(scalar.value);"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension LegalEffect {
  /// Lengths of dashes and gaps; `nil` for a solid line.
  fileprivate var mermaidDash: String? {
    switch self {
    case .allowed: nil
    case .endOfWaste: "11 3 2 3"
    case .notification: "13 4"
    case .permit: "5 3"
    case .prohibited: "2 4"
    }
  }

  fileprivate var mermaidKey: String {
    switch self {
    case .allowed: "graph.line.solid"
    case .endOfWaste: "graph.line.dash-dot"
    case .notification: "graph.line.long-dash"
    case .permit: "graph.line.short-dash"
    case .prohibited: "graph.line.dotted"
    }
  }
}
