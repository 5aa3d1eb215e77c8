import LichenDomain

/// The ids of one table and their positions.
struct NameTable {
  /// How many unknown names get a suggestion; each costs a look at every known name.
  private static let suggestionLimit = 20

  let what: String
  /// Whether the whole table could be read; if not, nothing is said of names that are not there.
  var isComplete = true
  private(set) var names: [String] = []
  private var positions: [String: Int32] = [:]
  private var suggestions = 0

  init(_ what: String) { self.what = what }

  /// Adds the id in a cell; one that is there already is reported.
  /// - Returns: Whether the row has an id of its own.
  mutating func add(_ rows: TableRows, _ column: TableRows.Column) -> Bool {
    guard let name = rows.id(column) else { return false }
    if positions[name] != nil {
      rows.report("duplicate-id", column, found: name, expected: "each id once")
      return false
    }
    positions[name] = Int32(names.count)
    names.append(name)
    return true
  }

  subscript(name: String) -> Int? { positions[name].map(Int.init) }

  /// Position of the id in a cell; `nil` if the cell is blank or, after a report, unknown.
  mutating func find(_ rows: TableRows, _ column: TableRows.Column) -> Int? {
    guard let name = rows.text(column) else { return nil }
    if let position = self[name] { return position }
    reportUnknown(name, rows, column)
    return nil
  }

  mutating func reportUnknown(_ name: String, _ rows: TableRows, _ column: TableRows.Column) {
    if !isComplete { return }
    suggestions += 1
    let hint =
      suggestions <= Self.suggestionLimit ? Spelling.suggestion(for: name, among: names) : nil
    rows.report("unknown-id", column, found: name, expected: "an id of \(what)", hint: hint)
  }
}
