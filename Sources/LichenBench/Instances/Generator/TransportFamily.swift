import LichenPlanning

/// Balanced fixed-charge transportation: every supplier reaches every receiver, supplies and demands
/// are equal in total, every demand must be met, and fixed charges outweigh the cost of hauling.
enum TransportFamily {
  static func instance(_ request: InstanceRequest) -> Instance {
    let suppliers = max(1, request.suppliers ?? request.enterprises / 2)
    let receivers = max(1, request.enterprises - suppliers)
    var random = RandomStream(seed: request.seed, .transport)
    var supplies = (0..<suppliers).map { _ in whole(5, 40, &random) }
    var needs = (0..<receivers).map { _ in whole(5, 40, &random) }
    balance(&supplies, with: &needs)
    var links: [PlanningModel.Link] = []
    for supplier in 0..<suppliers {
      for receiver in 0..<receivers {
        let cost = whole(1, 10, &random)
        let charge = whole(20, 200, &random)
        links.append(
          PlanningModel.Link(
            candidate: links.count, source: .output(supplier), target: .input(receiver), ratio: 1,
            money: -cost, carbon: 0, fixedCost: charge, capital: 0, lower: 0,
            upper: min(supplies[supplier], needs[receiver])))
      }
    }
    return Instance(
      name: request.name, source: InstanceGenerator.source(request),
      licence: InstanceGenerator.licence,
      model: PlanningModel(
        name: request.name, links: links, linkNames: links.indices.map { "l\($0 + 1)" },
        supplies: supplies, needs: needs, leastNeeds: needs),
      outputIDs: supplies.indices.map { "o\($0 + 1)" },
      inputIDs: needs.indices.map { "i\($0 + 1)" })
  }

  private static func whole(_ low: Int, _ high: Int, _ random: inout RandomStream) -> Double {
    Double(low + random.index(high - low + 1))
  }

  /// Adds units to the side that has less, one each in turn.
  private static func balance(_ supplies: inout [Double], with needs: inout [Double]) {
    let surplus = Int(supplies.reduce(0, +) - needs.reduce(0, +))
    for unit in 0..<abs(surplus) {
      if surplus > 0 {
        needs[unit % needs.count] += 1
      } else {
        supplies[unit % supplies.count] += 1
      }
    }
  }
}
