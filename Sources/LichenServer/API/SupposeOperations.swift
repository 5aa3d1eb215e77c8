import LichenDomain
import LichenMatching
import LichenStore

/// What would be: a plan under changes that nobody keeps.
struct SupposeOperations: Sendable {
  let parks: Parks
  let gate: PlanningGate

  var operations: [APIOperation] { [.write(.post, "/parks/{park}/what-if", suppose)] }

  /// Longest search of an answer that somebody waits for [s]; what needs more is a run.
  static let mostSeconds = 10.0

  struct PlanView: Encodable {
    struct Exchange: Encodable {
      let rank: Int
      let id: String
      let from: String
      let to: String
      let output: String
      let input: String
      let route: String
      let material: String
      let quantity: Double
      let unit: String
      let distanceKm: Double?
      let legalEffect: String
      let money: Double
      let carbonKg: Double
      let capital: Double
    }

    let park: String
    let version: Int
    let isOpen: Bool
    let summary: SummaryView
    let exchanges: [Exchange]

    init(_ plan: Plan, _ subject: APISubject) {
      park = subject.version.park
      version = subject.version.number
      isOpen = subject.isOpen
      summary = SummaryView(RunSummary(plan))
      exchanges = PlanDocument(plan).exchanges.map { exchange in
        Exchange(
          rank: exchange.rank, id: exchange.id, from: exchange.from.rawValue,
          to: exchange.to.rawValue, output: exchange.output.rawValue,
          input: exchange.input.rawValue, route: exchange.route.rawValue,
          material: exchange.material.rawValue, quantity: exchange.quantity, unit: exchange.unit,
          distanceKm: exchange.distanceKm, legalEffect: exchange.legalEffect.rawValue,
          money: exchange.money.typical, carbonKg: exchange.carbonKg.typical,
          capital: exchange.capital.typical)
      }
    }
  }

  /// Figures of a plan; yearly, in the park's currency and in kg CO2e avoided.
  struct SummaryView: Encodable {
    let status: String
    let money: Double
    let currency: String
    let carbonKg: Double
    let exchanges: Int
    /// Absent where nothing is proven.
    let gap: Double?

    init(_ summary: RunSummary) {
      status = summary.status
      money = summary.money
      currency = summary.currency
      carbonKg = summary.carbon
      exchanges = summary.exchanges
      gap = summary.gap.isFinite ? summary.gap : nil
    }
  }

  @Sendable private func suppose(_ call: APICall) async throws -> APIAnswer {
    let body = try call.body()
    let changes = body.changes() ?? []
    let seconds = body.number("seconds", 0.1...Self.mostSeconds) ?? 5
    let version = body.ordinal("version")
    let isOpen = body.flag("is_open") ?? false
    try body.finish()
    let subject = try await APISubject(
      call, park: call.parameter("park"), version: version, isOpen: isOpen)
    let parks = parks
    let view = try await gate.pass(call.visit.signedIn()) {
      try await BlockingWork.shared.run { () -> PlanView in
        let scenario = try subject.scenario(changes, parks: parks)
        var options = scenario.options
        options.timeLimit = .seconds(seconds)
        return PlanView(try parks.engine.match(scenario.park, options: options).plan, subject)
      }
    }
    return try .json(view)
  }
}
