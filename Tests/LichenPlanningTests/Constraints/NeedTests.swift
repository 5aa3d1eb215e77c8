import GLPKSolver
import LichenPlanning
import Testing

struct NeedTests {
  @Test(
    "Σ ρ·x ≤ d: what gains most per unit of need comes first, not what gains most per unit moved")
  func binds() throws {
    let links = [
      SmallModel.link(0, 0, money: 4, ratio: 1, upper: 50),
      SmallModel.link(1, 0, money: 3, ratio: 0.5, upper: 50),
    ]
    // The second brings 6 per unit of need: 50·3, which takes 25; then 35·4.
    #expect(try SmallModel.optimum(SmallModel.model(links, needs: [60]), is: 290))
    // 50·4 + 50·3
    #expect(try SmallModel.optimum(SmallModel.model(links, needs: [75]), is: 350))
  }
}
