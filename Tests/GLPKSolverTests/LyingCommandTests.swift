import Foundation
import LichenPlanning
import Synchronization
import Testing

@testable import ExternalSolvers

/// Nothing that a command says is believed.
@Suite("Commands that lie, crash or hang", .serialized, .timeLimit(.minutes(2)))
struct LyingCommandTests {
  /// At most 3 of x, worth 2 each; the best is 6.
  private let model = MIPModel(
    name: "three", columns: [MIPColumn(name: "x", upper: 5, objective: 2, isInteger: true)],
    rows: [MIPRow(name: "r", upper: 3.5, entries: [(0, 1)])])

  @Test("A solution that breaks the model is an error, not an optimum", arguments: [4.0, -1, .nan])
  func wrongValues(value: Double) async throws {
    let liar = FakeCommand(answers: [CommandAnswer(claim: .optimal, rawStatus: "", values: [value])]
    )
    await #expect(throws: MIPSolverError.self) { try await liar.solveOffPool(model) }
  }

  @Test("A wrong solution beside a good start leaves the start, unproved")
  func wrongValuesWithStart() async throws {
    let liar = FakeCommand(answers: [CommandAnswer(claim: .optimal, rawStatus: "", values: [5])])
    let result = try await liar.solveOffPool(model, options: MIPOptions(start: [2]))
    #expect(result.status == .feasible)
    #expect(result.stopReason == .solverFailure)
    #expect(result.values == [2])
  }

  @Test("A bound below the solution is lifted to it")
  func wrongBound() async throws {
    let liar = FakeCommand(
      answers: [
        CommandAnswer(claim: .feasible, stop: .timeLimit, rawStatus: "", values: [3], bound: 1)
      ])
    let result = try await liar.solveOffPool(model)
    #expect(result.objective == 6)
    #expect(result.bound == 6)
    #expect(result.stopReason == .timeLimit)
  }

  @Test("A claim of infeasibility does not stand against a start that holds")
  func refuted() async throws {
    let liar = FakeCommand(answers: [CommandAnswer(claim: .infeasible, rawStatus: "")])
    #expect(try await liar.solveOffPool(model).status == .infeasible)
    let result = try await liar.solveOffPool(model, options: MIPOptions(start: [1]))
    #expect(result.status == .feasible)
    #expect(result.stopReason == .solverFailure)
    #expect(result.bound == nil)
  }

  @Test("A solution that only holds before rounding is solved again with whole numbers")
  func roundsAndCompletes() async throws {
    var gate = MIPModel(name: "gate")
    gate.addColumn(MIPColumn(name: "flow", upper: 1, objective: 10))
    gate.addColumn(.binary(name: "open", objective: -4))
    gate.addRow(MIPRow(name: "gate", upper: 0, entries: [(0, 1), (1, -1e7)]))
    let command = FakeCommand(answers: [
      CommandAnswer(claim: .optimal, rawStatus: "", values: [1, 1e-7]),
      CommandAnswer(claim: .optimal, rawStatus: "", values: [0, 0]),
    ])
    let result = try await command.solveOffPool(gate)
    #expect(result.values == [0, 0])
    // Ten was called the best and is not to be had.
    #expect(result.status == .feasible)
    #expect(result.stopReason == .solverFailure)
    let second = try #require(command.asked.models.withLock { $0.last })
    #expect(second.columns[1].upper == 0)
    #expect(!second.columns[1].isInteger)
  }

  @Test("A command that leaves nothing is an error with its last words")
  func crash() async throws {
    let command = FakeCommand(script: "echo out of paper; exit 3", answers: [])
    await #expect(
      throws: MIPSolverError.backEndFailed(solver: "fake", message: "out of paper")
    ) { try await command.solveOffPool(model) }
  }

  @Test("A command that ignores every request to stop is killed")
  func hang() async throws {
    let command = FakeCommand(script: "trap '' TERM; while :; do :; done", answers: [])
    let result = try await command.solveOffPool(
      model, options: MIPOptions(timeLimit: .milliseconds(100)))
    #expect(result.status == .noSolution)
    #expect(result.stopReason == .timeLimit)
  }

  @Test("Every file of a solve is gone after it, also after an error", arguments: [true, false])
  func temporaryFiles(fails: Bool) async throws {
    let answers = fails ? [] : [CommandAnswer(claim: .optimal, rawStatus: "", values: [3])]
    let command = FakeCommand(answers: answers)
    _ = try? await command.solveOffPool(model)
    let folders = command.asked.folders.withLock { $0 }
    #expect(!folders.isEmpty)
    for folder in folders { #expect(!FileManager.default.fileExists(atPath: folder.path)) }
  }

  @Test("Output is handed on line by line")
  func lines() async throws {
    let command = FakeCommand(
      script: "printf 'news 1\\nnoise\\nne'; sleep 0.1; printf 'ws 2'",
      answers: [CommandAnswer(claim: .optimal, rawStatus: "", values: [3])])
    let seen = Mutex<[Double]>([])
    let control = SolveControl { progress in
      if let incumbent = progress.incumbent { seen.withLock { $0.append(incumbent) } }
    }
    let result = try await command.solveOffPool(model, options: MIPOptions(), control: control)
    #expect(result.status == .optimal)
    #expect(seen.withLock { $0 } == [1, 2])
  }
}

/// A command that runs a shell script and answers what it was told to.
private struct FakeCommand: CommandBackEnd {
  final class Asked: Sendable {
    let models = Mutex<[MIPModel]>([])
    let folders = Mutex<[URL]>([])
  }

  var script = "exit 0"
  let answers: [CommandAnswer]
  let asked = Asked()

  let name = "fake"
  let version = "0"
  let stopSignal = SIGTERM

  func solve(
    _ model: MIPModel, options: MIPOptions, control: SolveControl
  ) throws -> MIPResult {
    try CommandSolve(self, model, options, control).run()
  }

  func unsupportedOption(_ options: MIPOptions) -> String? { nil }

  func commandLine(for job: CommandJob) -> (command: URL, arguments: [String]) {
    asked.models.withLock { $0.append(job.model) }
    asked.folders.withLock { $0.append(job.folder.url) }
    return (URL(fileURLWithPath: "/bin/sh"), ["-c", script])
  }

  func news(in line: Substring) -> CommandNews? {
    line.hasPrefix("news ") ? CommandNews(incumbent: Double(line.dropFirst(5))) : nil
  }

  /// The answers in turn; the last one again and again.
  func answer(to job: CommandJob, log: String) -> CommandAnswer? {
    let question = asked.models.withLock { $0.count } - 1
    return answers.isEmpty ? nil : answers[min(question, answers.count - 1)]
  }
}
