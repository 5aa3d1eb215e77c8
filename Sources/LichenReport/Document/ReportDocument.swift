import LichenDomain
import LichenMatching

/// Everything that a report says, for programs; written to `report.json`.
///
/// Money is in the park's currency (per year, unless it is capital), CO2e in kg per year avoided,
/// quantities per year in the unit beside them. What is unknown is absent, never 0.
public struct ReportDocument: Encodable, Sendable {
  public static let format = "lichen/report/1"

  let format = ReportDocument.format
  let park: PlanDocument.ParkHeader
  let audience: String
  let language: String
  let hasPlan: Bool
  /// The decision in words.
  let verdict: String
  let options: PlanDocument.Options
  let settings: [Setting]
  let certificate: Certificate
  /// Of what is shown; absent without a plan.
  let totals: Totals?
  /// What the edition leaves out; absent where it leaves out nothing.
  let withheld: WithheldFacts?
  let candidates: Counts
  let evidence: Evidence
  let exchanges: [Annotated<PlanDocument.Exchange, ExchangeFacts>]
  let facilities: [Annotated<PlanDocument.Facility, FacilityFacts>]
  let closedFacilities: [ClosedFacilityFacts]
  let legs: [Annotated<PlanDocument.Leg, LegFacts>]
  let measures: [Annotated<PlanDocument.Measure, MeasureFacts>]
  let idleMeasures: [IdleMeasureFacts]
  let permits: [Annotated<PlanDocument.Permit, PermitFacts>]
  let enterprises: [Annotated<PlanDocument.EnterpriseBalance, EnterpriseFacts>]
  let law: Law
  let whyNot: WhyNot
  let documented: [Documented]
  let published: [Published]
  let unmatched: [Unmatched]
  /// Absent where it was not worked out.
  let uncertainty: Uncertainty?
  let todos: [Todo]
  let assumptions: [AssumptionFacts]
  let sources: [Source]
  let sections: [Section]

  public init(_ report: Report) {
    let context = ReportContext(report)
    let plan = PlanDocument(context.plan)
    park = plan.park
    audience = report.edition.audience.name
    language = report.language.code
    hasPlan = context.hasPlan
    verdict = Verdict(context).sentence
    options = plan.options
    settings = SettingsList(context).items.map(Setting.init)
    certificate = Certificate(plan.certificate, isWhole: report.edition.isWhole)
    totals = context.hasPlan ? Totals(context) : nil
    withheld = report.edition.withheld.map { WithheldFacts($0, context) }
    candidates = Counts(context)
    evidence = Evidence(context)
    exchanges = zip(context.exchanges, plan.exchanges).map {
      Annotated($0.1, ExchangeFacts($0.0, context))
    }
    facilities = zip(context.facilities, plan.facilities).map {
      Annotated($0.1, FacilityFacts($0.0, context))
    }
    closedFacilities = PlantRow.all(context).filter { $0.opened == nil }.map {
      ClosedFacilityFacts($0, context)
    }
    legs = zip(context.legs, plan.legs).map { Annotated($0.1, LegFacts($0.0, context)) }
    measures = zip(context.measures, plan.measures).map {
      Annotated($0.1, MeasureFacts($0.0.planned, context))
    }
    idleMeasures = MeasureRow.all(context).filter { $0.fate != "taken" }.map {
      IdleMeasureFacts($0, context)
    }
    permits = zip(context.permits, plan.permits).map {
      Annotated($0.1, PermitFacts($0.0, context))
    }
    enterprises =
      context.hasPlan
      ? zip(context.plan.balances, plan.enterprises).map {
        Annotated($0.1, EnterpriseFacts($0.0.enterprise))
      } : []
    law = Law(context)
    whyNot = WhyNot(context)
    documented = context.hasPlan ? Documented.all(context) : []
    published = context.hasPlan ? Published.all(context) : []
    unmatched = Unmatched.all(context, report.extras.meanings)
    uncertainty = report.extras.uncertainty.flatMap { Uncertainty($0, context) }
    todos = TodoList(context).items.map { Todo(text: $0.lead + $0.rest, detail: $0.detail) }
    assumptions = AssumptionUse.all(context).map(AssumptionFacts.init)
    sources = context.sources().map(Source.init)
    sections = report.sections.map(Section.init)
  }
}

/// An element of the plan's document with what a report adds, in one object.
struct Annotated<Base: Encodable & Sendable, Facts: Encodable & Sendable>: Encodable, Sendable {
  let base: Base
  let facts: Facts

  init(_ base: Base, _ facts: Facts) {
    self.base = base
    self.facts = facts
  }

  func encode(to encoder: any Encoder) throws {
    try base.encode(to: encoder)
    try facts.encode(to: encoder)
  }
}

extension ReportDocument {
  struct Setting: Encodable, Sendable {
    let key: String
    let name: String
    let value: String

    init(_ setting: AssumptionsView.Setting) {
      key = String(setting.key.dropFirst("setting.".count))
      name = setting.setting
      value = setting.settingValue
    }
  }

  struct Totals: Encodable, Sendable {
    let money: Estimate
    let carbonKg: Estimate
    let capital: Estimate
    let permitCost: Estimate
    /// Absent without investment or gain.
    let paybackYears: Double?
    /// The parts of `money`, in which permits are paid by the exchanges.
    let exchangeMoney: Estimate
    let facilityMoney: Estimate
    let measureMoney: Estimate

    init(_ context: ReportContext) {
      let plan = context.plan
      money = plan.money
      carbonKg = plan.carbon
      capital = plan.capital
      permitCost = plan.permitCost
      paybackYears = plan.paybackYears
      exchangeMoney = plan.exchangeMoney
      facilityMoney = plan.facilityMoney
      measureMoney = plan.measureMoney
    }
  }

  /// How the possible exchanges divide.
  struct Counts: Encodable, Sendable {
    let all: Int
    let planned: Int
    let blocked: Int
    let lackingData: Int
    let notChosen: Int

    init(_ context: ReportContext) {
      let counts = CandidateCounts(context)
      all = context.graph.candidates.count
      planned = context.exchanges.count
      blocked = counts.blocked
      lackingData = counts.unquantified
      notChosen = counts.notChosen
    }
  }

  /// What the sums rest on: shares of the gross flow, gains and costs alike.
  struct Evidence: Encodable, Sendable {
    struct Shares: Encodable, Sendable {
      let gross: Double
      let declared: Double
      let catalogue: Double
      let proxy: Double
      let blueprint: Double
      let verified: Double
      let recalled: Double
      let estimated: Double

      init(_ shares: DataShares) {
        gross = shares.gross
        declared = shares.share(.declared)
        catalogue = shares.share(.catalogue)
        proxy = shares.share(.proxy)
        blueprint = shares.share(.blueprint)
        verified = shares.share(.verified)
        recalled = shares.share(.recalled)
        estimated = shares.share(.estimated)
      }
    }

    let money: Shares
    let carbon: Shares

    init(_ context: ReportContext) {
      money = Shares(context.moneyShares)
      carbon = Shares(context.carbonShares)
    }
  }

  struct Todo: Encodable, Sendable {
    let text: String
    let detail: String
  }
}
