import LichenDomain

/// The inputs of a park by material, each with a spatial index, and their figures in flat arrays.
struct InputBook: Sendable {
  /// What valuing a candidate asks of an input.
  struct Facts: Sendable {
    /// Place among the park's enterprises.
    let enterprise: Int32
    /// Of today's purchase, per reference unit [park currency]; `nil` when unknown.
    let price: Double?
    let priceConfidence: Confidence?
    let need: FlowBounds.End
    /// Of the need that by-products may cover, 0...1.
    let share: Double
    let hasProperties: Bool
    let hasHeatingValue: Bool
    let isFeedstock: Bool
  }

  let facts: [Facts]
  let ranks: StreamRanks
  private let byMaterial: [MaterialID: SpatialIndex]
  /// By place of the donor: receivers that a row names beside him, whatever their distance.
  private let named: [Int: Set<Int>]
  /// As `named`, and receivers of documented exchanges between their streams.
  private let special: [Int: Set<Int>]
  private let byEnterprise: [Int: [Int]]
  private let materialOf: [MaterialID]

  var materials: Set<MaterialID> { Set(byMaterial.keys) }

  init(park: Park, ledgers: LedgerBuilder, screen: TechnicalScreen) {
    let heatingValue = PropertyID("lhv")
    facts = park.inputs.map { input in
      let price = park.material(input.material).map { ledgers.price(of: input, $0) }
      return Facts(
        enterprise: Int32(park.index(ofEnterprise: input.enterprise) ?? -1),
        price: price?.value?.typical, priceConfidence: price?.confidence,
        need: FlowBounds.End(
          yearly: input.quantity?.yearly.typical, minimumLot: input.minimumLot),
        share: input.maximumShare, hasProperties: !input.properties.isEmpty,
        hasHeatingValue: heatingValue.map { input.properties[$0] != nil } ?? false,
        isFeedstock: screen.feedstockShare(of: input) != nil)
    }
    ranks = StreamRanks(park.inputs.lazy.map(\.id))
    materialOf = park.inputs.map(\.material)
    var places: [MaterialID: [(index: Int, place: Coordinate?)]] = [:]
    var byEnterprise: [Int: [Int]] = [:]
    for (index, input) in park.inputs.enumerated() {
      let place = park.enterprise(input.enterprise)?.coordinate
      places[input.material, default: []].append((index, place))
      byEnterprise[Int(facts[index].enterprise), default: []].append(index)
    }
    byMaterial = places.mapValues { SpatialIndex($0) }
    self.byEnterprise = byEnterprise
    var named: [Int: Set<Int>] = [:]
    func name(_ from: EnterpriseID, _ to: EnterpriseID) {
      guard let donor = park.index(ofEnterprise: from), let receiver = park.index(ofEnterprise: to)
      else { return }
      named[donor, default: []].insert(receiver)
    }
    for pair in park.distances.keys { name(pair.from, pair.to) }
    for exchange in park.exchanges { name(exchange.from, exchange.to) }
    self.named = named
    for exchange in park.exchanges {
      guard let output = exchange.output.flatMap(park.output),
        let input = exchange.input.flatMap(park.input)
      else { continue }
      name(output.enterprise, input.enterprise)
    }
    special = named
  }

  /// Receivers to whom a row leads from this donor, by distance or by exchange.
  func special(to donor: Int) -> Set<Int> { special[donor] ?? [] }

  /// Adds the inputs of a material near a place, and those of receivers named beside the donor, each
  /// once.
  /// - Parameters:
  ///   - donor: Place among the park's enterprises.
  ///   - nearest: How many inputs of other enterprises are taken, the nearest first and equally near ones in order of id;
  ///     those at an unknown distance are left out. `nil` takes all.
  func search(
    _ material: MaterialID, within reachKm: Double, of place: Coordinate?, donor: Int,
    nearest: Int? = nil, into found: inout [SpatialIndex.Found]
  ) {
    if let nearest {
      if let place {
        byMaterial[material]?.nearest(
          nearest, within: reachKm, of: place, where: { facts[$0].enterprise != donor },
          into: &found)
        found.sort {
          ($0.km ?? 0, ranks.rank[$0.index]) < ($1.km ?? 0, ranks.rank[$1.index])
        }
        found.removeLast(max(0, found.count - nearest))
      }
    } else {
      byMaterial[material]?.search(within: reachKm, of: place, into: &found)
    }
    guard let receivers = named[donor] else { return }
    var known = Set(found.map(\.index))
    for receiver in receivers.sorted() {
      for index in byEnterprise[receiver] ?? []
      where materialOf[index] == material && known.insert(index).inserted {
        found.append((index, nil))
      }
    }
  }
}
