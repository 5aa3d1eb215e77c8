import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenGraph

@Suite("Ledger")
struct LedgerTests {
  @Test("one exchange by road, worked out by hand")
  func byRoad() throws {
    // 1000 t/yr of fly ash, 10 km by truck, 0.8 to 1 t of clinker per t.
    let candidate = try only(Fixtures.ashPark)
    // Landfill 50 EUR/t and 10 kg/t.
    #expect(close(candidate.line(.avoidedDisposal)?.money.value, 50, 50, 50))
    #expect(close(candidate.line(.avoidedDisposal)?.carbon.value, 10, 10, 10))
    // Clinker 50/60/80 EUR/t × 0.8/0.9/1; 850 kg/t × 0.8/0.9/1.
    #expect(close(candidate.line(.avoidedPurchase)?.money.value, 40, 54, 80))
    #expect(close(candidate.line(.avoidedPurchase)?.carbon.value, 680, 765, 850))
    // 0.1 EUR/tkm and 0.08 kg/tkm over 10 km; 2 EUR/t of handling.
    #expect(close(candidate.line(.transport)?.money.value, -1, -1, -1))
    #expect(close(candidate.line(.transport)?.carbon.value, -0.8, -0.8, -0.8))
    #expect(close(candidate.line(.handling)?.money.value, -2, -2, -2))
    // Treatment 10 EUR/t all-in; its 20 kWh emit 0.3 kg each.
    #expect(close(candidate.line(.treatment)?.money.value, -10, -10, -10))
    #expect(close(candidate.line(.treatmentEnergy)?.carbon.value, -6, -6, -6))
    #expect(candidate.line(.treatmentEnergy)?.money.value == .zero)
    #expect(close(candidate.line(.transaction)?.money.value, -1000, -1000, -1000))
    // 50 + 40/54/80 − 1 − 2 − 10; 10 + 680/765/850 − 0.8 − 6.
    #expect(close(candidate.ledger.netMoneyPerUnit, 77, 91, 117))
    #expect(close(candidate.ledger.netCarbonPerUnit, 683.2, 768.2, 853.2))
    #expect(close(candidate.ledger.fixedCost, 1000, 1000, 1000))
    #expect(candidate.ledger.capital == .zero)
    // 91 × 1000 t − 1000.
    #expect(close(candidate.bestMoneyPerYear, 90_000))
    #expect(candidate.isPlannable)
  }

  @Test("one exchange by pipe, worked out by hand")
  func byPipe() throws {
    let candidate = try only(
      Fixtures.pair("used_water", 100_000, "m3/yr", to: "process_water", 200_000, "m3/yr"))
    // Nothing is paid today (route none). Water 1 EUR/m³ and 0.3 kg/m³, treatment 0.2 EUR/m³.
    // Pumping 0.1 kWh per m³ and km × 10 km = 1 kWh: 0.1 EUR and 0.3 kg.
    #expect(close(candidate.line(.avoidedDisposal)?.money.value?.typical, 0))
    #expect(close(candidate.line(.pumping)?.money.value?.typical, -0.1))
    #expect(close(candidate.line(.pumping)?.carbon.value?.typical, -0.3))
    #expect(close(candidate.ledger.netMoneyPerUnit.typical, 0.7))
    #expect(close(candidate.ledger.netCarbonPerUnit.typical, 0))
    // 200 EUR/m × 10 000 m; annuity of 8 % over 15 years 0.1168295; maintenance 2 %.
    #expect(close(candidate.ledger.capital.typical, 2_000_000))
    #expect(close(candidate.line(.capital)?.money.value?.typical, -233_659.09, within: 1e-6))
    #expect(close(candidate.line(.maintenance)?.money.value?.typical, -40_000))
    #expect(close(candidate.ledger.fixedCost.typical, 274_659.09, within: 1e-6))
    #expect(candidate.line(.transport) == nil)
  }

  @Test("a hazardous liquid pays the haulage factor on freight, and its residue is disposed of")
  func hazardous() throws {
    let candidate = try only(
      Fixtures.pair("spent_acid", 100, "t/yr", to: "sulfuric_acid", 500, "t/yr", route: "landfill"))
    // 0.1 × 10 km × 1.5 and 2 × 1.5 EUR/t; emissions do not depend on the hazard.
    #expect(close(candidate.line(.transport)?.money.value?.typical, -1.5))
    #expect(close(candidate.line(.handling)?.money.value?.typical, -3))
    #expect(close(candidate.line(.transport)?.carbon.value?.typical, -0.8))
    #expect(candidate.line(.transport)?.remark == "remark.hazardous-haulage")
    // A tenth of the acid remains: 0.1 × 200 EUR/t and 0.1 × 10 kg/t.
    #expect(close(candidate.line(.residueDisposal)?.money.value?.typical, -20))
    #expect(close(candidate.line(.residueDisposal)?.carbon.value?.typical, -1))
    // 10 kWh × 0.3 + 0.5 GJ × 60.
    #expect(close(candidate.line(.treatmentEnergy)?.carbon.value?.typical, -33))
    // 200 + 0.7 × 90 − 1.5 − 3 − 40 − 20; 10 + 0.7 × 100 − 0.8 − 33 − 1.
    #expect(close(candidate.ledger.netMoneyPerUnit.typical, 198.5))
    #expect(close(candidate.ledger.netCarbonPerUnit.typical, 45.2))
  }

  @Test("a hazardous waste code makes the haulage of a harmless material hazardous")
  func hazardousByCode() throws {
    var park = Fixtures.ashPark
    park.declaration.outputs[0].wasteCode = "19 01 13*"
    #expect(close(try only(park).line(.transport)?.money.value?.typical, -1.5))
  }

  @Test("the haulage factor's confidence weakens the freight")
  func hazardConfidence() throws {
    let acid = try only(
      Fixtures.pair("spent_acid", 100, "t/yr", to: "sulfuric_acid", 500, "t/yr"))
    #expect(acid.line(.transport)?.money.confidence == .estimated)
    #expect(acid.line(.transport)?.carbon.confidence == .verified)
    #expect(try only(Fixtures.ashPark).line(.transport)?.money.confidence == .verified)
  }

  @Test("gas from the flare burns anyway, so its stack emissions cancel out")
  func flare() throws {
    func gas(_ route: String) throws -> Candidate {
      try only(
        Fixtures.pair("flare_gas", 1000, "GJ/yr", to: "natural_gas", 5000, "GJ/yr", route: route))
    }
    let flared = try gas("flare")
    #expect(close(flared.line(.avoidedDisposal)?.carbon.value?.typical, 55))
    #expect(close(flared.line(.combustion)?.carbon.value?.typical, -55))
    // Only the fuel replaced counts: 66 kg/GJ.
    #expect(close(flared.ledger.netCarbonPerUnit.typical, 66))
    // Gas that did not burn before adds its own stack: 66 − 55.
    #expect(close(try gas("none").ledger.netCarbonPerUnit.typical, 11))
  }

  @Test("an output that is sold already avoids neither disposal nor a virgin burden again")
  func alreadySold() throws {
    for route in ["sold", "reused"] {
      var park = Fixtures.ashPark
      park.declaration.outputs[0].currentRoute = route
      park.declaration.outputs[0].disposalCost = -20
      let candidate = try only(park)
      // The income of 20 EUR/t is lost, the buyer still saves 54 EUR/t.
      #expect(close(candidate.line(.avoidedDisposal)?.money.value?.typical, -20))
      #expect(close(candidate.line(.avoidedPurchase)?.money.value?.typical, 54))
      #expect(candidate.line(.avoidedDisposal)?.carbon.value == .zero)
      #expect(candidate.line(.avoidedPurchase)?.carbon.value == .zero)
      // What is left is the burden of moving and treating: −0.8 − 6.
      #expect(close(candidate.ledger.netCarbonPerUnit.typical, -6.8))
    }
  }

  @Test("a sold output of unknown income is not planned as if the income were nothing")
  func soldAtUnknownIncome() throws {
    var park = Fixtures.ashPark
    park.declaration.outputs[0].currentRoute = "sold"
    let candidate = try only(park)
    #expect(candidate.ledger.unknownMoney == [.avoidedDisposal])
    #expect(!candidate.isPlannable)
  }

  @Test("power that the donor spends to supply one unit is a line of the donor")
  func supplyElectricity() throws {
    var park = Fixtures.ashPark
    park.property("supply_electricity", of: "ash-out", 5, minimum: 4, maximum: 6, unit: "kWh")
    let candidate = try only(park)
    let line = try #require(candidate.line(.supplyPower))
    // 4/5/6 kWh × 0.1 EUR and × 0.3 kg.
    #expect(line.bearer == .donor)
    #expect(close(line.money.value, -0.6, -0.5, -0.4))
    #expect(close(line.carbon.value, -1.8, -1.5, -1.2))
    #expect(close(candidate.ledger.netMoneyPerUnit.typical, 90.5))
    #expect(try only(Fixtures.ashPark).line(.supplyPower) == nil)
  }

  @Test("a link that exists invests and arranges nothing anew, and asks for no permit")
  func sunk() throws {
    var builder = Fixtures.pair(
      "used_water", 100_000, "m3/yr", to: "process_water", 200_000, "m3/yr")
    builder.exchange("x", from: "donor", to: "receiver", output: "out", input: "in")
    let rule = Fixtures.rule("R", "EU", .permit)
    let candidate = try only(builder, catalogue { $0.rules = [rule] })
    #expect(candidate.ledger.fixedCost == .zero)
    #expect(candidate.ledger.capital == .zero)
    #expect(candidate.ledger.fixed.allSatisfy { $0.money.value == .zero })
    #expect(candidate.permits.isEmpty)
    // Running it still costs what it costs.
    #expect(close(candidate.ledger.netMoneyPerUnit.typical, 0.7))

    var greenfield = ParkBuilder(existingExchanges: .greenfield)
    let settings = greenfield.declaration.settings
    greenfield.declaration = builder.declaration
    greenfield.declaration.settings = settings
    let anew = try only(greenfield, catalogue { $0.rules = [rule] })
    #expect(close(anew.ledger.fixedCost.typical, 274_659.09, within: 1e-6))
    #expect(anew.permits.count == 1)
  }

  @Test(
    "an annuity is the capital recovery factor of the tables",
    arguments: [
      // Blank and Tarquin, Engineering Economy, 7th ed., compound interest factor tables, column
      // A/P; five digits.
      (0.08, 15.0, 0.11683), (0.10, 10, 0.16275), (0.05, 20, 0.08024), (0.12, 5, 0.27741),
      (0.01, 12, 0.08885), (0, 20, 0.05),
    ])
  func annuity(rate: Double, years: Double, factor: Double) {
    #expect(abs(LedgerBuilder.annuityFactor(rate: rate, years: years) - factor) < 5e-6)
  }

  @Test("lines sum to the totals, unknown ones left out", arguments: UInt64(0)..<20)
  func sums(seed: UInt64) throws {
    for candidate in try candidates(RandomParks.park(seed: seed)) {
      var money = 0.0
      var carbon = 0.0
      for line in candidate.ledger.perUnit {
        money += line.money.value?.typical ?? 0
        carbon += line.carbon.value?.typical ?? 0
      }
      let fixed = candidate.ledger.fixed.reduce(0) { $0 + ($1.money.value?.typical ?? 0) }
      #expect(close(candidate.ledger.netMoneyPerUnit.typical, money), "seed \(seed)")
      #expect(close(candidate.ledger.netCarbonPerUnit.typical, carbon), "seed \(seed)")
      #expect(close(candidate.ledger.fixedCost.typical, -fixed), "seed \(seed)")
      #expect(candidate.ledger.fixedCost.low >= 0, "seed \(seed)")
      #expect(
        Set(candidate.ledger.perUnit.map(\.term)).count == candidate.ledger.perUnit.count,
        "seed \(seed): a term twice")
    }
  }
}
