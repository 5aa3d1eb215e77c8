/// A format that a report can take.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// One page that needs no network.
  case html
  /// The page on A4, printed by a browser.
  case pdf
  /// Places and flows for maps.
  case geojson
  /// The network for Gephi, networkx and yEd.
  case graphml
  /// The network for Graphviz.
  case dot
  /// The network for Mermaid.
  case mermaid
}
