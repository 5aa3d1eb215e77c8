/// A figure of a plan that is a sum over its links, measures, permits and plants, such as money or CO2e.
public struct LinearCriterion: Sendable, Hashable {
  /// By link, per reference unit moved.
  public var perUnit: [Double]
  /// By link, once open.
  public var perOpenLink: [Double]
  /// By measure, once taken.
  public var perMeasure: [Double]
  /// By permit, once needed.
  public var perPermit: [Double]
  /// By facility, once open.
  public var perFacility: [Double]

  /// Nothing, whatever the plan.
  public init(of model: PlanningModel) {
    perUnit = model.links.map { _ in 0 }
    perOpenLink = model.links.map { _ in 0 }
    perMeasure = model.measures.map { _ in 0 }
    perPermit = model.permits.map { _ in 0 }
    perFacility = model.facilities.map { _ in 0 }
  }

  /// The objective with these weights.
  public init(_ weights: PlanningModel.Weights, of model: PlanningModel) {
    self.init(of: model)
    perUnit = model.links.map { model.unitValue(of: $0, weights) }
    perOpenLink = model.links.map { -weights.money * $0.fixedCost }
    perMeasure = model.measures.map { model.value(of: $0, weights) }
    perPermit = model.permits.map { -weights.money * $0.annualCost }
    perFacility = model.facilities.map { -weights.money * $0.openingCost }
  }

  /// The same figure times a factor.
  public func scaled(by factor: Double) -> LinearCriterion {
    var other = self
    other.perUnit = perUnit.map { $0 * factor }
    other.perOpenLink = perOpenLink.map { $0 * factor }
    other.perMeasure = perMeasure.map { $0 * factor }
    other.perPermit = perPermit.map { $0 * factor }
    other.perFacility = perFacility.map { $0 * factor }
    return other
  }

  /// The sum of two figures of one model.
  public static func + (left: LinearCriterion, right: LinearCriterion) -> LinearCriterion {
    var sum = left
    sum.perUnit = zip(left.perUnit, right.perUnit).map(+)
    sum.perOpenLink = zip(left.perOpenLink, right.perOpenLink).map(+)
    sum.perMeasure = zip(left.perMeasure, right.perMeasure).map(+)
    sum.perPermit = zip(left.perPermit, right.perPermit).map(+)
    sum.perFacility = zip(left.perFacility, right.perFacility).map(+)
    return sum
  }

  /// The figure of a plan.
  /// - Complexity: O(links and their permits).
  public func value(
    of model: PlanningModel, flows: [Double], isOpen: [Bool], isTaken: [Bool]
  ) -> Double {
    var sum = 0.0
    var permits: Set<Int32> = []
    var facilities: Set<Int> = []
    for index in model.links.indices where isOpen[index] {
      sum += perUnit[index] * flows[index] + perOpenLink[index]
      permits.formUnion(model.permits(of: index))
      facilities.formUnion(model.links[index].facilities)
    }
    for index in model.measures.indices where isTaken[index] { sum += perMeasure[index] }
    sum += permits.sorted().reduce(0) { $0 + perPermit[Int($1)] }
    return sum + facilities.sorted().reduce(0) { $0 + perFacility[$1] }
  }
}

extension MIPBuilder {
  /// Coefficient of every column in a criterion.
  /// - Precondition: Links that count once open have an opening: see `opensEveryLink`.
  public func coefficients(of criterion: LinearCriterion) -> [Double] {
    var values = [Double](repeating: 0, count: firstMeasureColumn + measures.count)
    for position in links.indices {
      values[position] = criterion.perUnit[links[position]] * link(position).upper
      if let opening = opening(at: position) {
        values[opening] = criterion.perOpenLink[links[position]]
      } else {
        precondition(criterion.perOpenLink[links[position]] == 0, "The link has no opening.")
      }
    }
    for (offset, permit) in permitsInUse.enumerated() {
      values[firstPermitColumn + offset] = criterion.perPermit[permit]
    }
    for (offset, facility) in facilitiesInUse.enumerated() {
      values[firstFacilityColumn + offset] = criterion.perFacility[facility]
    }
    for (offset, measure) in measures.enumerated() {
      values[firstMeasureColumn + offset] = criterion.perMeasure[measure]
    }
    return values
  }
}
