import LichenDomain
import LichenGraph
import LichenMatching

/// One exchange of a park at one time.
struct NetworkLink {
  /// `OUTPUT:INPUT`, equal today and with the plan, or the id of a leg or of an exchange without streams.
  let key: String
  let donor: EnterpriseID
  let receiver: EnterpriseID
  let output: OutputStream?
  let input: InputStream?
  /// A documented exchange one of whose ends is not declared.
  let hasOpenEnd: Bool
  /// What moves.
  let material: MaterialID?
  /// [reference units/a]; `nil` when nobody says.
  let quantity: Double?
  /// Of the input [reference units/a]; `nil` when nobody says.
  let replaced: Double?
  /// What becomes of it makes heat or power.
  let makesEnergy: Bool
  /// [park currency/a]; `nil` when nobody can say.
  let money: Double?
  /// [kg CO2e/a]; `nil` when nobody can say.
  let carbon: Double?
  let confidence: Confidence
}

/// The exchanges and measures of a park at one time, with its streams.
struct NetworkState {
  let park: Park
  /// In order of key.
  let links: [NetworkLink]
  /// Measures that are in place, in order of id.
  let measures: [EfficiencyOption]
  /// Money per year besides that of links: measures, permits, shared plants [park currency/a].
  let otherMoney: [(key: String, money: Double?)]
  /// CO2e avoided by measures [kg/a].
  let otherCarbon: [(key: String, carbon: Double?)]
  /// What measures of the plan change of streams; those in place are in the declarations.
  let shifts: [StreamID: Double]

  /// Yearly supply or need with the state's measures [reference units/a]; `nil` when unquantified.
  func quantity(of stream: some Stream) -> Double? {
    stream.quantity.map { max(0, $0.yearly.typical + (shifts[stream.id] ?? 0)) }
  }
}

/// Today and with the plan.
struct NetworkStates {
  let today: NetworkState
  let planned: NetworkState
  /// Exchanges that stand in the table without any stream, by id.
  let withoutStreams: [String]

  init(plan: Plan, rediscovery: Rediscovery) {
    let documented = Self.merged(
      rediscovery.documented.map { (Self.link($0, park: plan.park), $0.outcome) })
    let done = plan.park.options.filter { $0.status == .done }
    let priced = MeasureBook(park: plan.park).measures.filter { $0.option.status == .done }
    let doneMoney = priced.map { measure in
      (
        key: "measure \(measure.option.id)",
        money: measure.lines.first { $0.term == .saving }?.money.value?.typical
      )
    }
    let doneCarbon = done.map { (key: "measure \($0.id)", carbon: $0.co2.map { $0 * 1000 }) }
    today = NetworkState(
      park: plan.park, links: documented.map(\.link), measures: done, otherMoney: doneMoney,
      otherCarbon: doneCarbon, shifts: [:])
    withoutStreams = documented.filter { $0.link.output == nil && $0.link.input == nil }
      .map(\.link.key)

    let new = Self.links(of: plan)
    let keys = Set(new.map(\.key))
    let kept = documented.filter { !$0.isDropped && !keys.contains($0.link.key) }.map(\.link)
    let taken = plan.measures
    var shifts: [StreamID: Double] = [:]
    for measure in taken {
      if let stream = measure.option.stream { shifts[stream, default: 0] += measure.option.change }
    }
    let permits = plan.permits.map { need in
      (
        key: "permit \(need.key.holder) \(need.key.material) \(need.key.rule)",
        money: need.annual.value.map { -$0.typical }
      )
    }
    planned = NetworkState(
      park: plan.park, links: (new + kept).sorted { $0.key < $1.key },
      measures: (done + taken.map(\.option)).sorted { $0.id < $1.id },
      otherMoney: doneMoney
        + taken.map { (key: "measure \($0.option.id)", money: Optional($0.money.typical)) }
        + plan.facilities.map { (key: "plant \($0.facility.id)", money: $0.money.typical) }
        + permits,
      otherCarbon: doneCarbon
        + taken.map { (key: "measure \($0.option.id)", carbon: Optional($0.carbon.typical)) },
      shifts: shifts)
  }

  /// A documented exchange, with the ledger of the candidate that comes nearest.
  private static func link(_ found: RediscoveredExchange, park: Park) -> NetworkLink {
    let exchange = found.exchange
    let output = exchange.output.flatMap { park.output($0) }
    let input = exchange.input.flatMap { park.input($0) }
    let quantity = exchange.quantity.flatMap { amount in
      output.flatMap { park.flowFactor(exchange.unit, of: $0) }.map { amount * $0.factor }
    }
    let candidate = found.candidate
    var confidences = [exchange.provenance.confidence ?? .verified]
    if let candidate { confidences += [candidate.ledger.confidence, candidate.route.confidence] }
    return NetworkLink(
      key: output != nil && input != nil
        ? "\(exchange.output?.rawValue ?? ""):\(exchange.input?.rawValue ?? "")" : exchange.id,
      donor: exchange.from, receiver: exchange.to, output: output, input: input,
      hasOpenEnd: output == nil || input == nil, material: output?.material, quantity: quantity,
      replaced: quantity.flatMap { amount in
        candidate.map { amount * $0.route.ratio.typical }
      },
      makesEnergy: candidate.map { $0.route.use.makesEnergy } ?? false,
      money: quantity.flatMap { amount in
        candidate.map { amount * $0.ledger.netMoneyPerUnit.typical }
      },
      carbon: quantity.flatMap { amount in
        candidate.map { amount * $0.ledger.netCarbonPerUnit.typical }
      },
      confidence: confidences.min() ?? .verified)
  }

  private typealias Documented = (link: NetworkLink, isDropped: Bool)

  /// One link per key. The plan drops what it could have kept and did not.
  private static func merged(
    _ found: [(link: NetworkLink, outcome: RediscoveredExchange.Outcome)]
  ) -> [Documented] {
    Dictionary(grouping: found, by: \.link.key).sorted { $0.key < $1.key }.compactMap {
      key, same in
      guard let first = same.first?.link else { return nil }
      func sum(_ amount: (NetworkLink) -> Double?) -> Double? {
        let known = same.compactMap { amount($0.link) }
        return known.count == same.count ? known.reduce(0, +) : nil
      }
      let link = NetworkLink(
        key: key, donor: first.donor, receiver: first.receiver, output: first.output,
        input: first.input, hasOpenEnd: first.hasOpenEnd, material: first.material,
        quantity: sum(\.quantity),
        replaced: sum(\.replaced), makesEnergy: first.makesEnergy, money: sum(\.money),
        carbon: sum(\.carbon), confidence: same.map(\.link.confidence).min() ?? .verified)
      return (link, same.allSatisfy { $0.outcome == .notChosen })
    }
  }

  private static func links(of plan: Plan) -> [NetworkLink] {
    let direct = Dictionary(
      grouping: plan.exchanges, by: { "\($0.candidate.output.id):\($0.candidate.input.id)" })
    let exchanges = direct.sorted { $0.key < $1.key }.compactMap { key, routes -> NetworkLink? in
      guard let first = routes.min(by: { $0.candidate.id < $1.candidate.id })?.candidate else {
        return nil
      }
      return NetworkLink(
        key: key, donor: first.output.enterprise, receiver: first.input.enterprise,
        output: first.output, input: first.input, hasOpenEnd: false,
        material: first.output.material,
        quantity: routes.reduce(0) { $0 + $1.quantity },
        replaced: routes.reduce(0) { $0 + $1.quantity * $1.candidate.route.ratio.typical },
        makesEnergy: first.route.use.makesEnergy,
        money: routes.reduce(0) { $0 + $1.money.typical },
        carbon: routes.reduce(0) { $0 + $1.carbon.typical },
        confidence: routes.map(\.candidate).map(Self.confidence).min() ?? .verified)
    }
    let legs = plan.legs.map { leg in
      NetworkLink(
        key: leg.leg.id, donor: leg.leg.giver, receiver: leg.leg.taker, output: leg.leg.output,
        input: leg.leg.input, hasOpenEnd: false, material: leg.leg.material,
        quantity: leg.quantity,
        replaced: leg.leg.input == nil ? nil : leg.delivered,
        makesEnergy: leg.leg.route?.use.makesEnergy ?? false, money: leg.money.typical,
        carbon: leg.carbon.typical, confidence: leg.leg.ledger.confidence)
    }
    return exchanges + legs
  }

  private static func confidence(_ candidate: Candidate) -> Confidence {
    let stated = [candidate.output.provenance.confidence, candidate.input.provenance.confidence]
    let known = stated.map { $0 ?? .verified } + [candidate.ledger.confidence]
    return candidate.quantityBasis == .blueprint ? .estimated : known.min() ?? .verified
  }
}

extension RouteUse {
  var makesEnergy: Bool { [.fuel, .heat, .electricity, .gas].contains(self) }
}
