import GLPKSolver
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Value of information")
struct InformationTests {
  /// The ash park with a yearly upkeep that leaves `margin` of the plan at the typical price.
  private func result(margin: Double) throws -> UncertaintyResult {
    let park = Fixtures.ashPark
    let first = try Planned.plan(try park.park(Planned.onePrice)).plan
    var dear = park
    let upkeep = 1000 + first.money.typical - margin
    dear.override("transaction_cost", "\(upkeep)", unit: "EUR/yr")
    return try Planned.uncertainty(try dear.park(Planned.onePrice))
  }

  /// Net value at a price, linear because every tonne pays at every price.
  private func value(_ price: Double, margin: Double) -> Double { margin + 900 * (price - 60) }

  @Test(
    "a price that decides whether to build is worth E[max(0, V)] − max(0, E[V])",
    arguments: [2000.0, 500, 4000, 8000])
  func decisive(margin: Double) throws {
    let result = try result(margin: margin)
    #expect(abs(result.money.typical - margin) < 1e-3)
    let measurement = try #require(result.measurements.first)
    #expect(measurement.factor.key == "figure:price_clinker_eu")
    // Reference value: the integral over the triangular density, by fine steps of its own.
    let steps = 200_000
    var positive = 0.0
    var mean = 0.0
    for step in 0..<steps {
      let price = 50 + 30 * (Double(step) + 0.5) / Double(steps)
      let density = price < 60 ? 2 * (price - 50) / (30 * 10) : 2 * (80 - price) / (30 * 20)
      let weight = density * 30 / Double(steps)
      positive += max(0, value(price, margin: margin)) * weight
      mean += value(price, margin: margin) * weight
    }
    let exact = positive - max(0, mean)
    #expect(exact > 0)
    let found = try #require(measurement.informationValue)
    #expect(abs(found - exact) < 0.005 * exact + 0.5)
  }

  @Test("a price that never changes the plan is worth nothing to know")
  func indecisive() throws {
    let result = try result(margin: 12_000)
    #expect(result.measurements.first?.informationValue == 0)
    #expect(result.isComplete)
  }

  @Test("a large park ranks by variance and says that it did not re-plan")
  func bounded() throws {
    let park = try Fixtures.ashPark.park(Planned.onePrice)
    let (graph, plan) = try Planned.plan(park)
    var options = UncertaintyOptions()
    options.replanLimit = 0
    let result = try UncertaintyAnalysis(
      graph: graph, plan: plan, solver: GLPKSolver(), options: options
    ).run()
    #expect(!result.isComplete)
    #expect(result.measurements.map(\.informationValue) == [nil])
    #expect(result.measurements.first?.share ?? 0 > 0)
  }

  @Test("what nobody in the park can measure is no measurement")
  func measurable() throws {
    func factor(_ identity: UncertainFactor.Identity, _ unit: String, _ reference: String)
      -> UncertainFactor
    {
      UncertainFactor(
        identity: identity, range: .of(1, 2, 3), unit: unit, reference: reference,
        confidence: .estimated)
    }
    #expect(!factor(.exchangeRate("fx"), "VND/USD", "exchange_rates.csv: fx").isMeasurable)
    #expect(!factor(.figure("co2"), "kgCO2e/t", "factors.csv: co2").isMeasurable)
    #expect(!factor(.figure("rate"), "fraction", "parameters.csv: rate").isMeasurable)
    #expect(factor(.figure("gas"), "EUR/GJ", "costs.csv: gas").isMeasurable)
    #expect(factor(.stream(.of("ash")), "t/yr", "outputs.csv: ash").isMeasurable)
  }
}
