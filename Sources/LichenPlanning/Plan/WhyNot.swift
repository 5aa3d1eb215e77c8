import LichenDomain
import LichenGraph

/// Why a candidate is not in the plan, and what changing that would be worth.
public struct WhyNotEntry: Sendable {
  public enum Reason: Sendable, Equatable {
    /// Something stands against it; the candidate lists what.
    case blocked
    case forbidden
    /// Loses money, or the objective, even alone and at its best quantity.
    case neverPays(bestPerYear: Double)
    /// Sound, but others use the same streams, permits or money better.
    case outcompeted
  }

  public let candidate: Candidate
  public let reason: Reason
  /// Change of the plan's yearly net benefit if the blockers were lifted, or if the exchange were
  /// forced in, after planning everything anew [park currency/a]; `nil` when it cannot be computed.
  public let moneyChange: Double?
  /// The same for CO2e avoided [kg/a].
  public let carbonChange: Double?
}

/// Explains all candidates that a plan leaves out.
public struct WhyNotAnalysis: Sendable {
  /// Lifted candidates first by what they would gain, then the others in order of id.
  public let entries: [WhyNotEntry]
  /// Entries whose worth was not computed because the park is too large for one re-plan each.
  public let isComplete: Bool

  /// Re-plans once for every left-out candidate whose economics are known.
  /// - Parameter limit: Most re-plans to run; each costs about as much as the plan itself.
  /// - Throws: `MIPSolverError` if the back end fails.
  public init(
    plan: Plan, graph: ExchangeGraph, solver: any MIPSolver, limit: Int = 400,
    control: SolveControl = SolveControl()
  ) throws {
    let plannedIDs = Set(plan.exchanges.map(\.candidate.id))
    var replans = 0
    var isComplete = true
    var entries: [WhyNotEntry] = []
    for (index, candidate) in graph.candidates.enumerated()
    where !plannedIDs.contains(candidate.id) {
      let reason: WhyNotEntry.Reason
      switch plan.excluded[index] {
      case .blocked: reason = .blocked
      case .forbidden: reason = .forbidden
      case .neverPays(let best): reason = .neverPays(bestPerYear: best)
      case nil: reason = .outcompeted
      }
      var change: (money: Double, carbon: Double)?
      if Self.hasKnownEconomics(candidate), plan.certificate.status == .optimal {
        if replans < limit, !control.isCancelled {
          replans += 1
          change = try Self.change(
            plan, graph: graph, index: index, reason: reason, solver: solver, control: control)
        } else {
          isComplete = false
        }
      }
      entries.append(
        WhyNotEntry(
          candidate: candidate, reason: reason, moneyChange: change?.money,
          carbonChange: change?.carbon))
    }
    self.isComplete = isComplete
    self.entries = entries.sorted {
      ($1.moneyChange ?? -.infinity, $0.candidate.id)
        < ($0.moneyChange ?? -.infinity, $1.candidate.id)
    }
  }

  /// Quantities and costs are known, so that a plan with the candidate can be valued.
  private static func hasKnownEconomics(_ candidate: Candidate) -> Bool {
    guard let most = candidate.maximumFlow, most > 0, candidate.minimumFlow <= most else {
      return false
    }
    return !candidate.blockers.contains { $0.kind.isMissingData }
  }

  private static func change(
    _ plan: Plan, graph: ExchangeGraph, index: Int, reason: WhyNotEntry.Reason,
    solver: any MIPSolver, control: SolveControl
  ) throws -> (money: Double, carbon: Double)? {
    let candidate = graph.candidates[index]
    var options = plan.options
    options.timeLimit = nil
    var changed = graph
    if reason == .blocked {
      changed = graph.lifting(index)
    } else {
      options.forbidden.removeAll { $0.matches(candidate.id) }
      if let selector = LinkSelector(candidate.id) { options.required.append(selector) }
    }
    guard let problem = try? PlanningProblem(graph: changed, options: options) else { return nil }
    let result = try PlanSolver(solver: solver, options: options)
      .solve(problem.model, control: control)
    guard result.status == .optimal else { return nil }
    let replanned = Plan(graph: changed, problem: problem, options: options, result: result)
    return (
      replanned.money.typical - plan.money.typical, replanned.carbon.typical - plan.carbon.typical
    )
  }
}
