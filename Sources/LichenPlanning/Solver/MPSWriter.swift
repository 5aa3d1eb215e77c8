/// Writes a model as free MPS, for other solvers.
///
/// MPS has no agreed way to ask for a maximum, so the file asks for the minimum of the negated
/// objective, and a comment says so. A constant other than zero becomes the coefficient of a
/// column `constant` fixed at 1: as right-hand side of the objective row, the usual place, GLPK
/// adds it where CPLEX, CBC and HiGHS subtract it.
public struct MPSWriter: Sendable {
  public init() {}

  /// - Parameter model: A model that passes `validate()`.
  /// - Returns: The file's text, ASCII, the same for the same model on every run.
  /// - Throws: `MIPModelError` if the model is not well formed.
  /// - Complexity: O(columns + entries).
  public func text(for model: MIPModel) throws(MIPModelError) -> String {
    try model.validate()
    let names = FileNames(model)
    var text = "* \(commentText(model.name))\n"
    text += "* Maximisation written as minimisation: negate the objective value.\n"
    // CBC guesses the format of each section, and at times wrongly, unless it is told here.
    text += "NAME model FREE\nROWS\n N \(FileNames.objective)\n"
    for (row, name) in zip(model.rows, names.rows) {
      text += " \(RowKind(lower: row.lower, upper: row.upper).rawValue) \(name)\n"
    }
    // Readers want at least one row besides the objective.
    if model.rows.isEmpty { text += " N r_none\n" }
    text += "COLUMNS\n"
    appendColumns(of: model, names: names, to: &text)
    text += "RHS\n"
    for (row, name) in zip(model.rows, names.rows) {
      let side = RowKind(lower: row.lower, upper: row.upper).rightHandSide(of: row)
      if side != 0 { text += " RHS \(name) \(exactText(side))\n" }
    }
    appendRanges(of: model, names: names, to: &text)
    text += "BOUNDS\n"
    for (column, name) in zip(model.columns, names.columns) {
      appendBounds(of: column, name: name, to: &text)
    }
    if model.objectiveConstant != 0 { text += " FX BND \(FileNames.constantColumn) 1\n" }
    return text + "ENDATA\n"
  }

  /// Names of the columns in the file, in model order.
  /// - Complexity: O(length of all names).
  public func columnNames(for model: MIPModel) -> [String] { FileNames(model).columns }

  private enum RowKind: String {
    case atMost = "L"
    case atLeast = "G"
    case equal = "E"
    case free = "N"

    /// A row with two sides is written by its upper side and a range.
    init(lower: Double, upper: Double) {
      if lower == upper {
        self = .equal
      } else if upper.isFinite {
        self = .atMost
      } else {
        self = lower.isFinite ? .atLeast : .free
      }
    }

    func rightHandSide(of row: MIPRow) -> Double {
      switch self {
      case .atMost, .equal: row.upper
      case .atLeast: row.lower
      case .free: 0
      }
    }
  }

  private func appendColumns(of model: MIPModel, names: FileNames, to text: inout String) {
    let entries = model.entriesByColumn()
    var inMarker = false
    for (index, column) in model.columns.enumerated() {
      if column.isInteger != inMarker {
        text += " MARKER_\(index) 'MARKER' '\(inMarker ? "INTEND" : "INTORG")'\n"
        inMarker = column.isInteger
      }
      let name = names.columns[index]
      // The objective entry is written even if zero: a column is declared by its first entry.
      text += " \(name) \(FileNames.objective) \(exactText(0 - column.objective))\n"
      for (row, value) in entries[index] {
        text += " \(name) \(names.rows[row]) \(exactText(value))\n"
      }
    }
    if inMarker { text += " MARKER_\(model.columns.count) 'MARKER' 'INTEND'\n" }
    if model.objectiveConstant != 0 {
      let coefficient = exactText(-model.objectiveConstant)
      text += " \(FileNames.constantColumn) \(FileNames.objective) \(coefficient)\n"
    }
  }

  private func appendRanges(of model: MIPModel, names: FileNames, to text: inout String) {
    let ranged = model.rows.indices.filter {
      let row = model.rows[$0]
      return row.lower.isFinite && row.upper.isFinite && row.lower != row.upper
    }
    if ranged.isEmpty { return }
    text += "RANGES\n"
    for index in ranged {
      let row = model.rows[index]
      text += " RNG \(names.rows[index]) \(exactText(row.upper - row.lower))\n"
    }
  }

  /// Both sides are always written: readers disagree on the bounds of integer columns without any.
  private func appendBounds(of column: MIPColumn, name: String, to text: inout String) {
    let (lower, upper) = (column.lower, column.upper)
    if lower == upper {
      text += " FX BND \(name) \(exactText(lower))\n"
    } else if lower == -.infinity && upper == .infinity {
      text += " FR BND \(name)\n"
    } else {
      text += lower.isFinite ? " LO BND \(name) \(exactText(lower))\n" : " MI BND \(name)\n"
      text += upper.isFinite ? " UP BND \(name) \(exactText(upper))\n" : " PL BND \(name)\n"
    }
  }
}

extension MIPModel {
  /// The coefficients by column, rows in model order.
  /// - Complexity: O(columns + entries).
  func entriesByColumn() -> [[(row: Int, value: Double)]] {
    var entries = [[(row: Int, value: Double)]](repeating: [], count: columns.count)
    for (index, row) in rows.enumerated() {
      for (column, value) in row.entries { entries[column].append((index, value)) }
    }
    return entries
  }
}
