import GLPKSolver
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

/// Required, forbidden and kept exchanges.
struct RequiredTests {
  @Test("y = 1: a required link that loses runs at its lot and no more")
  func required() throws {
    let link = SmallModel.link(0, 0, money: -2, fixed: 3, lower: 5, isRequired: true)
    #expect(try SmallModel.optimum(SmallModel.model([link]), is: -13))
    #expect(
      try SmallModel.optimum(
        SmallModel.model([SmallModel.link(0, 0, money: -2, fixed: 3, lower: 5)]), is: 0))
    #expect(try SmallModel.optimum(SmallModel.model([link], supplies: [4]), is: nil))
  }

  private func planned(_ park: ParkBuilder, _ edit: (inout PlanningOptions) -> Void = { _ in })
    throws -> [String]
  {
    let checked = try park.park()
    var options = PlanningOptions(settings: checked.settings)
    edit(&options)
    let graph = CandidateGenerator(park: checked).graph()
    let problem = try PlanningProblem(graph: graph, options: options)
    let result = try PlanSolver(solver: GLPKSolver(), options: options).solve(problem.model)
    let plan = Plan(graph: graph, problem: problem, options: options, result: result)
    #expect(plan.certificate.status == .optimal)
    return plan.exchanges.map(\.candidate.id)
  }

  @Test("A forbidden exchange is left out though it pays")
  func forbidden() throws {
    let id = "ash-out:clinker-in:fly_ash__clinker"
    #expect(try planned(Fixtures.ashPark) == [id])
    #expect(
      try planned(Fixtures.ashPark) {
        $0.forbidden = [LinkSelector("ash-out:clinker-in")].compactMap { $0 }
      }.isEmpty)
  }

  @Test("An existing exchange that loses is kept if the park says so, and only then")
  func kept() throws {
    func park(_ existing: String) -> ParkBuilder {
      var park = ParkBuilder(existingExchanges: existing == "kept" ? .kept : .free)
      park.enterprise("power")
      park.enterprise("cement")
      // It is sold for more than the clinker that it replaces.
      park.output("ash-out", of: "power", "fly_ash", 1000, route: "sold", disposalCost: -500)
      park.input("clinker-in", of: "cement", "clinker", 5000)
      park.distance("power", "cement", km: 10)
      park.exchange(
        "old", from: "power", to: "cement", output: "ash-out", input: "clinker-in")
      return park
    }
    #expect(try planned(park("free")).isEmpty)
    #expect(try planned(park("kept")) == ["ash-out:clinker-in:fly_ash__clinker"])
  }
}
