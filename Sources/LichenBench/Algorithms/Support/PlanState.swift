import LichenPlanning

/// A plan that grows and shrinks route by route and never breaks a limit on the way.
///
/// Supply, need, capacities, lots, partners, budget and blends are kept at every step; permits and
/// facilities are paid on first use and given back with the last. What must be reached (cover, floor,
/// lots of required links) is up to whoever builds.
struct PlanState {
  let model: PlanningModel
  let routes: RouteSet
  /// Price of CO2e in the value of a plan [park currency/kg].
  let carbonPrice: Double

  private(set) var quantities: [Double]
  private(set) var flows: [Double]
  private(set) var isTaken: [Bool]
  /// Value of what was added, CO2e priced; required openings included.
  private(set) var value = 0.0
  private(set) var carbon = 0.0
  private(set) var supplyLeft: [Double]
  private(set) var needLeft: [Double]
  private(set) var served: [Double]
  /// Routes on a link, and 1 more if it is required.
  private var users: [Int32]
  private var outputPartners: [Int32]
  private var inputPartners: [Int32]
  private var permitUsers: [Int32]
  private var facilityUsers: [Int32]
  private var facilityLeft: [Double]
  private var capitalLeft: Double
  private var blendRoom: [Double]
  private var blendsOfLink: [Int: [(blend: Int, excess: Double)]] = [:]

  /// A share of a limit below which a quantity is dust and is not moved.
  static let dust = 1e-9

  init(_ model: PlanningModel, routes: RouteSet, carbonPrice: Double) {
    self.model = model
    self.routes = routes
    self.carbonPrice = carbonPrice
    quantities = Array(repeating: 0, count: routes.count)
    flows = Array(repeating: 0, count: model.links.count)
    isTaken = Array(repeating: false, count: model.measures.count)
    supplyLeft = model.supplies
    needLeft = model.needs
    served = Array(repeating: 0, count: model.needs.count)
    users = Array(repeating: 0, count: model.links.count)
    outputPartners = Array(repeating: 0, count: model.supplies.count)
    inputPartners = Array(repeating: 0, count: model.needs.count)
    permitUsers = Array(repeating: 0, count: model.permits.count)
    facilityUsers = Array(repeating: 0, count: model.facilities.count)
    facilityLeft = model.facilities.map(\.capacity)
    capitalLeft = model.capitalBudget ?? .infinity
    blendRoom = Array(repeating: 0, count: model.blends.count)
    for (index, blend) in model.blends.enumerated() {
      for (link, excess) in zip(blend.links, blend.excess) where excess != 0 {
        blendsOfLink[link, default: []].append((index, excess))
      }
    }
    for measure in model.measures.indices where model.measures[measure].isRequired {
      take(measure)
    }
    for link in model.links.indices where model.links[link].isRequired { open(link) }
  }

  var plan: NetworkPlan { NetworkPlan(flows: flows, isTaken: isTaken) }

  func unitValue(of route: Int) -> Double {
    routes.money[route] + carbonPrice * routes.carbon[route]
  }

  // MARK: Measures

  func canTake(_ measure: Int) -> Bool {
    let measured = model.measures[measure]
    if isTaken[measure] || measured.capital > capitalLeft { return false }
    if let output = measured.output, supplyLeft[output] + measured.shift < 0 { return false }
    if let input = measured.input, needLeft[input] + measured.shift < 0 { return false }
    return true
  }

  mutating func take(_ measure: Int) {
    let measured = model.measures[measure]
    isTaken[measure] = true
    if let output = measured.output { supplyLeft[output] += measured.shift }
    if let input = measured.input { needLeft[input] += measured.shift }
    capitalLeft -= measured.capital
    value += measured.money + carbonPrice * measured.carbon
    carbon += measured.carbon
  }

  // MARK: Routes

  /// Least and most that may be added to a route now; `nil` if nothing may.
  func room(on route: Int) -> ClosedRange<Double>? {
    let (output, input) = (Int(routes.outputs[route]), Int(routes.inputs[route]))
    var most = min(supplyLeft[output], needLeft[input] / routes.served[route])
    var least = 0.0
    var full = Double.infinity
    for place in routes.legs(of: route) {
      let (leg, multiplier) = (Int(routes.legs[place]), routes.multipliers[place])
      let link = model.links[leg]
      most = min(most, (link.upper - flows[leg]) / multiplier)
      full = min(full, link.upper / multiplier)
      if flows[leg] < link.lower { least = max(least, (link.lower - flows[leg]) / multiplier) }
      if users[leg] == 0 && !hasPartnerRoom(link) { return nil }
      if case .facility(let facility) = link.target {
        most = min(most, facilityLeft[facility] / multiplier)
      }
      for (blend, excess) in blendsOfLink[leg] ?? [] where excess > 0 {
        most = min(most, blendRoom[blend] / (excess * multiplier))
      }
    }
    guard most > Self.dust * full, least <= most, newCapital(of: route) <= capitalLeft else {
      return nil
    }
    return least...most
  }

  private func hasPartnerRoom(_ link: PlanningModel.Link) -> Bool {
    guard let limit = model.partnerLimit else { return true }
    if let output = link.output, outputPartners[output] >= limit { return false }
    if let input = link.input, inputPartners[input] >= limit { return false }
    return true
  }

  /// What the plan's value changes by if `quantity` more goes over a route.
  func gain(of quantity: Double, on route: Int) -> Double {
    quantity * unitValue(of: route) - openingCost(of: route)
  }

  /// Fixed costs, permits and facilities that a route would have to pay first.
  func openingCost(of route: Int) -> Double {
    var cost = 0.0
    var newPermits: Set<Int32> = []
    var newFacilities: Set<Int> = []
    for place in routes.legs(of: route) where users[Int(routes.legs[place])] == 0 {
      let leg = Int(routes.legs[place])
      cost += model.links[leg].fixedCost
      for permit in model.permits(of: leg)
      where permitUsers[Int(permit)] == 0 && newPermits.insert(permit).inserted {
        cost += model.permits[Int(permit)].annualCost
      }
      for facility in Self.facilities(of: model.links[leg])
      where facilityUsers[facility] == 0 && newFacilities.insert(facility).inserted {
        cost += model.facilities[facility].openingCost
      }
    }
    return cost
  }

  private func newCapital(of route: Int) -> Double {
    if model.capitalBudget == nil { return 0 }
    var capital = 0.0
    var newFacilities: Set<Int> = []
    for place in routes.legs(of: route) where users[Int(routes.legs[place])] == 0 {
      let link = model.links[Int(routes.legs[place])]
      capital += link.capital
      for facility in Self.facilities(of: link)
      where facilityUsers[facility] == 0 && newFacilities.insert(facility).inserted {
        capital += model.facilities[facility].capital
      }
    }
    return capital
  }

  /// Sends `quantity` more over a route, which must have room for it.
  mutating func add(_ quantity: Double, to route: Int) {
    let isNew = quantities[route] == 0
    move(quantity, over: route)
    for place in routes.legs(of: route) where isNew { open(Int(routes.legs[place])) }
  }

  /// Closes a route.
  mutating func remove(_ route: Int) {
    let quantity = quantities[route]
    if quantity == 0 { return }
    move(-quantity, over: route)
    quantities[route] = 0
    for place in routes.legs(of: route) { close(Int(routes.legs[place])) }
  }

  private mutating func move(_ quantity: Double, over route: Int) {
    let (output, input) = (Int(routes.outputs[route]), Int(routes.inputs[route]))
    quantities[route] += quantity
    value += quantity * unitValue(of: route)
    carbon += quantity * routes.carbon[route]
    supplyLeft[output] = Self.settled(supplyLeft[output] - quantity, of: model.supplies[output])
    let serving = quantity * routes.served[route]
    needLeft[input] = Self.settled(needLeft[input] - serving, of: model.needs[input])
    served[input] += serving
    for place in routes.legs(of: route) {
      let (leg, amount) = (Int(routes.legs[place]), quantity * routes.multipliers[place])
      let link = model.links[leg]
      flows[leg] = Self.near(flows[leg] + amount, link.lower, link.upper)
      if case .facility(let facility) = link.target {
        facilityLeft[facility] = Self.settled(
          facilityLeft[facility] - amount, of: model.facilities[facility].capacity)
      }
      for (blend, excess) in blendsOfLink[leg] ?? [] { blendRoom[blend] -= excess * amount }
    }
  }

  /// A remainder that is only rounding is none.
  private static func settled(_ left: Double, of whole: Double) -> Double {
    abs(left) <= 1e-13 * whole ? 0 : left
  }

  /// A flow that only rounding keeps from an end of its range is there.
  private static func near(_ flow: Double, _ lower: Double, _ upper: Double) -> Double {
    if abs(flow - upper) <= 1e-13 * upper { return upper }
    return abs(flow - lower) <= 1e-13 * upper ? lower : flow
  }

  // MARK: Openings

  private mutating func open(_ link: Int) {
    users[link] += 1
    if users[link] == 1 { pay(link, 1) }
  }

  private mutating func close(_ link: Int) {
    users[link] -= 1
    guard users[link] == 0 else { return }
    flows[link] = 0
    pay(link, -1)
  }

  private mutating func pay(_ index: Int, _ sign: Int32) {
    let link = model.links[index]
    let factor = Double(sign)
    value -= factor * link.fixedCost
    capitalLeft -= factor * link.capital
    if let output = link.output { outputPartners[output] += sign }
    if let input = link.input { inputPartners[input] += sign }
    for permit in model.permits(of: index).map(Int.init) {
      permitUsers[permit] += sign
      if permitUsers[permit] == (sign > 0 ? 1 : 0) {
        value -= factor * model.permits[permit].annualCost
      }
    }
    for facility in Self.facilities(of: link) {
      facilityUsers[facility] += sign
      if facilityUsers[facility] == (sign > 0 ? 1 : 0) {
        value -= factor * model.facilities[facility].openingCost
        capitalLeft -= factor * model.facilities[facility].capital
      }
    }
  }

  static func facilities(of link: PlanningModel.Link) -> [Int] {
    var found: [Int] = []
    if case .facility(let index) = link.source { found.append(index) }
    if case .facility(let index) = link.target { found.append(index) }
    return found
  }

  // MARK: What may go

  /// Whether a plan without the route still keeps lots, cover and blends.
  func canRemove(_ route: Int) -> Bool {
    let quantity = quantities[route]
    let input = Int(routes.inputs[route])
    if !model.leastNeeds.isEmpty, model.leastNeeds[input] > 0,
      served[input] - quantity * routes.served[route] < model.leastNeeds[input]
    {
      return false
    }
    for place in routes.legs(of: route) {
      let (leg, amount) = (Int(routes.legs[place]), quantity * routes.multipliers[place])
      let isLast = users[leg] == 1
      if !isLast && flows[leg] - amount < model.links[leg].lower { return false }
      for (blend, excess) in blendsOfLink[leg] ?? []
      where excess < 0 && blendRoom[blend] + excess * amount < 0 { return false }
    }
    return true
  }
}
