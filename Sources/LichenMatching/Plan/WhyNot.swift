import LichenDomain
import LichenGraph
import LichenPlanning

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

  /// Place among the graph's candidates.
  public let index: Int
  private let candidates: CandidateList
  public let reason: Reason
  /// Change of the plan's yearly net benefit if the blockers were lifted, or if the exchange were
  /// forced in, after planning everything anew [park currency/a]; `nil` when it cannot be computed.
  public let moneyChange: Double?
  /// The same for CO2e avoided [kg/a].
  public let carbonChange: Double?

  /// Made anew each time; see `CandidateList`.
  public var candidate: Candidate { candidates[index] }
  public var row: CandidateRow { candidates.row(index) }

  init(
    _ index: Int, of candidates: CandidateList, _ reason: Reason,
    change: (money: Double, carbon: Double)?
  ) {
    self.index = index
    self.candidates = candidates
    self.reason = reason
    moneyChange = change?.money
    carbonChange = change?.carbon
  }
}

/// Explains all candidates that a plan leaves out.
public struct WhyNotAnalysis: Sendable {
  /// By what they would gain, most first; those of unknown worth last, in order of id.
  public let entries: [WhyNotEntry]
  /// Plants that the plan leaves closed, in order of id.
  public let facilities: [ClosedFacility]
  /// Whether every candidate and plant of known economics was valued; a large or hard park runs out of effort.
  public let isComplete: Bool

  /// Search nodes that all re-plans together may take. Counted, not timed, so that equal input gives
  /// equal answers on any machine.
  public static let effort = 20_000

  /// Re-plans the candidate's part of the network once for every left-out candidate whose economics
  /// are known.
  /// - Throws: `MIPSolverError` if the back end fails.
  public init(
    plan: Plan, graph: ExchangeGraph, solver: any MIPSolver, control: SolveControl = SolveControl()
  ) throws {
    let planned = Set(plan.exchanges.compactMap { graph.candidates.index(of: $0.candidate) })
    var replanner = Replanner(plan: plan, graph: graph, solver: solver, nodesLeft: Self.effort)
    var isComplete = true
    var entries: [WhyNotEntry] = []
    for index in graph.candidates.indices where !planned.contains(index) {
      let reason: WhyNotEntry.Reason
      switch plan.excluded[index] {
      case .blocked: reason = .blocked
      case .forbidden: reason = .forbidden
      case .neverPays(let best): reason = .neverPays(bestPerYear: best)
      case nil: reason = .outcompeted
      }
      var change: (money: Double, carbon: Double)?
      if Self.hasKnownEconomics(graph.candidates.row(index)), plan.certificate.status == .optimal {
        if !control.isCancelled {
          change = try replanner.change(index: index, reason: reason, control: control)
        }
        isComplete = isComplete && change != nil
      }
      entries.append(WhyNotEntry(index, of: graph.candidates, reason, change: change))
    }
    var closed: [ClosedFacility] = []
    let opened = Set(plan.facilities.map(\.facility.id))
    for plant in graph.facilities where !opened.contains(plant.facility.id) {
      let reason = ClosedFacility.reason(of: plant, in: graph)
      var change: (money: Double, carbon: Double)?
      if reason == .doesNotPay, plan.certificate.status == .optimal, !control.isCancelled {
        change = try replanner.change(opening: plant.facility.id, control: control)
        isComplete = isComplete && (change != nil || replanner.nodesLeft > 0)
      }
      closed.append(
        ClosedFacility(
          plant: plant, reason: reason, moneyChange: change?.money, carbonChange: change?.carbon))
    }
    facilities = closed
    self.isComplete = isComplete
    self.entries = entries.sorted {
      ($1.moneyChange ?? -.infinity, $0.index) < ($0.moneyChange ?? -.infinity, $1.index)
    }
  }

  /// An explanation made elsewhere, as for readers who may not see all of it.
  init(entries: [WhyNotEntry], facilities: [ClosedFacility]) {
    self.entries = entries
    self.facilities = facilities
    isComplete = true
  }

  /// Quantities and costs are known, so that a plan with the candidate can be valued.
  private static func hasKnownEconomics(_ row: CandidateRow) -> Bool {
    guard let most = row.maximumFlow, most > 0, row.minimumFlow <= most else { return false }
    return row.blockers.isDisjoint(with: .missingData)
  }
}
