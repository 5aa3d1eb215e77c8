import Foundation
import LichenBench
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

extension Engine {
  /// A park's planning problem as an instance of the benchmark.
  ///
  /// The objective's first stage is worked into the benefits, a carbon price included, because an
  /// instance maximises money alone.
  /// - Throws: `PlanningError` for contradictory options.
  public func instance(_ park: Park, options: PlanningOptions) throws -> Instance {
    let graph = CandidateGenerator(park: park).graph()
    let problem = try PlanningProblem(graph: graph, options: options)
    let weights = options.objective.primaryWeights(carbonPrice: options.carbonPrice)
    return Instance(
      name: park.settings.name,
      source: "Park \(park.settings.title), year \(park.settings.baseYear)",
      licence: "As the park's",
      model: problem.model.pricing(weights),
      outputIDs: park.outputs.map(\.id.rawValue), inputIDs: park.inputs.map(\.id.rawValue))
  }
}

extension PlanningModel {
  /// The same problem in terms of money alone, with names that files can hold.
  func pricing(_ weights: Weights) -> PlanningModel {
    PlanningModel(
      name: name,
      links: links.enumerated().map { index, link in
        Link(
          candidate: index, source: link.source, target: link.target, ratio: link.ratio,
          money: unitValue(of: link, weights), carbon: link.carbon,
          fixedCost: weights.money * link.fixedCost, capital: link.capital, lower: link.lower,
          upper: link.upper, isRequired: link.isRequired)
      },
      linkNames: linkNames, linkPermits: linkPermits, supplies: supplies, needs: needs,
      leastNeeds: leastNeeds,
      permits: permits.map {
        Permit(
          name: $0.name.replacing(" ", with: "_"), annualCost: weights.money * $0.annualCost)
      },
      facilities: facilities, blends: blends,
      measures: measures.map {
        Measure(
          name: $0.name, output: $0.output, input: $0.input, shift: $0.shift,
          money: value(of: $0, weights), carbon: $0.carbon, capital: $0.capital,
          isRequired: $0.isRequired)
      },
      capitalBudget: capitalBudget, carbonFloor: carbonFloor, partnerLimit: partnerLimit)
  }
}
