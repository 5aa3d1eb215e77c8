import GLPKSolver
import LichenPlanning
import Testing

struct MeasureTests {
  private let link = SmallModel.link(0, 0, money: 1, upper: 100)

  @Test(
    "Σ x ≤ s + Σ Δ·q: a measure that starves an exchange is taken only if it gains more",
    arguments: [(10.0, 100.0), (70.0, 120.0)])
  func supply(gain: Double, expected: Double) throws {
    let measure = PlanningModel.Measure(
      name: "m", output: 0, shift: -50, money: gain, carbon: 0, capital: 0)
    #expect(
      try SmallModel.optimum(
        SmallModel.model([link], supplies: [100], measures: [measure]), is: expected))
  }

  @Test("A measure that loses 5 and adds 20 to a need is worth 15")
  func need() throws {
    let measure = PlanningModel.Measure(
      name: "m", input: 0, shift: 20, money: -5, carbon: 0, capital: 0)
    #expect(
      try SmallModel.optimum(SmallModel.model([link], needs: [30], measures: [measure]), is: 45))
  }

  @Test("A measure that is being built is kept though it loses")
  func required() throws {
    let measure = PlanningModel.Measure(
      name: "m", output: 0, shift: -50, money: -7, carbon: 0, capital: 0, isRequired: true)
    #expect(
      try SmallModel.optimum(SmallModel.model([link], supplies: [100], measures: [measure]), is: 43)
    )
  }

  @Test("Two measures cannot take more than there is")
  func exhausted() throws {
    let measures = ["m", "n"].map {
      PlanningModel.Measure(
        name: $0, output: 0, shift: -60, money: 80, carbon: 0, capital: 0)
    }
    // One of them, and 40 left for the exchange.
    #expect(
      try SmallModel.optimum(SmallModel.model([link], supplies: [100], measures: measures), is: 120)
    )
  }
}
