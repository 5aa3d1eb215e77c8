import Foundation
import LichenPlanning
import Synchronization
import Testing

@testable import ExternalSolvers

/// What only solvers in other processes can get wrong.
@Suite("Solvers in processes of their own", .serialized, .timeLimit(.minutes(5)))
struct CommandSolverTests {
  private let hard = RandomModels.fixedChargeTransport(sources: 25, sinks: 25, seed: 1)

  /// Without a limit this model runs for hours.
  @Test("A time limit ends the command", arguments: BackEnd.commands)
  func timeLimit(backEnd: BackEnd) async throws {
    let solver = try backEnd.found.get()
    let result = try await solver.solveOffPool(hard, options: MIPOptions(timeLimit: .seconds(2)))
    #expect(result.stopReason == .timeLimit, "\(result.rawStatus)")
    #expect(result.status == .feasible || result.status == .noSolution)
    if result.status == .feasible {
      try expectSolution(result, of: hard)
      if let bound = result.bound { #expect(bound >= (try #require(result.objective))) }
    }
  }

  @Test("Cancelling ends the command", arguments: BackEnd.commands)
  func cancelled(backEnd: BackEnd) async throws {
    let control = SolveControl()
    DispatchQueue.global().asyncAfter(deadline: .now() + 1) { control.cancel() }
    let result = try await backEnd.found.get().solveOffPool(
      hard, options: MIPOptions(), control: control)
    #expect(result.stopReason == .cancelled)
    #expect(result.status != .optimal)
    if result.values != nil { try expectSolution(result, of: hard) }
  }

  @Test("A control that is cancelled starts nothing", arguments: BackEnd.commands)
  func cancelledBefore(backEnd: BackEnd) async throws {
    let control = SolveControl()
    control.cancel()
    let result = try await backEnd.found.get().solveOffPool(
      hard, options: MIPOptions(), control: control)
    #expect(result.stopReason == .cancelled)
    #expect(result.rawStatus == "not started")
  }

  @Test("A start survives a command that finds nothing in time", arguments: BackEnd.commands)
  func startSurvives(backEnd: BackEnd) async throws {
    let start = [Double](repeating: 0, count: hard.columns.count)
    let options = MIPOptions(timeLimit: .milliseconds(1), start: start)
    let result = try await backEnd.found.get().solveOffPool(hard, options: options)
    #expect(result.status == .feasible)
    #expect(try #require(result.objective) >= 0)
  }

  @Test("Progress is reported, and bounds hold", arguments: BackEnd.commands)
  func progress(backEnd: BackEnd) async throws {
    let model = RandomModels.fixedChargeTransport(sources: 8, sinks: 8, seed: 5)
    let seen = Mutex<[SolveProgress]>([])
    let control = SolveControl { progress in seen.withLock { $0.append(progress) } }
    let result = try await backEnd.found.get().solveOffPool(
      model, options: MIPOptions(), control: control)
    let optimum = try #require(result.objective)
    let reports = seen.withLock { $0 }
    // CBC says nothing about a search that ends at the root.
    #expect(backEnd == .cbc || reports.contains { $0.bound != nil })
    for report in reports {
      #expect(report.rows == model.rows.count)
      if let bound = report.bound { #expect(bound >= optimum * (1 - 1e-6)) }
      if let incumbent = report.incumbent { #expect(incumbent <= optimum * (1 + 1e-6)) }
    }
  }

  @Test("Options that a command does not have are refused")
  func refuses() async throws {
    let model = RandomModels.tiny(.binary, seed: 1)
    if let solver = try? BackEnd.glpsol.found.get() {
      await #expect(
        throws: MIPSolverError.optionNotSupported(solver: "glpsol", option: "nodeLimit")
      ) {
        try await solver.solveOffPool(model, options: MIPOptions(nodeLimit: 5))
      }
    }
    if let solver = try? BackEnd.highs.found.get() {
      await #expect(throws: MIPSolverError.optionNotSupported(solver: "HiGHS", option: "usesCuts"))
      {
        try await solver.solveOffPool(model, options: MIPOptions(usesCuts: false))
      }
    }
  }

  @Test("A solver that is not there says what was looked for")
  func missing() throws {
    let nowhere = URL(fileURLWithPath: "/nowhere/python3")
    guard case .failure(let reason) = HiGHSSolver.find(python: nowhere) else {
      Issue.record("an interpreter that does not exist was found")
      return
    }
    #expect("\(reason)".contains("/nowhere/python3"))
    #expect("\(reason)".contains("highspy"))
  }

  @Test("Lines of progress are read, and printed bounds are widened, never narrowed")
  func news() throws {
    guard let cbc = try? BackEnd.cbc.found.get() as? CBCSolver else { return }
    let line =
      "Cbc0010I After 100 nodes, 12 on tree, -7.5 best solution, best possible -8.1 (0.2 seconds)"
    let news = try #require(cbc.news(in: Substring(line)))
    #expect(news.incumbent == 7.5)
    #expect(try #require(news.bound) >= 8.1)
    #expect(news.nodes == 100)
    let none =
      "Cbc0010I After 0 nodes, 1 on tree, 1e+50 best solution, best possible -8.1 (0.2 seconds)"
    #expect(try #require(cbc.news(in: Substring(none))).incumbent == nil)
    #expect(cbc.news(in: "Cbc0001I Search completed") == nil)
  }

  @Test("A point is judged by the model alone")
  func acceptance() {
    var model = MIPModel(name: "judge")
    model.addColumn(MIPColumn(name: "x", upper: 10))
    model.addColumn(.binary(name: "y"))
    model.addRow(MIPRow(name: "gate", upper: 0, entries: [(0, 1), (1, -1e7)]))
    #expect(model.accepted([10 + 1e-7, 0.999], tolerance: 1e-7) == [10, 1])
    #expect(model.accepted([1, 1e-7], tolerance: 1e-6) == nil)
    #expect(model.accepted([11, 1], tolerance: 1e-7) == nil)
    #expect(model.accepted([.nan, 1], tolerance: 1e-7) == nil)
    #expect(model.accepted([1], tolerance: 1e-7) == nil)
  }
}
