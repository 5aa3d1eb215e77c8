import LichenDomain

/// A store with its yearly cost in the park's currency.
public struct PricedStorage: Sendable {
  /// Why a store is listed and not offered.
  public enum Obstacle: String, Sendable, Codable, CaseIterable {
    case capacityUnknown = "capacity-unknown"
    case capitalUnknown = "capital-unknown"
    case runningUnknown = "running-unknown"
    case lifetimeUnknown = "lifetime-unknown"
    case lossUnknown = "loss-unknown"
    case streamUnquantified = "stream-unquantified"
  }

  public let storage: Storage
  /// Per year once it is built; costs negative.
  public let lines: [LedgerLine]
  /// Investment [park currency].
  public let capital: Estimate
  /// `nil` when it may be built.
  public let obstacle: Obstacle?

  /// Sum of the lines [park currency/a], unknown ones left out; not positive.
  public var money: Estimate { lines.compactMap(\.money.value).sum() }
}

/// Prices the stores of a park: per year annuity(capital, lifetime) and running cost.
public struct StorageBook: Sendable {
  private let park: Park
  private let figures: FigureBook

  public init(park: Park) {
    self.park = park
    figures = FigureBook(park: park)
  }

  /// In order of id.
  public var storages: [PricedStorage] { park.storages.map(priced) }

  private func priced(_ storage: Storage) -> PricedStorage {
    let invested = amount(storage.capital, storage)
    let running = amount(storage.running, storage)
    let bearer = storage.isOutput ? Bearer.donor : .receiver
    let annuity = figures.yearlyCost(
      of: invested, lifetime: storage.lifetime, provenance: storage.provenance,
      reference: storage.reference)
    return PricedStorage(
      storage: storage,
      lines: [
        LedgerLine(.capital, bearer: bearer, money: annuity),
        LedgerLine(.operation, bearer: bearer, money: running.scaled(by: -1)),
      ],
      capital: invested.value ?? .zero,
      obstacle: obstacle(storage, invested, running, annuity))
  }

  private func obstacle(
    _ storage: Storage, _ invested: LedgerAmount, _ running: LedgerAmount, _ annuity: LedgerAmount
  ) -> PricedStorage.Obstacle? {
    let quantity =
      storage.isOutput
      ? park.output(storage.stream)?.quantity : park.input(storage.stream)?.quantity
    if quantity == nil { return .streamUnquantified }
    if storage.capacity == nil { return .capacityUnknown }
    if storage.loss == nil { return .lossUnknown }
    if invested.value == nil { return .capitalUnknown }
    if running.value == nil { return .runningUnknown }
    return annuity.value == nil ? .lifetimeUnknown : nil
  }

  private func amount(_ money: Money?, _ storage: Storage) -> LedgerAmount {
    money.map {
      figures.declared($0, provenance: storage.provenance, reference: storage.reference)
    } ?? .unknown
  }
}
