import Foundation
import GLPKSolver
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

/// Shared plants and mixtures of a park, from the declared rows to the checked plan.
struct FacilityPlanTests {
  /// Two power stations give off fly ash, a works buys clinker; a grinding plant on the works' site
  /// makes clinker's worth of ash. Direct exchanges are left to the options.
  static func park(
    capital: Double? = 20_000, running: Double? = 1000, capacity: Double? = 1500,
    lifetime: Double? = 10, route: String = "landfill", at place: (Double, Double)? = nil
  ) -> ParkBuilder {
    var park = ParkBuilder(discountRate: 0.05)
    park.enterprise("north")
    park.enterprise("south")
    park.enterprise("works")
    park.output("ash-n", of: "north", "fly_ash", 1000, route: route, disposalCost: 30)
    park.output("ash-s", of: "south", "fly_ash", 1000, route: route, disposalCost: 20)
    park.input("clinker-in", of: "works", "clinker", 5000, price: 40)
    for (from, to, km) in [
      ("north", "works", 10.0), ("south", "works", 20), ("north", "hub", 5), ("south", "hub", 6),
      ("hub", "works", 7),
    ] where place != nil || (from != "hub" && to != "hub") {
      park.distance(from, to, km: km)
    }
    park.facility(
      "hub", of: place == nil ? "works" : "", at: place, routes: ["fly_ash__clinker"],
      capacity: capacity, capital: capital, running: running, lifetime: lifetime)
    return park
  }

  static func match(
    _ builder: ParkBuilder, direct: Bool = false, _ edit: (inout PlanningOptions) -> Void = { _ in }
  ) throws -> MatchResult {
    let park = try builder.park()
    var options = PlanningOptions(settings: park.settings)
    if !direct {
      options.forbidden = ["ash-n:clinker-in", "ash-s:clinker-in"].compactMap { LinkSelector($0) }
    }
    edit(&options)
    let generator = CandidateGenerator(park: park)
    let graph = generator.graph()
    let problem = try PlanningProblem(graph: graph, options: options)
    let result = try PlanSolver(solver: GLPKSolver(), options: options).solve(problem.model)
    let plan = Plan(graph: graph, problem: problem, options: options, result: result)
    return MatchResult(
      graph: graph, plan: plan, rediscovery: Rediscovery(plan: plan, generator: generator),
      whyNot: try WhyNotAnalysis(plan: plan, graph: graph, solver: GLPKSolver()))
  }

  static func differences(_ plan: Plan, _ edit: (inout PlanDocument) -> Void = { _ in }) throws
    -> [PlanDifference]
  {
    var document = PlanDocument(plan)
    edit(&document)
    document.digest = PlanJSON.digest(of: document)
    return try PlanChecker(park: plan.park).check(PlanJSON.encode(document))
  }

  @Test("The plan opens the plant, fills it and hands on what it makes; the checker agrees")
  func opened() throws {
    let plan = try Self.match(Self.park()).plan
    #expect(plan.certificate.status == .optimal)
    let hub = try #require(plan.facilities.first)
    #expect(
      plan.legs.map(\.leg.id) == [
        "ash-n:hub:fly_ash__clinker", "ash-s:hub:fly_ash__clinker", "hub:clinker-in",
      ])
    // 1500 t fit: the ash that costs more to land comes first, as its way is shorter, too.
    #expect(abs(hub.intake - 1500) < 1e-6)
    #expect(abs(plan.legs[0].quantity - 1000) < 1e-6 && abs(plan.legs[1].quantity - 500) < 1e-6)
    #expect(abs(hub.made - 1350) < 1e-6 && abs(plan.legs[2].quantity - 1350) < 1e-5)
    // 20 000 at 5 % over 10 years: 2590.09; and 1000 a year.
    #expect(abs(hub.money.typical + 2590.0915 + 1000) < 1e-3)
    #expect(abs(plan.capital.typical - 20_000) < 1e-9)
    let parts = plan.legs.reduce(0) { $0 + $1.money.typical } + hub.money.typical
    #expect(abs(plan.money.typical - parts + plan.permitCost.typical) < 1e-6)
    #expect(abs(plan.balances.reduce(0) { $0 + $1.money.typical } - plan.money.typical) < 1e-6)
    #expect(try Self.differences(plan).isEmpty)
  }

  @Test(
    "Legs hold together what a direct exchange would, once, sold by-products included",
    arguments: ["landfill", "sold"])
  func ledgers(route: String) throws {
    let result = try Self.match(Self.park(route: route), direct: true)
    let direct = try #require(result.graph.candidates.first { $0.output.id.rawValue == "ash-n" })
    let arrival = try #require(result.graph.legs.first { $0.output?.id.rawValue == "ash-n" })
    let delivery = try #require(result.graph.legs.first { $0.input != nil })
    let ratio = arrival.ratio.typical
    // The product is moved once more, inside the works: loading and no way.
    let extra = delivery.ledger.perUnit.filter { [.transport, .handling].contains($0.term) }
      .reduce(0) { $0 + ($1.money.value?.typical ?? 0) }
    let money =
      arrival.ledger.netMoneyPerUnit.typical + ratio
      * (delivery.ledger.netMoneyPerUnit.typical - extra)
    #expect(abs(money - direct.ledger.netMoneyPerUnit.typical) < 1e-9)
    let carbon =
      arrival.ledger.netCarbonPerUnit.typical + ratio * delivery.ledger.netCarbonPerUnit.typical
    #expect(abs(carbon - direct.ledger.netCarbonPerUnit.typical) < 1e-9)
    #expect(arrival.verdict?.effect == direct.verdict.effect)
    #expect(arrival.permits == direct.permits)
  }

  @Test("A plant that does not pay stays closed, and why-not says what opening it would change")
  func closed() throws {
    let opened = try Self.match(Self.park()).plan.money.typical
    let result = try Self.match(Self.park(running: 1000 + 2 * opened))
    #expect(result.plan.facilities.isEmpty && result.plan.legs.isEmpty)
    let closed = try #require(result.whyNot.facilities.first)
    #expect(closed.reason == .doesNotPay)
    #expect(abs((closed.moneyChange ?? 0) + opened) < 1e-6 * opened)
  }

  @Test(
    "Unknown figures leave a plant listed and unplanned",
    arguments: PricedFacility.Obstacle.allCases)
  func unknown(obstacle: PricedFacility.Obstacle) throws {
    let park: ParkBuilder =
      switch obstacle {
      case .capacityUnknown: Self.park(capacity: nil)
      case .capitalUnknown: Self.park(capital: nil)
      case .runningUnknown: Self.park(running: nil)
      case .lifetimeUnknown: Self.park(lifetime: nil)
      }
    let result = try Self.match(park)
    #expect(result.plan.legs.isEmpty)
    #expect(result.whyNot.facilities.map(\.reason) == [.obstacle(obstacle)])
    #expect(throws: PlanningError.self) {
      try Self.match(park) {
        $0.required = [LinkSelector("hub:clinker-in")].compactMap(\.self)
      }
    }
  }

  @Test("A plant with a place of its own is a site, to which ways may be declared")
  func ownPlace() throws {
    let result = try Self.match(Self.park(at: (55, 11)))
    let legs = result.graph.legs
    #expect(legs.map(\.transport.km) == [5, 6, 7])
    #expect(result.plan.balances.contains { $0.enterprise.id.rawValue == "hub" })
    #expect(try Self.differences(result.plan).isEmpty)
  }

  @Test("Budget, required and forbidden legs hold for plants")
  func limits() throws {
    #expect(try Self.match(Self.park()) { $0.capitalBudget = 19_999 }.plan.legs.isEmpty)
    #expect(try !Self.match(Self.park()) { $0.capitalBudget = 20_000 }.plan.legs.isEmpty)
    let forbidden = try Self.match(Self.park()) {
      $0.forbidden += [LinkSelector("ash-n:hub")].compactMap(\.self)
    }
    #expect(!forbidden.plan.legs.contains { $0.leg.id.hasPrefix("ash-n") })
    let required = try Self.match(Self.park(running: 1e6)) {
      $0.required = [LinkSelector("ash-s:hub:fly_ash__clinker")].compactMap(\.self)
    }
    #expect(required.plan.facilities.count == 1)
    #expect(try Self.differences(required.plan).isEmpty)
  }

  @Test("Every figure of plants and legs is checked, even when the digest fits")
  func forged() throws {
    let plan = try Self.match(Self.park()).plan
    func refused(_ edit: (inout PlanDocument) -> Void) throws -> Bool {
      try !Self.differences(plan, edit).isEmpty
    }
    func plusOne(_ value: Estimate) -> Estimate { value + Estimate(1) }
    for index in plan.legs.indices {
      #expect(try refused { $0.legs[index].quantity += 1 })
      #expect(try refused { $0.legs[index].quantity -= 1 })
      #expect(try refused { $0.legs[index].delivers += 1 })
      #expect(try refused { $0.legs[index].money = plusOne($0.legs[index].money) })
      #expect(try refused { $0.legs[index].carbonKg = plusOne($0.legs[index].carbonKg) })
      #expect(try refused { $0.legs[index].capital = plusOne($0.legs[index].capital) })
      #expect(try refused { $0.legs.remove(at: index) })
    }
    #expect(try refused { $0.facilities[0].intake += 1 })
    #expect(try refused { $0.facilities[0].made += 1 })
    #expect(try refused { $0.facilities[0].capacity = 2000 })
    #expect(try refused { $0.facilities[0].money = plusOne($0.facilities[0].money) })
    #expect(try refused { $0.facilities[0].capital = plusOne($0.facilities[0].capital) })
    #expect(try refused { $0.facilities[0].lines.removeLast() })
    #expect(try refused { $0.facilities.removeAll() })
    #expect(try refused { $0.totals.facilities = 2 })
    // More than the plant can take, in figures that agree with each other.
    let tooMuch = try Self.differences(plan) {
      $0.legs[1].quantity += 100
      $0.legs[1].delivers += 90
      $0.legs[2].quantity += 90
      $0.legs[2].delivers += 90
    }
    #expect(tooMuch.contains { $0.path == "capacity of hub" })
    let unbalanced = try Self.differences(plan) {
      $0.legs[2].quantity -= 90
      $0.legs[2].delivers -= 90
    }
    #expect(unbalanced.contains { $0.path == "balance of hub" })
  }

  @Test("A CO2e floor is kept, checked, and infeasible when nothing reaches it")
  func floor() throws {
    let free = try Self.match(Self.park(running: 1e6), direct: false).plan
    #expect(free.legs.isEmpty)
    let most = try Self.match(Self.park(running: 1e6)) { $0.objective = .carbon }.plan.carbon
      .typical
    #expect(most > 0)
    let owed = try Self.match(Self.park(running: 1e6)) { $0.carbonFloor = most / 2 }.plan
    #expect(owed.certificate.status == .optimal)
    #expect(owed.carbon.typical >= most / 2 * (1 - 1e-6))
    #expect(try Self.differences(owed).isEmpty)
    #expect(
      try Self.differences(owed) { $0.options.carbonFloorKg = most * 2 }
        .contains { $0.path == "totals.carbon_kg" })
    let tooMuch = try Self.match(Self.park(running: 1e6)) { $0.carbonFloor = most * 1.01 }.plan
    #expect(tooMuch.certificate.status == .infeasible)
    // Nothing at all to plan is infeasible, too.
    var empty = Self.park(running: nil)
    empty.declaration.outputs.removeAll { $0.id == "ash-s" || $0.id == "ash-n" }
    let park = try empty.park()
    var options = PlanningOptions(settings: park.settings)
    options.carbonFloor = 1
    let graph = CandidateGenerator(park: park).graph()
    let problem = try PlanningProblem(graph: graph, options: options)
    let result = try PlanSolver(solver: GLPKSolver(), options: options).solve(problem.model)
    #expect(
      Plan(graph: graph, problem: problem, options: options, result: result).certificate.status
        == .infeasible)
  }
}
