import Foundation
import LichenPlanning

/// One solve by an installed command: asks, verifies against the model, and asks again where the
/// answer leaves something open.
struct CommandSolve {
  let backEnd: any CommandBackEnd
  let model: MIPModel
  let options: MIPOptions
  let control: SolveControl
  private let started = ContinuousClock.now

  /// Relative loss of objective up to which a verified point is what the command claimed.
  private static let sameObjective = 1e-6
  /// Least time for a question that completes an answer which is already there [s].
  private static let completionSeconds = 1.0

  init(
    _ backEnd: any CommandBackEnd, _ model: MIPModel, _ options: MIPOptions,
    _ control: SolveControl
  ) throws {
    try model.validate()
    try options.validate(for: model)
    if let option = backEnd.unsupportedOption(options) {
      throw MIPSolverError.optionNotSupported(solver: backEnd.name, option: option)
    }
    self.backEnd = backEnd
    self.model = model
    self.options = options
    self.control = control
  }

  func run() throws -> MIPResult {
    let start = options.start.flatMap {
      model.accepted($0, tolerance: options.feasibilityTolerance)
    }
    if model.columns.isEmpty { return withoutColumns() }
    if control.isCancelled { return unfinished(.cancelled, start: start) }
    if let left = secondsLeft, left <= 0 { return unfinished(.timeLimit, start: start) }
    var answer = try ask(model, start: start, seconds: secondsLeft)
    if answer.isAboutUnboundedness && (hasIntegers || answer.claim != .unbounded) {
      answer = try settled(answer)
    }
    return try result(of: answer, start: start)
  }

  private var hasIntegers: Bool { model.columns.contains(where: \.isInteger) }

  private var secondsLeft: Double? {
    options.timeLimit.map { ($0 - (ContinuousClock.now - started)) / .seconds(1) }
  }

  private var elapsed: Double { (ContinuousClock.now - started) / .seconds(1) }

  private func ask(
    _ question: MIPModel, start: [Double]?, seconds: Double?
  ) throws -> CommandAnswer {
    let folder = try WorkFolder()
    defer { folder.remove() }
    let job = CommandJob(
      model: question, options: options, folder: folder, seconds: seconds, start: start)
    return try answer(to: job)
  }

  private func answer(to job: CommandJob) throws -> CommandAnswer {
    try MPSWriter().text(for: job.model)
      .write(to: job.modelFile, atomically: false, encoding: .utf8)
    let (command, arguments) = try backEnd.commandLine(for: job)
    let run = CommandRun(
      command: command, arguments: arguments, folder: job.folder.url, stopSignal: backEnd.stopSignal
    )
    let deadline = job.seconds.map { ContinuousClock.now + .seconds($0) }
    let end = try run.wait(until: deadline, control: control) { line in
      if let news = backEnd.news(in: line) { report(news) }
    }
    var answer = try backEnd.answer(to: job, log: end.log)
    if end.wasCancelled || end.overran {
      answer = answer ?? CommandAnswer(claim: .nothing, rawStatus: "stopped")
      answer?.stop = end.wasCancelled ? .cancelled : .timeLimit
    }
    guard let answer else {
      if let simpler = backEnd.simplerJob(than: job) { return try self.answer(to: simpler) }
      let words = end.log.split(separator: "\n").suffix(3).joined(separator: "; ")
      throw MIPSolverError.backEndFailed(
        solver: backEnd.name, message: words.isEmpty ? "it left no answer" : words)
    }
    return answer
  }

  private func report(_ news: CommandNews) {
    control.report(
      SolveProgress(
        incumbent: news.incumbent, bound: news.bound, nodes: news.nodes, rows: model.rows.count,
        columns: model.columns.count, seconds: elapsed))
  }

  /// Tells unbounded from infeasible by looking for any solution at all (Meyer 1974: with rational
  /// data a program whose relaxation is unbounded is unbounded if it has a solution).
  private func settled(_ answer: CommandAnswer) throws -> CommandAnswer {
    var question = model
    for index in question.columns.indices { question.columns[index].objective = 0 }
    question.objectiveConstant = 0
    var settled = try ask(question, start: nil, seconds: secondsLeft.map { max($0, 0.01) })
    switch settled.claim {
    case .optimal, .feasible: settled.claim = .unbounded
    // Without an objective nothing is unbounded.
    case .infeasible, .infeasibleOrUnbounded: settled.claim = .infeasible
    default: settled.claim = .nothing
    }
    settled.rawStatus = answer.rawStatus
    return settled
  }

  /// The claimed point as it satisfies the model: as it is, or with its integer columns fixed at
  /// whole values and the rest solved again.
  private func verified(_ values: [Double]) throws -> [Double]? {
    let tolerance = MIPModel.acceptanceFactor * options.feasibilityTolerance
    if let point = model.accepted(values, tolerance: tolerance) { return point }
    guard hasIntegers, values.allSatisfy(\.isFinite) else { return nil }
    var question = model
    for index in question.columns.indices where question.columns[index].isInteger {
      let column = question.columns[index]
      let whole = min(max(values[index].rounded(), column.lower), column.upper)
      question.columns[index].lower = whole
      question.columns[index].upper = whole
      question.columns[index].isInteger = false
    }
    let seconds = secondsLeft.map { max($0, Self.completionSeconds) }
    guard let rest = try ask(question, start: nil, seconds: seconds).values else { return nil }
    return model.accepted(rest, tolerance: tolerance)
  }

  private func result(of answer: CommandAnswer, start: [Double]?) throws -> MIPResult {
    switch answer.claim {
    case .infeasible where start == nil:
      return MIPResult(
        status: .infeasible, stopReason: .completed, rawStatus: answer.rawStatus,
        nodes: answer.nodes, seconds: elapsed)
    case .unbounded:
      return MIPResult(
        status: .unbounded, stopReason: .completed, rawStatus: answer.rawStatus,
        nodes: answer.nodes, seconds: elapsed)
    default: break
    }
    let found = try answer.values.flatMap(verified)
    guard let point = best(found, start) else {
      if answer.claim == .optimal {
        throw MIPSolverError.backEndFailed(
          solver: backEnd.name,
          message: "the solution found does not satisfy the model (\(answer.rawStatus))")
      }
      return MIPResult(
        status: .noSolution, stopReason: answer.stop ?? .solverFailure,
        rawStatus: answer.rawStatus, bound: answer.bound, nodes: answer.nodes, seconds: elapsed)
    }
    return result(of: answer, point: point)
  }

  private func result(of answer: CommandAnswer, point: [Double]) -> MIPResult {
    let objective = model.objective(of: point)
    let unit = max(1, abs(objective))
    let claimed = answer.values.map(model.objective(of:)) ?? objective
    var bound = answer.bound.map { max($0, objective) }
    var stop = answer.stop ?? .completed
    var status = MIPResult.Status.feasible
    if answer.claim == .optimal {
      if claimed - objective > Self.sameObjective * unit {
        // What was proved best is not a solution.
        stop = .solverFailure
        bound = bound.map { max($0, claimed) }
      } else if let known = bound, known - objective > Self.sameObjective * unit {
        stop = .gapLimit
      } else {
        (status, stop) = (.optimal, .completed)
        bound = bound ?? objective
      }
    } else if answer.claim == .infeasible {
      // A verified start refutes it.
      stop = .solverFailure
      bound = nil
    } else if answer.stop == nil {
      stop = .solverFailure
    }
    return MIPResult(
      status: status, stopReason: stop, rawStatus: answer.rawStatus, objective: objective,
      values: point, bound: bound, nodes: answer.nodes, seconds: elapsed)
  }

  private func best(_ first: [Double]?, _ second: [Double]?) -> [Double]? {
    guard let first else { return second }
    guard let second else { return first }
    return model.objective(of: second) > model.objective(of: first) ? second : first
  }

  /// What is known before the command was asked.
  private func unfinished(_ reason: MIPResult.StopReason, start: [Double]?) -> MIPResult {
    MIPResult(
      status: start == nil ? .noSolution : .feasible, stopReason: reason,
      rawStatus: "not started", objective: start.map(model.objective(of:)), values: start,
      seconds: elapsed)
  }

  /// Not every reader takes a file without columns, and there is nothing to search.
  private func withoutColumns() -> MIPResult {
    let holds = model.accepted([], tolerance: options.feasibilityTolerance) != nil
    return MIPResult(
      status: holds ? .optimal : .infeasible, stopReason: .completed, rawStatus: "no columns",
      objective: holds ? model.objectiveConstant : nil, values: holds ? [] : nil,
      bound: holds ? model.objectiveConstant : nil, seconds: elapsed)
  }
}

extension CommandAnswer {
  fileprivate var isAboutUnboundedness: Bool {
    claim == .unbounded || claim == .infeasibleOrUnbounded
  }
}
