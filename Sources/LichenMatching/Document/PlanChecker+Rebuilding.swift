import LichenDomain
import LichenGraph
import LichenPlanning

/// A plan made again from its document and the declarations, without a search.
public struct RebuiltPlan: Sendable {
  public let generator: CandidateGenerator
  public let graph: ExchangeGraph
  public let plan: Plan
}

extension PlanDocument {
  /// The options that the plan was made with, as far as the document tells them.
  var planningOptions: PlanningOptions {
    var made = PlanningOptions(
      objective: options.objective, carbonPrice: options.carbonPricePerTonne,
      capitalBudget: options.capitalBudget, partnerLimit: options.partnerLimit,
      carbonFloor: options.carbonFloorKg, relativeGap: options.relativeGap)
    made.required = options.required.compactMap { LinkSelector($0) }
    made.forbidden = options.forbidden.compactMap { LinkSelector($0) }
    made.requiredMeasures = options.requiredMeasures ?? []
    return made
  }
}

extension PlanChecker {
  /// Derives every exchange, leg and measure of a document from the declared rows.
  /// - Returns: The plan, or what of the document does not exist in the park.
  func rebuild(_ document: PlanDocument) -> (plan: RebuiltPlan?, [PlanDifference]) {
    let generator = CandidateGenerator(park: park)
    let graph = generator.graph()
    var differences: [PlanDifference] = []
    let exchanges = exchanges(of: document, generator, &differences)
    let legs = legs(of: document, in: graph, &differences)
    let measures = measures(of: document, &differences)
    if !differences.isEmpty { return (nil, differences) }
    let plan = Plan(
      graph: graph, options: document.planningOptions, exchanges: exchanges, legs: legs,
      measures: measures, proof: document.certificate)
    return (RebuiltPlan(generator: generator, graph: graph, plan: plan), [])
  }

  private func exchanges(
    of document: PlanDocument, _ generator: CandidateGenerator,
    _ differences: inout [PlanDifference]
  ) -> [PlannedExchange] {
    var exchanges: [PlannedExchange] = []
    for (index, exchange) in document.exchanges.enumerated() {
      guard let output = park.output(exchange.output), let input = park.input(exchange.input),
        let candidate = generator.candidates(from: output, to: input)
          .first(where: { $0.id == exchange.id })
      else {
        differences.append(
          PlanDifference(
            path: "exchanges[\(index)].id", stated: exchange.id, recomputed: "no such candidate"))
        continue
      }
      for blocker in candidate.blockers {
        differences.append(
          PlanDifference(
            path: "exchanges[\(index)]", stated: exchange.id,
            recomputed: "blocked: \(blocker.kind.rawValue)"))
      }
      exchanges.append(
        PlannedExchange(
          candidate: candidate, quantity: exchange.quantity, isRequired: exchange.required))
    }
    return exchanges
  }

  private func measures(
    of document: PlanDocument, _ differences: inout [PlanDifference]
  ) -> [PricedMeasure] {
    let priced = MeasureBook(park: park).measures
    var measures: [PricedMeasure] = []
    for (index, stated) in document.measures.enumerated() {
      let measure = priced.first { $0.option.id == stated.id }
      if measure?.obstacle != nil || measure == nil {
        differences.append(
          PlanDifference(
            path: "measures[\(index)].id", stated: "\(stated.id)",
            recomputed: measure?.obstacle?.rawValue ?? "no such measure"))
      }
      if let measure { measures.append(measure) }
    }
    return measures
  }
}
