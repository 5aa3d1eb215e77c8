import GLPKSolver
import LichenPlanning
import Testing

struct LinkingTests {
  @Test("l·y ≤ x ≤ u·y: a lot of 80 leaves too little for the link that would gain more")
  func lots() throws {
    let whole = SmallModel.link(0, 0, money: 5, lower: 80, upper: 100)
    let dear = SmallModel.link(0, 1, money: 6, fixed: 100, upper: 50)
    // Alone 500 or 200; together 80·5 + 20·6 − 100 = 420.
    #expect(try SmallModel.optimum(SmallModel.model([whole, dear], supplies: [100]), is: 500))
    // Neither lot nor yearly cost: 50·6 + 50·5.
    let free = [
      SmallModel.link(0, 0, money: 5, upper: 100), SmallModel.link(0, 1, money: 6, upper: 50),
    ]
    #expect(try SmallModel.optimum(SmallModel.model(free, supplies: [100]), is: 550))
  }

  @Test("A yearly cost is paid whole however little flows")
  func fixedCost() throws {
    let link = SmallModel.link(0, 0, money: 2, fixed: 30, upper: 100)
    #expect(try SmallModel.optimum(SmallModel.model([link], supplies: [16]), is: 2))
    #expect(try SmallModel.optimum(SmallModel.model([link], supplies: [14]), is: 0))
  }

  @Test("A lot above what there is leaves the link closed")
  func impossible() throws {
    let link = SmallModel.link(0, 0, money: 2, lower: 20, upper: 100)
    #expect(try SmallModel.optimum(SmallModel.model([link], supplies: [19]), is: 0))
  }
}
