import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Tables for machines: English column names in snake case, plain numbers with a decimal point in
/// shortest form, empty cells for unknown. Money in the park's currency, CO2e in kg.
public enum ResultTables {
  /// One row per candidate, in order of id, each made when it is asked for: a region has millions.
  /// - Parameter language: For names of materials and texts of blockers.
  public static func candidates(_ result: MatchResult, language: Language) -> (
    header: [String], rows: CandidateRows
  ) {
    let rows = CandidateRows(
      CandidateColumns(ReportContext(result, language: language)), list: result.graph.candidates)
    return (rows.header, rows)
  }

  /// One row per planned exchange, in order of rank; permits are apart, so that the money of all
  /// rows is the plan's net benefit plus the yearly cost of its permits.
  public static func exchanges(_ result: MatchResult, language: Language) -> (
    header: [String], rows: [[String]]
  ) {
    let context = ReportContext(result, language: language)
    let columns = ExchangeColumns(context).columns
    return (
      columns.map(\.name),
      context.exchanges.map { exchange in columns.map { $0.cell(exchange) } }
    )
  }

  /// One row per leg through a shared plant, in order of id; capital and running cost of the plants
  /// are in the plan.
  public static func legs(_ plan: Plan) -> (header: [String], rows: [[String]]) {
    let columns = LegColumns.columns(plan.park)
    return (columns.map(\.name), plan.legs.map { leg in columns.map { $0.cell(leg) } })
  }

  /// Shortest text that reads back as the same number; empty for unknown.
  static func plain(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
  }

  /// Several words in one cell.
  static func words(_ items: [String]) -> String { items.joined(separator: "; ") }
}

/// What the cells of a column hold, in the words of Frictionless.
public enum TableCellKind: String, Sendable {
  case string, number, integer
}

/// A named column of a table of rows.
struct TableColumn<Row>: Sendable {
  let name: String
  let kind: TableCellKind
  let cell: @Sendable (Row) -> String

  init(_ name: String, kind: TableCellKind = .string, _ cell: @escaping @Sendable (Row) -> String) {
    self.name = name
    self.kind = kind
    self.cell = cell
  }

  init(number name: String, _ value: @escaping @Sendable (Row) -> Double?) {
    self.init(name, kind: .number) { ResultTables.plain(value($0)) }
  }

  init(count name: String, _ value: @escaping @Sendable (Row) -> Int?) {
    self.init(name, kind: .integer) { value($0).map { String($0) } ?? "" }
  }

  /// The same column for a row that holds this column's row.
  func of<Outer>(_ inner: @escaping @Sendable (Outer) -> Row) -> TableColumn<Outer> {
    TableColumn<Outer>(name, kind: kind) { [cell] in cell(inner($0)) }
  }

  /// Low, typical and high; empty where unknown.
  static func range(_ name: String, _ value: @escaping @Sendable (Row) -> Estimate?)
    -> [TableColumn]
  {
    [
      TableColumn(number: "\(name)_low") { value($0)?.low },
      TableColumn(number: name) { value($0)?.typical },
      TableColumn(number: "\(name)_high") { value($0)?.high },
    ]
  }
}
