/// One decision of a mixed-integer program: its bounds, its worth and whether it must be whole.
public struct MIPColumn: Hashable, Sendable {
  /// Name for messages and files; need not be unique.
  public var name: String
  /// Least value; `-Double.infinity` if there is none.
  public var lower: Double
  /// Greatest value; `Double.infinity` if there is none.
  public var upper: Double
  /// Objective coefficient, in objective units per unit of the column.
  public var objective: Double
  /// Whether only whole values are allowed; the finite bounds must then be whole too.
  public var isInteger: Bool

  public init(
    name: String, lower: Double = 0, upper: Double = .infinity, objective: Double = 0,
    isInteger: Bool = false
  ) {
    self.name = name
    self.lower = lower
    self.upper = upper
    self.objective = objective
    self.isInteger = isInteger
  }

  /// A yes-or-no decision.
  public static func binary(name: String, objective: Double = 0) -> MIPColumn {
    MIPColumn(name: name, lower: 0, upper: 1, objective: objective, isInteger: true)
  }
}

/// One linear restriction: `lower <= sum of value * column <= upper`.
public struct MIPRow: Sendable {
  /// Name for messages and files; need not be unique.
  public var name: String
  /// Least activity; `-Double.infinity` if there is none.
  public var lower: Double
  /// Greatest activity; `Double.infinity` if there is none.
  public var upper: Double
  /// Coefficients by column index, counted from 0; each column at most once, in any order.
  public var entries: [(column: Int, value: Double)]

  public init(
    name: String, lower: Double = -.infinity, upper: Double = .infinity,
    entries: [(column: Int, value: Double)]
  ) {
    self.name = name
    self.lower = lower
    self.upper = upper
    self.entries = entries
  }
}

extension MIPRow: Equatable {
  public static func == (left: MIPRow, right: MIPRow) -> Bool {
    left.name == right.name && left.lower == right.lower && left.upper == right.upper
      && left.entries.elementsEqual(right.entries, by: ==)
  }
}

/// A mixed-integer linear program, always to be maximised; it knows no solver.
///
/// A model without integer columns is a linear program and comes back with shadow prices.
public struct MIPModel: Equatable, Sendable {
  /// Name for messages and files.
  public var name: String
  public var columns: [MIPColumn]
  public var rows: [MIPRow]
  /// Added to every objective value.
  public var objectiveConstant: Double

  public init(
    name: String, columns: [MIPColumn] = [], rows: [MIPRow] = [], objectiveConstant: Double = 0
  ) {
    self.name = name
    self.columns = columns
    self.rows = rows
    self.objectiveConstant = objectiveConstant
  }

  /// Appends a column.
  /// - Returns: Its index, counted from 0.
  @discardableResult
  public mutating func addColumn(_ column: MIPColumn) -> Int {
    columns.append(column)
    return columns.count - 1
  }

  /// Appends a row.
  /// - Returns: Its index, counted from 0.
  @discardableResult
  public mutating func addRow(_ row: MIPRow) -> Int {
    rows.append(row)
    return rows.count - 1
  }

  /// Number of coefficients in all rows.
  /// - Complexity: O(rows).
  public var entryCount: Int { rows.reduce(0) { $0 + $1.entries.count } }

  /// Objective of a point, constant included, summed in column order.
  /// - Parameter values: One value per column.
  /// - Complexity: O(columns).
  public func objective(of values: [Double]) -> Double {
    precondition(values.count == columns.count, "A point needs one value per column.")
    return zip(columns, values).reduce(objectiveConstant) { $0 + $1.0.objective * $1.1 }
  }

  /// Left-hand side of one row at a point.
  /// - Complexity: O(entries of the row).
  public func activity(ofRow row: Int, at values: [Double]) -> Double {
    rows[row].entries.reduce(0) { $0 + $1.value * values[$1.column] }
  }
}
