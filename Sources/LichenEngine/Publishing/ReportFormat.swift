/// A format that a report can take.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// One page that needs no network.
  case html
  /// A workbook whose totals are formulas.
  case xlsx
  /// Tables for programs: a folder of CSV files with a description.
  case csv
  /// Everything that the report says, for programs.
  case json
  /// Every source of the figures, as BibTeX and as a table.
  case sources
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
