import LichenDomain
import LichenLaw

/// Exchanges of a plan that a board may know of, but not their figures, and totals wide enough to keep them.
public struct Withheld: Sendable {
  /// One end of a withheld exchange.
  public enum Party: Sendable, Hashable {
    case named(EnterpriseID)
    /// A letter; it means the same firm throughout one edition, and nothing in another.
    case letter(String)
  }

  public struct Exchange: Sendable {
    public let from: Party
    public let to: Party
    public let material: MaterialID
    public let replaced: MaterialID
    public let effect: LegalEffect
    /// Steps that the law asks for.
    public let permits: [RuleID]
  }

  /// In order of letters and names.
  public let exchanges: [Exchange]
  /// Firms of the park that asked not to be named.
  public let firms: Int
  /// Plants whose figures would tell those of such a firm.
  public let plants: Int
  /// Measures of such firms.
  public let measures: Int
  /// Possible exchanges of the park that are not shown.
  public let candidates: Int
  /// Yearly net benefit of the whole plan [park currency/a].
  public let money: ClosedRange<Double>
  /// CO2e that the whole plan avoids [kg/a].
  public let carbon: ClosedRange<Double>
  /// Investment of the whole plan [park currency].
  public let capital: ClosedRange<Double>
}
