import LichenDomain
import LichenGraph
import LichenMatching

/// Everything that a plan builds, as items whose money adds up to the plan's.
struct FinanceProject: Sendable {
  /// Exchanges in the plan's order, then legs, shared plants, permits and measures.
  private(set) var items: [ProjectItem]

  init(plan: Plan) {
    let lives = AssetLives(park: plan.park)
    items = plan.exchanges.map { Self.item($0, lives) }
    items += plan.legs.map { Self.item($0, lives) }
    items += plan.facilities.map { Self.item($0) }
    items += plan.permits.map { Self.item($0, lives) }
    items += plan.measures.map { Self.item($0, lives) }
  }

  /// The same project with every item changed.
  func changing(_ change: (inout ProjectItem) -> Void) -> FinanceProject {
    var project = self
    for index in project.items.indices { change(&project.items[index]) }
    return project
  }

  /// Firms that bear something, in order of id.
  var enterprises: [EnterpriseID] {
    Set(items.flatMap { $0.lines.flatMap(\.bearers) + $0.investors }.map(\.enterprise)).sorted()
  }

  /// [park currency]
  var invested: Double { items.reduce(0) { $0 + $1.capital.typical } }

  /// Longest life of an asset, rounded up; that of a link where nothing is invested [a].
  func usualHorizon(_ park: Park) -> Int {
    let lives = items.filter { $0.capital.typical != 0 }.compactMap(\.life)
    let longest = lives.max() ?? AssetLives(park: park).link.value?.typical ?? 1
    return Int(min(200, max(1, longest.rounded(.up))))
  }

  /// Assets with a price whose life nobody knows.
  var itemsWithoutLife: [String] {
    items.filter { $0.capital.typical != 0 && $0.life == nil }.map(\.id).sorted()
  }

  private static func item(_ exchange: PlannedExchange, _ lives: AssetLives) -> ProjectItem {
    let (donor, receiver) = (
      exchange.candidate.output.enterprise, exchange.candidate.input.enterprise
    )
    return ProjectItem(
      kind: .exchange, id: exchange.candidate.id, enterprises: [donor, receiver],
      lines: ProjectItem.lines(
        exchange.lines, perUnit: exchange.candidate.ledger.perUnit.count, donor, receiver),
      capital: exchange.capital, life: lives.link.value?.typical,
      investors: investors(exchange.lines, donor, receiver),
      quantityRange: range(exchange.candidate.output.quantity))
  }

  private static func item(_ leg: PlannedLeg, _ lives: AssetLives) -> ProjectItem {
    ProjectItem(
      kind: .leg, id: leg.leg.id, enterprises: [leg.leg.giver, leg.leg.taker],
      lines: ProjectItem.lines(
        leg.lines, perUnit: leg.leg.ledger.perUnit.count, leg.leg.giver, leg.leg.taker),
      capital: leg.capital, life: lives.link.value?.typical,
      investors: investors(leg.lines, leg.leg.giver, leg.leg.taker),
      quantityRange: nil)
  }

  private static func item(_ plant: PlannedFacility) -> ProjectItem {
    let site = plant.facility.site
    return ProjectItem(
      kind: .facility, id: plant.facility.id.rawValue, enterprises: [site],
      lines: ProjectItem.lines(plant.lines, perUnit: 0, site, site), capital: plant.capital,
      life: plant.facility.lifetime, investors: [ProjectItem.Share(enterprise: site, part: 1)],
      quantityRange: nil)
  }

  private static func item(_ permit: PermitNeed, _ lives: AssetLives) -> ProjectItem {
    ProjectItem(
      kind: .permit, id: permit.key.text, enterprises: [permit.key.holder], lines: [],
      capital: permit.oneOff.value ?? .zero, life: lives.permit.value?.typical,
      investors: [ProjectItem.Share(enterprise: permit.key.holder, part: 1)], quantityRange: nil)
  }

  private static func item(_ measure: PlannedMeasure, _ lives: AssetLives) -> ProjectItem {
    let owner = measure.option.enterprise
    return ProjectItem(
      kind: .measure, id: measure.option.id.rawValue, enterprises: [owner],
      lines: ProjectItem.lines(measure.measure.lines, perUnit: 0, owner, owner),
      capital: measure.capital, life: lives.life(of: measure.option),
      investors: [ProjectItem.Share(enterprise: owner, part: 1)], quantityRange: nil)
  }

  /// Who invests: whoever bears the annuity.
  private static func investors(
    _ lines: [LedgerLine], _ donor: EnterpriseID, _ receiver: EnterpriseID
  ) -> [ProjectItem.Share] {
    let bearer = lines.first { $0.term == .capital }?.bearer ?? .both
    return ProjectItem.shares(bearer, donor, receiver)
  }

  /// The declared range of the stream that is given away, over its typical quantity.
  private static func range(_ quantity: StreamQuantity?) -> (low: Double, high: Double)? {
    guard let yearly = quantity?.yearly, !yearly.isExact, yearly.typical > 0 else { return nil }
    return (yearly.low / yearly.typical, yearly.high / yearly.typical)
  }
}

extension PermitNeed.Key {
  /// `HOLDER:MATERIAL:RULE`
  var text: String { "\(holder):\(material):\(rule)" }
}
