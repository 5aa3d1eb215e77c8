import LichenDomain

/// Turns a report into one GraphML file: a directed multigraph of those who take part, with typed keys,
/// for Gephi, networkx and yEd.
///
/// What is unknown has no datum. `label`, `weight` (t/a), `r`, `g` and `b` are named as Gephi reads them.
public enum GraphMLReport {
  /// Ends with a line break; one node or edge a line.
  public static func render(_ report: Report) -> String {
    let context = ReportContext(report)
    let network = PlanNetwork(context)
    let columns = GraphColumns(context)
    let words = NetworkWords(context)
    let nodes = Keyed("n", drawn(columns.nodes))
    let links = Keyed("e", drawn(columns.links, words))
    let facts = Keyed("g", plan(context))
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">",
      "<desc>\(Markup.escape(words.title + ". " + words.note))</desc>",
    ]
    lines += facts.keys(for: "graph") + nodes.keys(for: "node") + links.keys(for: "edge")
    lines.append("<graph id=\"plan\" edgedefault=\"directed\">")
    lines += facts.data(network)
    for node in network.participants {
      lines.append(
        "<node id=\"\(Markup.escape(node.id))\">\(nodes.data(node).joined())</node>")
    }
    for link in network.links {
      let ends =
        "source=\"\(Markup.escape(link.source))\" target=\"\(Markup.escape(link.target))\""
      lines.append("<edge id=\"\(link.id)\" \(ends)>\(links.data(link).joined())</edge>")
    }
    lines += ["</graph>", "</graphml>"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func drawn(_ columns: [GraphColumn<PlanNetwork.Node>])
    -> [GraphColumn<PlanNetwork.Node>]
  {
    [GraphColumn("label") { $0.name }] + columns + [
      GraphColumn(number: "latitude") { $0.coordinate?.latitude },
      GraphColumn(number: "longitude") { $0.coordinate?.longitude },
    ] + colours { _ in .ink }
  }

  private static func drawn(_ columns: [GraphColumn<PlanNetwork.Link>], _ words: NetworkWords)
    -> [GraphColumn<PlanNetwork.Link>]
  {
    [
      GraphColumn("label") { words.label($0) },
      GraphColumn(number: "weight") { $0.flow.tonnes },
    ] + columns + [GraphColumn("colour") { $0.colour.hexadecimal }] + colours { $0.colour }
  }

  private static func colours<Row>(_ colour: @escaping @Sendable (Row) -> LegalColour)
    -> [GraphColumn<Row>]
  {
    [
      GraphColumn(whole: "r") { colour($0).red }, GraphColumn(whole: "g") { colour($0).green },
      GraphColumn(whole: "b") { colour($0).blue },
    ]
  }

  /// What holds for the whole plan.
  private static func plan(_ context: ReportContext) -> [GraphColumn<PlanNetwork>] {
    let settings = context.park.settings
    let status = context.plan.certificate.status.rawValue
    let code = context.language.code
    return [
      GraphColumn("park") { _ in settings.title }, GraphColumn("language") { _ in code },
      GraphColumn("currency") { _ in settings.currency.code },
      GraphColumn(whole: "base_year") { _ in settings.baseYear },
      GraphColumn("status") { _ in status },
    ]
  }
}

/// Columns with the ids under which GraphML declares and uses them.
private struct Keyed<Row> {
  private let columns: [(id: String, column: GraphColumn<Row>)]

  init(_ prefix: String, _ columns: [GraphColumn<Row>]) {
    self.columns = columns.enumerated().map { ("\(prefix)\($0)", $1) }
  }

  func keys(for kind: String) -> [String] {
    columns.map { id, column in
      "<key id=\"\(id)\" for=\"\(kind)\" attr.name=\"\(column.name)\""
        + " attr.type=\"\(column.kind.rawValue)\"/>"
    }
  }

  func data(_ row: Row) -> [String] {
    columns.compactMap { id, column in
      column.value(row).map { "<data key=\"\(id)\">\(Markup.escape($0.plain))</data>" }
    }
  }
}
