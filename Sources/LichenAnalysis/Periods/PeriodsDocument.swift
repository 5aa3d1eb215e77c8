import LichenDomain
import LichenMatching

/// Months and stores for programs; every name carries its unit. Lists of twelve go from January to December.
public struct PeriodsDocument: Encodable, Sendable {
  struct Worth: Encodable {
    let objective: Double
    let moneyPerYear: Double
    let carbonKgPerYear: Double

    init(_ worth: PeriodsResult.Worth) {
      objective = worth.objective
      moneyPerYear = worth.money
      carbonKgPerYear = worth.carbon
    }
  }

  struct Exchange: Encodable {
    let exchange: String
    let unit: String
    let promisedPerYear: Double
    /// Absent where it was not worked out.
    let operated: [Double]?
    let shortfallPerYear: Double?
    let planned: [Double]?
  }

  struct Store: Encodable {
    let storage: String
    let stream: String
    let unit: String
    /// Absent where unknown.
    let capacity: Double?
    let costPerYear: Double?
    let capital: Double?
    /// Why it was not offered; absent if it was.
    let idle: String?
    let isTaken: Bool
    let objectiveWith: Double?
    let objectiveWithout: Double?
    let worth: Double?
    let isProven: Bool
    /// At month ends.
    let stock: [Double]
  }

  struct Stream: Encodable {
    let stream: String
    let unit: String
    let profile: String
    let source: String
    /// Absent where the row does not say.
    let confidence: String?
    let amounts: [Double]
    let moved: [Double]?
  }

  let format = "lichen/periods/1"
  let park: String
  let currency: String
  let objective: String
  let status: String
  let stopReason: String
  let bound: Double
  let gap: Double?
  let promised: Worth
  let operated: Worth?
  let withoutStores: Worth?
  let planned: Worth?
  let overestimate: Double?
  let valueOfSeasons: Double?
  let missesObligations: Bool
  let parts: Int
  let seasonalParts: Int
  let exchanges: [Exchange]
  let stores: [Store]
  let streams: [Stream]

  public init(_ result: PeriodsResult) {
    let settings = result.plan.park.settings
    park = settings.name
    currency = settings.currency.code
    objective = result.plan.options.objective.rawValue
    status = result.status.rawValue
    stopReason = result.stopReason.rawValue
    bound = result.bound
    gap = result.gap
    promised = Worth(result.promised)
    operated = result.operated.map { Worth($0) }
    withoutStores = result.storeless.map { Worth($0) }
    planned = result.planned.map { Worth($0) }
    overestimate = result.overestimate
    valueOfSeasons = result.valueOfSeasons
    missesObligations = result.missesObligations
    parts = result.parts
    seasonalParts = result.seasonalParts
    exchanges = result.exchanges.map {
      Exchange(
        exchange: $0.id, unit: $0.unit, promisedPerYear: $0.promised, operated: $0.operated,
        shortfallPerYear: $0.shortfall, planned: $0.planned)
    }
    stores = result.stores.map { store in
      let idle: String? =
        switch store.idle {
        case .obstacle(let obstacle): obstacle.rawValue
        case .inStep: "in-step"
        case .noExchange: "no-exchange"
        case nil: nil
        }
      let isPriced = store.priced.lines.allSatisfy { $0.money.value != nil }
      return Store(
        storage: store.priced.storage.id.rawValue, stream: store.priced.storage.stream.rawValue,
        unit: store.unit, capacity: store.priced.storage.capacity,
        costPerYear: isPriced ? 0 - store.priced.money.typical : nil,
        capital: store.priced.storage.capital == nil ? nil : store.priced.capital.typical,
        idle: idle, isTaken: store.isTaken, objectiveWith: store.with,
        objectiveWithout: store.without, worth: store.worth, isProven: store.isProven,
        stock: store.stock)
    }
    streams = result.streams.map { stream in
      Stream(
        stream: stream.id.rawValue, unit: stream.unit, profile: stream.profile.id,
        source: stream.profile.provenance.source,
        confidence: stream.profile.provenance.confidence?.rawValue, amounts: stream.amounts,
        moved: stream.moved)
    }
  }
}
