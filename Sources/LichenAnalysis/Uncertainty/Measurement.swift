import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

extension UncertainFactor {
  /// Whether somebody in the park can find out: quantities, sizes, local prices, gate fees and the
  /// yield of a route. What the world emits, past rates of exchange and the cost of capital are not
  /// measured there.
  public var isMeasurable: Bool {
    switch identity {
    case .figure: unit.prefix(while: { $0 != "/" }).count == 3 && reference.hasPrefix("costs.csv")
    case .routeRatio, .treatmentCost, .ruleCost, .stream, .size, .sizeRate, .coefficient: true
    case .exchangeRate: false
    }
  }
}

/// Something worth finding out before building.
public struct Measurement: Sendable {
  public enum Method: String, Sendable, Codable, CaseIterable {
    /// Weigh a stream for a month.
    case weigh
    /// Read or fit a meter: water, gas, steam, heat, power.
    case meter
    /// Ask the plant for its yearly amount.
    case askSize = "ask-size"
    /// Ask for what is really paid for a bought material.
    case askPrice = "ask-price"
    /// Ask for what is really paid for getting rid of a stream.
    case askGateFee = "ask-gate-fee"
    /// Ask the authority for the cost of a step.
    case askAuthority = "ask-authority"
    /// Get an offer from a carrier, builder or treatment plant.
    case getOffer = "get-offer"
    /// Try the route on a small scale.
    case tryRoute = "try-route"
  }

  public let factor: UncertainFactor
  public let method: Method
  /// Where to measure or ask, in order of id.
  public let enterprises: [EnterpriseID]
  /// What is measured: a stream, a material, the name of a figure.
  public let subject: Subject
  /// Share of the variance that it would settle, 0...1.
  public let share: Double
  /// Objective at the low and the high end of the range, all else typical.
  public let atLow: Double
  public let atHigh: Double
  /// Expected value of knowing it before building, in the plan's objective per year; `nil` when it
  /// was not worked out.
  public let informationValue: Double?
  /// Ranks of the planned exchanges that rest on it, ascending, from 1.
  public let ranks: [Int]

  public enum Subject: Sendable, Hashable {
    /// A stream's own name.
    case named(String)
    case material(MaterialID)
    case route(from: MaterialID, to: MaterialID)
    case sector(String)
    case figure(String)
    case rule(RuleID)
  }
}

/// Turns factors into things to do, best first: by value of information, then by share.
struct MeasurementList {
  private let graph: ExchangeGraph
  private let plan: Plan

  init(graph: ExchangeGraph, plan: Plan) {
    self.graph = graph
    self.plan = plan
  }

  func measurements(_ shares: [FactorShare], information: [String: Double]) -> [Measurement] {
    shares.map { measurement($0, information[$0.factor.key]) }.sorted {
      ($1.informationValue ?? -1, $1.share, $0.factor.key)
        < ($0.informationValue ?? -1, $0.share, $1.factor.key)
    }
  }

  private func measurement(_ share: FactorShare, _ value: Double?) -> Measurement {
    let users = plan.exchanges.filter { share.candidates.contains($0.candidate.id) }
    let (method, subject, enterprises) = how(share.factor, users.map(\.candidate))
    let ids = Set(share.candidates)
    return Measurement(
      factor: share.factor, method: method, enterprises: Set(enterprises).sorted(),
      subject: subject, share: share.share, atLow: share.atLow, atHigh: share.atHigh,
      informationValue: value,
      ranks: plan.exchanges.enumerated().filter { ids.contains($0.element.candidate.id) }
        .map { $0.offset + 1 })
  }

  private func how(_ factor: UncertainFactor, _ users: [Candidate])
    -> (Measurement.Method, Measurement.Subject, [EnterpriseID])
  {
    let donors = users.map(\.output.enterprise)
    let receivers = users.map(\.input.enterprise)
    switch factor.identity {
    case .stream(let id):
      let owner = plan.park.output(id)?.enterprise ?? plan.park.input(id)?.enterprise
      let name = plan.park.output(id)?.name ?? plan.park.input(id)?.name ?? id.rawValue
      return (weighing(id), .named(name), owner.map { [$0] } ?? [])
    case .coefficient(let sector, let kind, let name):
      let owners = (kind == .output ? donors : receivers).filter {
        plan.park.enterprise($0)?.blueprint == sector
      }
      let stream = users.compactMap { user -> StreamID? in
        if kind == .output { return user.output.name == name ? user.output.id : nil }
        return user.input.name == name ? user.input.id : nil
      }.first
      return (stream.map(weighing) ?? .weigh, .named(name), owners)
    case .size(let id): return (.askSize, sector(of: id), [id])
    case .sizeRate(let sector, _):
      let owners = (donors + receivers).filter { plan.park.enterprise($0)?.blueprint == sector }
      return (.askSize, .sector(sector), owners)
    case .routeRatio:
      return (.tryRoute, route(users), receivers)
    case .treatmentCost:
      return (.getOffer, route(users), receivers)
    case .ruleCost(let id): return (.askAuthority, .rule(id), donors + receivers)
    case .figure(let id): return asking(id, users)
    case .exchangeRate(let id): return (.getOffer, .figure(id), [])
    }
  }

  private func weighing(_ id: StreamID) -> Measurement.Method {
    let material = plan.park.output(id)?.material ?? plan.park.input(id)?.material
    switch material.flatMap({ plan.park.material($0)?.phase }) {
    case .gas, .steam, .water, .heat, .cold, .electricity, .liquid: return .meter
    default: return .weigh
    }
  }

  private func sector(of id: EnterpriseID) -> Measurement.Subject {
    .sector(plan.park.enterprise(id)?.blueprint ?? "")
  }

  private func route(_ users: [Candidate]) -> Measurement.Subject {
    guard let route = users.first?.route else { return .named("") }
    return .route(from: route.output, to: route.input)
  }

  /// Who pays a figure follows from the lines that name it.
  private func asking(_ id: String, _ users: [Candidate])
    -> (Measurement.Method, Measurement.Subject, [EnterpriseID])
  {
    let reference = "costs.csv: \(id)"
    func bearing(_ term: LedgerTerm) -> [Candidate] {
      users.filter { candidate in
        candidate.ledger.perUnit.contains {
          $0.term == term && $0.money.references.contains(reference)
        }
      }
    }
    let buyers = bearing(.avoidedPurchase)
    if !buyers.isEmpty { return (.askPrice, .figure(id), buyers.map(\.input.enterprise)) }
    let disposers = bearing(.avoidedDisposal)
    if !disposers.isEmpty { return (.askGateFee, .figure(id), disposers.map(\.output.enterprise)) }
    // A mere notice is paid by the yearly upkeep of the contract, not to an authority.
    let isUpkeep = users.contains { user in
      user.ledger.fixed.contains { $0.money.references.contains(reference) }
    }
    if !isUpkeep,
      users.contains(where: { user in
        user.permits.contains { $0.annual.references.contains(reference) }
      })
    {
      return (.askAuthority, .figure(id), users.map(\.input.enterprise))
    }
    return (
      .getOffer, .figure(id), users.map(\.output.enterprise) + users.map(\.input.enterprise)
    )
  }
}
