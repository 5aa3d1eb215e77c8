import CGLPK
import Dispatch
import GLPKSolver
import LichenPlanning
import Synchronization
import Testing

@Suite("Many solves at once", .timeLimit(.minutes(3)))
struct ConcurrencyTests {
  /// Half of the jobs are wrong, in turn by way of Swift and straight into the shim.
  @Test("200 solves at once, half of them invalid, all return what they should")
  func manySolves() {
    let model = RandomModels.tiny(.fixedCharge, seed: 7)
    let expected = BruteForce(model).optimum()
    let tally = Mutex<[String: Int]>([:])
    DispatchQueue.concurrentPerform(iterations: 200) { index in
      let outcome = outcome(of: index, model: model, expected: expected)
      tally.withLock { $0[outcome, default: 0] += 1 }
    }
    let counts = tally.withLock { $0 }
    #expect(counts == ["solved": 100, "refused": 50, "aborted": 50])
  }

  private func outcome(of index: Int, model: MIPModel, expected: Double?) -> String {
    switch index % 4 {
    case 1:
      var broken = model
      broken.rows[0].entries[0].column = 99
      do {
        _ = try GLPKSolver().solve(broken)
        return "solved a broken model"
      } catch is MIPModelError {
        return "refused"
      } catch {
        return "\(error)"
      }
    case 3:
      let code = RawProgram { $0.entryColumn[1] = 99 }.solve().code
      return code == CGLPK_ABORTED ? "aborted" : "code \(code.rawValue)"
    default:
      let objective = (try? GLPKSolver().solve(model))?.objective ?? .nan
      return abs(objective - (expected ?? .nan)) <= 1e-6 ? "solved" : "wrong: \(objective)"
    }
  }

  @Test("Two threads at once find what one finds alone")
  func sameOnTwoThreads() throws {
    let model = RandomModels.fixedChargeTransport(sources: 9, sinks: 9, seed: 5)
    let options = MIPOptions(nodeLimit: 50)
    let alone = try GLPKSolver().solve(model, options: options)
    let found = Mutex<[MIPResult]>([])
    DispatchQueue.concurrentPerform(iterations: 2) { _ in
      if let result = try? GLPKSolver().solve(model, options: options) {
        found.withLock { $0.append(result) }
      }
    }
    let results = found.withLock { $0 }
    #expect(results.count == 2)
    for result in results {
      #expect(result.status == alone.status)
      #expect(result.objective == alone.objective)
      #expect(result.values == alone.values)
      #expect(result.nodes == alone.nodes)
    }
  }

  @Test("Cancelling one of two solves leaves the other alone")
  func cancelsOne() {
    let hard = RandomModels.fixedChargeTransport(sources: 30, sinks: 30, seed: 1)
    let cancelled = SolveControl()
    let reasons = Mutex<[Int: MIPResult.StopReason]>([:])
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      let control = index == 0 ? cancelled : SolveControl()
      // The second cancels the first by finishing.
      let options = MIPOptions(nodeLimit: index == 0 ? nil : 1)
      let result = try? GLPKSolver().solve(hard, options: options, control: control)
      if index == 1 { cancelled.cancel() }
      reasons.withLock { $0[index] = result?.stopReason }
    }
    #expect(reasons.withLock { $0 } == [0: .cancelled, 1: .nodeLimit])
  }

  @Test("A solve started from a progress callback is refused, and the first goes on")
  func nestedSolve() throws {
    let nested = Mutex<[String]>([])
    let small = RandomModels.tiny(.binary, seed: 1)
    let control = SolveControl { _ in
      do {
        _ = try GLPKSolver().solve(small)
        nested.withLock { $0.append("solved") }
      } catch {
        nested.withLock { $0.append("\(error)") }
      }
    }
    let model = RandomModels.fixedChargeTransport(sources: 20, sinks: 20, seed: 1)
    let result = try GLPKSolver().solve(model, options: MIPOptions(nodeLimit: 1), control: control)
    #expect(result.status == .feasible)
    let messages = nested.withLock { $0 }
    #expect(!messages.isEmpty)
    #expect(Set(messages) == ["\(MIPSolverError.nestedSolve(solver: "GLPK"))"])
  }
}
