import LichenDomain

/// A conflict for programs; every name carries its unit.
public struct ConflictDocument: Encodable, Sendable {
  struct Relaxation: Encodable {
    let requirement: String
    let mildest: String?
    let helps: Bool
    let moneyPerYear: Double?
    let carbonKgPerYear: Double?
    let obstacles: [String]
  }

  let format = "lichen/conflicts/1"
  let park: String
  let currency: String
  let requirements: [String]
  let relaxations: [Relaxation]
  let isProven: Bool

  public init(_ conflict: Conflict, in park: Park) {
    self.park = park.settings.name
    currency = park.settings.currency.code
    requirements = conflict.requirements.map(\.name)
    relaxations = conflict.relaxations.map {
      Relaxation(
        requirement: $0.requirement.name, mildest: $0.mildest?.name, helps: $0.helps,
        moneyPerYear: $0.money, carbonKgPerYear: $0.carbon,
        obstacles: $0.obstacles.map(\.kind.rawValue))
    }
    isProven = conflict.isProven
  }
}
