/// One thing wrong with a model, with the place it is wrong at.
public enum MIPModelIssue: Hashable, Sendable, CustomStringConvertible {
  /// The constant added to the objective is NaN or infinite.
  case objectiveConstantNotFinite(value: Double)
  /// An objective coefficient is NaN or infinite.
  case objectiveNotFinite(column: Int, name: String, value: Double)
  /// A bound is NaN, a lower bound plus infinity or an upper bound minus infinity.
  case columnBoundInvalid(column: Int, name: String, lower: Double, upper: Double)
  case columnBoundsCrossed(column: Int, name: String, lower: Double, upper: Double)
  /// An integer column has a finite bound that is not whole.
  case integerBoundNotWhole(column: Int, name: String, lower: Double, upper: Double)
  case rowBoundInvalid(row: Int, name: String, lower: Double, upper: Double)
  case rowBoundsCrossed(row: Int, name: String, lower: Double, upper: Double)
  case columnIndexOutOfRange(row: Int, name: String, column: Int, columnCount: Int)
  case duplicateColumn(row: Int, name: String, column: Int)
  case coefficientNotFinite(row: Int, name: String, column: Int, value: Double)

  public var description: String {
    switch self {
    case .objectiveConstantNotFinite(let value):
      "The objective constant is \(value); it must be finite."
    case .objectiveNotFinite(let column, let name, let value):
      "Column \(column) '\(name)' has the objective coefficient \(value); it must be finite."
    case .columnBoundInvalid(let column, let name, let lower, let upper):
      "Column \(column) '\(name)' has the bounds \(lower) and \(upper), which admit no number."
    case .columnBoundsCrossed(let column, let name, let lower, let upper):
      "Column \(column) '\(name)' has the lower bound \(lower) above its upper bound \(upper)."
    case .integerBoundNotWhole(let column, let name, let lower, let upper):
      "Integer column \(column) '\(name)' has the bounds \(lower) and \(upper); round them."
    case .rowBoundInvalid(let row, let name, let lower, let upper):
      "Row \(row) '\(name)' has the bounds \(lower) and \(upper), which admit no number."
    case .rowBoundsCrossed(let row, let name, let lower, let upper):
      "Row \(row) '\(name)' has the lower bound \(lower) above its upper bound \(upper)."
    case .columnIndexOutOfRange(let row, let name, let column, let columnCount):
      "Row \(row) '\(name)' names column \(column), but the model has \(columnCount) columns."
    case .duplicateColumn(let row, let name, let column):
      "Row \(row) '\(name)' names column \(column) more than once; add the coefficients."
    case .coefficientNotFinite(let row, let name, let column, let value):
      "Row \(row) '\(name)' has the coefficient \(value) in column \(column); it must be finite."
    }
  }
}

/// Everything wrong with one model, at once.
public struct MIPModelError: Error, Hashable, Sendable, CustomStringConvertible {
  public let modelName: String
  /// At least one issue: objective constant first, then columns, then rows, in model order.
  public let issues: [MIPModelIssue]

  public init(modelName: String, issues: [MIPModelIssue]) {
    self.modelName = modelName
    self.issues = issues
  }

  /// Issues printed in full; a faulty builder repeats one mistake in thousands of rows.
  private static let printedIssues = 20

  public var description: String {
    var lines = ["Model '\(modelName)' is not well formed (\(issues.count) issues)."]
    lines += issues.prefix(Self.printedIssues).map(\.description)
    if issues.count > Self.printedIssues {
      lines.append("... and \(issues.count - Self.printedIssues) more.")
    }
    return lines.joined(separator: "\n")
  }
}

extension MIPModel {
  /// Checks all that a solver takes for granted; solvers call it before they look at the model.
  /// - Throws: `MIPModelError` with every issue found.
  /// - Complexity: O(columns + entries).
  public func validate() throws(MIPModelError) {
    let issues = issues()
    if !issues.isEmpty { throw MIPModelError(modelName: name, issues: issues) }
  }

  /// Every issue of the model, in model order; empty if it is well formed.
  /// - Complexity: O(columns + entries).
  public func issues() -> [MIPModelIssue] {
    var found: [MIPModelIssue] = []
    if !objectiveConstant.isFinite {
      found.append(.objectiveConstantNotFinite(value: objectiveConstant))
    }
    for (index, column) in columns.enumerated() { column.appendIssues(at: index, to: &found) }
    var lastRowSeen = [Int](repeating: -1, count: columns.count)
    for (index, row) in rows.enumerated() {
      row.appendIssues(at: index, lastRowSeen: &lastRowSeen, to: &found)
    }
    return found
  }
}

extension MIPColumn {
  fileprivate func appendIssues(at index: Int, to found: inout [MIPModelIssue]) {
    if !objective.isFinite {
      found.append(.objectiveNotFinite(column: index, name: name, value: objective))
    }
    if boundsAdmitNoNumber(lower, upper) {
      found.append(.columnBoundInvalid(column: index, name: name, lower: lower, upper: upper))
    } else if lower > upper {
      found.append(.columnBoundsCrossed(column: index, name: name, lower: lower, upper: upper))
    } else if isInteger && [lower, upper].contains(where: { $0.isFinite && $0 != $0.rounded() }) {
      found.append(.integerBoundNotWhole(column: index, name: name, lower: lower, upper: upper))
    }
  }
}

extension MIPRow {
  /// - Parameter lastRowSeen: For each column the last row that named it, shared by all rows so
  ///   that finding duplicates costs no set per row.
  fileprivate func appendIssues(
    at index: Int, lastRowSeen: inout [Int], to found: inout [MIPModelIssue]
  ) {
    if boundsAdmitNoNumber(lower, upper) {
      found.append(.rowBoundInvalid(row: index, name: name, lower: lower, upper: upper))
    } else if lower > upper {
      found.append(.rowBoundsCrossed(row: index, name: name, lower: lower, upper: upper))
    }
    for (column, value) in entries {
      guard lastRowSeen.indices.contains(column) else {
        found.append(
          .columnIndexOutOfRange(
            row: index, name: name, column: column, columnCount: lastRowSeen.count))
        continue
      }
      if lastRowSeen[column] == index {
        found.append(.duplicateColumn(row: index, name: name, column: column))
      }
      lastRowSeen[column] = index
      if !value.isFinite {
        found.append(.coefficientNotFinite(row: index, name: name, column: column, value: value))
      }
    }
  }
}

private func boundsAdmitNoNumber(_ lower: Double, _ upper: Double) -> Bool {
  lower.isNaN || upper.isNaN || lower == .infinity || upper == -.infinity
}
