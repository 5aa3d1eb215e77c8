import LichenDomain
import LichenGraph
import LichenMatching

/// One measure at one time: an amount, or a share of a whole.
struct IndicatorReading {
  var tally = IndicatorTally()
  /// Of which the tally is a share; `nil` for an amount.
  var whole: Double?
  /// Streams without a quantity: their share is not in the figure.
  var unquantified = 0
  var confidence = Confidence.verified

  /// `nil` when there is nothing of which a share could be told.
  var value: IndicatorBounds? {
    guard let whole else { return tally.total }
    return whole > 0 ? tally.total.scaled(by: 100 / whole) : nil
  }

  /// The part of the value that is known for certain.
  var known: Double? {
    guard let whole else { return tally.known }
    return whole > 0 ? tally.known * 100 / whole : nil
  }
}

/// Reads the measures of one state of a park.
struct IndicatorBook {
  let state: NetworkState
  /// Wastewater by material, as the criteria say.
  let wastewater: Set<MaterialID>
  private let leaving: [StreamID: [NetworkLink]]

  init(state: NetworkState, wastewater: Set<MaterialID>) {
    self.state = state
    self.wastewater = wastewater
    var leaving: [StreamID: [NetworkLink]] = [:]
    for link in state.links {
      if let output = link.output { leaving[output.id, default: []].append(link) }
    }
    self.leaving = leaving
  }

  private var park: Park { state.park }

  func reading(_ measure: IndicatorMeasure) -> IndicatorReading? {
    switch measure {
    case .symbioses: return links { _ in true }
    case .symbiosesInPark:
      return links { park.isInside($0.donor) && park.isInside($0.receiver) }
    case .firmsInNetwork: return firmsInNetwork
    case .firmsInNetworkShare: return share(firmsInNetwork, of: Double(insiders.count))
    case .recpFirmsShare: return recpFirms
    case .wasteDiverted: return diverted(where: isSolidWaste, factor: tonnes)
    case .solidWasteReusedShare: return used(where: isSolidWaste, factor: tonnes)
    case .landfillShare: return landfilled
    case .wastewaterReused: return diverted(where: isWastewater, factor: cubicMetres)
    case .wastewaterReusedShare: return used(where: isWastewater, factor: cubicMetres)
    case .materialReplaced: return replaced(.mass)
    case .waterReplaced: return replaced(.water)
    case .energyReplaced: return replaced(.energy)
    case .carbonAvoided:
      return sum(state.links.map { ($0, $0.carbon) }, state.otherCarbon.map { ($0.key, $0.carbon) })
        .scaled(by: 0.001)
    case .moneySaved:
      return sum(state.links.map { ($0, $0.money) }, state.otherMoney.map { ($0.key, $0.money) })
    }
  }

  private var insiders: [EnterpriseID] { park.enterprises.map(\.id).filter(park.isInside) }

  /// Nobody has said that there is no exchange: the table is empty.
  private var isUndocumented: Bool { park.declaration.exchanges.isEmpty }

  private func links(where isCounted: (NetworkLink) -> Bool) -> IndicatorReading {
    var reading = IndicatorReading()
    for link in state.links where isCounted(link) {
      reading.tally.add(IndicatorBounds(1), from: link.key)
      reading.confidence = min(reading.confidence, link.confidence)
    }
    if isUndocumented { reading.tally.add(.someAmount, from: "not documented") }
    return reading
  }

  private var firmsInNetwork: IndicatorReading {
    var reading = IndicatorReading()
    var firms: Set<EnterpriseID> = []
    for link in state.links where link.donor != link.receiver {
      firms.formUnion([link.donor, link.receiver])
      reading.confidence = min(reading.confidence, link.confidence)
    }
    for firm in firms where park.isInside(firm) {
      reading.tally.add(IndicatorBounds(1), from: firm.rawValue)
    }
    if isUndocumented { reading.tally.add(.someAmount, from: "not documented") }
    return reading
  }

  private func share(_ reading: IndicatorReading, of whole: Double) -> IndicatorReading {
    var reading = reading
    reading.whole = whole
    return reading
  }

  /// Firms with a measure in place; a firm that nobody asked may have one too.
  private var recpFirms: IndicatorReading? {
    guard !park.options.isEmpty else { return nil }
    var reading = IndicatorReading()
    reading.whole = Double(insiders.count)
    for firm in Set(state.measures.map(\.enterprise)) where park.isInside(firm) {
      reading.tally.add(IndicatorBounds(1), from: firm.rawValue)
    }
    reading.tally.add(.someAmount, from: "not asked")
    for option in state.measures {
      reading.confidence = min(reading.confidence, option.provenance.confidence ?? .verified)
    }
    return reading
  }

  private func sum(
    _ links: [(link: NetworkLink, amount: Double?)], _ others: [(key: String, amount: Double?)]
  ) -> IndicatorReading {
    var reading = IndicatorReading()
    for (link, amount) in links {
      reading.tally.add(amount.map { IndicatorBounds($0) } ?? .unknown, from: link.key)
      reading.confidence = min(reading.confidence, link.confidence)
    }
    for (key, amount) in others {
      reading.tally.add(amount.map { IndicatorBounds($0) } ?? .unknown, from: key)
    }
    for option in state.measures {
      reading.confidence = min(reading.confidence, option.provenance.confidence ?? .verified)
    }
    return reading
  }

  /// What exchanges replace of bought streams in one medium.
  private func replaced(_ medium: FlowMedium) -> IndicatorReading {
    var reading = IndicatorReading()
    for link in state.links {
      guard let id = link.input?.material ?? (link.hasOpenEnd ? link.material : nil),
        let material = park.material(id), let own = park.amount(of: id)?.medium
      else { continue }
      let counted = link.makesEnergy && own == .mass ? .energy : own
      guard counted == medium else { continue }
      let amount = link.replaced.flatMap { amount in
        park.factor(of: material, in: medium).map { amount * $0 }
      }
      reading.tally.add(amount.map { IndicatorBounds($0) } ?? .someAmount, from: link.key)
      reading.confidence = min(reading.confidence, link.confidence)
    }
    return reading
  }
}

extension IndicatorReading {
  fileprivate func scaled(by factor: Double) -> IndicatorReading {
    var scaled = self
    scaled.tally = IndicatorTally()
    for (key, part) in tally.parts { scaled.tally.add(part.scaled(by: factor), from: key) }
    return scaled
  }
}

/// Outputs and what becomes of them.
extension IndicatorBook {
  private func isSolidWaste(_ output: OutputStream) -> Bool {
    guard let material = park.material(output.material) else { return false }
    return material.legalKind == .residue && [.solid, .slurry].contains(material.phase)
  }

  /// Wastewater by its material or one that the park declares as a kind of it.
  private func isWastewater(_ output: OutputStream) -> Bool {
    wastewater.contains(output.material)
      || park.material(output.material)?.parent.map(wastewater.contains) == true
  }

  private func tonnes(_ material: Material) -> Double? { park.factor(of: material, in: .mass) }
  private func cubicMetres(_ material: Material) -> Double? {
    park.factor(of: material, in: .water)
  }

  /// What firms use of an output, by exchange or by the way it goes today [reference units/a].
  private func use(of output: OutputStream, quantity: Double) -> IndicatorBounds {
    if output.currentRoute.isAlreadyUsed { return IndicatorBounds(quantity) }
    return moved(output, quantity: quantity, isOpen: output.currentRoute == .unknown)
  }

  /// What exchanges take of an output, at most all of it.
  private func moved(_ output: OutputStream, quantity: Double, isOpen: Bool) -> IndicatorBounds {
    let links = leaving[output.id] ?? []
    let known = min(quantity, links.reduce(0) { $0 + ($1.quantity ?? 0) })
    let isUnknown = isOpen || links.contains { $0.quantity == nil }
    return IndicatorBounds(low: known, high: isUnknown ? quantity : known)
  }

  /// Calls `body` with the quantity of each counted output in the measure's unit per reference unit.
  private func outputs(
    where isCounted: (OutputStream) -> Bool, factor: (Material) -> Double?,
    _ reading: inout IndicatorReading,
    body: (OutputStream, Double, Double, inout IndicatorReading) -> Void
  ) {
    for output in park.outputs where isCounted(output) {
      guard let quantity = state.quantity(of: output),
        let perUnit = park.material(output.material).flatMap(factor)
      else {
        reading.unquantified += 1
        continue
      }
      let stated = output.provenance.confidence ?? .verified
      reading.confidence = min(
        reading.confidence, output.basis == .blueprint ? .estimated : stated)
      body(output, quantity, perUnit, &reading)
    }
  }

  /// Share of outputs that firms use.
  private func used(
    where isCounted: (OutputStream) -> Bool, factor: (Material) -> Double?
  ) -> IndicatorReading {
    var reading = IndicatorReading()
    reading.whole = 0
    outputs(where: isCounted, factor: factor, &reading) { output, quantity, perUnit, reading in
      reading.whole = (reading.whole ?? 0) + quantity * perUnit
      reading.tally.add(
        use(of: output, quantity: quantity).scaled(by: perUnit), from: output.id.rawValue)
    }
    return reading
  }

  /// Amount that exchanges take of outputs that are not sold or used already.
  private func diverted(
    where isCounted: (OutputStream) -> Bool, factor: (Material) -> Double?
  ) -> IndicatorReading {
    var reading = IndicatorReading()
    outputs(where: isCounted, factor: factor, &reading) { output, quantity, perUnit, reading in
      if output.currentRoute.isAlreadyUsed { return }
      let taken = moved(output, quantity: quantity, isOpen: false)
      reading.tally.add(taken.scaled(by: perUnit), from: output.id.rawValue)
    }
    return reading
  }

  /// Share of solid waste that goes to landfill.
  private var landfilled: IndicatorReading {
    var reading = IndicatorReading()
    reading.whole = 0
    outputs(where: isSolidWaste, factor: tonnes, &reading) { output, quantity, perUnit, reading in
      reading.whole = (reading.whole ?? 0) + quantity * perUnit
      let taken = moved(output, quantity: quantity, isOpen: false)
      let most = quantity - taken.known
      let least = taken.high.map { quantity - $0 } ?? 0
      let dumped: IndicatorBounds
      switch output.currentRoute {
      case .landfill: dumped = IndicatorBounds(low: least, high: most)
      case .unknown: dumped = IndicatorBounds(low: 0, high: most)
      default: dumped = IndicatorBounds(0)
      }
      reading.tally.add(dumped.scaled(by: perUnit), from: output.id.rawValue)
    }
    return reading
  }
}
