import LichenPlanning

/// What stands in a unit's `unit.json` beside the tables of its instance.
struct PlanTask: Codable, Sendable, Hashable {
  var kind = "plan"
  let limits: PlanLimits
}

/// What was found of a unit's instance.
struct PlanOutcome: Codable, Sendable, Hashable {
  /// Links with flow: place in the instance, and flow [units/a].
  let flows: [Flow]
  /// Places of the measures that are taken.
  let taken: [Int]
  let status: MIPResult.Status
  let stopReason: MIPResult.StopReason
  let objective: Double
  let bound: Double
  let components: [Piece]
  let solver: String
  let solverVersion: String

  struct Flow: Codable, Sendable, Hashable {
    let link: Int
    let amount: Double

    init(link: Int, amount: Double) {
      self.link = link
      self.amount = amount
    }

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      link = try values.decode(Int.self)
      amount = try values.decode(Double.self)
    }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.unkeyedContainer()
      try values.encode(link)
      try values.encode(amount)
    }
  }

  /// A component, and its first link, by which components of all units are put in order.
  struct Piece: Codable, Sendable, Hashable {
    let first: Int
    let summary: ComponentSummary
  }

  init(_ result: PlanSearchResult, firsts: [Int]) {
    flows = result.flows.enumerated().filter { $0.element > 0 }
      .map { Flow(link: $0.offset, amount: $0.element) }
    taken = result.isTaken.indices.filter { result.isTaken[$0] }
    status = result.status
    stopReason = result.stopReason
    objective = result.objective
    bound = result.bound
    components = zip(firsts, result.components).map { Piece(first: $0, summary: $1) }
    solver = result.solverName
    solverVersion = result.solverVersion
  }

  private init(
    _ outcome: PlanOutcome, flows: [Flow], taken: [Int], status: MIPResult.Status,
    stopReason: MIPResult.StopReason, components: [Piece]
  ) {
    self.flows = flows.sorted { $0.link < $1.link }
    self.taken = taken.sorted()
    self.status = status
    self.stopReason = stopReason
    // In order of component, as one process adds them up.
    self.components = components.sorted { $0.first < $1.first }
    objective = self.components.reduce(0) { $0 + $1.summary.objective }
    bound = self.components.reduce(0) { $0 + $1.summary.bound }
    solver = outcome.solver
    solverVersion = outcome.solverVersion
  }

  /// The same of some components in places of the model that they are of.
  func placed(as excerpt: Excerpt, in model: PlanningModel) -> PlanOutcome {
    let own = excerpt.links.count
    return PlanOutcome(
      self, flows: flows.map { Flow(link: excerpt.links[$0.link].link, amount: $0.amount) },
      taken: taken.map { excerpt.measures[$0] }, status: status, stopReason: stopReason,
      components: components.map {
        Piece(
          first: $0.first < own
            ? excerpt.links[$0.first].link : model.links.count + excerpt.measures[$0.first - own],
          summary: $0.summary)
      })
  }

  /// What was found of all components of a model, of which each outcome has some.
  init(joining outcomes: [PlanOutcome], of model: PlanningModel) {
    self.init(
      outcomes[0], flows: outcomes.flatMap(\.flows), taken: outcomes.flatMap(\.taken),
      status: model.status(joining: outcomes.map(\.status)),
      stopReason: outcomes.map(\.stopReason).first { $0 != .completed } ?? .completed,
      components: outcomes.flatMap(\.components))
  }
}
