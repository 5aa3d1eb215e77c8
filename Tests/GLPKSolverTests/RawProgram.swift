import CGLPK

/// A small program as bare arrays, to be spoilt by tests: maximise x + y, both binary, x + y <= 5.
struct RawProgram {
  var columnLower: [Double] = [0, 0]
  var columnUpper: [Double] = [1, 1]
  var objective: [Double] = [1, 1]
  var isInteger: [UInt8] = [1, 1]
  var rowLower: [Double] = [-.infinity]
  var rowUpper: [Double] = [5]
  var rowStart: [Int64] = [0, 2]
  var entryColumn: [Int32] = [0, 1]
  var entryValue: [Double] = [1, 1]
  var constant = 0.0
  var options = CGLPKOptions(
    time_limit: .infinity, relative_gap: 0, feasibility_tolerance: 1e-7,
    integrality_tolerance: 1e-6, node_limit: .max, uses_cuts: 1, skips_gomory: 0,
    skips_heuristics: 0,
    branching: 0, start: nil)

  init(_ spoil: (inout RawProgram) -> Void = { _ in }) {
    spoil(&self)
  }

  struct Run {
    var code = CGLPK_DONE
    var outcome = CGLPKOutcome()
    var values: [Double] = [0, 0]

    var message: String {
      withUnsafeBytes(of: outcome.message) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
    }
  }

  func solve() -> Run {
    var run = Run()
    var (rowDuals, reducedCosts) = ([0.0], [0.0, 0.0])
    var (options, hooks) = (options, CGLPKHooks())
    // Copies whose addresses outlive the call, because the arrays are read through pointers.
    let numbers = [columnLower, columnUpper, objective, rowLower, rowUpper, entryValue].map(copy)
    let (whole, starts, indices) = (copy(isInteger), copy(rowStart), copy(entryColumn))
    defer {
      for buffer in numbers { buffer.deallocate() }
      whole.deallocate()
      starts.deallocate()
      indices.deallocate()
    }
    var model = CGLPKModel(
      columns: 2, rows: 1, column_lower: numbers[0].baseAddress,
      column_upper: numbers[1].baseAddress, objective: numbers[2].baseAddress,
      is_integer: whole.baseAddress, row_lower: numbers[3].baseAddress,
      row_upper: numbers[4].baseAddress, row_start: starts.baseAddress,
      entry_column: indices.baseAddress, entry_value: numbers[5].baseAddress,
      objective_constant: constant)
    run.code = cglpk_solve(
      &model, &options, &hooks, &run.values, &rowDuals, &reducedCosts, &run.outcome)
    return run
  }

  private func copy<Element>(_ array: [Element]) -> UnsafeBufferPointer<Element> {
    let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: array.count)
    _ = buffer.initialize(from: array)
    return UnsafeBufferPointer(buffer)
  }
}
