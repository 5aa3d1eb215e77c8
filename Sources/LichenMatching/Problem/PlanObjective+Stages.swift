import LichenPlanning

extension PlanObjective {
  /// Weights of the first, proven objective.
  public func primaryWeights(carbonPrice: Double) -> PlanningModel.Weights {
    stages(carbonPrice: carbonPrice)[0]
  }

  /// The objectives to optimise in turn; later ones only choose among optima of the earlier.
  func stages(carbonPrice: Double) -> [PlanningModel.Weights] {
    switch self {
    case .netBenefit: [.benefit]
    case .carbon: [.carbon]
    case .benefitThenCarbon: [.benefit, .carbon]
    case .carbonThenBenefit: [.carbon, .benefit]
    case .carbonPriced: [PlanningModel.Weights(money: 1, carbon: carbonPrice / 1000)]
    }
  }
}

extension PlanningOptions {
  /// The objectives to optimise in turn; later ones only choose among optima of the earlier.
  public var stages: [PlanningModel.Weights] { objective.stages(carbonPrice: carbonPrice) }
}

extension PlanSolver {
  /// A search by the options of a park's plan.
  public init(solver: any MIPSolver, options: PlanningOptions) {
    self.init(
      solver: solver, stages: options.stages, limits: options.limits)
  }
}
