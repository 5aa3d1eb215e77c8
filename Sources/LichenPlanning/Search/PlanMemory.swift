/// What an earlier search found, proved and learnt, by the parts of its model.
struct PlanMemory: Sendable {
  var model = PlanningModel.empty
  var stages: [PlanningModel.Weights] = []
  var outcomes: [PlanningModel.Part: ComponentOutcome] = [:]
  var divisions: [PlanningModel.Part: NetworkDivision] = [:]

  /// What still holds of a part in a model whose figures may have changed.
  enum Claim {
    /// Nothing changed: the earlier outcome stands.
    case outcome(ComponentOutcome)
    /// Plans of the part are worth no more than this.
    case bound(Double)
  }

  /// What is known of a part of a model, `nil` if nothing is.
  func claim(
    on part: PlanningModel.Part, of model: PlanningModel, _ stages: [PlanningModel.Weights]
  )
    -> Claim?
  {
    guard stages == self.stages, let earlier = outcomes[part],
      earlier.status == .optimal || earlier.status == .feasible,
      let change = model.change(of: part, since: self.model, stages[0])
    else { return nil }
    if change.isNone, earlier.hasPlan { return .outcome(earlier) }
    return .bound(earlier.bound + change.rise + 1e-12 * (abs(earlier.bound) + change.size))
  }
}

/// How profits and costs were divided between the ends of a part's links at its best bound.
struct NetworkDivision: Sendable {
  var headProfit: [Double]
  var headFixed: [Double]
  var permitPrices: [Double]
  var rowPrices: [String: Double]
}
