import LichenDomain
import LichenGraph
import LichenPlanning

/// A plan as it is written to `plan.json`: self-describing, versioned, without times or paths.
///
/// Money is in the park's currency per year and CO2e in kg per year avoided, unless a name says
/// otherwise; quantities are in the reference unit of the output's material per year.
public struct PlanDocument: Codable, Equatable, Sendable {
  public static let format = "lichen-plan"
  public static let version = 3

  public var format = PlanDocument.format
  public var version = PlanDocument.version
  /// Fingerprint of everything else, to notice edits; not a protection against forgery.
  public var digest = ""
  public var park: ParkHeader
  public var options: Options
  public var certificate: Certificate
  public var totals: Totals
  public var exchanges: [Exchange]
  public var facilities: [Facility]
  public var legs: [Leg]
  public var permits: [Permit]
  public var measures: [Measure]
  public var enterprises: [EnterpriseBalance]

  public struct ParkHeader: Codable, Equatable, Sendable {
    public var name: String
    public var title: String
    public var jurisdiction: String
    public var currency: Currency
    public var baseYear: Int
    public var priceYear: Int
    public var lawDate: CalendarDate
    public var catalogue: String
  }

  public struct Options: Codable, Equatable, Sendable {
    public var objective: PlanObjective
    public var carbonPricePerTonne: Double
    public var capitalBudget: Double?
    /// Least CO2e avoided [kg/a].
    public var carbonFloorKg: Double?
    public var partnerLimit: Int?
    public var existingExchanges: ExistingExchanges
    public var required: [String]
    public var forbidden: [String]
    /// Absent when no measure is required.
    public var requiredMeasures: [OptionID]?
    public var relativeGap: Double
  }

  public struct Certificate: Codable, Equatable, Sendable {
    public var status: MIPResult.Status
    public var stopReason: MIPResult.StopReason
    /// Value of the plan in its first objective.
    public var incumbent: Double
    /// Proven upper bound on it.
    public var bound: Double
    public var gap: Double
    public var solver: String
    public var candidates: Int
    public var links: Int
    public var components: [ComponentSummary]
  }

  public struct Totals: Codable, Equatable, Sendable {
    public var money: Estimate
    public var carbonKg: Estimate
    public var capital: Estimate
    public var permitCost: Estimate
    public var exchanges: Int
    public var facilities: Int
    public var legs: Int
    public var measures: Int
  }

  public struct Line: Codable, Equatable, Sendable {
    public var term: LedgerTerm
    public var bearer: Bearer
    /// Absent when unknown.
    public var money: Estimate?
    public var moneyBasis: Basis?
    public var moneyConfidence: Confidence?
    public var moneyReferences: [String]
    public var carbonKg: Estimate?
    public var carbonBasis: Basis?
    public var carbonConfidence: Confidence?
    public var carbonReferences: [String]
  }

  public struct Exchange: Codable, Equatable, Sendable {
    public var rank: Int
    public var id: String
    public var from: EnterpriseID
    public var to: EnterpriseID
    public var output: StreamID
    public var input: StreamID
    public var route: RouteID
    public var material: MaterialID
    public var quantity: Double
    public var unit: String
    /// Reference units of input that are replaced per year.
    public var replaces: Double
    public var replacedMaterial: MaterialID
    public var replacedUnit: String
    public var mode: String?
    public var distanceKm: Double?
    public var legalEffect: LegalEffect
    public var legalRules: [RuleID]
    public var score: Double
    public var required: Bool
    public var money: Estimate
    public var carbonKg: Estimate
    public var capital: Estimate
    public var lines: [Line]
  }

  /// A shared plant that the plan opens.
  public struct Facility: Codable, Equatable, Sendable {
    public var id: FacilityID
    public var name: String
    public var enterprise: EnterpriseID
    /// [intake units/a]
    public var intake: Double
    public var intakeUnit: String
    public var capacity: Double?
    public var product: MaterialID
    /// [product units/a]
    public var made: Double
    public var productUnit: String
    /// Its own lines: annuity and running cost.
    public var money: Estimate
    public var capital: Estimate
    public var lines: [Line]
  }

  /// A leg of an exchange through a shared plant.
  public struct Leg: Codable, Equatable, Sendable {
    public var id: String
    public var from: EnterpriseID
    public var to: EnterpriseID
    /// Id of an output or facility.
    public var source: String
    /// Id of an input or facility.
    public var target: String
    /// What the plant at the end does; absent on the way to an input.
    public var route: RouteID?
    public var material: MaterialID
    public var quantity: Double
    public var unit: String
    /// Units of product made, or of input replaced, per year.
    public var delivers: Double
    public var mode: String?
    public var distanceKm: Double?
    public var legalEffect: LegalEffect?
    public var legalRules: [RuleID]
    public var required: Bool
    public var money: Estimate
    public var carbonKg: Estimate
    public var capital: Estimate
    public var lines: [Line]
  }

  public struct Measure: Codable, Equatable, Sendable {
    public var id: OptionID
    public var enterprise: EnterpriseID
    public var status: MeasureStatus
    /// Stream whose yearly quantity changes, if one does.
    public var stream: StreamID?
    /// [reference units of the stream's material/a]
    public var change: Double
    public var money: Estimate
    public var carbonKg: Estimate
    public var capital: Estimate
    public var lines: [Line]
  }

  public struct Permit: Codable, Equatable, Sendable {
    public var holder: EnterpriseID
    public var material: MaterialID
    public var rule: RuleID
    public var oneOff: Estimate?
    public var annual: Estimate?
    public var days: Estimate?
  }

  public struct EnterpriseBalance: Codable, Equatable, Sendable {
    public var id: EnterpriseID
    public var money: Estimate
    public var carbonKg: Estimate
    public var given: Int
    public var received: Int
  }
}
