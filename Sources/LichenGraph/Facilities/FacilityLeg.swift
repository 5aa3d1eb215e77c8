import LichenDomain
import LichenLaw

/// One leg of an exchange through a shared plant: to it, from it, or between two.
public struct FacilityLeg: Sendable {
  public enum Source: Sendable {
    case output(OutputStream)
    case facility(Facility)
  }

  public enum Target: Sendable {
    case input(InputStream)
    case facility(Facility)
  }

  /// `OUTPUT:FACILITY:PROCESS`, `FACILITY:FACILITY:PROCESS` or `FACILITY:INPUT`, unique in a park.
  public let id: String
  public let source: Source
  public let target: Target
  public let giver: EnterpriseID
  public let taker: EnterpriseID
  /// What moves.
  public let material: MaterialID
  /// What the plant does with it; `nil` on the way from a plant to an input.
  public let route: Route?
  public let transport: Transport
  public let ledger: Ledger
  /// On what leaves an output; a plant's product is none of the law's wastes any more.
  public let verdict: LegalVerdict?
  public let permits: [PermitNeed]
  /// In order of kind; empty when the leg can be planned.
  public let blockers: [Blocker]
  /// Limited qualities that nobody has measured.
  public let unmeasured: [PropertyID]
  /// Least yearly flow once the leg is open [reference units/a].
  public let minimumFlow: Double
  /// Most that both ends allow [reference units/a]; `nil` when unquantified.
  public let maximumFlow: Double?

  public var isPlannable: Bool { blockers.isEmpty }
  /// Units of product made, or of input replaced, per unit moved.
  public var ratio: Estimate { route?.ratio ?? Estimate(1) }

  public var output: OutputStream? { if case .output(let output) = source { output } else { nil } }
  public var input: InputStream? { if case .input(let input) = target { input } else { nil } }
  /// The plant that the leg leaves.
  public var origin: Facility? { if case .facility(let plant) = source { plant } else { nil } }
  /// The plant to which the leg leads.
  public var destination: Facility? { if case .facility(let plant) = target { plant } else { nil } }
  /// The output, or the plant that the leg leaves.
  public var sourceID: String { output?.id.rawValue ?? origin?.id.rawValue ?? "" }
  /// The input, or the plant to which the leg leads.
  public var targetID: String { input?.id.rawValue ?? destination?.id.rawValue ?? "" }
}

/// A shared plant with its yearly balance in the park's currency.
public struct PricedFacility: Sendable {
  /// Why a plant is listed and not planned.
  public enum Obstacle: String, Sendable, Codable, CaseIterable {
    case capacityUnknown = "capacity-unknown"
    case capitalUnknown = "capital-unknown"
    case runningUnknown = "running-unknown"
    case lifetimeUnknown = "lifetime-unknown"
  }

  public let facility: Facility
  /// In order of process.
  public let routes: [Route]
  /// Per year once it is open; costs negative.
  public let lines: [LedgerLine]
  /// Investment [park currency].
  public let capital: Estimate
  /// `nil` when the plan may open the plant.
  public let obstacle: Obstacle?

  /// Sum of the lines [park currency/a], unknown ones left out; not positive.
  public var money: Estimate { lines.compactMap(\.money.value).sum() }

  /// Most that the plant can make [product units/a]; `nil` when its capacity is unknown.
  public var largestMake: Double? {
    facility.capacity.map { $0 * (routes.map(\.ratio.typical).max() ?? 0) }
  }
}
