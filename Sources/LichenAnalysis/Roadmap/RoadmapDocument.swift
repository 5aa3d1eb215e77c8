import LichenDomain
import LichenMatching

/// A road map for programs; money is in the park's currency, in prices of the first day.
public struct RoadmapDocument: Encodable, Sendable {
  public static let format = "lichen/roadmap/1"

  let format = RoadmapDocument.format
  let park: String
  let currency: String
  let objective: String
  let carbonPricePerTonne: Double
  let from: Int
  let years: Int
  let periodsPerYear: Int
  let discountRate: Double
  let scope: String
  let permitWait: String
  let buildingDays: Double
  let carriesOver: Bool
  let yearlyBudgets: [Double]
  let precedences: [Precedence]
  let proof: Proof
  let unlimited: Proof
  let ideal: Proof
  /// In the objective's terms.
  let costOfCapitalLimits: Double?
  let costOfWaits: Double?
  let netPresentValue: Double
  let residualValue: Double
  let unknownWaits: [String]
  let calendar: [Year]
  let items: [Item]
  let flows: [Flow]

  struct Precedence: Encodable {
    let later: String
    let earlier: String
  }

  struct Proof: Encodable {
    let status: String
    let stopReason: String
    let objective: Double
    let bound: Double?
    let gap: Double?
    let nodes: Int

    init(_ solution: RoadmapSolution) {
      status = solution.status.rawValue
      stopReason = solution.stopReason.rawValue
      objective = solution.value
      bound = solution.bound
      gap = solution.gap
      nodes = solution.nodes
    }
  }

  struct Year: Encodable {
    let year: Int
    let invested: Double
    let available: Double?
    let gain: Double
    let benefit: Double
    let staticBenefit: Double
    let carbonKg: Double
    let cumulated: Double
    let cumulatedDiscounted: Double
  }

  struct Item: Encodable {
    struct Payment: Encodable {
      let year: Int
      let amount: Double
    }

    let kind: String
    let name: String
    let capital: Double
    let existsAlready: Bool
    /// Periods from 0.
    let earliest: Int?
    let begin: Int?
    let permitFrom: Int?
    let permitUntil: Int?
    let buildFrom: Int?
    let running: [Int]
    let payments: [Payment]
  }

  struct Flow: Encodable {
    let name: String
    let period: Int
    let quantityPerYear: Double
  }

  public init(_ result: RoadmapResult) {
    let settings = result.plan.park.settings
    let options = result.options
    park = settings.name
    currency = settings.currency.code
    objective = result.model.carbonValue > 0 ? "carbon-priced" : "net-benefit"
    carbonPricePerTonne = result.model.carbonValue * 1000
    from = options.from
    years = options.years
    periodsPerYear = options.periodsPerYear
    discountRate = result.rate
    scope = options.scope.rawValue
    permitWait = options.wait.rawValue
    buildingDays = options.buildingDays
    carriesOver = options.carriesOver
    yearlyBudgets = options.budgets
    precedences = options.precedences.map { Precedence(later: $0.later, earlier: $0.earlier) }
    proof = Proof(result.solution)
    unlimited = Proof(result.unlimited)
    ideal = Proof(result.ideal)
    costOfCapitalLimits = result.costOfCapitalLimits
    costOfWaits = result.costOfWaits
    netPresentValue = result.netPresentValue
    residualValue = result.residualValue
    unknownWaits = result.unknownWaits
    calendar = result.years.map { year in
      Year(
        year: year.year, invested: year.invested, available: year.available, gain: year.gain,
        benefit: year.benefit, staticBenefit: year.staticBenefit, carbonKg: year.carbon,
        cumulated: year.cumulated, cumulatedDiscounted: year.cumulatedDiscounted)
    }
    items = result.items.map { item in
      Item(
        kind: item.kind.rawValue, name: item.name, capital: item.capital,
        existsAlready: item.existed, earliest: item.earliest, begin: item.begin,
        permitFrom: item.permitFrom, permitUntil: item.permitUntil, buildFrom: item.buildFrom,
        running: item.running,
        payments: item.payments.map {
          Item.Payment(year: options.from + $0.year, amount: $0.amount)
        })
    }
    flows = result.model.periods.indices.flatMap { period in
      zip(result.model.periods[period].arcs, result.solution.flows[period])
        .filter { $0.1 > 0 }
        .map { arc, quantity in
          Flow(
            name: result.model.assets[arc.asset].name, period: period, quantityPerYear: quantity)
        }
    }
  }
}
