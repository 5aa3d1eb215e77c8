import Foundation
import LichenPlanning

/// HiGHS through a Python interpreter with the package `highspy`, for comparison.
///
/// HiGHS has no switch for its cuts and always branches by pseudo-costs, so `usesCuts` must stay
/// on; incumbent and bound are reported as the search goes on.
public struct HiGHSSolver: Sendable {
  public let version: String
  private let python: InstalledCommand
  private let threads: Int

  /// Looks for an interpreter that can import `highspy`.
  /// - Parameters:
  ///   - python: The interpreter to ask; `nil` for `python3` on the search path.
  ///   - threads: Threads of one solve, at least 1.
  public static func find(
    python: URL? = nil, threads: Int = 1
  ) -> Result<HiGHSSolver, SolverNotInstalled> {
    guard
      let command = python.map({ InstalledCommand(url: $0) }) ?? InstalledCommand(named: "python3")
    else {
      return .failure(
        SolverNotInstalled(solver: "HiGHS", reason: "no command 'python3' on the search path."))
    }
    let question = "import highspy; print('version', highspy.Highs().version())"
    guard let reply = command.reply(to: ["-c", question]),
      let line = reply.split(separator: "\n").last(where: { $0.hasPrefix("version ") })
    else {
      return .failure(
        SolverNotInstalled(
          solver: "HiGHS",
          reason: "\(command.url.path) cannot import highspy (pip install highspy)."))
    }
    let version = String(line.dropFirst("version ".count))
    return .success(HiGHSSolver(version: version, python: command, threads: max(1, threads)))
  }
}

extension HiGHSSolver: MIPSolver {
  public var name: String { "HiGHS" }

  /// Maximises the model with the interpreter; see `MIPSolver`.
  public func solve(
    _ model: MIPModel, options: MIPOptions, control: SolveControl
  ) throws -> MIPResult {
    try CommandSolve(self, model, options, control).run()
  }
}

extension HiGHSSolver: CommandBackEnd {
  var stopSignal: Int32 { SIGTERM }

  func unsupportedOption(_ options: MIPOptions) -> String? {
    options.usesCuts ? nil : "usesCuts"
  }

  func commandLine(for job: CommandJob) throws -> (command: URL, arguments: [String]) {
    let settings = Settings(options: values(of: job), start: job.start)
    let file = job.folder.file("options.json")
    try JSONEncoder().encode(settings).write(to: file)
    return (
      python.url,
      ["-c", HiGHSScript.text, job.modelFile.path, file.path, job.answerFile.path]
    )
  }

  private struct Settings: Encodable {
    let options: [String: Value]
    let start: [Double]?

    enum CodingKeys: String, CodingKey { case options, start }

    /// The script wants `start` to be there even if it is null.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(options, forKey: .options)
      try container.encode(start, forKey: .start)
    }
  }

  /// HiGHS minds whether a number is whole.
  private enum Value: Encodable {
    case number(Double)
    case whole(Int)
    case word(String)

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let value): try container.encode(value)
      case .whole(let value): try container.encode(value)
      case .word(let value): try container.encode(value)
      }
    }
  }

  private func values(of job: CommandJob) -> [String: Value] {
    let options = job.options
    var values: [String: Value] = [
      "threads": .whole(threads), "parallel": .word(threads > 1 ? "on" : "off"),
      "mip_rel_gap": .number(options.relativeGap), "mip_abs_gap": .number(0),
      "primal_feasibility_tolerance": .number(options.feasibilityTolerance),
      "mip_feasibility_tolerance": .number(options.integralityTolerance),
    ]
    if let seconds = job.seconds { values["time_limit"] = .number(seconds) }
    if let nodes = options.nodeLimit {
      values["mip_max_nodes"] = .whole(min(nodes, Int(Int32.max)))
    }
    if options.skipsHeuristics { values["mip_heuristic_effort"] = .number(0) }
    return values
  }

  private struct News: Decodable {
    let incumbent: Double?
    let bound: Double?
    let nodes: Int
  }

  func news(in line: Substring) -> CommandNews? {
    guard line.hasPrefix("{"),
      let news = try? JSONDecoder().decode(News.self, from: Data(line.utf8))
    else { return nil }
    return CommandNews(
      incumbent: news.incumbent.map { -$0 }, bound: news.bound.map { -$0 }, nodes: news.nodes)
  }

  private struct Reply: Decodable {
    let status: String
    let bound: Double?
    let nodes: Int
    let values: [Double]?
  }

  func answer(to job: CommandJob, log: String) throws -> CommandAnswer? {
    guard let data = try? Data(contentsOf: job.answerFile),
      let reply = try? JSONDecoder().decode(Reply.self, from: data)
    else { return nil }
    let values = reply.values.map { Array($0.prefix(job.model.columns.count)) }
    var answer = CommandAnswer(
      claim: values == nil ? .nothing : .feasible, rawStatus: reply.status, values: values,
      nodes: reply.nodes)
    // A linear program has no such bound, and reports 0.
    if job.model.columns.contains(where: \.isInteger) { answer.bound = reply.bound.map { -$0 } }
    switch reply.status {
    case "Optimal": answer.claim = .optimal
    case "Infeasible": (answer.claim, answer.bound) = (.infeasible, nil)
    case "Unbounded": (answer.claim, answer.bound) = (.unbounded, nil)
    case "Primal infeasible or unbounded":
      (answer.claim, answer.bound) = (.infeasibleOrUnbounded, nil)
    case "Time limit reached": answer.stop = .timeLimit
    case "Solution limit reached": answer.stop = .nodeLimit
    case "Interrupted by user": answer.stop = .cancelled
    default: answer.stop = .solverFailure
    }
    return answer
  }
}
