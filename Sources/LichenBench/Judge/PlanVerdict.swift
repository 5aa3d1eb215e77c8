/// A constraint of a model that a plan breaks.
public struct PlanViolation: Sendable, Hashable, Codable, CustomStringConvertible {
  /// Families of constraints, in the order in which they are checked.
  public enum Family: String, Sendable, Codable, CaseIterable {
    case shape, number, flow, capacity, lot, required, supply, need, cover, facilityCapacity,
      facilityBalance, blend, partners, budget, carbon
  }

  public let family: Family
  /// What breaks it, such as `link a7` or `input 3`.
  public let subject: String
  /// By how much [unit of the constraint], to the nearest double.
  public let amount: Double
  /// By how much, exactly: a whole number in base 16 times a power of two.
  public let exactAmount: String

  public var description: String { "\(family.rawValue) of \(subject) is missed by \(amount)" }
}

/// What a judge found out about a plan.
public struct PlanVerdict: Sendable, Hashable {
  /// Value of the plan [park currency/a], re-added exactly and rounded once.
  public let objective: Double
  /// CO2e avoided [kg/a].
  public let carbon: Double
  /// Investment [park currency].
  public let capital: Double
  public let openLinks: Int
  /// In order of family, then subject; empty for a plan that keeps every constraint.
  public let violations: [PlanViolation]

  public var isAccepted: Bool { violations.isEmpty }
}
