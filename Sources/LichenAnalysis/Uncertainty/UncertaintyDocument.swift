import LichenDomain

/// An uncertainty analysis for programs; every name carries its unit.
public struct UncertaintyDocument: Encodable, Sendable {
  struct Spread: Encodable {
    let low: Double
    let typical: Double
    let mean: Double
    let high: Double
  }

  struct Range: Encodable {
    let low: Double
    let typical: Double
    let high: Double
  }

  struct Item: Encodable {
    let factor: String
    let reference: String
    let confidence: String
    let unit: String
    let range: Range
    let varianceShare: Double
    let objectiveAtLow: Double
    let objectiveAtHigh: Double
  }

  struct Step: Encodable {
    let factor: String
    let method: String
    let enterprises: [String]
    let varianceShare: Double
    /// Absent where it was not worked out.
    let informationValuePerYear: Double?
    let exchanges: [Int]
  }

  let format = "lichen/uncertainty/1"
  let park: String
  let currency: String
  let objective: String
  let samples: Int
  let seed: UInt64
  let coverage: Double
  let moneyPerYear: Spread
  let carbonKgPerYear: Spread
  let naiveMoneyPerYear: Range
  let naiveCarbonKgPerYear: Range
  let lossShare: Double
  let additivity: Double?
  let isComplete: Bool
  let measurements: [Step]
  let factors: [Item]

  public init(_ result: UncertaintyResult) {
    func spread(_ spread: UncertaintyResult.Spread) -> Spread {
      Spread(low: spread.low, typical: spread.typical, mean: spread.mean, high: spread.high)
    }
    func range(_ range: Estimate) -> Range {
      Range(low: range.low, typical: range.typical, high: range.high)
    }
    let settings = result.plan.park.settings
    park = settings.name
    currency = settings.currency.code
    objective = result.plan.options.objective.rawValue
    samples = result.options.samples
    seed = result.options.seed
    coverage = result.options.coverage
    moneyPerYear = spread(result.money)
    carbonKgPerYear = spread(result.carbon)
    naiveMoneyPerYear = range(result.naiveMoney)
    naiveCarbonKgPerYear = range(result.naiveCarbon)
    lossShare = result.lossShare
    additivity = result.additivity
    isComplete = result.isComplete
    measurements = result.measurements.map { measurement in
      Step(
        factor: measurement.factor.key, method: measurement.method.rawValue,
        enterprises: measurement.enterprises.map(\.rawValue), varianceShare: measurement.share,
        informationValuePerYear: measurement.informationValue, exchanges: measurement.ranks)
    }
    factors = result.factors.map { share in
      Item(
        factor: share.factor.key, reference: share.factor.reference,
        confidence: share.factor.confidence.rawValue, unit: share.factor.unit,
        range: range(share.factor.range), varianceShare: share.share,
        objectiveAtLow: share.atLow, objectiveAtHigh: share.atHigh)
    }
  }
}
