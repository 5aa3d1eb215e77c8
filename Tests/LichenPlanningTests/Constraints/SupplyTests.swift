import GLPKSolver
import LichenPlanning
import Testing

struct SupplyTests {
  @Test("Σ x ≤ s: 100 units serve the better input first")
  func binds() throws {
    let links = [
      SmallModel.link(0, 0, money: 3, upper: 80), SmallModel.link(0, 1, money: 2, upper: 80),
    ]
    // 80·3 + 20·2
    #expect(try SmallModel.optimum(SmallModel.model(links, supplies: [100]), is: 280))
    // Enough for both: 80·3 + 80·2
    #expect(try SmallModel.optimum(SmallModel.model(links, supplies: [160]), is: 400))
    #expect(try SmallModel.optimum(SmallModel.model(links, supplies: [0]), is: 0))
  }
}
