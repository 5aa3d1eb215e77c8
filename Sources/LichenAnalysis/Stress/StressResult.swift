import LichenMatching

/// How a plan stands up to losses and to quantities that are not known.
public struct StressResult: Sendable {
  /// Value of the plan as it stands [first objective].
  public let planned: Double
  /// Every single loss, worst first.
  public let losses: [LossOutcome]
  /// Every loss of two enterprises, worst first; empty unless asked for.
  public let pairs: [LossOutcome]
  public let robust: RobustFront
  public let twoStage: TwoStagePlan
  /// Net benefit of the built network under sampled quantities, prices and factors, by rising number of samples; empty
  /// for plans with shared plants, whose value is not sampled, or with too many exchanges.
  public let sampled: [(samples: Int, money: UncertaintyResult.Spread)]
  /// Part by which streams without a declared range were supposed to vary.
  public let assumedRange: Double
}

/// How to stress a plan.
public struct StressOptions: Sendable, Hashable, Codable {
  /// Whether pairs of enterprises are lost too.
  public var losesPairs = false
  public var robust = RobustOptions()
  public var twoStage = TwoStageOptions()
  /// Most samples of quantities, prices and factors; at least 16.
  public var samples = 256
  /// Exchanges up to which they are drawn.
  public var sampledExchanges = 60

  public init() {}
}

/// A stress test for programs; every name carries its unit.
public struct StressDocument: Encodable, Sendable {
  struct Loss: Encodable {
    let losses: [String]
    let keptWithoutReplanning: Double
    let keptReplanned: Double
    let bound: Double
    let stranded: [String]
    let cascade: [String]
    let replacements: [String]
  }

  struct Robust: Encodable {
    let budget: Double
    let nominal: Double
    let guaranteed: Double
    let bound: Double
    let shortfallShare: Double
    let shortfallBound: Double
    let exchanges: [String]
  }

  struct Sampled: Encodable {
    let samples: Int
    let moneyLow: Double
    let moneyMean: Double
    let moneyHigh: Double
  }

  struct Estimate: Encodable {
    let samples: Int
    let recourse: Double
    let typicalLinks: Double
    let waitAndSee: Double
    let stochasticValue: Double
    let informationValue: Double
  }

  let format = "lichen/stress/1"
  let park: String
  let currency: String
  let objective: String
  let planned: Double
  let losses: [Loss]
  let pairs: [Loss]
  let uncertainStreams: Int
  let assumedRange: Double
  let budgetForRisk: Double
  let risk: Double
  let robust: [Robust]
  let twoStage: [Estimate]
  let twoStageExchanges: [String]
  let typicalExchanges: [String]
  let twoStageIsProven: Bool
  let sampled: [Sampled]

  public init(_ result: StressResult, of plan: Plan) {
    func loss(_ outcome: LossOutcome) -> Loss {
      Loss(
        losses: outcome.losses.map(\.name), keptWithoutReplanning: outcome.kept,
        keptReplanned: outcome.replanned, bound: outcome.bound,
        stranded: outcome.stranded.map(\.rawValue), cascade: outcome.cascade,
        replacements: outcome.replacements)
    }
    park = plan.park.settings.name
    currency = plan.park.settings.currency.code
    objective = plan.options.objective.rawValue
    planned = result.planned
    losses = result.losses.map(loss)
    pairs = result.pairs.map(loss)
    uncertainStreams = result.robust.threats.count
    assumedRange = result.assumedRange
    budgetForRisk = result.robust.budgetForRisk
    risk = result.robust.risk
    robust = result.robust.points.map {
      Robust(
        budget: $0.budget, nominal: $0.nominal, guaranteed: $0.guaranteed, bound: $0.bound,
        shortfallShare: $0.shortfalls, shortfallBound: $0.shortfallBound, exchanges: $0.links)
    }
    twoStage = result.twoStage.estimates.map {
      Estimate(
        samples: $0.samples, recourse: $0.recourse, typicalLinks: $0.typicalLinks,
        waitAndSee: $0.waitAndSee, stochasticValue: $0.stochasticValue,
        informationValue: $0.informationValue)
    }
    twoStageExchanges = result.twoStage.links
    typicalExchanges = result.twoStage.typicalLinks
    sampled = result.sampled.map {
      Sampled(
        samples: $0.samples, moneyLow: $0.money.low, moneyMean: $0.money.mean,
        moneyHigh: $0.money.high)
    }
    twoStageIsProven = result.twoStage.isProven
  }
}
