import Foundation
import LichenPlanning

/// COIN-OR branch and cut by its command `cbc`, for comparison.
public struct CBCSolver: Sendable {
  public let version: String
  private let command: InstalledCommand
  private let threads: Int

  /// Looks for `cbc` on the search path.
  /// - Parameter threads: Threads of one solve, at least 1.
  public static func find(threads: Int = 1) -> Result<CBCSolver, SolverNotInstalled> {
    guard let command = InstalledCommand(named: "cbc"),
      let reply = command.reply(to: ["-quit"]),
      let version = reply.split(separator: "\n").first(where: { $0.hasPrefix("Version:") })
    else {
      return .failure(
        SolverNotInstalled(
          solver: "CBC",
          reason: "no command 'cbc' on the search path (Debian: package coinor-cbc)."))
    }
    let number = version.dropFirst("Version:".count).trimmingCharacters(in: .whitespaces)
    return .success(CBCSolver(version: number, command: command, threads: max(1, threads)))
  }
}

extension CBCSolver: MIPSolver {
  public var name: String { "CBC" }

  /// Maximises the model with the command; see `MIPSolver`.
  public func solve(
    _ model: MIPModel, options: MIPOptions, control: SolveControl
  ) throws -> MIPResult {
    try CommandSolve(self, model, options, control).run()
  }
}

extension CBCSolver: CommandBackEnd {
  /// What the terminal sends for Ctrl-C: CBC ends its search and writes its best solution.
  var stopSignal: Int32 { SIGINT }

  /// It is asked to keep both tolerances, but not below these, where it breaks down.
  private static let leastTolerance = 1e-9

  func unsupportedOption(_ options: MIPOptions) -> String? { nil }

  func commandLine(for job: CommandJob) throws -> (command: URL, arguments: [String]) {
    let options = job.options
    var arguments = [job.modelFile.path]
    if let seconds = job.seconds { arguments += ["-timeMode", "elapsed", "-sec", "\(seconds)"] }
    arguments += ["-ratioGap", "\(options.relativeGap)", "-allowableGap", "0"]
    // Otherwise solutions are pruned that are better by less than 1e-5.
    arguments += ["-increment", "1e-9"]
    arguments += ["-primalTolerance", "\(max(options.feasibilityTolerance, Self.leastTolerance))"]
    arguments += ["-integerTolerance", "\(options.integralityTolerance)"]
    if let nodes = options.nodeLimit { arguments += ["-maxNodes", "\(nodes)"] }
    if threads > 1 { arguments += ["-threads", "\(threads)"] }
    if !options.usesCuts { arguments += ["-cutsOnOff", "off"] }
    if options.skipsGomoryCuts { arguments += ["-gomoryCuts", "off"] }
    if options.skipsHeuristics { arguments += ["-heuristicsOnOff", "off"] }
    if let start = job.start { arguments += ["-mipStart", try write(start, for: job).path] }
    arguments += ["-printingOptions", "all", "-solve", "-solution", job.answerFile.path]
    return (command.url, arguments)
  }

  /// The lines of a solution file, which is how CBC takes a start.
  private func write(_ start: [Double], for job: CommandJob) throws -> URL {
    var text = "Feasible - objective value \(-job.model.objective(of: start))\n"
    for (index, name) in MPSWriter().columnNames(for: job.model).enumerated() {
      text += "\(index) \(name) \(start[index]) 0\n"
    }
    let file = job.folder.file("start")
    try text.write(to: file, atomically: false, encoding: .utf8)
    return file
  }

  /// `Cbc0010I After 100 nodes, 12 on tree, -7.5 best solution, best possible -8.1 (0.2 seconds)`.
  func news(in line: Substring) -> CommandNews? {
    guard line.hasPrefix("Cbc0010I After ") else { return nil }
    let words = line.split(separator: " ")
    guard let solution = words.firstIndex(of: "best"), solution > 0, words.count > solution + 4,
      let nodes = Int(words[2]), let best = Double(words[solution - 1]),
      let bound = Double(words[solution + 4])
    else { return nil }
    return CommandNews(
      incumbent: known(-best), bound: known(-bound).map { widened($0) }, nodes: nodes)
  }

  /// CBC writes 1e+50 for what it does not know.
  private func known(_ value: Double) -> Double? { abs(value) < 1e40 ? value : nil }

  /// A bound as it must have been before it was printed, with seven digits or three decimals.
  private func widened(_ bound: Double) -> Double { bound + 1e-6 * abs(bound) + 1e-3 }

  func answer(to job: CommandJob, log: String) throws -> CommandAnswer? {
    guard let text = try? String(contentsOf: job.answerFile, encoding: .utf8) else {
      return answerWithoutFile(log: log)
    }
    let lines = text.split(separator: "\n")
    guard let first = lines.first else { return nil }
    let status = first.components(separatedBy: " - objective value").first ?? ""
    var answer = CommandAnswer(claim: claim(status, log: log), rawStatus: status)
    answer.stop = stop(status, log: log, gap: job.options.relativeGap)
    if answer.claim == .optimal || answer.claim == .feasible {
      answer.values = values(lines.dropFirst(), for: job.model)
    }
    let isSearch = job.model.columns.contains(where: \.isInteger)
    if answer.claim != .infeasible && isSearch { answer.bound = bound(inLog: log) }
    if answer.claim == .optimal && answer.stop == nil { answer.bound = nil }
    answer.nodes = field("Enumerated nodes:", of: log).flatMap { Int($0) } ?? 0
    return answer
  }

  /// Infeasible programs that the reader or the presolver sees through leave no file.
  private func answerWithoutFile(log: String) -> CommandAnswer? {
    if log.lowercased().contains("infeasible") {
      return CommandAnswer(claim: .infeasible, rawStatus: "infeasible, no solution file")
    }
    return nil
  }

  private func claim(_ status: String, log: String) -> CommandAnswer.Claim {
    if status.hasPrefix("Optimal") { return .optimal }
    if status.contains("nfeasible") {
      return log.contains("unbounded") || log.contains("Unbounded")
        ? .infeasibleOrUnbounded : .infeasible
    }
    if status.hasPrefix("Unbounded") { return .unbounded }
    if status.contains("no integer solution") { return .nothing }
    return status.hasPrefix("Stopped") ? .feasible : .nothing
  }

  private func stop(_ status: String, log: String, gap: Double) -> MIPResult.StopReason? {
    if gap > 0 && log.contains("within gap tolerance") { return .gapLimit }
    if status.contains("on time") { return .timeLimit }
    if status.contains("on nodes") { return .nodeLimit }
    if status.contains("ctrl-c") || status.contains("user") { return .cancelled }
    return status.hasPrefix("Stopped") ? .solverFailure : nil
  }

  /// `Lower bound: -8.125`, or the last line of the search; CBC minimises.
  private func bound(inLog log: String) -> Double? {
    if let bound = field("Lower bound:", of: log).flatMap({ Double($0) }) {
      return known(-bound).map { widened($0) }
    }
    return log.split(separator: "\n").lazy.compactMap { news(in: $0)?.bound }.last
  }

  private func field(_ title: String, of log: String) -> String? {
    log.split(separator: "\n").last { $0.hasPrefix(title) }
      .map { $0.dropFirst(title.count).trimmingCharacters(in: .whitespaces) }
  }

  /// Lines `[**] index name value reduced-cost`, rows first, then columns; each counts from 0.
  private func values(_ lines: ArraySlice<Substring>, for model: MIPModel) -> [Double]? {
    let rows = model.rows.count
    let fields = lines.map { $0.split(separator: " ").filter { $0 != "**" } }
    // Free rows are dropped by the reader, so columns are told by their names.
    let names = MPSWriter().columnNames(for: model)
    let first = fields.firstIndex { $0.count > 2 && $0[0] == "0" && $0[1] == names[0] }
    guard let first, first <= rows else { return nil }
    let columns = fields[first...].prefix(model.columns.count).compactMap { line in
      line.count > 2 ? Double(line[2]) : nil
    }
    return columns.count == model.columns.count ? columns : nil
  }
}
