import CGLPK
import Testing

/// Calls the shim as no Swift caller would: what validation stops above must not kill the process
/// below.
@Suite("The shim survives what validation would have stopped", .timeLimit(.minutes(1)))
struct ShimSafetyTests {
  @Test("A good program is solved")
  func good() {
    let run = RawProgram().solve()
    #expect(run.code == CGLPK_DONE)
    #expect(run.outcome.status == CGLPK_OPTIMAL)
    #expect(run.values == [1, 1])
  }

  @Test("Indices GLPK aborts on become an error with its message", arguments: [2, 99, -1, -99])
  func badIndex(index: Int32) {
    let run = RawProgram { $0.entryColumn[1] = index }.solve()
    #expect(run.code == CGLPK_ABORTED)
    #expect(run.message.contains("column index out of range"), "\(run.message)")
  }

  @Test("The largest index does not wrap around")
  func largestIndex() {
    let run = RawProgram { $0.entryColumn[1] = .max }.solve()
    #expect(run.code == CGLPK_ABORTED)
  }

  @Test("A column named twice in a row is an error")
  func duplicate() {
    let run = RawProgram { $0.entryColumn[1] = 0 }.solve()
    #expect(run.code == CGLPK_ABORTED)
    #expect(run.message.contains("duplicate"), "\(run.message)")
  }

  @Test("NaN and infinity are refused, which GLPK takes", arguments: [Double.nan, .infinity])
  func notFinite(value: Double) {
    let faults: [(inout RawProgram) -> Void] = [
      { $0.entryValue[0] = value }, { $0.objective[0] = value }, { $0.constant = value },
      { $0.columnLower[0] = value }, { $0.rowLower[0] = value },
    ]
    for fault in faults {
      let run = RawProgram(fault).solve()
      #expect(run.code == CGLPK_BAD_ARGUMENT)
      #expect(!run.message.isEmpty)
    }
  }

  @Test("A bad index is found before a start is judged with it", arguments: [2, 99, -1, Int32.max])
  func badIndexWithStart(index: Int32) {
    let start: [Double] = [1, 1]
    start.withUnsafeBufferPointer { start in
      let run = RawProgram {
        $0.entryColumn[1] = index
        $0.options.start = start.baseAddress
      }.solve()
      #expect(run.code == CGLPK_ABORTED)
    }
  }

  @Test("A start without numbers is ignored", arguments: [Double.nan, .infinity])
  func startNotFinite(value: Double) {
    let start = [value, 1]
    start.withUnsafeBufferPointer { start in
      let run = RawProgram { $0.options.start = start.baseAddress }.solve()
      #expect(run.outcome.status == CGLPK_OPTIMAL)
      #expect(run.values == [1, 1])
    }
  }

  @Test("An unknown rule of branching is refused")
  func unknownBranching() {
    #expect(RawProgram { $0.options.branching = 7 }.solve().code == CGLPK_BAD_ARGUMENT)
  }

  @Test("Crossed and broken bounds are errors")
  func bounds() {
    #expect(RawProgram { $0.columnLower[0] = 2 }.solve().code == CGLPK_FAILED)
    #expect(RawProgram { $0.rowLower[0] = 9 }.solve().code == CGLPK_FAILED)
    #expect(RawProgram { $0.columnUpper[0] = 0.5 }.solve().code != CGLPK_DONE)
  }

  @Test("Rows that start nowhere are refused")
  func rowStarts() {
    #expect(RawProgram { $0.rowStart = [0, -1] }.solve().code == CGLPK_BAD_ARGUMENT)
    #expect(RawProgram { $0.rowStart = [1, 2] }.solve().code == CGLPK_BAD_ARGUMENT)
  }

  @Test("Options out of range are refused")
  func options() {
    #expect(RawProgram { $0.options.time_limit = -1 }.solve().code == CGLPK_BAD_ARGUMENT)
    #expect(RawProgram { $0.options.time_limit = .nan }.solve().code == CGLPK_BAD_ARGUMENT)
    #expect(RawProgram { $0.options.relative_gap = -1 }.solve().code == CGLPK_BAD_ARGUMENT)
    #expect(RawProgram { $0.options.node_limit = 0 }.solve().code == CGLPK_BAD_ARGUMENT)
    #expect(
      RawProgram { $0.options.integrality_tolerance = 0 }.solve().code == CGLPK_BAD_ARGUMENT)
    #expect(
      RawProgram { $0.options.feasibility_tolerance = .nan }.solve().code == CGLPK_BAD_ARGUMENT)
  }

  @Test("Missing arguments are refused")
  func missingArguments() {
    var outcome = CGLPKOutcome()
    #expect(cglpk_solve(nil, nil, nil, nil, nil, nil, &outcome) == CGLPK_BAD_ARGUMENT)
    #expect(cglpk_solve(nil, nil, nil, nil, nil, nil, nil) == CGLPK_BAD_ARGUMENT)
  }

  @Test("After an error the thread solves again")
  func recovers() {
    for _ in 0..<50 {
      #expect(RawProgram { $0.entryColumn[1] = 99 }.solve().code == CGLPK_ABORTED)
      #expect(RawProgram().solve().values == [1, 1])
    }
  }
}
