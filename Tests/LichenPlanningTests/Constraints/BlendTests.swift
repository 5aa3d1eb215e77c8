import GLPKSolver
import LichenPlanning
import Testing

struct BlendTests {
  @Test("Σ (c − limit)·x ≤ 0: one unit too rich is let in with two that are lean")
  func binds() throws {
    let links = [
      SmallModel.link(0, 0, money: 5, upper: 30), SmallModel.link(1, 0, money: 1, upper: 40),
    ]
    let blend = PlanningModel.Blend(name: "chloride", links: [0, 1], excess: [10, -5])
    // 40 lean ones allow 20 rich ones: 100 + 40.
    #expect(try SmallModel.optimum(SmallModel.model(links, blends: [blend]), is: 140))
    #expect(try SmallModel.optimum(SmallModel.model(links), is: 190))
  }

  @Test("A lean one that loses is taken for the rich ones that it lets in")
  func dilution() throws {
    let links = [
      SmallModel.link(0, 0, money: 5, upper: 30), SmallModel.link(1, 0, money: -1, upper: 40),
    ]
    let blend = PlanningModel.Blend(name: "chloride", links: [0, 1], excess: [10, -5])
    // 20·5 − 40
    #expect(try SmallModel.optimum(SmallModel.model(links, blends: [blend]), is: 60))
  }

  @Test("Alone and too rich, nothing flows")
  func alone() throws {
    let blend = PlanningModel.Blend(name: "chloride", links: [0], excess: [0.1])
    #expect(
      try SmallModel.optimum(
        SmallModel.model([SmallModel.link(0, 0, money: 5)], blends: [blend]), is: 0))
  }
}
