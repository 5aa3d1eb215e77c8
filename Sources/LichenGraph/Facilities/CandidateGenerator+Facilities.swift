import LichenDomain
import LichenLaw

/// Finds the legs through shared plants.
extension CandidateGenerator {
  /// All legs of a park, in order of id, blocked ones included; of pairs farther apart than twice the
  /// reach of their mode only those that a distance row names.
  /// - Complexity: O(facilities · (streams + facilities) · processes).
  func legs(_ facilities: [PricedFacility]) -> [FacilityLeg] {
    var legs: [FacilityLeg] = []
    for plant in facilities {
      guard let site = park.enterprise(plant.facility.site) else { continue }
      for output in park.outputs {
        for route in routes(of: plant, for: output.material) {
          legs += [arrival(output, plant, route, at: site)].compactMap(\.self)
        }
      }
      for other in facilities where other.facility.id != plant.facility.id && feedsPlants(other) {
        for route in routes(of: plant, for: other.facility.product) {
          legs += [passage(other, plant, route, at: site)].compactMap(\.self)
        }
      }
      for input in park.inputs where serves(plant.facility.product, input.material) {
        legs += [delivery(plant, input, from: site)].compactMap(\.self)
      }
    }
    return legs.sorted { $0.id < $1.id }
  }

  /// The plant's routes for a material: those written for it, else for the nearest broader one.
  private func routes(of plant: PricedFacility, for id: MaterialID) -> [Route] {
    guard park.material(id)?.referenceUnit == plant.facility.intakeUnit else { return [] }
    for material in park.catalogue.lineage(of: id) {
      let found = plant.routes.filter { $0.output == material }
      if !found.isEmpty { return found }
    }
    return []
  }

  /// Whose product may go to another plant: it is not burnt, and nothing comes in that is used already,
  /// because the credit that such a by-product lacks could not be followed through two plants.
  private func feedsPlants(_ plant: PricedFacility) -> Bool {
    plant.facility.use != .fuel
      && !park.outputs.contains {
        $0.currentRoute.isAlreadyUsed && !routes(of: plant, for: $0.material).isEmpty
      }
  }

  /// The product is what is bought, or one is a kind of the other, counted in one unit.
  private func serves(_ product: MaterialID, _ bought: MaterialID) -> Bool {
    guard park.material(product)?.referenceUnit == park.material(bought)?.referenceUnit else {
      return false
    }
    return park.catalogue.lineage(of: product).contains(bought)
      || park.catalogue.lineage(of: bought).contains(product)
  }

  /// The way, or `nil` if it is too far to be worth a listing. Nothing travels inside one site.
  private func way(_ material: Material, from giver: Enterprise, to taker: Enterprise)
    -> Transport?
  {
    let way = transports.transport(of: material, from: giver, to: taker)
    if giver.id == taker.id {
      return Transport(mode: way.mode, km: 0, distanceRow: nil, confidence: .verified)
    }
    if let km = way.km, way.distanceRow == nil, km > transports.listingReachKm(of: material) {
      return nil
    }
    return way
  }

  private func arrival(
    _ output: OutputStream, _ plant: PricedFacility, _ route: Route, at site: Enterprise
  ) -> FacilityLeg? {
    guard let owner = park.index(ofEnterprise: output.enterprise),
      let place = park.index(ofEnterprise: site.id),
      let offered = park.material(output.material),
      let product = park.material(plant.facility.product),
      let way = way(offered, from: park.enterprises[owner], to: site)
    else { return nil }
    let donor = park.enterprises[owner]
    let verdict = law.verdict(
      on: law.offer(output, donor: owner), route, replacing: plant.facility.product, donor: owner,
      receiver: place)
    let ledger = ledgers.arrival(
      of: offered, from: output, at: product, route: route, transport: way,
      isHazardous: verdict.facts.isHazardous)
    let quality = screen.quality(of: output, route: route)
    let needs = permitBook.needs(verdict, output: output, donor: donor, receiver: site)
    let permits = Set(needs).sorted { $0.key < $1.key }
    var blockers = screen.transportBlockers(way, of: offered.phase, route: route)
    blockers += quality.blockers
    if verdict.effect == .prohibited {
      let rules = verdict.deciding.map(\.id.rawValue).joined(separator: ", ")
      blockers.append(Blocker(.prohibited, ["rules": .text(rules)]))
    }
    let supply = output.quantity?.yearly.typical
    let name = ["stream": BlockerArgument.text(output.id.rawValue)]
    if supply == nil { blockers.append(Blocker(.outputUnquantified, name)) }
    if let supply, supply <= 0 { blockers.append(Blocker(.outputEmpty, name)) }
    let most =
      supply.flatMap { supply in plant.facility.capacity.map { min(supply, $0) } } ?? supply
    blockers += lotBlockers(output.minimumLot, most)
    blockers += costBlockers(ledger, permits, isIncome: output.currentRoute.isAlreadyUsed)
    return FacilityLeg(
      id: "\(output.id):\(plant.facility.id):\(route.id)", source: .output(output),
      target: .facility(plant.facility), giver: donor.id, taker: site.id,
      material: output.material, route: route, transport: way, ledger: ledger, verdict: verdict,
      permits: permits, blockers: blockers.sorted { $0.kind.rawValue < $1.kind.rawValue },
      unmeasured: quality.unmeasured, minimumFlow: output.minimumLot, maximumFlow: most)
  }

  private func passage(
    _ first: PricedFacility, _ second: PricedFacility, _ route: Route, at site: Enterprise
  ) -> FacilityLeg? {
    guard let giver = park.enterprise(first.facility.site),
      let offered = park.material(first.facility.product),
      let product = park.material(second.facility.product),
      let way = way(offered, from: giver, to: site)
    else { return nil }
    let ledger = ledgers.arrival(
      of: offered, from: nil, at: product, route: route, transport: way, isHazardous: false)
    var blockers = screen.transportBlockers(way, of: offered.phase, route: route)
    blockers += costBlockers(ledger, [], isIncome: false)
    let most = first.largestMake.flatMap { made in second.facility.capacity.map { min(made, $0) } }
    return FacilityLeg(
      id: "\(first.facility.id):\(second.facility.id):\(route.id)",
      source: .facility(first.facility), target: .facility(second.facility), giver: giver.id,
      taker: site.id, material: offered.id, route: route, transport: way, ledger: ledger,
      verdict: nil, permits: [],
      blockers: blockers.sorted { $0.kind.rawValue < $1.kind.rawValue },
      unmeasured: route.limits.map(\.property).sorted(), minimumFlow: 0, maximumFlow: most)
  }

  private func delivery(_ plant: PricedFacility, _ input: InputStream, from site: Enterprise)
    -> FacilityLeg?
  {
    guard let receiver = park.enterprise(input.enterprise),
      let product = park.material(plant.facility.product), let route = plant.routes.first,
      let way = way(product, from: site, to: receiver)
    else { return nil }
    let ledger = ledgers.delivery(
      of: product, to: input, use: plant.facility.use, transport: way)
    // The bound of a route speaks of its output's way, not of the product's.
    var blockers = screen.transportBlockers(way, of: product.phase, route: nil)
    blockers += screen.feedstockBlockers(input, route: route)
    let need = input.quantity.map { $0.yearly.typical * input.maximumShare }
    let name = ["stream": BlockerArgument.text(input.id.rawValue)]
    if need == nil { blockers.append(Blocker(.inputUnquantified, name)) }
    if let need, need <= 0 { blockers.append(Blocker(.inputEmpty, name)) }
    let most = need.flatMap { need in plant.largestMake.map { min(need, $0) } } ?? need
    blockers += lotBlockers(input.minimumLot, most)
    blockers += costBlockers(ledger, [], isIncome: false)
    if ledger.unknownMoney.contains(.avoidedPurchase) { blockers.append(Blocker(.valueUnknown)) }
    return FacilityLeg(
      id: "\(plant.facility.id):\(input.id)", source: .facility(plant.facility),
      target: .input(input), giver: site.id, taker: receiver.id, material: product.id, route: nil,
      transport: way, ledger: ledger, verdict: nil, permits: [],
      blockers: blockers.sorted { $0.kind.rawValue < $1.kind.rawValue },
      unmeasured: input.properties.keys.sorted(), minimumFlow: input.minimumLot, maximumFlow: most)
  }

  private func lotBlockers(_ lot: Double, _ most: Double?) -> [Blocker] {
    guard let most, most > 0, lot > most else { return [] }
    return [Blocker(.lotTooLarge, ["lot": .number(lot), "flow": .number(most)])]
  }

  /// Unknown costs; what is sold today loses its income, which is one.
  private func costBlockers(_ ledger: Ledger, _ permits: [PermitNeed], isIncome: Bool) -> [Blocker]
  {
    var costs = ledger.unknownMoney.filter {
      !$0.isBenefit || (isIncome && $0 == .avoidedDisposal)
    }
    if permits.contains(where: { $0.annual.value == nil }) { costs.append(.permit) }
    return costs.first.map { [Blocker(.costUnknown, ["term": .key("term.\($0.rawValue)")])] } ?? []
  }
}
