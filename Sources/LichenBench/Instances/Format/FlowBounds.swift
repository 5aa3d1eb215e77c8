import LichenPlanning

/// The most that a link can carry by what stands at its ends: min(supply, demand / ratio), a
/// facility by its capacity and by the most that it can make.
struct FlowBounds {
  private let supplies: [Double]
  private let needs: [Double]
  private let capacities: [Double]
  /// By facility: its capacity times the best ratio among the links that lead in.
  private let products: [Double]

  /// - Parameter legs: Links that may lead to facilities; others are passed over.
  init(
    supplies: [Double], needs: [Double], measures: [PlanningModel.Measure],
    facilities: [PlanningModel.Facility], legs: some Sequence<PlanningModel.Link>
  ) {
    var most = (supplies: supplies, needs: needs)
    for measure in measures where measure.shift > 0 {
      if let output = measure.output { most.supplies[output] += measure.shift }
      if let input = measure.input { most.needs[input] += measure.shift }
    }
    var ratios = [Double](repeating: 0, count: facilities.count)
    if !facilities.isEmpty {
      for leg in legs {
        if case .facility(let index) = leg.target { ratios[index] = max(ratios[index], leg.ratio) }
      }
    }
    self.supplies = most.supplies
    self.needs = most.needs
    capacities = facilities.map(\.capacity)
    products = zip(capacities, ratios).map { $0 * $1 }
  }

  init(_ model: PlanningModel) {
    self.init(
      supplies: model.supplies, needs: model.needs, measures: model.measures,
      facilities: model.facilities, legs: model.links)
  }

  /// Units moved per year.
  func most(
    from source: PlanningModel.Source, to target: PlanningModel.Target, ratio: Double
  ) -> Double {
    let offered =
      switch source {
      case .output(let index): supplies[index]
      case .facility(let index): products[index]
      }
    let wanted =
      switch target {
      case .input(let index): needs[index] / ratio
      case .facility(let index): capacities[index]
      }
    return min(offered, wanted)
  }

  func most(of link: PlanningModel.Link) -> Double {
    most(from: link.source, to: link.target, ratio: link.ratio)
  }
}
