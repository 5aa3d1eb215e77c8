import LichenDomain
import LichenMatching

/// A front for programs; every name carries its unit.
public struct ParetoDocument: Encodable, Sendable {
  struct Flow: Encodable {
    let exchange: String
    let quantityPerYear: Double
  }

  struct Point: Encodable {
    let moneyPerYear: Double
    let carbonKgPerYear: Double
    let objective: Double
    let criterion: Double
    let capital: Double
    /// Absent where nothing was proved.
    let bound: Double?
    let gap: Double?
    let exchanges: [Flow]
    let measures: [String]
  }

  struct Stretch: Encodable {
    let kind: String
    let pricePerUnit: Double
  }

  let format = "lichen/pareto/1"
  let park: String
  let currency: String
  let objective: String
  let criterion: String
  let criterionUnit: String
  let points: [Point]
  let stretches: [Stretch]
  let isComplete: Bool
  let hypervolume: Double
  let solves: Int

  public init(_ front: ParetoFront, of plan: Plan) {
    park = plan.park.settings.name
    currency = plan.park.settings.currency.code
    objective = plan.options.objective.rawValue
    criterion = front.criterion.rawValue
    criterionUnit =
      switch front.criterion {
      case .carbon: "kg CO2e/a"
      case .water: "m3/a"
      case .landfill: "t/a"
      case .links: "exchanges"
      case .capital: plan.park.settings.currency.code
      }
    points = front.points.map { point in
      Point(
        moneyPerYear: point.money, carbonKgPerYear: point.carbon, objective: point.value,
        criterion: point.figure, capital: point.capital,
        bound: point.bound.isFinite ? point.bound : nil,
        gap: point.bound.isFinite ? point.gap : nil,
        exchanges: point.flows.map { Flow(exchange: $0.name, quantityPerYear: $0.quantity) },
        measures: point.measures)
    }
    stretches = front.stretches.indices.map {
      Stretch(kind: front.stretches[$0].rawValue, pricePerUnit: front.price(after: $0))
    }
    isComplete = front.isComplete
    hypervolume = front.hypervolume
    solves = front.solves
  }
}
