import LichenDomain

/// Turns a report into one GeoJSON file (RFC 7946): enterprises and plants as points, exchanges and legs
/// as lines from donor to receiver, for QGIS and other maps.
///
/// What has no place keeps its row with a null geometry. Every property of a kind has one type or is
/// null; lines carry their colour as simplestyle writes it.
public enum GeoJSONReport {
  /// Ends with a line break; one feature a line.
  public static func render(_ report: Report) -> String {
    let context = ReportContext(report)
    let network = PlanNetwork(context)
    let writer = GeoJSONWriter(network, GraphColumns(context))
    let features = network.nodes.map(writer.feature) + network.links.map(writer.feature)
    let words = NetworkWords(context)
    let head: [(String, JSONText)] = [
      ("name", .text(words.title)), ("description", .text(words.note)),
    ]
    return "{\"type\":\"FeatureCollection\","
      + head.map { "\(JSONText.text($0).json):\($1.json)" }.joined(separator: ",")
      + ",\"features\":[\n" + features.map(\.json).joined(separator: ",\n") + "\n]}\n"
  }
}

/// Writes features of one network.
private struct GeoJSONWriter {
  private let nodeColumns: [GraphColumn<PlanNetwork.Node>]
  private let linkColumns: [GraphColumn<PlanNetwork.Link>]
  private let places: [String: Coordinate]
  private let largest: Double

  init(_ network: PlanNetwork, _ columns: GraphColumns) {
    nodeColumns = columns.nodes
    linkColumns = columns.links
    places = Dictionary(
      network.nodes.compactMap { node in node.coordinate.map { (node.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    largest = network.largestTonnage
  }

  func feature(_ node: PlanNetwork.Node) -> JSONText {
    let geometry: JSONText =
      node.coordinate.map {
        .object([("type", .text("Point")), ("coordinates", Self.position($0))])
      } ?? .null
    let colour = node.takesPart ? LegalColour.ink : .faint
    return Self.feature(
      node.id, geometry,
      [("id", .text(node.id))] + nodeColumns.map { ($0.name, $0.value(node)?.json ?? .null) }
        + [("marker-color", .text(colour.hexadecimal)), ("marker-size", .text("small"))])
  }

  func feature(_ link: PlanNetwork.Link) -> JSONText {
    let style: [(String, JSONText)] = [
      ("stroke", .text(link.colour.hexadecimal)),
      ("stroke-width", .number(link.width(largest: largest, widest: 8))),
      ("stroke-opacity", .number(0.8)),
    ]
    return Self.feature(
      link.id, geometry(of: link),
      [("id", .text(link.id))] + linkColumns.map { ($0.name, $0.value(link)?.json ?? .null) }
        + style)
  }

  private static func feature(
    _ id: String, _ geometry: JSONText, _ properties: [(String, JSONText)]
  ) -> JSONText {
    .object([
      ("type", .text("Feature")), ("id", .text(id)), ("geometry", geometry),
      ("properties", .object(properties)),
    ])
  }

  /// Null where an end has no place, and where both stand at one place.
  private func geometry(of link: PlanNetwork.Link) -> JSONText {
    guard let start = places[link.source], let end = places[link.target], start != end else {
      return .null
    }
    guard abs(start.longitude - end.longitude) > 180 else {
      let line = JSONText.list([Self.position(start), Self.position(end)])
      return .object([("type", .text("LineString")), ("coordinates", line)])
    }
    return Self.cut(start, end)
  }

  /// Two lines that meet at the antimeridian, as section 3.1.9 of the RFC asks.
  private static func cut(_ start: Coordinate, _ end: Coordinate) -> JSONText {
    let edge = start.longitude > 0 ? 180.0 : -180.0
    let reach = edge - start.longitude
    let whole = reach + end.longitude + edge
    let latitude =
      whole == 0
      ? start.latitude : start.latitude + (end.latitude - start.latitude) * reach / whole
    func point(_ longitude: Double) -> JSONText { .list([.number(longitude), .number(latitude)]) }
    return .object([
      ("type", .text("MultiLineString")),
      (
        "coordinates",
        .list([
          .list([position(start), point(edge)]), .list([point(-edge), position(end)]),
        ])
      ),
    ])
  }

  private static func position(_ place: Coordinate) -> JSONText {
    .list([.number(place.longitude), .number(place.latitude)])
  }
}
