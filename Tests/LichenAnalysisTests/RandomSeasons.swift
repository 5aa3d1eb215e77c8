import LichenDomain
import LichenPlanning
import LichenTestSupport

@testable import LichenAnalysis

/// Seeded random seasons and stores for a planning model.
enum RandomSeasons {
  static func seasonal(
    _ model: PlanningModel, seed: UInt64, stores count: Int = 2
  ) -> SeasonalModel {
    var random = SeededGenerator(seed: seed &* 7919 &+ 13)
    func shares() -> MonthShares {
      switch random.whole(in: 0...3) {
      case 0: return .even
      case 1:
        // A harvest of one to four months.
        let first = random.whole(in: 0...11)
        let months = Set((0..<random.whole(in: 1...4)).map { (first + $0) % 12 })
        return MonthShares(weights: (0..<12).map { months.contains($0) ? 1 : 0 }) ?? .even
      default:
        return MonthShares(weights: (0..<12).map { _ in random.number(in: 0.1...1) }) ?? .even
      }
    }
    let supplyShares = model.supplies.map { _ in shares() }
    let needShares = model.needs.map { _ in shares() }
    let stores = (0..<count).map { place -> SeasonalModel.Store in
      let isOutput = random.chance(0.5)
      let loss = random.chance(0.4) ? 0 : random.number(in: 0.01...0.3)
      let isFree = random.chance(0.2)
      return SeasonalModel.Store(
        name: "s\(place)",
        place: isOutput
          ? .output(random.whole(in: 0...(model.supplies.count - 1)))
          : .input(random.whole(in: 0...(model.needs.count - 1))),
        capacity: random.number(in: 1...40),
        annualCost: isFree ? 0 : random.number(in: 1...40),
        capital: isFree ? 0 : random.number(in: 1...60), loss: loss,
        months: random.chance(0.4) ? random.whole(in: 0...4) : nil,
        lostMoney: isOutput ? 0 : random.number(in: 0...5),
        lostCarbon: isOutput ? 0 : random.number(in: 0...3))
    }
    return SeasonalModel(
      model: model, supplyShares: supplyShares, needShares: needShares, stores: stores)
  }

  /// The seasonal model planned, beside its yearly plan.
  static func planned(
    _ seasonal: SeasonalModel, solver: any MIPSolver,
    configure: (inout SeasonalPlanner) -> Void = { _ in }
  ) throws -> (parts: [SeasonalPart], yearly: PlanSearchResult) {
    let yearly = try PlanSolver(
      solver: solver, stages: [.benefit], limits: SearchLimits(threads: 1)
    ).solve(seasonal.model)
    var planner = SeasonalPlanner(
      seasonal,
      yearly: YearlyPlan(
        flows: yearly.flows, isOpen: yearly.isOpen, isTaken: yearly.isTaken,
        bounds: yearly.components.map(\.bound), isOptimal: yearly.status == .optimal),
      weights: .benefit, solver: solver, limits: SearchLimits(threads: 1))
    configure(&planner)
    return (try planner.plan(), yearly)
  }
}
