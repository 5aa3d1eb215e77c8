import LichenDomain
import LichenLaw

/// One output, one route, one input: a possible exchange with everything known about it.
public struct Candidate: Sendable {
  /// `output:input:route`, unique in a park.
  public let id: String
  public let output: OutputStream
  public let input: InputStream
  public let route: Route
  public let transport: Transport
  public let ledger: Ledger
  public let verdict: LegalVerdict
  /// What has to be obtained once for enterprise and material before this may run.
  public let permits: [PermitNeed]
  /// In order of kind; empty when the candidate can be planned.
  public let blockers: [Blocker]
  public let score: Score
  /// Qualities that the route limits and nobody has measured.
  public let unmeasured: [PropertyID]
  /// Limits that the receiver sets on the mixture of what arrives, in order of property.
  public let mixtures: [MixtureTerm]
  /// Least yearly flow once the link is open [reference units of output/a].
  public let minimumFlow: Double
  /// Most that supply and need allow [reference units of output/a]; `nil` when unquantified.
  public let maximumFlow: Double?

  /// `blueprint` if either stream is a typical one of its sector, else `declared`.
  public var quantityBasis: Basis {
    output.basis == .blueprint || input.basis == .blueprint ? .blueprint : .declared
  }

  public var isPlannable: Bool { blockers.isEmpty }

  /// Money at the best quantity [park currency/a], permits apart; `nil` when unquantified.
  public var bestMoneyPerYear: Double? {
    maximumFlow.map { ledger.netMoneyPerUnit.typical * $0 - ledger.fixedCost.typical }
  }

  /// The same candidate with every blocker lifted, to ask what a blocker costs.
  public func withoutBlockers() -> Candidate {
    Candidate(
      id: id, output: output, input: input, route: route, transport: transport, ledger: ledger,
      verdict: verdict, permits: permits, blockers: [], score: score, unmeasured: unmeasured,
      mixtures: mixtures, minimumFlow: minimumFlow, maximumFlow: maximumFlow)
  }

  /// Makes the id of a candidate.
  public static func id(output: StreamID, input: StreamID, route: RouteID) -> String {
    "\(output):\(input):\(route)"
  }
}
