import GLPKSolver
import LichenPlanning

/// Writes planning models of a few links by hand.
enum SmallModel {
  /// A link from an output to an input.
  static func link(
    _ output: Int, _ input: Int, money: Double, ratio: Double = 1, carbon: Double = 0,
    fixed: Double = 0, capital: Double = 0, lower: Double = 0, upper: Double = 1000,
    isRequired: Bool = false
  ) -> PlanningModel.Link {
    link(
      .output(output), .input(input), money: money, ratio: ratio, carbon: carbon, fixed: fixed,
      capital: capital, lower: lower, upper: upper, isRequired: isRequired)
  }

  /// A link between any two ends.
  static func link(
    _ source: PlanningModel.Source, _ target: PlanningModel.Target, money: Double,
    ratio: Double = 1, carbon: Double = 0, fixed: Double = 0, capital: Double = 0,
    lower: Double = 0, upper: Double = 1000, isRequired: Bool = false
  ) -> PlanningModel.Link {
    PlanningModel.Link(
      candidate: 0, source: source, target: target, ratio: ratio, money: money, carbon: carbon,
      fixedCost: fixed, capital: capital, lower: lower, upper: upper, isRequired: isRequired)
  }

  /// A model; supplies and needs that are not given bind nothing.
  static func model(
    _ links: [PlanningModel.Link], permits linkPermits: [[Int]] = [], supplies: [Double] = [],
    needs: [Double] = [], leastNeeds: [Double] = [], permits: [Double] = [],
    facilities: [PlanningModel.Facility] = [], blends: [PlanningModel.Blend] = [],
    measures: [PlanningModel.Measure] = [], budget: Double? = nil, floor: Double? = nil,
    partners: Int? = nil
  ) -> PlanningModel {
    let outputs = (links.compactMap(\.output).max() ?? -1) + 1
    let inputs = (links.compactMap(\.input).max() ?? -1) + 1
    return PlanningModel(
      name: "small", links: links, linkNames: links.indices.map { "l\($0)" },
      linkPermits: linkPermits.isEmpty ? RaggedArray() : RaggedArray(linkPermits),
      supplies: supplies.isEmpty ? Array(repeating: 1e4, count: outputs) : supplies,
      needs: needs.isEmpty ? Array(repeating: 1e4, count: inputs) : needs, leastNeeds: leastNeeds,
      permits: permits.enumerated().map { .init(name: "p\($0.offset)", annualCost: $0.element) },
      facilities: facilities, blends: blends, measures: measures, capitalBudget: budget,
      carbonFloor: floor, partnerLimit: partners)
  }

  /// The proven best plan by money.
  static func solve(_ model: PlanningModel) throws -> PlanSearchResult {
    try PlanSolver(solver: GLPKSolver(), stages: [.benefit], limits: SearchLimits()).solve(model)
  }

  /// Its value, or `nil` if there is no plan.
  static func optimum(_ model: PlanningModel) throws -> Double? {
    let result = try solve(model)
    return result.status == .optimal ? result.objective : nil
  }

  /// Whether the solver finds the optimum worked out by hand, and the oracle agrees with it.
  static func optimum(_ model: PlanningModel, is expected: Double?) throws -> Bool {
    let oracle = BruteForcePlan(model: model, weights: .benefit).best()
    guard let expected else { return try optimum(model) == nil && oracle == nil }
    guard let found = try optimum(model), let oracle else { return false }
    return abs(found - expected) <= 1e-6 * max(1, abs(expected))
      && abs(oracle - expected) <= 1e-6 * max(1, abs(expected))
  }
}
