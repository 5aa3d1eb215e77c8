import LichenPlanning

/// Counts the pairs that would rather trade with each other than keep to a plan.
///
/// A link blocks if both its ends accept it and could move at least its smallest lot onto it from
/// nothing or from links that they rank lower (Baïou and Balinski 2002, "The stable allocation (or
/// ordinal transportation) problem", Mathematics of Operations Research 27).
public enum BlockingPairs {
  /// - Complexity: O(n log n) for n links.
  public static func count(_ plan: NetworkPlan, in model: PlanningModel) -> Int {
    let ranking = SideRanking(model)
    var supplies = model.supplies
    var needs = model.needs
    for (measure, isTaken) in zip(model.measures, plan.isTaken) where isTaken {
      if let output = measure.output { supplies[output] += measure.shift }
      if let input = measure.input { needs[input] += measure.shift }
    }
    // What each end could give a link: its rest and all that it ranks lower [units of the link].
    var offered = [Double](repeating: 0, count: model.links.count)
    var wanted = offered
    for (output, links) in ranking.byOutput.enumerated() {
      var movable = supplies[output] - links.reduce(0) { $0 + plan.flows[Int($1)] }
      for link in links.reversed() {
        offered[Int(link)] = movable
        movable += plan.flows[Int(link)]
      }
    }
    for (input, links) in ranking.byInput.enumerated() {
      var movable =
        needs[input]
        - links.reduce(0) { $0 + plan.flows[Int($1)] * model.links[Int($1)].ratio }
      for index in links.reversed().map(Int.init) {
        wanted[index] = movable / model.links[index].ratio
        movable += plan.flows[index] * model.links[index].ratio
      }
    }
    return model.links.indices.count { index in
      let link = model.links[index]
      guard ranking.isAcceptable[index] else { return false }
      let most = min(link.upper - plan.flows[index], offered[index], wanted[index])
      let least = plan.flows[index] > 0 ? 0 : link.lower
      return most > PlanState.dust * link.upper && most >= least * (1 - PlanState.dust)
    }
  }
}
