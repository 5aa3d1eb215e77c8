import GLPKSolver
import LichenPlanning
import Testing

struct CoverTests {
  private let links = [
    SmallModel.link(0, 0, money: -1, ratio: 0.5), SmallModel.link(1, 0, money: -3, upper: 4),
  ]

  @Test("Σ ρ·x ≥ least: six units of need are covered by what loses least per unit of need")
  func binds() throws {
    // 12·0.5 = 6, at 2 per unit of need instead of 3.
    #expect(try SmallModel.optimum(SmallModel.model(links, leastNeeds: [6]), is: -12))
    // Only 4·0.5 of the first: 2 at 2, 4 at 3.
    #expect(
      try SmallModel.optimum(
        SmallModel.model(links, supplies: [4, 100], leastNeeds: [6]), is: -16))
    #expect(try SmallModel.optimum(SmallModel.model(links), is: 0))
  }

  @Test("A need that cannot be covered is infeasible")
  func infeasible() throws {
    #expect(
      try SmallModel.optimum(
        SmallModel.model(links, supplies: [3, 100], leastNeeds: [6]), is: nil))
  }
}
