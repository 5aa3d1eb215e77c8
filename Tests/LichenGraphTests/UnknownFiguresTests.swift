import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenGraph

@Suite("Unknown figures")
struct UnknownFiguresTests {
  @Test("an unknown benefit is left out of the total and listed")
  func unknownBenefit() throws {
    let candidate = try only(Fixtures.ashPark, catalogue { $0.forget("price") })
    #expect(candidate.ledger.unknownMoney == [.avoidedPurchase])
    #expect(candidate.isPlannable)
    // 50 − 1 − 2 − 10.
    #expect(close(candidate.ledger.netMoneyPerUnit.typical, 37))
  }

  @Test("an unknown emission is left out and listed, and blocks nothing")
  func unknownCarbon() throws {
    let candidate = try only(Fixtures.ashPark, catalogue { $0.forget("virgin_co2") })
    #expect(candidate.ledger.unknownCarbon == [.avoidedPurchase])
    #expect(candidate.isPlannable)
  }

  @Test("what leaves by sewer, flare, discharge or stockpile has no default cost")
  func noDefault() throws {
    for route in ["sewer", "flare", "discharge", "stockpile"] {
      var park = Fixtures.ashPark
      park.declaration.outputs[0].currentRoute = route
      #expect(try only(park).line(.avoidedDisposal)?.money.value == nil)
    }
    for route in ["landfill", "incineration", ""] {
      var park = Fixtures.ashPark
      park.declaration.outputs[0].currentRoute = route
      #expect(try only(park).line(.avoidedDisposal)?.money.value == Estimate(50))
    }
  }

  @Test("without any known gain a candidate cannot be valued")
  func noGain() throws {
    var park = Fixtures.ashPark
    park.declaration.outputs[0].currentRoute = "stockpile"
    let candidate = try only(park, catalogue { $0.forget("price") })
    #expect(candidate.kinds == [.valueUnknown])
  }

  @Test("an unknown cost of moving blocks", arguments: ["truck_cost", "truck_handling"])
  func unknownFreight(role: String) throws {
    let candidate = try only(Fixtures.ashPark, catalogue { $0.forget(role) })
    #expect(candidate.kinds == [.costUnknown])
    let term = role == "truck_cost" ? "term.transport" : "term.handling"
    #expect(candidate.argument("term", of: .costUnknown) == .key(term))
  }

  @Test("an unknown cost of treatment blocks")
  func unknownTreatment() throws {
    let route = Fixtures.route("fly_ash", "clinker", .buildingMaterial, cost: nil)
    let candidate = try only(Fixtures.ashPark, catalogue { $0.put(route) })
    #expect(candidate.kinds == [.costUnknown])
    #expect(candidate.argument("term", of: .costUnknown) == .key("term.treatment"))
  }

  @Test(
    "an unknown cost of a pipe blocks",
    arguments: [
      ("pipe_water_capex", "term.capital"), ("link_lifetime_years", "term.capital"),
      ("discount_rate", "term.capital"), ("pipe_maintenance_share", "term.maintenance"),
      ("pump_kwh_per_m3_km", "term.pumping"), ("electricity_price", "term.pumping"),
    ])
  func unknownPipe(role: String, term: String) throws {
    let water = Fixtures.pair("used_water", 10, "m3/yr", to: "process_water", 20, "m3/yr")
    let candidate = try only(water, catalogue { $0.forget(role) })
    #expect(candidate.kinds == [.costUnknown])
    #expect(candidate.argument("term", of: .costUnknown) == .key(term))
  }

  @Test("an unknown cost of arranging a link blocks")
  func unknownTransaction() throws {
    let candidate = try only(Fixtures.ashPark, catalogue { $0.forget("transaction_cost") })
    #expect(candidate.kinds == [.costUnknown])
  }

  @Test("an unknown haulage factor blocks a hazardous load only")
  func unknownHazardFactor() throws {
    let catalogue = catalogue { $0.forget("hazardous_haulage_multiplier") }
    let acid = Fixtures.pair("spent_acid", 10, "t/yr", to: "sulfuric_acid", 20, "t/yr")
    #expect(try only(acid, catalogue).kinds == [.costUnknown])
    #expect(try only(Fixtures.ashPark, catalogue).isPlannable)
  }

  @Test("an unknown cost of a permit blocks")
  func unknownPermit() throws {
    var park = Fixtures.ashPark
    park.declaration.outputs[0].wasteCode = "10 01 02"
    let candidate = try only(
      park,
      catalogue {
        $0.forget("permit_cost")
      })
    #expect(candidate.argument("term", of: .costUnknown) == .key("term.permit"))
  }

  @Test("a figure whose unit or currency leads nowhere is unknown, never taken as it stands")
  func inconvertible() throws {
    let foreignUnit = catalogue {
      $0.forget("price")
      $0.answer("price", for: "clinker", in: "EU", with: Estimate(7), "EUR", per: "m3")
    }
    #expect(try only(Fixtures.ashPark, foreignUnit).ledger.unknownMoney == [.avoidedPurchase])
    let foreignMoney = catalogue {
      $0.forget("price")
      $0.answer("price", for: "clinker", in: "EU", with: Estimate(7), "XAU", per: "t")
    }
    #expect(try only(Fixtures.ashPark, foreignMoney).ledger.unknownMoney == [.avoidedPurchase])
  }

  @Test(
    "a nonsense rate or lifetime is unknown, not a crash",
    arguments: [
      ("discount_rate", "-2"), ("link_lifetime_years", "0"), ("link_lifetime_years", "1e-320"),
    ])
  func nonsense(key: String, value: String) throws {
    var water = Fixtures.pair("used_water", 10, "m3/yr", to: "process_water", 20, "m3/yr")
    water.override("link_lifetime_years", "20.5")
    water.declaration.overrides.removeAll { $0.key == key }
    water.override(key, value)
    #expect(try only(water).kinds == [.costUnknown])
  }
}
