import LichenDomain
import LichenGraph
import LichenPlanning

/// How a documented exchange fares: is it found, and is it planned?
public struct RediscoveredExchange: Sendable {
  public enum Outcome: Sendable, Equatable {
    /// An end has no stream in the base year.
    case endUndeclared
    /// No route joins the two materials.
    case noRoute
    /// Found, but some fact stands against it.
    case blocked
    /// Found, and data are missing to plan it.
    case foundUnquantified
    /// Found and plannable, not part of the plan.
    case notChosen
    case planned(quantity: Double)
  }

  public let exchange: DocumentedExchange
  public let outcome: Outcome
  /// The candidate that comes nearest to the documented exchange.
  public let candidate: Candidate?

  /// The candidate exists and nothing but missing data stands against it.
  public var isFound: Bool {
    switch outcome {
    case .foundUnquantified, .notChosen, .planned: true
    default: false
    }
  }
}

/// The plan beside the network that is documented for the park.
public struct Rediscovery: Sendable {
  /// In order of the exchange's id.
  public let documented: [RediscoveredExchange]
  /// Planned exchanges that nothing documents.
  public let new: [PlannedExchange]

  init(documented: [RediscoveredExchange], new: [PlannedExchange]) {
    self.documented = documented
    self.new = new
  }

  public init(plan: Plan, generator: CandidateGenerator) {
    let planned = Dictionary(
      plan.exchanges.map { ($0.candidate.id, $0) }, uniquingKeysWith: { first, _ in first })
    var documentedPairs: Set<[StreamID]> = []
    documented = plan.park.exchanges.map { exchange in
      guard let outputID = exchange.output, let inputID = exchange.input,
        let output = plan.park.output(outputID), let input = plan.park.input(inputID)
      else {
        return RediscoveredExchange(exchange: exchange, outcome: .endUndeclared, candidate: nil)
      }
      documentedPairs.insert([outputID, inputID])
      let candidates = generator.candidates(from: output, to: input)
      // Planned first, then the one with the fewest obstacles.
      let best = candidates.min {
        (planned[$0.id] == nil ? 1 : 0, $0.blockers.count, $0.id)
          < (planned[$1.id] == nil ? 1 : 0, $1.blockers.count, $1.id)
      }
      guard let best else {
        return RediscoveredExchange(exchange: exchange, outcome: .noRoute, candidate: nil)
      }
      let outcome: RediscoveredExchange.Outcome
      if let exchange = planned[best.id] {
        outcome = .planned(quantity: exchange.quantity)
      } else if best.isPlannable {
        outcome = .notChosen
      } else if best.blockers.allSatisfy(\.kind.isMissingData) {
        outcome = .foundUnquantified
      } else {
        outcome = .blocked
      }
      return RediscoveredExchange(exchange: exchange, outcome: outcome, candidate: best)
    }
    new = plan.exchanges.filter {
      !documentedPairs.contains([$0.candidate.output.id, $0.candidate.input.id])
    }
  }

  /// Documented exchanges whose two ends are declared.
  public var declared: [RediscoveredExchange] {
    documented.filter { $0.outcome != .endUndeclared }
  }

  /// Share of `declared` that is found, 0...1; `nil` when there are none.
  public var foundShare: Double? {
    declared.isEmpty ? nil : Double(declared.count(where: \.isFound)) / Double(declared.count)
  }
}
