import Foundation
import LichenPlanning

/// GLPK's own command `glpsol`, for comparison; the package ships `GLPKSolver` instead.
///
/// It runs with GLPK's presolver, without a start and without a node limit, and counts its time
/// limit in whole seconds: the next one is taken.
public struct GLPSOLSolver: Sendable {
  public let version: String
  private let command: InstalledCommand

  /// Looks for `glpsol` on the search path.
  public static func find() -> Result<GLPSOLSolver, SolverNotInstalled> {
    guard let command = InstalledCommand(named: "glpsol"),
      let reply = command.reply(to: ["--version"]), let line = reply.split(separator: "\n").first
    else {
      return .failure(
        SolverNotInstalled(
          solver: "glpsol",
          reason: "no command 'glpsol' on the search path (Debian: package glpk-utils)."))
    }
    // "GLPSOL--GLPK LP/MIP Solver 5.0"
    let version = line.split(separator: " ").last.map(String.init) ?? "unknown"
    return .success(GLPSOLSolver(version: version, command: command))
  }
}

extension GLPSOLSolver: MIPSolver {
  public var name: String { "glpsol" }

  /// Maximises the model with the command; see `MIPSolver`.
  public func solve(
    _ model: MIPModel, options: MIPOptions, control: SolveControl
  ) throws -> MIPResult {
    try CommandSolve(self, model, options, control).run()
  }
}

extension GLPSOLSolver: CommandBackEnd {
  var stopSignal: Int32 { SIGTERM }

  func unsupportedOption(_ options: MIPOptions) -> String? {
    options.nodeLimit == nil ? nil : "nodeLimit"
  }

  func commandLine(for job: CommandJob) -> (command: URL, arguments: [String]) {
    var arguments = ["--freemps", job.modelFile.path, "--write", job.answerFile.path]
    if let seconds = job.seconds {
      arguments += ["--tmlim", String(Int(min(seconds.rounded(.up), 1e6)))]
    }
    if job.options.relativeGap > 0 { arguments += ["--mipgap", "\(job.options.relativeGap)"] }
    if job.options.usesCuts {
      arguments += ["--mir", "--cover"] + (job.options.skipsGomoryCuts ? [] : ["--gomory"])
    }
    if job.options.branching == .pseudoCost { arguments.append("--pcost") }
    return (command.url, arguments)
  }

  /// `+  123: mip =   1.5e+01 >=   1.2e+01  20.0% (4; 7)`; `not found yet` for the first number and
  /// `tree is empty` for the second.
  func news(in line: Substring) -> CommandNews? {
    guard let equals = line.range(of: "mip ="), let sign = line.range(of: ">=") else { return nil }
    let best = line[equals.upperBound..<sign.lowerBound].trimmingCharacters(in: .whitespaces)
    let bound = line[sign.upperBound...].split(separator: " ").first.flatMap { Double($0) }
    return CommandNews(
      incumbent: Double(best).map { -$0 },
      // Printed with ten digits.
      bound: bound.map { -$0 + 1e-9 * abs($0) })
  }

  func answer(to job: CommandJob, log: String) throws -> CommandAnswer? {
    guard let text = try? String(contentsOf: job.answerFile, encoding: .utf8) else { return nil }
    let lines = text.split(separator: "\n")
    guard let status = lines.first(where: { $0.hasPrefix("s ") })?.split(separator: " "),
      status.count >= 6
    else { return nil }
    let isSearch = status[1] == "mip"
    var answer = CommandAnswer(
      claim: .nothing, rawStatus: status.dropFirst().prefix(isSearch ? 4 : 5).joined(separator: " ")
    )
    switch isSearch ? status[4] : status[4] + status[5] {
    case "o", "ff": answer.claim = .optimal
    case "f": answer.claim = .feasible
    default: answer.claim = Self.claim(inLog: log)
    }
    if answer.claim == .optimal || answer.claim == .feasible {
      answer.values = values(lines, isSearch: isSearch, columns: job.model.columns.count)
    }
    for line in log.split(separator: "\n") {
      if let bound = news(in: line)?.bound { answer.bound = min(answer.bound ?? .infinity, bound) }
    }
    if answer.claim == .optimal { answer.bound = nil }
    if log.contains("TIME LIMIT EXCEEDED") {
      answer.stop = .timeLimit
    } else if answer.claim == .feasible && log.contains("RELATIVE MIP GAP TOLERANCE REACHED") {
      answer.stop = .gapLimit
    }
    return answer
  }

  /// GLPK 5.0 aborts in its cut generators where its presolver leaves no columns.
  func simplerJob(than job: CommandJob) -> CommandJob? {
    guard job.options.usesCuts else { return nil }
    var simpler = job
    simpler.options.usesCuts = false
    return simpler
  }

  /// The solution file says "undefined" for all that the presolver finds out.
  private static func claim(inLog log: String) -> CommandAnswer.Claim {
    if log.contains("NO PRIMAL FEASIBLE SOLUTION") || log.contains("NO INTEGER FEASIBLE SOLUTION") {
      return .infeasible
    }
    if log.contains("UNBOUNDED") { return .unbounded }
    return log.contains("NO DUAL FEASIBLE SOLUTION") ? .infeasibleOrUnbounded : .nothing
  }

  /// `j 1 b 3.75 0` for a linear program, `j 1 3.75` after a search, in the order of the columns.
  private func values(_ lines: [Substring], isSearch: Bool, columns: Int) -> [Double]? {
    let values = lines.lazy.filter { $0.hasPrefix("j ") }.map { $0.split(separator: " ") }
      .compactMap { Double($0[isSearch ? 2 : 3]) }.prefix(columns)
    return values.count == columns ? Array(values) : nil
  }
}
