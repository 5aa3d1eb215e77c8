import LichenDomain
import LichenTestSupport
import Testing

@Suite("Streams of a checked park")
struct ParkStreamsTests {
  /// The only output after checking.
  private func output(
    _ material: String, _ quantity: Double?, _ unit: String,
    configure: (inout ParkBuilder) -> Void = { _ in }
  ) throws -> OutputStream {
    var park = ParkBuilder()
    park.enterprise("a")
    park.output("x", of: "a", material, quantity, unit)
    configure(&park)
    return try #require(park.park().outputs.first)
  }

  private func close(_ value: Double?, _ expected: Double) -> Bool {
    value.map { abs($0 - expected) <= 1e-9 * abs(expected) } ?? false
  }

  @Test(
    "quantities are held in the material's reference unit per year",
    arguments: [
      ("fly_ash", 2.0, "t/day", nil, 730.0), ("fly_ash", 100, "kg/h", 5000, 500),
      ("fly_ash", 3, "kt", nil, 3000), ("used_water", 5, "m3/h", 1000, 5000),
      // 20 MW over 4000 h: 20 × 4000 × 3.6 GJ.
      ("waste_heat", 20, "MW", 4000, 288_000), ("waste_heat", 10, "MWh/month", nil, 432),
      // Steam of 3.2 GJ/t: 32 GJ are 10 t.
      ("steam_hp", 32, "GJ/yr", nil, 10),
      // Gas of 0.8 kg/Nm³ and 40 GJ/t: 0.032 GJ per Nm³.
      ("flare_gas", 1000, "Nm3/yr", nil, 32), ("spent_acid", 8, "m3/yr", nil, 10),
    ] as [(String, Double, String, Double?, Double)])
  func referenceUnits(material: String, value: Double, unit: String, hours: Double?, yearly: Double)
    throws
  {
    let stream = try output(material, value, unit) {
      $0.declaration.outputs[0].quantity.hours = hours
    }
    #expect(close(stream.quantity?.yearly.typical, yearly))
  }

  @Test("plain cubic metres of a gas are read as normal ones, with a warning")
  func gasVolume() throws {
    var park = ParkBuilder()
    park.enterprise("a")
    park.output("x", of: "a", "flare_gas", 1000, "m3/yr")
    park.input("y", of: "a", "clinker", 1)
    let checked = try park.park()
    #expect(checked.warnings.map(\.code) == ["gas-volume"])
    #expect(close(checked.outputs.first?.quantity?.yearly.typical, 32))
  }

  @Test("the stream's own moisture, dry solids or density replaces the catalogue's")
  func ownProperties() throws {
    // 20 % moisture: 8 t dry are 10 t wet; 40 % dry solids: 8 t dry are 20 t wet.
    let moist = try output("fly_ash", 8, "t_dry/yr") {
      $0.property("moisture", of: "x", 20, unit: "%")
    }
    #expect(close(moist.quantity?.yearly.typical, 10))
    let sludge = try output("fly_ash", 8, "t_dry/yr") { $0.property("DRY_SOLIDS", of: "x", 40) }
    #expect(close(sludge.quantity?.yearly.typical, 20))
    let dense = try output("spent_acid", 10, "m3/yr") { $0.property("density", of: "x", 1.5) }
    #expect(close(dense.quantity?.yearly.typical, 15))
  }

  @Test(
    "a range is kept; a missing typical value is the middle, a missing end is the typical value",
    arguments: [
      (8.0, 10.0, 15.0, 8.0, 10.0, 15.0), (8, nil, 12, 8, 10, 12), (nil, 10, 12, 10, 10, 12),
      (8, 10, nil, 8, 10, 10), (nil, nil, 7, 7, 7, 7), (nil, 10, nil, 10, 10, 10),
    ] as [(Double?, Double?, Double?, Double, Double, Double)])
  func range(
    low: Double?, typical: Double?, high: Double?, lowest: Double, middle: Double, highest: Double
  ) throws {
    let stream = try output("fly_ash", typical, "kt/yr") {
      $0.declaration.outputs[0].quantity.low = low
      $0.declaration.outputs[0].quantity.high = high
    }
    #expect(stream.quantity?.yearly == .of(lowest * 1000, middle * 1000, highest * 1000))
  }

  @Test(
    "an unquantified stream has no quantity, which is not zero", arguments: ["t/yr", "", "MWh"])
  func unquantified(unit: String) throws {
    let material = unit == "MWh" ? "waste_heat" : "fly_ash"
    #expect(try output(material, nil, unit).quantity == nil)
    #expect(try output(material, 0, unit.isEmpty ? "t" : unit).quantity?.yearly == .zero)
  }

  @Test("money per declared unit becomes money per reference unit, whatever the period")
  func money() throws {
    // 12 EUR per MWh are 12 / 3.6 EUR per GJ; 50 EUR per t of 50 t/day stay 50 EUR per t.
    let heat = try output("waste_heat", 10, "MWh/day") {
      $0.declaration.outputs[0].disposalCost = 12
    }
    #expect(close(heat.disposalCost?.amount.typical, 12 / 3.6))
    let ash = try output("fly_ash", 50, "t/day") { $0.declaration.outputs[0].disposalCost = -50 }
    #expect(ash.disposalCost == Money(Estimate(-50), .of("EUR"), year: 2020))
    let kilograms = try output("fly_ash", 1, "kg/h") {
      $0.declaration.outputs[0].disposalCost = 0.05
      $0.declaration.outputs[0].disposalCostCurrency = "dkk"
      $0.declaration.outputs[0].quantity.hours = 100
    }
    #expect(kilograms.disposalCost?.currency == .of("DKK"))
    #expect(close(kilograms.disposalCost?.amount.typical, 50))
  }

  @Test("an absent price is unknown, a price of zero is zero")
  func absentMoney() throws {
    #expect(try output("fly_ash", 1, "t/yr").disposalCost == nil)
    let free = try output("fly_ash", 1, "t/yr") { $0.declaration.outputs[0].disposalCost = 0 }
    #expect(free.disposalCost?.amount == .zero)
  }

  @Test("the smallest delivery is in the row's unit")
  func minimumLot() throws {
    let stream = try output("fly_ash", 5, "kt/yr") { $0.declaration.outputs[0].minimumLot = 2 }
    #expect(stream.minimumLot == 2000)
  }

  @Test(
    "qualities are held in the catalogue's unit",
    arguments: [
      ("chloride", 0.05, "%", 500.0), ("chloride", 0.3, "g/kg", 300), ("chloride", 70, "ppm", 70),
      ("moisture", 50_000, "mg/kg", 5), ("temperature", 90, "°C", 90), ("chloride", 9, "", 9),
    ])
  func qualityUnits(property: String, value: Double, unit: String, held: Double) throws {
    let stream = try output("fly_ash", 1, "t/yr") {
      $0.property(property, of: "x", value, minimum: value / 2, maximum: value * 2, unit: unit)
    }
    let measured = try #require(stream.properties[.of(property)])
    #expect(close(measured.typical, held))
    #expect(close(measured.lowest, held / 2))
    #expect(close(measured.highest, held * 2))
  }

  @Test("rows of other years are checked but are no streams")
  func otherYears() throws {
    var park = ParkBuilder(baseYear: 2020)
    park.enterprise("a")
    for (id, from, to) in [
      ("past", nil, 2019), ("future", 2021, nil), ("now", 2020, 2020), ("always", nil, nil),
    ] as [(String, Int?, Int?)] {
      park.output(id, of: "a", "fly_ash", 1) {
        $0.fromYear = from
        $0.toYear = to
      }
      park.input("in-\(id)", of: "a", "clinker", 1) {
        $0.fromYear = from
        $0.toYear = to
      }
      park.exchange("x-\(id)", from: "a", to: "a")
      park.declaration.exchanges[park.declaration.exchanges.count - 1].startYear = from
      park.declaration.exchanges[park.declaration.exchanges.count - 1].endYear = to
    }
    let checked = try park.park()
    #expect(checked.outputs.map(\.id.rawValue) == ["always", "now"])
    #expect(checked.inputs.map(\.id.rawValue) == ["in-always", "in-now"])
    #expect(checked.exchanges.map(\.id) == ["x-always", "x-now"])
    let future = try checked.with(settings: checked.settings.replacing(baseYear: 2021))
    #expect(future.outputs.map(\.id.rawValue) == ["always", "future"])
  }

  @Test("a year in which nothing holds is a warning")
  func emptyYear() throws {
    var park = ParkBuilder()
    park.enterprise("a")
    #expect(try park.park().warnings.map(\.code) == ["no-inputs", "no-outputs"])
  }

  @Test("a park without enterprises is an error")
  func noEnterprises() {
    #expect(ParkBuilder().issues().map(\.code) == ["no-enterprises"])
  }

  @Test(
    "local figures accept a role, a role with a material or category, and rules by id",
    arguments: ["price.clinker", "price.ash", "truck_cost", "discount_rate"])
  func overrides(key: String) throws {
    var park = Fixtures.ashPark
    park.override(key, "0.5", unit: "EUR/t")
    park.override("rule.EU-1", "OFF")
    park.override("rule.EU-2", "on")
    let checked = try park.park()
    #expect(checked.overrides.mapValues(\.value) == [key: 0.5])
    #expect(checked.rulesSwitchedOff == [.of("EU-1")])
  }

  @Test("an empty current route is unknown, and case does not matter")
  func currentRoute() throws {
    let blank = try output("fly_ash", 1, "t/yr") { $0.declaration.outputs[0].currentRoute = "" }
    #expect(blank.currentRoute == .unknown)
    let sold = try output("fly_ash", 1, "t/yr") { $0.declaration.outputs[0].currentRoute = "Sold" }
    #expect(sold.currentRoute == .sold)
  }
}
