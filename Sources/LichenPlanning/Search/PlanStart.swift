/// Where a search may begin instead of from nothing: a plan for the same links in the same order, and
/// what an earlier search learnt about them.
///
/// Nothing here can make an answer wrong. A plan that breaks a limit of the changed model is mended or
/// dropped, and a division proves whatever bound it proves for the changed figures.
public struct PlanStart: Sendable {
  /// Yearly flow per link of the model [reference units/a].
  public var flows: [Double]
  /// By measure of the model.
  public var taken: [Bool]
  var memory: PlanMemory

  public init(flows: [Double], taken: [Bool]) {
    self.flows = flows
    self.taken = taken
    memory = PlanMemory()
  }

  /// The plan and the proof of an earlier search.
  public init(_ earlier: PlanSearchResult) {
    flows = earlier.flows
    taken = earlier.isTaken
    memory = earlier.memory
  }
}
