import CGLPK
import LichenPlanning

/// A validated model as the flat arrays the shim reads.
struct FlatProgram {
  var columnLower: [Double] = []
  var columnUpper: [Double] = []
  var objective: [Double] = []
  var isInteger: [UInt8] = []
  var rowLower: [Double] = []
  var rowUpper: [Double] = []
  var rowStart: [Int64] = [0]
  var entryColumn: [Int32] = []
  var entryValue: [Double] = []
  var objectiveConstant = 0.0

  /// GLPK's own limits on rows, columns and coefficients (M_MAX, N_MAX and NNZ_MAX, GLPK 5.0).
  static let maximumRows = 100_000_000
  static let maximumColumns = 100_000_000
  static let maximumEntries = 500_000_000

  /// - Throws: `MIPSolverError.modelTooLarge` if GLPK cannot count that far.
  init(_ model: MIPModel, solver: String) throws {
    let entries = model.entryCount
    guard model.rows.count <= Self.maximumRows, model.columns.count <= Self.maximumColumns,
      entries <= Self.maximumEntries
    else {
      throw MIPSolverError.modelTooLarge(
        solver: solver, rows: model.rows.count, columns: model.columns.count, entries: entries)
    }
    objectiveConstant = model.objectiveConstant
    columnLower = model.columns.map(\.lower)
    columnUpper = model.columns.map(\.upper)
    objective = model.columns.map(\.objective)
    isInteger = model.columns.map { $0.isInteger ? 1 : 0 }
    rowLower = model.rows.map(\.lower)
    rowUpper = model.rows.map(\.upper)
    rowStart.reserveCapacity(model.rows.count + 1)
    entryColumn.reserveCapacity(entries)
    entryValue.reserveCapacity(entries)
    for row in model.rows {
      for (column, value) in row.entries {
        entryColumn.append(Int32(column))
        entryValue.append(value)
      }
      rowStart.append(Int64(entryColumn.count))
    }
  }

  /// Solves on the calling thread.
  func solve(options: MIPOptions, control: SolveControl) -> ProgramRun {
    var run = ProgramRun(rows: rowLower.count, columns: columnLower.count)
    let follower = SolveFollower(
      control: control, rows: rowLower.count, columns: columnLower.count)
    withExtendedLifetime(follower) {
      var hooks = follower.hooks
      withShimModel { shimModel in
        options.withShimOptions { shimOptions in
          run.code = cglpk_solve(
            shimModel, shimOptions, &hooks, &run.values, &run.rowDuals, &run.reducedCosts,
            &run.outcome)
        }
      }
    }
    return run
  }

  /// Calls `body` with the arrays in the shim's form; the pointer is void afterwards.
  func withShimModel(_ body: (UnsafePointer<CGLPKModel>) -> Void) {
    let sizes = (columns: Int32(columnLower.count), rows: Int32(rowLower.count))
    columnLower.withUnsafeBufferPointer { columnLower in
      columnUpper.withUnsafeBufferPointer { columnUpper in
        objective.withUnsafeBufferPointer { objective in
          isInteger.withUnsafeBufferPointer { isInteger in
            withRowPointers { rowLower, rowUpper, rowStart, entryColumn, entryValue in
              var model = CGLPKModel(
                columns: sizes.columns, rows: sizes.rows, column_lower: columnLower.baseAddress,
                column_upper: columnUpper.baseAddress, objective: objective.baseAddress,
                is_integer: isInteger.baseAddress, row_lower: rowLower, row_upper: rowUpper,
                row_start: rowStart, entry_column: entryColumn, entry_value: entryValue,
                objective_constant: objectiveConstant)
              body(&model)
            }
          }
        }
      }
    }
  }

  private func withRowPointers(
    _ body: (
      UnsafePointer<Double>?, UnsafePointer<Double>?, UnsafePointer<Int64>?,
      UnsafePointer<Int32>?, UnsafePointer<Double>?
    ) -> Void
  ) {
    rowLower.withUnsafeBufferPointer { rowLower in
      rowUpper.withUnsafeBufferPointer { rowUpper in
        rowStart.withUnsafeBufferPointer { rowStart in
          entryColumn.withUnsafeBufferPointer { entryColumn in
            entryValue.withUnsafeBufferPointer { entryValue in
              body(
                rowLower.baseAddress, rowUpper.baseAddress, rowStart.baseAddress,
                entryColumn.baseAddress, entryValue.baseAddress)
            }
          }
        }
      }
    }
  }
}

/// What one call of the shim left behind.
struct ProgramRun {
  var code = CGLPK_DONE
  var outcome = CGLPKOutcome()
  var values: [Double]
  var rowDuals: [Double]
  var reducedCosts: [Double]

  init(rows: Int, columns: Int) {
    values = [Double](repeating: 0, count: columns)
    rowDuals = [Double](repeating: 0, count: rows)
    reducedCosts = [Double](repeating: 0, count: columns)
  }
}
