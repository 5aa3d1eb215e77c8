import LichenPlanning

/// Builds only what the model requires: the base that every method must beat.
public struct DoNothing: MatchingAlgorithm {
  public let name = "nothing"
  public let isRandom = false
  public let summary = "Builds only what is required."

  public init() {}

  public func plan(_ model: PlanningModel, limits: RunLimits, progress: RunProgress) throws
    -> AlgorithmResult
  {
    AlgorithmResult(PlanState(model, routes: RouteSet(), carbonPrice: 0))
  }
}
