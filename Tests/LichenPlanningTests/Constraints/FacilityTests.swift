import GLPKSolver
import LichenPlanning
import Testing

struct FacilityTests {
  private func hub(_ capacity: Double, opening: Double) -> PlanningModel.Facility {
    PlanningModel.Facility(name: "hub", capacity: capacity, openingCost: opening, capital: 0)
  }

  @Test("Capacity: 60 of 100 units pass a plant that halves them; each gains −1 + 0.5·6")
  func capacity() throws {
    let legs = [
      SmallModel.link(.output(0), .facility(0), money: -1, ratio: 0.5),
      SmallModel.link(.facility(0), .input(0), money: 6),
    ]
    func model(_ capacity: Double) -> PlanningModel {
      SmallModel.model(legs, supplies: [100], facilities: [hub(capacity, opening: 50)])
    }
    // 60·2 − 50
    #expect(try SmallModel.optimum(model(60), is: 70))
    // 20·2 does not pay the opening.
    #expect(try SmallModel.optimum(model(20), is: 0))
    #expect(try SmallModel.optimum(model(1000), is: 150))
  }

  @Test("Yield: nothing comes out that did not go in, nothing goes in that cannot leave")
  func balance() throws {
    let legs = [
      SmallModel.link(.output(0), .facility(0), money: 5, ratio: 0.5, upper: 100),
      SmallModel.link(.facility(0), .input(0), money: 6, upper: 10),
    ]
    // 10 leave, so 20 arrive: 100 + 60.
    let model = SmallModel.model(legs, facilities: [hub(1000, opening: 0)])
    #expect(try SmallModel.optimum(model, is: 160))
    let result = try SmallModel.solve(model)
    #expect(abs(result.flows[0] - 20) < 1e-6 && abs(result.flows[1] - 10) < 1e-6)
    let onlyOut = SmallModel.model([legs[1]], facilities: [hub(1000, opening: 0)])
    #expect(try SmallModel.optimum(onlyOut, is: 0))
  }

  @Test("A chain: the product of one plant feeds the next, yields multiply, both openings are paid")
  func chain() throws {
    let legs = [
      SmallModel.link(.output(0), .facility(0), money: 0, ratio: 0.5),
      SmallModel.link(.facility(0), .facility(1), money: -1, ratio: 0.8),
      SmallModel.link(.facility(1), .input(0), money: 10),
    ]
    let plants = [hub(80, opening: 20), hub(30, opening: 40)]
    // 80 in, 40 made; the second takes 30 and makes 24: −30 + 240 − 60.
    #expect(try SmallModel.optimum(SmallModel.model(legs, facilities: plants), is: 150))
    let result = try SmallModel.solve(SmallModel.model(legs, facilities: plants))
    #expect(abs(result.flows[0] - 60) < 1e-6)
  }

  @Test("Two donors share one opening that neither pays alone")
  func shared() throws {
    let legs = [
      SmallModel.link(.output(0), .facility(0), money: 1, upper: 30),
      SmallModel.link(.output(1), .facility(0), money: 1, upper: 30),
      SmallModel.link(.facility(0), .input(0), money: 0),
    ]
    #expect(
      try SmallModel.optimum(SmallModel.model(legs, facilities: [hub(100, opening: 50)]), is: 10))
    #expect(
      try SmallModel.optimum(
        SmallModel.model(Array(legs[1...]), facilities: [hub(100, opening: 50)]), is: 0))
  }
}
