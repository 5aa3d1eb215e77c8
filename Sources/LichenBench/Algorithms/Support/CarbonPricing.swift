import LichenPlanning

/// Lets methods that know only values reach a CO2e floor: they plan at a growing price of CO2e until
/// the plan avoids enough.
enum CarbonPricing {
  /// - Parameter build: Plans at a price of CO2e [park currency/kg].
  /// - Returns: The first plan that reaches the floor, else the one that avoids most.
  static func plan(_ model: PlanningModel, build: (Double) -> PlanState) -> PlanState {
    let first = build(0)
    guard let floor = model.carbonFloor, first.carbon < floor else { return first }
    let money = model.links.reduce(0) { $0 + abs($1.money) * $1.upper + $1.fixedCost }
    let carbon = model.links.reduce(0) { $0 + abs($1.carbon) * $1.upper }
    guard money > 0, carbon > 0 else { return first }
    var best = first
    var price = money / carbon / 64
    for _ in 0..<20 {
      let next = build(price)
      if next.carbon > best.carbon { best = next }
      if best.carbon >= floor { return best }
      price *= 2
    }
    return best
  }
}
