import LichenDomain
import LichenLaw
import LichenMatching

/// The plan as a network: who takes part, and what flows between them.
///
/// Exchanges run from enterprise to enterprise; legs run through the shared plants that the plan opens,
/// which are nodes of their own.
struct PlanNetwork: Sendable {
  struct Node: Sendable {
    /// The enterprise's id, or `plant:ID`; unique.
    let id: String
    let name: String
    let enterprise: Enterprise
    /// `nil` for an enterprise.
    let plant: PlannedFacility?
    /// Whether a flow of the plan begins or ends here.
    let takesPart: Bool

    var zone: String { enterprise.zone }
    var coordinate: Coordinate? { enterprise.coordinate }
  }

  struct Link: Sendable {
    /// `e1` for the exchange of rank 1, `l1` for the first leg; unique.
    let id: String
    /// The candidate's or leg's id.
    let subject: String
    /// `nil` for a leg.
    let rank: Int?
    /// Ids of nodes.
    let source: String
    let target: String
    /// `Donor → Receiver`.
    let name: String
    let flow: Flow
    /// `nil` for the product of a plant, which the law's wastes do not hold.
    let verdict: LegalVerdict?
    let confidence: Confidence
    let balance: Balance
    let isRequired: Bool

    var effect: LegalEffect? { verdict?.effect }
  }

  /// What moves.
  struct Flow: Sendable {
    let material: MaterialID
    let materialName: String
    /// The stream's own name, or its material's.
    let stream: String
    /// Per year in `unit`.
    let quantity: Double
    let unit: String
    /// t/a; `nil` where the unit has no mass or its conversion is unknown.
    let tonnes: Double?
    /// `nil` where nothing is carried.
    let mode: String?
    let km: Double?
  }

  /// What it brings, unknown terms left out.
  struct Balance: Sendable {
    /// [park currency/a]
    let money: Estimate
    /// [kg CO2e/a avoided]
    let carbon: Estimate
    /// [park currency]
    let capital: Estimate
    let unknownMoney: [String]
    let unknownCarbon: [String]
  }

  /// All enterprises in order of id, then opened plants in order of id.
  let nodes: [Node]
  /// Exchanges in order of rank, then legs in order of id.
  let links: [Link]

  /// Nodes at which a flow begins or ends, in order.
  var participants: [Node] { nodes.filter(\.takesPart) }
}
