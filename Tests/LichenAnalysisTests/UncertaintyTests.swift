import GLPKSolver
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Uncertainty of a plan")
struct UncertaintyTests {
  /// One range: value = typical + 900 t × (price − 60).
  @Test("one price moves the plan as the closed form says")
  func onePrice() throws {
    let park = try Fixtures.ashPark.park(Planned.onePrice)
    let result = try Planned.uncertainty(park, samples: 2000)
    let typical = result.plan.money.typical
    #expect(result.factors.map(\.factor.key) == ["figure:price_clinker_eu"])
    #expect(abs((result.factors.first?.share ?? 0) - 1) < 1e-12)
    let price = Triangular(.of(50, 60, 80))
    #expect(abs(result.money.typical - typical) < 1e-6)
    #expect(abs(result.money.low - (typical + 900 * (price.quantile(0.1) - 60))) < 30)
    #expect(abs(result.money.high - (typical + 900 * (price.quantile(0.9) - 60))) < 30)
    #expect(abs(result.money.mean - (typical + 900 * (price.mean - 60))) < 5)
    #expect(abs((result.additivity ?? 0) - 1) < 0.01)
    let factor = try #require(result.factors.first)
    #expect(abs(factor.atLow - (typical - 9000)) < 1e-6)
    #expect(abs(factor.atHigh - (typical + 18_000)) < 1e-6)
    #expect(factor.candidates == ["ash-out:clinker-in:fly_ash__clinker"])
  }

  /// value = const + 900·price + 1000·cost: shares follow from the closed-form variances.
  @Test("shares of two prices are their squared slopes times their variances")
  func twoPrices() throws {
    var parts = CatalogueParts.standard
    parts.put(
      Fixtures.route("fly_ash", "clinker", ratio: Estimate(0.9), .buildingMaterial, cost: 10))
    parts.forget("disposal_cost")
    parts.answer("disposal_cost", for: "residues", in: "EU", with: .of(30, 50, 60), "EUR", per: "t")
    let result = try Planned.uncertainty(try Fixtures.ashPark.park(parts.catalogue), samples: 2000)
    let price = 900.0 * 900 * Triangular(.of(50, 60, 80)).variance
    let cost = 1000.0 * 1000 * Triangular(.of(30, 50, 60)).variance
    #expect(
      result.factors.map(\.factor.key)
        == (price > cost
          ? ["figure:price_clinker_eu", "figure:disposal_cost_residues_eu"]
          : ["figure:disposal_cost_residues_eu", "figure:price_clinker_eu"]))
    for factor in result.factors {
      let exact =
        (factor.factor.key == "figure:price_clinker_eu" ? price : cost) / (price + cost)
      #expect(abs(factor.share - exact) < 1e-3)
    }
    #expect(abs((result.additivity ?? 0) - 1) < 0.03)
  }

  @Test("exchanges that share a price move together; their ranges do not average out")
  func sharedPrice() throws {
    var park = Fixtures.ashPark
    for number in 2...4 {
      park.enterprise("power-\(number)")
      park.enterprise("cement-\(number)")
      park.output("ash-\(number)", of: "power-\(number)", "fly_ash", 1000)
      park.input("clinker-\(number)", of: "cement-\(number)", "clinker", 900)
      park.distance("power-\(number)", "cement-\(number)", km: 10)
    }
    park.declaration.inputs[0].quantity.typical = 900
    let one = try Planned.uncertainty(try Fixtures.ashPark.park(Planned.onePrice))
    let four = try Planned.uncertainty(try park.park(Planned.onePrice))
    #expect(four.plan.exchanges.count == 4)
    #expect(four.factors.count == 1)
    let ratio =
      (four.money.high - four.money.low) / (one.money.high - one.money.low)
    #expect(abs(ratio - 4) < 1e-6)
  }

  @Test("independent quantities average out: the result is narrower than the sum of the ends")
  func independentQuantities() throws {
    var park = ParkBuilder()
    for number in 1...9 {
      park.enterprise("power-\(number)")
      park.enterprise("cement-\(number)")
      park.output("ash-\(number)", of: "power-\(number)", "fly_ash", 1000) {
        $0.quantity.low = 500
        $0.quantity.high = 1500
      }
      park.input("clinker-\(number)", of: "cement-\(number)", "clinker", 5000)
      park.distance("power-\(number)", "cement-\(number)", km: 10)
    }
    var parts = CatalogueParts.standard
    parts.put(
      Fixtures.route("fly_ash", "clinker", ratio: Estimate(0.9), .buildingMaterial, cost: 10))
    parts.figures.removeAll { $0.id == "price_clinker_eu" }
    parts.defaults.removeAll { $0.entries == ["price_clinker_eu"] }
    parts.answer("price", for: "clinker", in: "EU", with: Estimate(60), "EUR", per: "t")
    let result = try Planned.uncertainty(try park.park(parts.catalogue), samples: 2000)
    #expect(result.factors.count == 9)
    let unit = try #require(result.plan.exchanges.first?.candidate.ledger.netMoneyPerUnit.typical)
    // Sum of nine triangular quantities: standard deviation 3 × 500/√6; 80 % within ± 1.2816 of it.
    let expected = 2 * 1.281_55 * 3 * 500 / 6.0.squareRoot() * unit
    #expect(abs(result.money.high - result.money.low - expected) < 0.03 * expected)
    for factor in result.factors { #expect(abs(factor.share - 1.0 / 9) < 1e-9) }
    #expect(result.measurements.first?.method == .weigh)
  }

  @Test("flows follow the figures: a loss is not sent through the pipe")
  func recourse() throws {
    var parts = CatalogueParts.standard
    parts.put(
      Fixtures.route("fly_ash", "clinker", ratio: Estimate(0.9), .buildingMaterial, cost: 10))
    parts.figures.removeAll { $0.id == "price_clinker_eu" }
    parts.defaults.removeAll { $0.entries == ["price_clinker_eu"] }
    // Below about −40 EUR/t the exchange would lose with every tonne.
    parts.answer(
      "price", for: "clinker", in: "EU", with: .of(-200, 60, 80), "EUR", per: "t")
    let result = try Planned.uncertainty(try Fixtures.ashPark.park(parts.catalogue))
    let candidate = try #require(result.plan.exchanges.first?.candidate)
    let fixed = candidate.ledger.fixedCost.typical + result.plan.permitCost.typical
    #expect(abs((result.factors.first?.atLow ?? 0) + fixed) < 1e-6)
  }

  @Test("the planned network at typical figures is worth what the plan says", arguments: 1...40)
  func typicalValue(seed: UInt64) throws {
    let park = try RandomParks.park(seed: seed).park()
    let (_, plan) = try Planned.plan(park)
    guard plan.certificate.status == .optimal else { return }
    let bench = ValuationBench(
      candidates: plan.exchanges.map(\.candidate), plan: plan, solver: GLPKSolver(),
      required: plan.exchanges.filter(\.isRequired).map(\.candidate.id))
    let value = try bench.value(BuiltNetwork(plan), bench.set.typical)
    let exact = plan.certificate.incumbent
    #expect(abs(value.objective - exact) <= 1e-6 * max(1, abs(exact)), "seed \(seed)")
    if !plan.exchanges.isEmpty, plan.options.objective == .netBenefit {
      #expect(abs(value.money - plan.money.typical) <= 1e-6 * max(1, abs(exact)))
    }
  }

  @Test("supposing a value gives what a park with that value gives", arguments: 1...25)
  func supposition(seed: UInt64) throws {
    let park = try RandomParks.park(seed: seed).park()
    let candidates = Array(CandidateGenerator(park: park).graph().candidates)
    let set = FactorSet(candidates, park: park)
    let index = Dictionary(
      uniqueKeysWithValues: set.factors.enumerated().map { ($0.element.identity, $0.offset) })
    for (position, factor) in set.factors.enumerated() {
      var values = set.typical
      values[position] = factor.range.high
      let supposed = Supposition(set, values: values, index: index, in: park)
      // The independent way: figures and streams written into catalogue and declaration.
      let remade = try Self.remade(park, factor)
      let expected = CandidateGenerator(park: remade).graph()
      for candidate in candidates {
        guard let other = expected.candidates.first(where: { $0.id == candidate.id }) else {
          continue
        }
        let made = supposed.candidate(candidate)
        func agrees(_ left: Double, _ right: Double) -> Bool {
          abs(left - right) <= 1e-9 * max(1, abs(left), abs(right))
        }
        #expect(
          agrees(
            made.ledger.netMoneyPerUnit.typical, other.ledger.netMoneyPerUnit.typical)
            && agrees(
              made.ledger.netCarbonPerUnit.typical, other.ledger.netCarbonPerUnit.typical)
            && agrees(made.ledger.fixedCost.typical, other.ledger.fixedCost.typical)
            && agrees(made.maximumFlow ?? -1, other.maximumFlow ?? -1),
          "seed \(seed), \(factor.key), \(candidate.id)")
      }
    }
  }

  @Test(
    "a figure supposed in a real park gives what a new graph gives, displaced fuels included",
    arguments: ["kalundborg", "mekong-agro"])
  func realPark(name: String) throws {
    let park = try Repository.engine.park(at: Repository.park(name))
    // A route through an intermediate moves by its own range as a whole.
    let candidates = CandidateGenerator(park: park).graph().candidates.filter {
      $0.isPlannable && $0.route.chain == nil
    }
    let set = FactorSet(candidates, park: park)
    let index = Dictionary(
      uniqueKeysWithValues: set.factors.enumerated().map { ($0.element.identity, $0.offset) })
    let families = FactorSet.familyRows(park.catalogue)
    let efficiencies = set.factors.filter { $0.key.contains("boiler_efficiency") }
    #expect(name == "kalundborg" || !efficiencies.isEmpty)
    for factor in efficiencies + set.factors.prefix(12) {
      guard case .figure(let id) = factor.identity, let position = index[factor.identity] else {
        continue
      }
      var values = set.typical
      values[position] = factor.range.low
      let supposed = Supposition(
        set, values: values, index: index, families: families, in: park)
      let remade = CandidateGenerator(
        park: park.supposing(figures: [id: factor.range.low], rates: [:])
      ).graph().candidates
      let byID = Dictionary(remade.map { ($0.id, $0) }) { first, _ in first }
      for candidate in candidates {
        guard let other = byID[candidate.id], other.transport.mode == candidate.transport.mode
        else { continue }
        let money = supposed.candidate(candidate).ledger.netMoneyPerUnit.typical
        let exact = other.ledger.netMoneyPerUnit.typical
        #expect(
          abs(money - exact) <= 1e-9 * max(1, abs(exact)), "\(factor.key), \(candidate.id)")
      }
    }
  }

  /// The park in which one factor stands at its high end.
  private static func remade(_ park: Park, _ factor: UncertainFactor) throws -> Park {
    var parts = CatalogueParts.standard
    var declaration = park.declaration
    let value = factor.range.high
    switch factor.identity {
    case .figure(let id):
      parts.figures = parts.figures.map { figure in
        figure.id == id
          ? Figure(
            id: figure.id, name: figure.name, value: Estimate(value), measure: figure.measure,
            per: figure.per, region: figure.region, year: figure.year, source: figure.source,
            confidence: figure.confidence) : figure
      }
    case .routeRatio(let id):
      for route in parts.routes where route.id == id {
        parts.put(route.supposing(ratio: value, treatmentCost: nil))
      }
    case .stream(let id):
      for row in declaration.outputs.indices where declaration.outputs[row].id == id.rawValue {
        let factor = park.output(id)?.unitFactor ?? 1
        declaration.outputs[row].quantity.typical = value / factor
      }
      for row in declaration.inputs.indices where declaration.inputs[row].id == id.rawValue {
        let factor = park.input(id)?.unitFactor ?? 1
        declaration.inputs[row].quantity.typical = value / factor
      }
    default: break
    }
    return try Park(declaration, catalogue: parts.catalogue)
  }

  @Test("shares add up, values of information are not negative, runs repeat", arguments: 41...52)
  func invariants(seed: UInt64) throws {
    let park = try RandomParks.park(seed: seed).park()
    let result = try Planned.uncertainty(park, samples: 64)
    let sum = result.factors.map(\.share).reduce(0, +)
    #expect(sum == 0 || abs(sum - 1) < 1e-9, "seed \(seed)")
    for measurement in result.measurements {
      #expect((measurement.informationValue ?? 0) >= 0, "seed \(seed)")
      #expect(measurement.factor.isMeasurable)
      #expect(measurement.share > 0 && measurement.share <= 1)
    }
    #expect(result.money.low <= result.money.high)
    let again = try Planned.uncertainty(park, samples: 64)
    #expect(again.money == result.money)
    #expect(again.measurements.map(\.factor.key) == result.measurements.map(\.factor.key))
    // Not even the order of the rows counts.
    var shuffled = park.declaration
    shuffled.outputs.reverse()
    shuffled.inputs.reverse()
    shuffled.enterprises.reverse()
    let other = try Planned.uncertainty(
      try Park(shuffled, catalogue: Fixtures.catalogue), samples: 64)
    #expect(other.money == result.money, "seed \(seed)")
  }
}
