import GLPKSolver
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

/// Plants in a row, and one plant that runs two routes in a row.
struct FacilityChainTests {
  /// Ash becomes clinker's worth at 0.9, that becomes a fill at 0.5; only the fill is bought.
  private static let catalogue = Fixtures.catalogue.extended(
    materials: [],
    routes: [
      Fixtures.route(
        "clinker", "natural_gypsum", ratio: Estimate(0.5), .buildingMaterial, cost: 3)
    ])

  private static func park(
    _ plants: [(id: String, routes: [String])], ash route: String = "landfill"
  ) -> ParkBuilder {
    var park = ParkBuilder(discountRate: 0.05)
    park.enterprise("power")
    park.enterprise("yard")
    park.enterprise("board")
    park.output("ash", of: "power", "fly_ash", 1000, route: route, disposalCost: 80)
    park.input("rock", of: "board", "natural_gypsum", 5000, price: 90)
    for (from, to) in [("power", "yard"), ("power", "board"), ("yard", "board")] {
      park.distance(from, to, km: 5)
    }
    for plant in plants {
      park.facility(
        plant.id, of: "yard", routes: plant.routes, capacity: 800, capital: 1000, running: 10,
        lifetime: 10)
    }
    return park
  }

  private static func plan(_ builder: ParkBuilder) throws -> Plan {
    let park = try builder.park(catalogue)
    // The engine would join the two routes by itself and leave the plants idle.
    var options = PlanningOptions(settings: park.settings)
    let graph = CandidateGenerator(park: park).graph()
    options.forbidden = graph.candidates.compactMap { LinkSelector($0.id) }
    let problem = try PlanningProblem(graph: graph, options: options)
    let result = try PlanSolver(solver: GLPKSolver(), options: options).solve(problem.model)
    return Plan(graph: graph, problem: problem, options: options, result: result)
  }

  private static func differences(_ plan: Plan) throws -> [PlanDifference] {
    try PlanChecker(park: plan.park).check(PlanJSON.encode(PlanDocument(plan)))
  }

  @Test("The product of one plant feeds the next: 800 t of ash, 720 between them, 360 in the end")
  func twoPlants() throws {
    let plan = try Self.plan(
      Self.park([
        ("first", ["fly_ash__clinker"]), ("second", ["clinker__natural_gypsum"]),
      ]))
    #expect(
      plan.legs.map(\.leg.id) == [
        "ash:first:fly_ash__clinker", "first:second:clinker__natural_gypsum", "second:rock",
      ])
    for (leg, expected) in zip(plan.legs, [800.0, 720, 360]) {
      #expect(abs(leg.quantity - expected) < 1e-5)
    }
    #expect(plan.facilities.map(\.facility.id.rawValue) == ["first", "second"])
    let own = plan.facilities.reduce(0) { $0 + $1.moneyWithLegs }
    #expect(abs(own - plan.facilityMoney.typical) < 1e-6)
    #expect(try Self.differences(plan).isEmpty)
  }

  @Test("One plant that runs both routes makes as much and asks the law as they do")
  func onePlant() throws {
    let plan = try Self.plan(Self.park([("both", ["fly_ash__clinker+clinker__natural_gypsum"])]))
    #expect(plan.legs.map(\.leg.id) == ["ash:both:fly_ash__clinker__natural_gypsum", "both:rock"])
    let arrival = try #require(plan.legs.first)
    #expect(abs(arrival.leg.ratio.typical - 0.45) < 1e-12)
    #expect(abs(arrival.delivered - 360) < 1e-5)
    // 10 for the first step, and 0.9 of 3 for what it makes.
    let treatment = arrival.leg.ledger.perUnit.first { $0.term == .treatment }
    #expect(abs((treatment?.money.value?.typical ?? 0) + 12.7) < 1e-9)
    #expect(try Self.differences(plan).isEmpty)
  }

  @Test("What is sold already goes through one plant, not through two")
  func alreadySold() throws {
    let plants = [
      (id: "first", routes: ["fly_ash__clinker"]),
      (id: "second", routes: ["clinker__natural_gypsum"]),
    ]
    let sold = CandidateGenerator(park: try Self.park(plants, ash: "sold").park(Self.catalogue))
      .graph()
    #expect(sold.legs.map(\.id) == ["ash:first:fly_ash__clinker", "second:rock"])
  }
}
