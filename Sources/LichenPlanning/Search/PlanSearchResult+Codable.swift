/// A plan as it is sent from one process to another: every figure to the bit, and nothing of what the search learnt.
extension PlanSearchResult: Codable {
  private enum Key: String, CodingKey {
    case links, flowing, flows, open, measures, taken, status, stopReason, objective, bound
    case components, solverName, solverVersion
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    let flowing = flows.indices.filter { flows[$0].bitPattern != 0 }
    try values.encode(flows.count, forKey: .links)
    try values.encode(flowing, forKey: .flowing)
    try values.encode(flowing.map { flows[$0] }, forKey: .flows)
    try values.encode(isOpen.indices.filter { isOpen[$0] }, forKey: .open)
    try values.encode(isTaken.count, forKey: .measures)
    try values.encode(isTaken.indices.filter { isTaken[$0] }, forKey: .taken)
    try values.encode(status, forKey: .status)
    try values.encode(stopReason, forKey: .stopReason)
    try values.encode(objective, forKey: .objective)
    try values.encode(bound, forKey: .bound)
    try values.encode(components, forKey: .components)
    try values.encode(solverName, forKey: .solverName)
    try values.encode(solverVersion, forKey: .solverVersion)
  }

  /// - Throws: `DecodingError`, also for places that are none.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    let links = try values.decode(Int.self, forKey: .links)
    let measures = try values.decode(Int.self, forKey: .measures)
    func places(_ key: Key, of count: Int) throws -> [Int] {
      let places = try values.decode([Int].self, forKey: key)
      guard count >= 0, places.allSatisfy({ (0..<count).contains($0) }) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: values, debugDescription: "a place is not within \(count)")
      }
      return places
    }
    var flows = [Double](repeating: 0, count: max(0, links))
    let amounts = try values.decode([Double].self, forKey: .flows)
    for (place, amount) in zip(try places(.flowing, of: links), amounts) { flows[place] = amount }
    let open = Set(try places(.open, of: links))
    let taken = Set(try places(.taken, of: measures))
    self.init(
      flows: flows, isOpen: flows.indices.map(open.contains),
      isTaken: (0..<max(0, measures)).map(taken.contains),
      status: try values.decode(MIPResult.Status.self, forKey: .status),
      stopReason: try values.decode(MIPResult.StopReason.self, forKey: .stopReason),
      objective: try values.decode(Double.self, forKey: .objective),
      bound: try values.decode(Double.self, forKey: .bound),
      components: try values.decode([ComponentSummary].self, forKey: .components),
      solverName: try values.decode(String.self, forKey: .solverName),
      solverVersion: try values.decode(String.self, forKey: .solverVersion))
  }
}
