import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// How a plan is made again around what is built.
public struct ReoptimisationOptions: Sendable {
  /// The new plan may leave what is built; its investment is spent all the same.
  public var mayLeave = false
  /// What has stopped may be planned again.
  public var mayRestart = false

  public init(mayLeave: Bool = false, mayRestart: Bool = false) {
    self.mayLeave = mayLeave
    self.mayRestart = mayRestart
  }
}

/// The plan made again with what is built as given: its investment is spent, it is kept, and what has
/// stopped is out, unless asked otherwise.
public struct Reoptimisation: Sendable {
  /// A subject that is built and that the model cannot hold.
  public struct Unmodelled: Sendable, Hashable {
    public let id: String
    /// Kinds of obstacle, or `no-route`.
    public let reason: String
  }

  /// An exchange of both plans with another quantity.
  public struct Resized: Sendable {
    public let id: String
    /// [reference units of output/a]
    public let before: Double
    public let after: Double
  }

  public let before: Plan
  public let after: Plan
  /// Built, and given to the new plan; in order of id.
  public let kept: [String]
  public let unmodelled: [Unmodelled]
  /// Stopped, and out of the new plan unless it may restart; in order of id.
  public let stopped: [String]
  /// Exchanges and measures of one plan only, in order of id.
  public let gained: [String]
  public let lost: [String]
  public let resized: [Resized]

  /// Plans the park again.
  /// - Throws: `PlanningError` for contradictory options, `MIPSolverError` if the solver fails.
  public init(
    _ monitor: MonitorAnalysis, options: ReoptimisationOptions = ReoptimisationOptions(),
    solver: any MIPSolver, control: SolveControl = SolveControl()
  ) throws {
    let before = monitor.plan
    var setup = Setup(park: before.park, options: options)
    for subject in monitor.subjects { setup.take(subject) }
    let park = try Park(setup.declaration, catalogue: before.park.catalogue)
    let graph = CandidateGenerator(park: park).graph(threads: before.options.threads)
    var planning = before.options
    var unmodelled = setup.unmodelled
    for (id, candidate) in setup.required {
      // A link that is built keeps running; what its ledger cannot tell, no plan can promise.
      let row = graph.candidates.indices(
        from: candidate.output.id, to: candidate.input.id, by: candidate.route.id
      ).first
      if let row, graph.candidates.row(row).isPlannable {
        if !options.mayLeave, let selector = LinkSelector(candidate.id) {
          planning.required.append(selector)
        }
      } else {
        let kinds = row.map { graph.candidates[$0].blockers.map(\.kind.rawValue) } ?? ["no-route"]
        unmodelled.append(Unmodelled(id: id, reason: kinds.joined(separator: ", ")))
      }
    }
    let asked = Set(before.options.required)
    for pair in setup.forbidden where !asked.contains(where: { pair.selector.covers($0) }) {
      let found = graph.candidates.indices(from: pair.output, to: pair.input)
      if !found.isEmpty { planning.forbidden.append(pair.selector) }
    }
    planning.required = Set(planning.required).sorted()
    planning.forbidden = Set(planning.forbidden).sorted()
    let problem = try PlanningProblem(graph: graph, options: planning)
    let result = try PlanSolver(solver: solver, options: planning)
      .solve(problem.model, control: control)
    let after = Plan(graph: graph, problem: problem, options: planning, result: result)
    self.before = before
    self.after = after
    kept = setup.kept.sorted()
    self.unmodelled = unmodelled.sorted { ($0.id, $0.reason) < ($1.id, $1.reason) }
    stopped = setup.stopped.sorted()
    let (old, new) = (before.amounts, after.amounts)
    gained = Set(new.keys).subtracting(old.keys).sorted()
    lost = Set(old.keys).subtracting(new.keys).sorted()
    resized = old.sorted { $0.key < $1.key }.compactMap { id, amount in
      guard let now = new[id], abs(now - amount) > 1e-6 * max(1, amount) else { return nil }
      return Resized(id: id, before: amount, after: now)
    }
  }
}

extension LinkSelector {
  /// Whether every exchange that `other` names is one of this pair's.
  fileprivate func covers(_ other: LinkSelector) -> Bool { matches(other.text) }
}

extension Plan {
  /// Quantities of exchanges and legs; a measure counts as 1.
  fileprivate var amounts: [String: Double] {
    var amounts: [String: Double] = [:]
    for exchange in exchanges { amounts[exchange.candidate.id] = exchange.quantity }
    for leg in legs { amounts[leg.leg.id] = leg.quantity }
    for measure in measures { amounts[measure.option.id.rawValue] = 1 }
    return amounts
  }
}

/// Writes what is built and what has stopped into a declaration.
private struct Setup {
  private(set) var declaration: ParkDeclaration
  private(set) var kept: [String] = []
  private(set) var stopped: [String] = []
  private(set) var required: [(id: String, candidate: Candidate)] = []
  private(set) var forbidden: [(selector: LinkSelector, output: StreamID, input: StreamID)] = []
  private(set) var unmodelled: [Reoptimisation.Unmodelled] = []
  private let park: Park
  private let options: ReoptimisationOptions

  init(park: Park, options: ReoptimisationOptions) {
    self.park = park
    self.options = options
    declaration = park.declaration
    // What must stay is required by name; links that exist have their investment behind them.
    declaration.settings = declaration.settings.replacing(existingExchanges: .free)
  }

  mutating func take(_ subject: MonitoredSubject) {
    if subject.stage == .stopped {
      stopped.append(subject.subject.id)
      stop(subject.subject)
    } else if isBuilt(subject) {
      kept.append(subject.subject.id)
      keep(subject)
    }
  }

  /// Exchanges that are merely documented are kept only where the park's settings keep them.
  private func isBuilt(_ subject: MonitoredSubject) -> Bool {
    if subject.subject.kind == .measure, subject.stageBasis == .options {
      return subject.subject.measure?.isCommitted ?? false
    }
    guard subject.stage.isBuilt else { return false }
    return subject.stageBasis != .exchanges || park.settings.existingExchanges == .kept
  }

  private mutating func keep(_ found: MonitoredSubject) {
    let subject = found.subject
    guard subject.kind == .exchange else { return setStatus(of: subject, to: "building") }
    guard let output = subject.output, let input = subject.input, let candidate = subject.candidate
    else {
      unmodelled.append(Reoptimisation.Unmodelled(id: subject.id, reason: "no-route"))
      return
    }
    let isListed = park.exchanges.contains { $0.output == output.id && $0.input == input.id }
    if !isListed {
      var row = ExchangeRow(
        id: newID(subject.id), from: output.enterprise.rawValue, to: input.enterprise.rawValue,
        location: output.location)
      row.output = output.id.rawValue
      row.input = input.id.rawValue
      declaration.exchanges.append(row)
    }
    required.append((subject.id, candidate))
  }

  private mutating func stop(_ subject: MonitorSubject) {
    if subject.kind == .measure {
      if !options.mayRestart { setStatus(of: subject, to: "stopped") }
    } else if let output = subject.output, let input = subject.input, !options.mayRestart,
      let selector = LinkSelector("\(output.id):\(input.id)")
    {
      forbidden.append((selector, output.id, input.id))
    }
  }

  /// A measure that is done is in the declared streams already.
  private mutating func setStatus(of subject: MonitorSubject, to status: String) {
    guard let index = declaration.options.firstIndex(where: { $0.id == subject.id }),
      declaration.options[index].status.lowercased() != "done" || status == "stopped"
    else { return }
    declaration.options[index].status = status
  }

  private func newID(_ text: String) -> String {
    let taken = Set(declaration.exchanges.map(\.id) + declaration.options.map(\.id))
    var id = text.replacing(":", with: "-")
    while taken.contains(id) { id += "-" }
    return id
  }
}
