import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// What money can be weighed against.
public enum ParetoCriterion: String, Sendable, Codable, CaseIterable {
  /// CO2e avoided [kg/a]; more is better.
  case carbon
  /// Water that by-products replace [m³/a]; more is better.
  case water
  /// Mass kept from landfills [t/a]; more is better.
  case landfill
  /// Exchanges that are open; fewer are better.
  case links
  /// Investment, one-off permit costs included [park currency]; less is better.
  case capital

  /// Whether less of the figure is better.
  public var isLess: Bool { self == .links || self == .capital }

  /// The figure in a model's terms, as it is told: not turned round where less is better.
  func figure(of study: PlanStudy, in problem: PlanningProblem) -> LinearCriterion {
    let model = problem.model
    var criterion = LinearCriterion(of: model)
    switch self {
    case .carbon: return LinearCriterion(.carbon, of: model)
    case .links: criterion.perOpenLink = model.links.map { _ in 1 }
    case .capital:
      criterion.perOpenLink = model.links.map(\.capital)
      criterion.perMeasure = model.measures.map(\.capital)
      criterion.perFacility = model.facilities.map(\.capital)
      criterion.perPermit = problem.permitNeeds.map { $0.oneOff.value?.typical ?? 0 }
    case .water:
      criterion.perUnit = model.links.map { link in
        link.input.map { study.park.water(perUnitOf: study.park.inputs[$0]) * link.ratio } ?? 0
      }
    case .landfill:
      criterion.perUnit = model.links.map { link in
        link.output.map { study.park.landfilled(perUnitOf: study.park.outputs[$0]) } ?? 0
      }
    }
    return criterion
  }
}

extension Park {
  /// m³ of water that one unit of an input is; 0 for what is not water.
  fileprivate func water(perUnitOf input: InputStream) -> Double {
    guard let material = material(input.material), material.phase == .water else { return 0 }
    return factor(of: material, in: .water) ?? 0
  }

  /// t that one unit of an output is, if it goes to a landfill today.
  fileprivate func landfilled(perUnitOf output: OutputStream) -> Double {
    guard output.currentRoute == .landfill, let material = material(output.material) else {
      return 0
    }
    return factor(of: material, in: .mass) ?? 0
  }
}
