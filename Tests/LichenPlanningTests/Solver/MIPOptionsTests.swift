import LichenMatching
import LichenPlanning
import Testing

@Suite("Options and the arithmetic of results")
struct MIPOptionsTests {
  @Test("The defaults pass")
  func defaults() throws {
    try MIPOptions().validate()
    try MIPOptions(timeLimit: .zero, relativeGap: 2, nodeLimit: 1).validate()
  }

  @Test("A negative time limit is refused")
  func timeLimit() {
    #expect(throws: MIPOptionsError.negativeTimeLimit(.seconds(-1))) {
      try MIPOptions(timeLimit: .seconds(-1)).validate()
    }
  }

  @Test("A gap must be a finite fraction, not negative", arguments: [-0.1, .infinity, .nan])
  func relativeGap(gap: Double) {
    #expect(throws: MIPOptionsError.self) { try MIPOptions(relativeGap: gap).validate() }
  }

  @Test("A node limit must be positive", arguments: [0, -5])
  func nodeLimit(limit: Int) {
    #expect(throws: MIPOptionsError.nodeLimitNotPositive(limit)) {
      try MIPOptions(nodeLimit: limit).validate()
    }
  }

  @Test("Tolerances must lie where double precision has meaning", arguments: [0, 1e-12, 0.1, .nan])
  func tolerances(value: Double) {
    #expect(throws: MIPOptionsError.self) {
      try MIPOptions(feasibilityTolerance: value).validate()
    }
    #expect(throws: MIPOptionsError.self) {
      try MIPOptions(integralityTolerance: value).validate()
    }
  }

  @Test("The gap is relative to the solution")
  func gap() {
    let result = MIPResult(
      status: .feasible, stopReason: .timeLimit, rawStatus: "", objective: -50, values: [],
      bound: -45)
    #expect(result.gap == 0.1)
    #expect(MIPResult.relativeGap(incumbent: 0, bound: 0) == 0)
    #expect(MIPResult.relativeGap(incumbent: 0, bound: 1) == 1e10)
    #expect(MIPResult.relativeGap(incumbent: nil, bound: 1) == nil)
    #expect(MIPResult.relativeGap(incumbent: 1, bound: nil) == nil)
  }

  @Test("A control stays cancelled")
  func control() {
    let control = SolveControl()
    #expect(!control.isCancelled)
    control.cancel()
    control.cancel()
    #expect(control.isCancelled)
  }
}
