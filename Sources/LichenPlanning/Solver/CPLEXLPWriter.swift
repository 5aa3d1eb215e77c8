/// Writes a model in the CPLEX LP format, for people and other solvers.
///
/// The format has no place for a constant that all readers share, so a constant other than zero
/// becomes the coefficient of a column `constant` fixed at 1. A row with two sides becomes two
/// rows, the lower one with `lower_` before its name, because not every reader takes ranges.
public struct CPLEXLPWriter: Sendable {
  public init() {}

  /// Terms on one line; some readers limit the length of a line.
  private static let termsPerLine = 6

  /// - Parameter model: A model that passes `validate()`.
  /// - Returns: The file's text, ASCII, the same for the same model on every run.
  /// - Throws: `MIPModelError` if the model is not well formed.
  /// - Complexity: O(columns + entries).
  public func text(for model: MIPModel) throws(MIPModelError) -> String {
    try model.validate()
    let names = FileNames(model)
    let writesConstant = model.objectiveConstant != 0
    var text = "\\ \(commentText(model.name))\nMaximize\n \(FileNames.objective):"
    // Columns without worth are named too, so that a reader keeps the order of the model.
    var terms = model.columns.indices.map { (names.columns[$0], model.columns[$0].objective) }
    if writesConstant { terms.append((FileNames.constantColumn, model.objectiveConstant)) }
    text += expression(terms, orZeroTimes: placeholder(names)) + "\nSubject To\n"
    for index in model.rows.indices { appendRow(index, of: model, names: names, to: &text) }
    if !model.rows.contains(where: { $0.lower.isFinite || $0.upper.isFinite }) {
      // Readers want at least one row.
      text += " r_none: 0 \(placeholder(names)) <= 0\n"
    }
    text += "Bounds\n"
    for (column, name) in zip(model.columns, names.columns) {
      text += " \(bounds(of: column, name: name))\n"
    }
    if writesConstant || model.columns.isEmpty { text += " \(FileNames.constantColumn) = 1\n" }
    let integers = model.columns.indices.filter { model.columns[$0].isInteger }
    if !integers.isEmpty {
      text += "Generals\n"
      for index in integers { text += " \(names.columns[index])\n" }
    }
    return text + "End\n"
  }

  /// A column to multiply by zero where the format wants at least one term.
  private func placeholder(_ names: FileNames) -> String {
    names.columns.first ?? FileNames.constantColumn
  }

  private func expression(_ terms: [(String, Double)], orZeroTimes placeholder: String) -> String {
    if terms.isEmpty { return " 0 \(placeholder)" }
    var text = ""
    for (index, (name, value)) in terms.enumerated() {
      if index > 0 && index % Self.termsPerLine == 0 { text += "\n " }
      text += " \(value < 0 ? "-" : "+") \(exactText(abs(value))) \(name)"
    }
    return text
  }

  private func appendRow(
    _ index: Int, of model: MIPModel, names: FileNames, to text: inout String
  ) {
    let row = model.rows[index]
    let name = names.rows[index]
    let terms = row.entries.map { (names.columns[$0.column], $0.value) }
    let left = expression(terms, orZeroTimes: placeholder(names))
    if row.lower == row.upper {
      text += " \(name):\(left) = \(exactText(row.lower))\n"
      return
    }
    if row.upper.isFinite { text += " \(name):\(left) <= \(exactText(row.upper))\n" }
    if row.lower.isFinite {
      let prefix = row.upper.isFinite ? "lower_" : ""
      text += " \(prefix)\(name):\(left) >= \(exactText(row.lower))\n"
    }
  }

  private func bounds(of column: MIPColumn, name: String) -> String {
    let (lower, upper) = (column.lower, column.upper)
    if lower == upper { return "\(name) = \(exactText(lower))" }
    if lower == -.infinity && upper == .infinity { return "\(name) free" }
    let least = lower.isFinite ? exactText(lower) : "-inf"
    let greatest = upper.isFinite ? exactText(upper) : "+inf"
    return "\(least) <= \(name) <= \(greatest)"
  }
}
