import LichenDomain

/// Prices the shared plants of a park: per year annuity(capital, lifetime) and running cost.
public struct FacilityBook: Sendable {
  private let park: Park
  private let figures: FigureBook
  private let chains: ChainedRoutes

  public init(park: Park) {
    self.park = park
    figures = FigureBook(park: park)
    chains = ChainedRoutes(catalogue: park.catalogue)
  }

  /// In order of id.
  public var facilities: [PricedFacility] { park.facilities.map(priced) }

  private func priced(_ facility: Facility) -> PricedFacility {
    let invested = amount(facility.capital, facility)
    let running = amount(facility.running, facility)
    return PricedFacility(
      facility: facility, routes: facility.processes.compactMap(route),
      lines: [
        LedgerLine(.capital, bearer: .receiver, money: yearly(invested, facility)),
        LedgerLine(.operation, bearer: .receiver, money: running.scaled(by: -1)),
      ],
      capital: invested.value ?? .zero, obstacle: obstacle(facility, invested, running))
  }

  /// One row, or two joined as the engine joins rows to a chain.
  private func route(_ process: Facility.Process) -> Route? {
    guard let first = process.steps.first else { return nil }
    guard process.steps.count == 2 else { return first }
    let second = process.steps[1]
    return chains.joined(
      first, second, from: first.output, to: second.input, leastMassRatio: 0)
  }

  private func obstacle(_ facility: Facility, _ invested: LedgerAmount, _ running: LedgerAmount)
    -> PricedFacility.Obstacle?
  {
    if facility.capacity == nil { return .capacityUnknown }
    if invested.value == nil { return .capitalUnknown }
    if running.value == nil { return .runningUnknown }
    return yearly(invested, facility).value == nil ? .lifetimeUnknown : nil
  }

  private func amount(_ money: Money?, _ facility: Facility) -> LedgerAmount {
    money.map {
      figures.declared($0, provenance: facility.provenance, reference: facility.reference)
    } ?? .unknown
  }

  private func yearly(_ invested: LedgerAmount, _ facility: Facility) -> LedgerAmount {
    figures.yearlyCost(
      of: invested, lifetime: facility.lifetime, provenance: facility.provenance,
      reference: facility.reference)
  }
}

extension FigureBook {
  /// What an investment costs per year over a declared lifetime [a], negative; unknown without one.
  func yearlyCost(
    of invested: LedgerAmount, lifetime: Double?, provenance: Provenance, reference: String
  ) -> LedgerAmount {
    guard let value = invested.value else { return .unknown }
    // Nothing invested is nothing to earn, however long it lasts.
    if value == .zero { return invested }
    guard let lifetime else { return .unknown }
    let years = LedgerAmount(
      value: Estimate(lifetime), basis: .declared,
      confidence: provenance.confidence ?? .verified, references: [reference])
    let annuity = LedgerBuilder.annuity(rate: discountRate, years: years)
    guard let factor = annuity.value else { return .unknown }
    return LedgerAmount(
      value: -(value * factor), basis: invested.basis,
      confidence: [invested.confidence, annuity.confidence].compactMap { $0 }.min(),
      references: invested.references
        + annuity.references.filter { !invested.references.contains($0) })
  }
}
