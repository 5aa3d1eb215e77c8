import LichenDomain
import LichenGraph
import LichenMatching

/// An appraisal for programs; money is in the park's currency, the first year is year 0.
public struct FinanceDocument: Encodable, Sendable {
  public static let format = "lichen/finance/1"

  let format = FinanceDocument.format
  let park: String
  let currency: String
  let plan: PlanState
  let terms: Terms
  let isAdditive: Bool
  let total: Account
  let enterprises: [Account]
  let items: [Account]
  let sensitivity: [Bar]
  let abatement: Abatement

  struct PlanState: Encodable {
    let objective: String
    let status: String
    let gap: Double
    let moneyPerYear: Double
    let carbonKgPerYear: Double
  }

  struct Terms: Encodable {
    struct Loan: Encodable {
      let share: Double
      let rate: Double
      let borrowerRate: Double
      let years: Int
      let graceYears: Int
      let repayment: String
      let guaranteedShare: Double
      let guaranteeFee: Double
    }

    struct Tax: Encodable {
      let rate: Double
      let carryForwardYears: Int?
    }

    let horizonYears: Int
    let realDiscountRate: Double
    let discountRate: Double
    /// Absent where an option gave the rate.
    let discountRateConfidence: String?
    let discountRateReferences: [String]
    let inflation: Double
    let residual: String
    let carbonPricePerTonne: Double
    let span: Double
    let tax: Tax?
    let grantShare: Double
    let loan: Loan?
  }

  struct Flow: Encodable {
    let amounts: [Double]
    let netPresentValue: Double
    let internalRates: [Double]
    let internalRateReading: String
    let paybackYears: Double?
    let discountedPaybackYears: Double?
    let equivalentAnnualValue: Double

    init(_ appraisal: Appraisal) {
      amounts = appraisal.amounts
      netPresentValue = appraisal.netPresentValue
      internalRates = appraisal.internalRates
      internalRateReading = appraisal.reading.rawValue
      paybackYears = appraisal.payback
      discountedPaybackYears = appraisal.discountedPayback
      equivalentAnnualValue = appraisal.equivalentAnnualValue
    }
  }

  struct Equity: Encodable {
    let flow: Flow
    let loan: Double
    let grant: Double
    let debtService: [Double]
    let leastCoverRatio: Double?
    let subsidyValue: Double
  }

  struct Account: Encodable {
    let id: String
    let kind: String?
    let enterprises: [String]
    let capital: Double
    let firstGain: Double
    let project: Flow
    let equity: Equity?
    let benefitCostRatio: Double?
    let tonnesPerYear: Double
    let costPerTonne: Double?
    let netCostPerTonne: Double?
    let unknownTerms: [String]

    init(_ account: FinanceAccount) {
      id = account.id
      kind = account.kind?.rawValue
      enterprises = account.enterprises.map(\.rawValue)
      capital = account.capital
      firstGain = account.firstGain
      project = Flow(account.project)
      equity = account.equity.map {
        Equity(
          flow: Flow($0.appraisal), loan: $0.loan, grant: $0.grant, debtService: $0.debtService,
          leastCoverRatio: $0.leastCoverRatio, subsidyValue: $0.subsidyValue)
      }
      benefitCostRatio = account.benefitCostRatio
      tonnesPerYear = account.tonnes
      costPerTonne = account.costPerTonne
      netCostPerTonne = account.netCostPerTonne
      unknownTerms = account.unknownTerms.map(\.rawValue)
    }
  }

  struct Bar: Encodable {
    let group: String
    let basis: String
    let atLow: Double
    let atHigh: Double
    let swing: Double
    let breakEvenFactor: Double?
  }

  struct Abatement: Encodable {
    struct Measure: Encodable {
      let kind: String
      let id: String
      let enterprises: [String]
      let tonnesPerYear: Double
      let netCostPerYear: Double
      let costPerTonne: Double?
      let isPartlyUnknown: Bool

      init(_ measure: AbatementMeasure) {
        kind = measure.kind.rawValue
        id = measure.id
        enterprises = measure.enterprises.map(\.rawValue)
        tonnesPerYear = measure.tonnes
        netCostPerYear = measure.netCost
        costPerTonne = measure.costPerTonne
        isPartlyUnknown = measure.isPartlyUnknown
      }
    }

    let saving: [Measure]
    let costly: [Measure]
    let others: [Measure]
  }

  public init(_ result: FinanceResult) {
    let settings = result.plan.park.settings
    park = settings.name
    currency = settings.currency.code
    plan = PlanState(
      objective: result.plan.options.objective.rawValue,
      status: result.plan.certificate.status.rawValue, gap: result.plan.certificate.gap,
      moneyPerYear: result.plan.money.typical, carbonKgPerYear: result.plan.carbon.typical)
    terms = Self.terms(result.terms)
    isAdditive = result.isAdditive
    total = Account(result.park)
    enterprises = result.enterprises.map(Account.init)
    items = result.items.map(Account.init)
    sensitivity = result.sensitivity.map {
      Bar(
        group: $0.group.rawValue, basis: $0.basis.rawValue, atLow: $0.atLow, atHigh: $0.atHigh,
        swing: $0.swing, breakEvenFactor: $0.breakEvenFactor)
    }
    abatement = Abatement(
      saving: result.abatement.saving.map(Abatement.Measure.init),
      costly: result.abatement.costly.map(Abatement.Measure.init),
      others: result.abatement.others.map(Abatement.Measure.init))
  }

  private static func terms(_ terms: FinanceTerms) -> Terms {
    let options = terms.options
    return Terms(
      horizonYears: terms.horizon, realDiscountRate: terms.realRate, discountRate: terms.rate,
      discountRateConfidence: terms.rateOrigin?.confidence?.rawValue,
      discountRateReferences: terms.rateOrigin?.references ?? [], inflation: options.inflation,
      residual: options.residual.rawValue, carbonPricePerTonne: options.carbonPrice,
      span: options.span,
      tax: options.tax.map {
        Terms.Tax(rate: $0.rate, carryForwardYears: $0.carryForwardYears)
      },
      grantShare: terms.grantShare,
      loan: options.loan.map {
        Terms.Loan(
          share: $0.share, rate: $0.rate, borrowerRate: $0.borrowerRate, years: $0.years,
          graceYears: $0.graceYears, repayment: $0.repayment.rawValue,
          guaranteedShare: $0.guaranteedShare, guaranteeFee: $0.guaranteeFee)
      })
  }
}
