import GLPKSolver
import LichenPlanning
import Testing

struct PartnerTests {
  @Test(
    "Σ y ≤ K per stream: one partner of three, then two",
    arguments: [
      (1, 40.0), (2, 70.0), (3, 94.0),
    ])
  func outputs(limit: Int, expected: Double) throws {
    let links = [
      SmallModel.link(0, 0, money: 3, upper: 10), SmallModel.link(0, 1, money: 2, upper: 20),
      SmallModel.link(0, 2, money: 2, upper: 12),
    ]
    #expect(try SmallModel.optimum(SmallModel.model(links, partners: limit), is: expected))
  }

  @Test(
    "The limit holds for inputs as well, and a facility's legs count at streams, not at the plant")
  func inputsAndLegs() throws {
    let links = [
      SmallModel.link(0, 0, money: 3, upper: 10), SmallModel.link(1, 0, money: 2, upper: 20),
    ]
    #expect(try SmallModel.optimum(SmallModel.model(links, partners: 1), is: 40))
    let hub = PlanningModel.Facility(name: "hub", capacity: 100, openingCost: 0, capital: 0)
    let legs = [
      SmallModel.link(.output(0), .facility(0), money: 1, upper: 10),
      SmallModel.link(.output(1), .facility(0), money: 1, upper: 20),
      SmallModel.link(.facility(0), .input(0), money: 0, upper: 15),
      SmallModel.link(.facility(0), .input(1), money: 0, upper: 15),
    ]
    #expect(
      try SmallModel.optimum(SmallModel.model(legs, facilities: [hub], partners: 1), is: 30))
  }
}
