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
}
