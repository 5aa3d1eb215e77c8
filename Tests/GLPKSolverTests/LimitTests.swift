import Dispatch
import GLPKSolver
import LichenPlanning
import Synchronization
import Testing

/// Nothing here looks at a clock: that a limited or cancelled solve returns at all is the test, and
/// without limits these models run for hours.
@Suite("Limits and cancellation", .timeLimit(.minutes(3)))
struct LimitTests {
  private let solver = GLPKSolver()
  private let hard = RandomModels.fixedChargeTransport(sources: 40, sinks: 40, seed: 1)

  @Test("A time limit stops with a solution, a bound and a gap")
  func timeLimit() throws {
    let result = try solver.solve(hard, options: MIPOptions(timeLimit: .seconds(1)))
    #expect(result.status == .feasible)
    #expect(result.stopReason == .timeLimit)
    #expect(try #require(result.gap) > 0)
    let (bound, objective) = (try #require(result.bound), try #require(result.objective))
    #expect(bound > objective)
    try expectSolution(result, of: hard)
  }

  @Test("A time limit of zero stops before anything is known", arguments: [true, false])
  func noTime(isInteger: Bool) throws {
    let model =
      isInteger ? hard : RandomModels.linearTransport(sources: 20, sinks: 20, seed: 1)
    let result = try solver.solve(model, options: MIPOptions(timeLimit: .zero))
    #expect(result.status == .noSolution)
    #expect(result.stopReason == .timeLimit)
    #expect(result.values == nil)
    #expect(result.bound == nil)
  }

  @Test("A gap limit stops within the gap and claims no proof")
  func gapLimit() throws {
    let model = RandomModels.fixedChargeTransport(sources: 20, sinks: 20, seed: 2)
    let result = try solver.solve(model, options: MIPOptions(relativeGap: 0.2))
    #expect(result.status == .feasible)
    #expect(result.stopReason == .gapLimit)
    let gap = try #require(result.gap)
    #expect(gap > 0)
    #expect(gap <= 0.2)
    try expectSolution(result, of: model)
  }

  @Test("A gap limit on a model solved at once does not hide the proof")
  func gapLimitWithProof() throws {
    let model = RandomModels.tiny(.fixedCharge, seed: 3)
    let result = try solver.solve(model, options: MIPOptions(relativeGap: 0.01))
    let expected = try #require(BruteForce(model).optimum())
    if result.status == .optimal {
      #expect(abs(try #require(result.objective) - expected) <= 1e-6 * max(1, abs(expected)))
    } else {
      #expect(result.stopReason == .gapLimit)
    }
  }

  @Test("A node limit counts nodes", arguments: [1, 5])
  func nodeLimit(limit: Int) throws {
    let model = RandomModels.fixedChargeTransport(sources: 15, sinks: 15, seed: 1)
    let result = try solver.solve(model, options: MIPOptions(nodeLimit: limit))
    #expect(result.stopReason == .nodeLimit)
    #expect(result.status == .feasible)
    #expect(result.nodes == limit)
  }

  @Test("A solve started with a cancelled control stops at once", arguments: [true, false])
  func cancelledBefore(isInteger: Bool) throws {
    let control = SolveControl()
    control.cancel()
    let model =
      isInteger ? hard : RandomModels.linearTransport(sources: 224, sinks: 224, seed: 1)
    let result = try solver.solve(model, options: MIPOptions(), control: control)
    #expect(result.status == .noSolution)
    #expect(result.stopReason == .cancelled)
  }

  /// 50,176 columns; the first report comes from inside the simplex method.
  @Test("Cancelling in the middle of a large linear program stops it")
  func cancelledDuringLinearProgram() throws {
    let model = RandomModels.linearTransport(sources: 224, sinks: 224, seed: 1)
    let result = try solveAndCancel(model) { _ in true }
    #expect(result.status == .noSolution)
    #expect(result.stopReason == .cancelled)
    #expect(result.rawStatus == "glp_simplex, interrupted")
  }

  @Test("Cancelling a search keeps its solution")
  func cancelledDuringSearch() throws {
    let result = try solveAndCancel(hard) { $0.incumbent != nil }
    #expect(result.status == .feasible)
    #expect(result.stopReason == .cancelled)
    try expectSolution(result, of: hard)
  }

  @Test("Cancelling from another thread stops the search")
  func cancelledFromElsewhere() throws {
    let control = SolveControl()
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.3) { control.cancel() }
    let result = try solver.solve(hard, options: MIPOptions(), control: control)
    #expect(result.stopReason == .cancelled)
    #expect(result.status != .optimal)
  }

  @Test("Progress never goes backwards and names the size of the model")
  func progress() throws {
    let seen = Mutex<[SolveProgress]>([])
    let control = SolveControl { progress in seen.withLock { $0.append(progress) } }
    let options = MIPOptions(timeLimit: .seconds(2))
    _ = try solver.solve(hard, options: options, control: control)
    let reports = seen.withLock { $0 }
    #expect(reports.contains { $0.gap != nil })
    for report in reports {
      #expect(report.rows == hard.rows.count)
      #expect(report.columns == hard.columns.count)
      if let bound = report.bound, let incumbent = report.incumbent {
        #expect(bound >= incumbent)
      }
    }
    for (earlier, later) in zip(reports, reports.dropFirst()) {
      #expect(later.incumbent ?? -.infinity >= earlier.incumbent ?? -.infinity)
      #expect(later.nodes >= earlier.nodes)
    }
  }

  @Test("Options that cannot be honoured are refused")
  func refusesOptions() {
    #expect(throws: MIPOptionsError.nodeLimitNotPositive(0)) {
      try solver.solve(hard, options: MIPOptions(nodeLimit: 0))
    }
    #expect(throws: MIPOptionsError.relativeGapOutOfRange(-1)) {
      try solver.solve(hard, options: MIPOptions(relativeGap: -1))
    }
  }

  /// Solves without limits and cancels, from inside the progress callback, once `moment` is true.
  private func solveAndCancel(
    _ model: MIPModel, when moment: @escaping @Sendable (SolveProgress) -> Bool
  ) throws -> MIPResult {
    let reference = ControlReference()
    let control = SolveControl { progress in
      if moment(progress) { reference.control.withLock { $0?.cancel() } }
    }
    reference.control.withLock { $0 = control }
    defer { reference.control.withLock { $0 = nil } }
    return try solver.solve(model, options: MIPOptions(), control: control)
  }
}

/// Lets a progress callback reach the control it belongs to.
private final class ControlReference: Sendable {
  let control = Mutex<SolveControl?>(nil)
}
