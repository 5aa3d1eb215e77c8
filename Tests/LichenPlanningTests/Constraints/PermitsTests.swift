import GLPKSolver
import LichenPlanning
import Testing

struct PermitTests {
  @Test("y ≤ p: two links that gain 60 each share a permit of 100, which neither would pay alone")
  func shared() throws {
    let links = [
      SmallModel.link(0, 0, money: 1, upper: 60), SmallModel.link(1, 1, money: 1, upper: 60),
      SmallModel.link(2, 2, money: 1, upper: 80),
    ]
    func model(_ costs: [Double]) -> PlanningModel {
      SmallModel.model(links, permits: [[0], [0], [1]], permits: costs)
    }
    // 60 + 60 − 100; the third link gains 80 and needs one of 90.
    #expect(try SmallModel.optimum(model([100, 90]), is: 20))
    #expect(try SmallModel.optimum(model([130, 90]), is: 0))
    #expect(try SmallModel.optimum(model([0, 0]), is: 200))
  }

  @Test("A link that needs two permits pays both")
  func both() throws {
    let model = SmallModel.model(
      [SmallModel.link(0, 0, money: 1, upper: 60)], permits: [[0, 1]], permits: [25, 30])
    #expect(try SmallModel.optimum(model, is: 5))
  }
}
