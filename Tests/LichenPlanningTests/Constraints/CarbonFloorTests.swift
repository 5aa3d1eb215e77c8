import GLPKSolver
import LichenPlanning
import Testing

struct CarbonFloorTests {
  private let links = [
    SmallModel.link(0, 0, money: 10, carbon: 1, upper: 10),
    SmallModel.link(0, 1, money: 4, carbon: 5, upper: 10),
  ]

  @Test("Σ g·x ≥ G: five units change over to the exchange that gains less and avoids more")
  func binds() throws {
    // x + y = 10 and x + 5·y = 30.
    #expect(try SmallModel.optimum(SmallModel.model(links, supplies: [10], floor: 30), is: 70))
    #expect(try SmallModel.optimum(SmallModel.model(links, supplies: [10], floor: 10), is: 100))
  }

  @Test("More than can be avoided is infeasible, not a plan")
  func infeasible() throws {
    // 10·5 is the most.
    let model = SmallModel.model(links, supplies: [10], floor: 51)
    #expect(try SmallModel.solve(model).status == .infeasible)
    #expect(try SmallModel.optimum(model, is: nil))
  }

  @Test("What loses is done as far as CO2e is owed, and a measure's CO2e counts")
  func losing() throws {
    let link = [SmallModel.link(0, 0, money: -2, carbon: 4)]
    #expect(try SmallModel.optimum(SmallModel.model(link, floor: 8), is: -4))
    let measure = PlanningModel.Measure(name: "m", money: -3, carbon: 6, capital: 0)
    // The measure and half a unit.
    #expect(
      try SmallModel.optimum(SmallModel.model(link, measures: [measure], floor: 8), is: -4))
    #expect(
      try SmallModel.optimum(SmallModel.model(link, measures: [measure], floor: 6), is: -3))
  }
}
