import GLPKSolver
import LichenPlanning
import Testing

struct BudgetTests {
  @Test("Σ capital·y ≤ B: 50 and 40 for 9 beat 60 for 6")
  func links() throws {
    let links = [
      SmallModel.link(0, 0, money: 1, capital: 6, upper: 60),
      SmallModel.link(1, 1, money: 1, capital: 5, upper: 50),
      SmallModel.link(2, 2, money: 1, capital: 4, upper: 40),
    ]
    #expect(try SmallModel.optimum(SmallModel.model(links, budget: 9), is: 90))
    #expect(try SmallModel.optimum(SmallModel.model(links, budget: 8), is: 60))
    #expect(try SmallModel.optimum(SmallModel.model(links, budget: 3), is: 0))
    #expect(try SmallModel.optimum(SmallModel.model(links), is: 150))
  }

  @Test("Facilities and measures draw on the same budget")
  func others() throws {
    let hub = PlanningModel.Facility(name: "hub", capacity: 100, openingCost: 5, capital: 7)
    let legs = [
      SmallModel.link(.output(0), .facility(0), money: 1, upper: 50),
      SmallModel.link(.facility(0), .input(0), money: 0, capital: 1, upper: 50),
    ]
    let measure = PlanningModel.Measure(name: "m", money: 40, carbon: 0, capital: 3)
    func model(_ budget: Double?) -> PlanningModel {
      SmallModel.model(legs, facilities: [hub], measures: [measure], budget: budget)
    }
    // The hub gains 50 − 5 for 8, the measure 40 for 3.
    #expect(try SmallModel.optimum(model(nil), is: 85))
    #expect(try SmallModel.optimum(model(11), is: 85))
    #expect(try SmallModel.optimum(model(10), is: 45))
    #expect(try SmallModel.optimum(model(7.5), is: 40))
  }
}
