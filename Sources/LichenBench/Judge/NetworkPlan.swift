import LichenPlanning

/// A plan of a model: what flows on every link and which measures are taken.
///
/// Everything else follows. A link is open if it carries something or is required; a permit is held if
/// an open link needs it; a facility stands if an open link touches it.
public struct NetworkPlan: Sendable, Hashable {
  /// Yearly flow per link of the model [reference units/a].
  public var flows: [Double]
  /// Per measure of the model.
  public var isTaken: [Bool]

  public init(flows: [Double], isTaken: [Bool] = []) {
    self.flows = flows
    self.isTaken = isTaken
  }

  /// Nothing flows and nothing is taken but what the model requires.
  public init(idle model: PlanningModel) {
    flows = Array(repeating: 0, count: model.links.count)
    isTaken = model.measures.map(\.isRequired)
  }

  /// Indices of the open links, ascending.
  public func openLinks(of model: PlanningModel) -> [Int] {
    model.links.indices.filter { flows[$0] > 0 || model.links[$0].isRequired }
  }

  /// Indices of the permits that open links need, ascending.
  public func permits(of model: PlanningModel) -> [Int] {
    var isHeld = [Bool](repeating: false, count: model.permits.count)
    for link in openLinks(of: model) {
      for permit in model.permits(of: link) { isHeld[Int(permit)] = true }
    }
    return isHeld.indices.filter { isHeld[$0] }
  }

  /// Indices of the facilities that open links touch, ascending.
  public func facilities(of model: PlanningModel) -> [Int] {
    var stands = [Bool](repeating: false, count: model.facilities.count)
    for index in openLinks(of: model) {
      if case .facility(let facility) = model.links[index].source { stands[facility] = true }
      if case .facility(let facility) = model.links[index].target { stands[facility] = true }
    }
    return stands.indices.filter { stands[$0] }
  }
}
