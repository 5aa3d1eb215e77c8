import LichenGraph
import LichenPlanning

/// Everything that one run of the main job found.
public struct MatchResult: Sendable {
  public let graph: ExchangeGraph
  public let plan: Plan
  public let rediscovery: Rediscovery
  public let whyNot: WhyNotAnalysis

  public init(
    graph: ExchangeGraph, plan: Plan, rediscovery: Rediscovery, whyNot: WhyNotAnalysis
  ) {
    self.graph = graph
    self.plan = plan
    self.rediscovery = rediscovery
    self.whyNot = whyNot
  }

  /// A plan without what explains it, for drawings and figures.
  public init(unexplained plan: Plan, graph: ExchangeGraph) {
    self.init(
      graph: graph, plan: plan, rediscovery: Rediscovery(documented: [], new: []),
      whyNot: WhyNotAnalysis(entries: [], facilities: []))
  }
}
