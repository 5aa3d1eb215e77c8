import LichenDomain
import LichenMatching

/// The flow network of a park in one medium, and what was needed to close it.
///
/// Compartments are the firms. Between them flows what exchanges move, as it leaves the donor. Into a
/// firm comes what it still buys: each declared need, less what exchanges replace of it. Out of a firm
/// goes what no exchange takes of each declared output: as export where it is sold or used today, else
/// as loss. Products are not declared, so that a firm's balance does not close by itself: what comes in
/// and is not seen to leave counts as export, what leaves and is not seen to come in as import.
/// Streams without a quantity, and those that nothing joins to the unit, are left out and counted.
public struct ParkFlows: Sendable {
  public let medium: FlowMedium
  /// One compartment per firm with a flow, in order of id.
  public let firms: [EnterpriseID]
  public let network: FlowNetwork
  /// Added to close the balances: what must have come in, and what must have left [units/a].
  public let closing: (imports: Double, exports: Double)
  /// Streams and exchanges that stand in no figure.
  public let leftOut: Int

  /// - Complexity: O(streams + links).
  init(_ state: NetworkState, medium: FlowMedium) {
    var book = Book(state: state, medium: medium)
    book.addLinks()
    book.addStreams()
    self.medium = medium
    let ids = book.firms.keys.sorted()
    let place = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    var firms = ids.compactMap { book.firms[$0] }
    let flows = book.flows.sorted { $0.key < $1.key }.compactMap { pair, amount in
      place[pair.donor].flatMap { donor in
        place[pair.receiver].map { FlowNetwork.Flow(donor, $0, amount) }
      }
    }
    var balance = firms.map { $0.bought - $0.used - $0.lost }
    for flow in flows {
      balance[flow.source] -= flow.amount
      balance[flow.target] += flow.amount
    }
    for (index, surplus) in balance.enumerated() {
      firms[index].bought += max(0, -surplus)
      firms[index].used += max(0, surplus)
    }
    closing = (
      balance.reduce(0) { $0 + max(0, -$1) }, balance.reduce(0) { $0 + max(0, $1) }
    )
    self.firms = ids
    network = FlowNetwork(
      imports: firms.map(\.bought), flows: flows, exports: firms.map(\.used),
      losses: firms.map(\.lost))
    leftOut = book.leftOut
  }
}

/// Sums of one medium while they are collected.
private struct Book {
  struct Firm {
    var bought = 0.0
    var used = 0.0
    var lost = 0.0
  }

  struct Pair: Hashable, Comparable {
    let donor: EnterpriseID
    let receiver: EnterpriseID

    static func < (left: Self, right: Self) -> Bool {
      (left.donor, left.receiver) < (right.donor, right.receiver)
    }
  }

  let state: NetworkState
  let medium: FlowMedium
  var firms: [EnterpriseID: Firm] = [:]
  var flows: [Pair: Double] = [:]
  var leftOut = 0
  /// [reference units/a]
  var given: [StreamID: Double] = [:]
  var replaced: [StreamID: Double] = [:]

  init(state: NetworkState, medium: FlowMedium) {
    self.state = state
    self.medium = medium
  }

  /// `nil` if a material flows in another medium; zero is unknown.
  private func perUnit(_ material: MaterialID) -> Double? {
    if let amount = state.park.amount(of: material) {
      return amount.medium == medium ? amount.perUnit : nil
    }
    // Nothing joins it to its own unit: told once, with the masses.
    return medium == .mass && state.park.material(material)?.phase != .service ? 0 : nil
  }

  mutating func addLinks() {
    for link in state.links {
      if let output = link.output { given[output.id, default: 0] += link.quantity ?? 0 }
      if let input = link.input { replaced[input.id, default: 0] += link.replaced ?? 0 }
      guard let material = link.material, let perUnit = perUnit(material) else { continue }
      guard let quantity = link.quantity, perUnit > 0 else {
        leftOut += 1
        continue
      }
      guard quantity > 0, link.donor != link.receiver else { continue }
      firms[link.donor, default: Firm()].bought += 0
      firms[link.receiver, default: Firm()].bought += 0
      flows[Pair(donor: link.donor, receiver: link.receiver), default: 0] += quantity * perUnit
    }
  }

  mutating func addStreams() {
    for output in state.park.outputs {
      guard let perUnit = perUnit(output.material) else { continue }
      guard perUnit > 0, let quantity = state.quantity(of: output) else {
        leftOut += 1
        continue
      }
      let rest = max(0, quantity - (given[output.id] ?? 0)) * perUnit
      if rest == 0 { continue }
      if output.currentRoute.isAlreadyUsed {
        firms[output.enterprise, default: Firm()].used += rest
      } else {
        firms[output.enterprise, default: Firm()].lost += rest
      }
    }
    for input in state.park.inputs {
      guard let perUnit = perUnit(input.material) else { continue }
      guard perUnit > 0, let quantity = state.quantity(of: input) else {
        leftOut += 1
        continue
      }
      let rest = max(0, quantity - (replaced[input.id] ?? 0)) * perUnit
      if rest > 0 { firms[input.enterprise, default: Firm()].bought += rest }
    }
  }
}
