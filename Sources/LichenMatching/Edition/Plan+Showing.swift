import LichenDomain
import LichenGraph
import LichenPlanning

/// The parts of a plan that an edition shows.
struct ShownPlan {
  var exchanges: [PlannedExchange] = []
  var legs: [PlannedLeg] = []
  var facilities: [PlannedFacility] = []
  var permits: [PermitNeed] = []
  var measures: [PlannedMeasure] = []
  var idleMeasures: [IdleMeasure] = []
}

extension Plan {
  /// The plan with nothing but the parts shown; its certificate tells status and gap.
  ///
  /// Value and bound are told in parts of the value, because their amounts are the whole plan's.
  init(_ plan: Plan, showing shown: ShownPlan, in graph: ExchangeGraph) {
    self.init(
      park: graph.park, options: Self.shown(plan.options, in: graph.park), shown: shown,
      certificate: SolverCertificate(
        objective: plan.certificate.objective, status: plan.certificate.status,
        stopReason: plan.certificate.stopReason,
        incumbent: plan.certificate.incumbent == 0 ? 0 : 1,
        bound: plan.certificate.incumbent == 0 ? 0 : 1 + plan.certificate.gap,
        recomputationDifference: 0, components: [], candidates: graph.candidates.count, links: 0,
        solver: plan.certificate.solver))
  }

  /// Limits of the whole plan would tell its totals where they bind; requirements of streams that are not
  /// shown would name them.
  private static func shown(_ options: PlanningOptions, in park: Park) -> PlanningOptions {
    var options = options
    options.capitalBudget = nil
    options.carbonFloor = nil
    func isShown(_ selector: LinkSelector) -> Bool {
      let parts = selector.text.split(separator: ":").prefix(2).compactMap { StreamID(String($0)) }
      return parts.count == 2 && park.output(parts[0]) != nil && park.input(parts[1]) != nil
    }
    options.required = options.required.filter(isShown)
    options.forbidden = options.forbidden.filter(isShown)
    let measures = Set(park.options.map(\.id))
    options.requiredMeasures = options.requiredMeasures.filter { measures.contains($0) }
    return options
  }
}
