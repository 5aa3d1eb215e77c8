import LichenDomain

/// One route from one material that is offered to one that is bought, with everything that does not
/// depend on the two streams worked out once.
struct Lane: Sendable {
  /// Place among the routes of the graph.
  let number: Int32
  let route: Route
  let offered: Material
  let bought: Material
  let ways: UndeclaredWays
  let usual: Carriage
  let trailer: Carriage?
  let ratio: Double
  /// Whether the level at which the output arrives decides.
  let judgesLevel: Bool
  /// Whether a need must have been bought to be burnt.
  let asksForFuel: Bool
  private let credit: Double?
  private let combustion: [TermFigure]
  private let combustionWithoutCredit: [TermFigure]
  let treatment: [TermFigure]
  let residue: TermFigure?

  init(
    number: Int32, route: Route, offered: Material, bought: Material, ledgers: LedgerBuilder,
    transports: TransportPlanner, screen: TechnicalScreen
  ) {
    self.number = number
    self.route = route
    self.offered = offered
    self.bought = bought
    ways = transports.undeclaredWays(of: offered)
    usual = ledgers.carriage(of: offered, by: ways.usual)
    trailer = ways.trailer.map { ledgers.carriage(of: offered, by: $0) }
    ratio = route.ratio.typical
    judgesLevel = screen.judgesLevel(route, offered, bought)
    asksForFuel = screen.asksForFuel(route)
    credit = ledgers.virginCredit(bought, by: route).value?.typical
    func burning(_ noCredit: LedgerAmount?) -> [TermFigure] {
      ledgers.combustionLines(offered, bought, route: route, noCredit: noCredit)
        .map { TermFigure($0) }
    }
    combustion = burning(nil)
    combustionWithoutCredit = burning(LedgerAmount.none)
    treatment = ledgers.treatmentLines(route).map { TermFigure($0) }
    residue = ledgers.residueLine(offered, route).map { TermFigure($0) }
  }

  /// The line of the purchase that is not made any more.
  /// - Parameter price: What the receiver pays today per reference unit of what he buys.
  func purchase(price: Double?, confidence: Confidence?, isUsedAlready: Bool) -> TermFigure {
    let weakest =
      route.isDirectUse ? confidence : confidence.map { min($0, route.ratioConfidence) }
    return TermFigure(
      .avoidedPurchase, money: price.map { $0 * ratio }, carbon: isUsedAlready ? 0 : credit,
      confidence: weakest ?? (route.isDirectUse ? nil : route.ratioConfidence))
  }

  /// What leaves the receiver's stack no longer, and what does now.
  func combustion(isUsedAlready: Bool) -> [TermFigure] {
    isUsedAlready ? combustionWithoutCredit : combustion
  }
}
