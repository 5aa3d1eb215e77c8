import LichenPlanning

/// Makes one instance of parts that share inputs and permits: links, streams, permits and mixtures in order of id.
///
/// An output and its links stand in one part only; an input or permit that several parts have is one. Streams and permits without a
/// link are left out. The order of parts does not matter.
public struct InstanceJoiner {
  /// What keeps instances from being joined.
  public struct Refusal: Error, CustomStringConvertible {
    public let description: String
  }

  private var outputs = Register()
  private var inputs = Register()
  private var permits = Register()
  private var links: [PlanningModel.Link] = []
  private var linkNames: [String] = []
  private var linkPermits: [[Int]] = []
  private var blends: [String: [(link: Int, excess: Double)]] = [:]

  public init() {}

  /// Adds a part.
  /// - Throws: `Refusal` if a shared stream or permit differs from part to part, or the part has plants, measures or
  ///   limits on the whole.
  public mutating func add(_ part: Instance) throws(Refusal) {
    let model = part.model
    guard model.facilities.isEmpty, model.measures.isEmpty, model.leastNeeds.isEmpty,
      model.capitalBudget == nil, model.carbonFloor == nil, model.partnerLimit == nil
    else {
      throw .init(description: "\(part.name) has plants, measures or limits on the whole")
    }
    let first = links.count
    for (index, link) in model.links.enumerated() {
      guard let output = link.output, let input = link.input else { continue }
      guard let from = outputs.place(of: part.outputIDs[output], model.supplies[output]) else {
        throw .init(description: "the output \(part.outputIDs[output]) occurs twice")
      }
      guard let to = inputs.place(of: part.inputIDs[input], model.needs[input]) else {
        throw .init(description: "the input \(part.inputIDs[input]) occurs twice")
      }
      links.append(
        PlanningModel.Link(
          candidate: 0, source: .output(from), target: .input(to), ratio: link.ratio,
          money: link.money, carbon: link.carbon, fixedCost: link.fixedCost, capital: link.capital,
          lower: link.lower, upper: link.upper, isRequired: link.isRequired))
      linkNames.append(model.linkNames[index])
      var needed: [Int] = []
      for place in model.permits(of: index) {
        let permit = model.permits[Int(place)]
        guard let found = permits.place(of: permit.name, permit.annualCost) else {
          throw .init(description: "the permit \(permit.name) has two costs")
        }
        needed.append(found)
      }
      linkPermits.append(needed)
    }
    for blend in model.blends {
      blends[blend.name, default: []] += zip(blend.links, blend.excess).map { (first + $0, $1) }
    }
  }

  /// The whole; nothing is left in the joiner.
  /// - Parameters:
  ///   - budget: See `PlanningModel.capitalBudget`.
  ///   - partners: See `PlanningModel.partnerLimit`.
  /// - Throws: `Refusal` if a link occurs twice.
  /// - Complexity: O(n log n) for n links.
  public mutating func joined(
    name: String, source: String, licence: String, budget: Double? = nil, partners: Int? = nil
  ) throws(Refusal) -> Instance {
    let order = linkNames.indices.sorted { linkNames[$0] < linkNames[$1] }
    for (one, other) in zip(order, order.dropFirst()) where linkNames[one] == linkNames[other] {
      throw .init(description: "the link \(linkNames[one]) occurs twice")
    }
    let (output, input, permit) = (outputs.sort(), inputs.sort(), permits.sort())
    var places = [Int](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { places[old] = new }
    var needed = RaggedArray()
    for old in order { needed.append(linkPermits[old].map { permit[$0] }.sorted()) }
    let model = PlanningModel(
      name: name,
      links: order.enumerated().map { new, old in
        let link = links[old]
        return PlanningModel.Link(
          candidate: new, source: .output(output[link.output ?? 0]),
          target: .input(input[link.input ?? 0]), ratio: link.ratio, money: link.money,
          carbon: link.carbon, fixedCost: link.fixedCost, capital: link.capital,
          lower: link.lower, upper: link.upper, isRequired: link.isRequired)
      },
      linkNames: order.map { linkNames[$0] },
      linkPermits: needed.hasNoMembers ? RaggedArray() : needed, supplies: outputs.figures,
      needs: inputs.figures,
      permits: zip(permits.names, permits.figures).map {
        PlanningModel.Permit(name: $0, annualCost: $1)
      },
      blends: blends.sorted { $0.key < $1.key }.compactMap { name, terms in
        // What no part exceeds binds nothing.
        guard terms.contains(where: { $0.excess > 0 }) else { return nil }
        let sorted = terms.map { (place: places[$0.link], excess: $0.excess) }
          .sorted { $0.place < $1.place }
        return PlanningModel.Blend(
          name: name, links: sorted.map(\.place), excess: sorted.map(\.excess))
      }, capitalBudget: budget, partnerLimit: partners)
    return Instance(
      name: name, source: source, licence: licence, model: model, outputIDs: outputs.names,
      inputIDs: inputs.names)
  }
}

/// Names in order of first use, until they are sorted, and a figure of each.
private struct Register {
  private(set) var names: [String] = []
  private(set) var figures: [Double] = []
  private var places: [String: Int] = [:]

  /// - Returns: The name's place; `nil` if it is known with another figure.
  mutating func place(of name: String, _ figure: Double) -> Int? {
    if let place = places[name] { return figures[place] == figure ? place : nil }
    places[name] = names.count
    names.append(name)
    figures.append(figure)
    return names.count - 1
  }

  /// Sorts by name.
  /// - Returns: New places by old ones.
  mutating func sort() -> [Int] {
    let order = names.indices.sorted { names[$0] < names[$1] }
    var moved = [Int](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { moved[old] = new }
    names = order.map { names[$0] }
    figures = order.map { figures[$0] }
    places = [:]
    return moved
  }
}
