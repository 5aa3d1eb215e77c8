import LichenDomain
import LichenTestSupport
import Testing

@Suite struct ScenarioApplierTests {
  private static let base = ScenarioFixture.busyPark.declaration

  /// The rows as they were, with a change of the test's own; sources and confidences aside.
  private static func expect(
    _ changes: [(String, String)], _ mend: (inout ParkDeclaration) -> Void,
    _ place: Testing.SourceLocation = #_sourceLocation
  ) throws {
    var expected = base
    mend(&expected)
    let applied = try ScenarioFixture.apply(changes).declaration
    #expect(bare(applied) == bare(expected), sourceLocation: place)
  }

  private static func bare(_ declaration: ParkDeclaration) -> ParkDeclaration {
    var bare = declaration
    for index in bare.outputs.indices { bare.outputs[index].provenance = Provenance() }
    for index in bare.inputs.indices { bare.inputs[index].provenance = Provenance() }
    for index in bare.options.indices { bare.options[index].provenance = Provenance() }
    for index in bare.facilities.indices { bare.facilities[index].provenance = Provenance() }
    for index in bare.distances.indices { bare.distances[index].provenance = Provenance() }
    return bare
  }

  @Test("No changes leave every row as it is")
  func nothing() throws {
    #expect(try ScenarioFixture.apply([]).declaration == Self.base)
  }

  @Test("Settings change alone, relative ones on what stands")
  func settings() throws {
    let applied = try ScenarioFixture.apply([
      ("carbon_price", "60 EUR/t"), ("discount_rate", "5 %"), ("capital_budget", "2e6"),
      ("co2_floor", "10 t/yr"), ("partner_limit", "3"), ("existing_exchanges", "kept"),
      ("base_year", "2019"), ("law_date", "2020-02-29"), ("road_detour", "1.4"),
      ("distance_limit", "2.5 km"), ("objective", "carbon"),
    ])
    let settings = applied.declaration.settings
    #expect(settings.carbonPrice == 60 && settings.discountRate == 0.05)
    #expect(settings.capitalBudget == 2e6 && settings.carbonFloor == 10)
    #expect(settings.partnerLimit == 3 && settings.existingExchanges == .kept)
    #expect(settings.baseYear == 2019 && settings.lawDate == CalendarDate("2020-02-29"))
    #expect(settings.distanceLimit == 2.5)
    #expect(settings.roadDetour == 1.4 && applied.planning.objective == "carbon")
    #expect(applied.declaration.outputs == Self.base.outputs)
    #expect(applied.declaration.overrides == Self.base.overrides)
    var park = ScenarioFixture.busyPark
    park.declaration.settings = park.declaration.settings.replacing(
      carbonPrice: 40, capitalBudget: 100)
    let relative = try ScenarioFixture.apply(
      [("carbon_price", "+50%"), ("capital_budget", "none")], to: park)
    #expect(relative.declaration.settings.carbonPrice == 60)
    #expect(relative.declaration.settings.capitalBudget == nil)
    #expect(relative.changes.map(\.before) == ["100 EUR", "40 EUR/t"])
    #expect(relative.changes.map(\.after) == ["none", "60 EUR/t"])
  }

  @Test("A closed enterprise takes its streams, ways, measures, plants and exchanges with it")
  func closed() throws {
    try Self.expect([("enterprise.board", "closed")]) {
      $0.enterprises.removeAll { $0.id == "board" }
      $0.inputs.removeAll { $0.id == "rock" }
      $0.exchanges = []
      $0.facilities = []
      $0.actuals = []
      $0.distances.removeAll { $0.to == "board" }
    }
    try Self.expect([("enterprise.power", "closed")]) {
      $0.enterprises.removeAll { $0.id == "power" }
      $0.outputs = []
      $0.properties = []
      $0.options = []
      $0.exchanges = []
      $0.actuals = []
      $0.distances = []
    }
  }

  @Test("A resized enterprise resizes quantities and measures in proportion, not lots and prices")
  func resized() throws {
    try Self.expect([("enterprise.power.size", "x1.5")]) {
      $0.outputs[0].quantity.typical = 1500
      $0.outputs[1].quantity.typical = 120_000
      $0.options[0].change = -150
      $0.options[0].capital = 7500
      $0.options[0].saving = 1350
      $0.options[0].co2 = 4.5
    }
    var park = ScenarioFixture.busyPark
    park.declaration.enterprises[0].size = DeclaredQuantity(typical: 200, unit: "t/yr")
    let applied = try ScenarioFixture.apply([("enterprise.power.size", "0.1 kt/yr")], to: park)
    #expect(applied.declaration.enterprises[0].size.typical == 100)
    #expect(applied.declaration.outputs.map(\.quantity.typical) == [500, 40_000])
  }

  @Test("Stream figures change in the row's own unit")
  func streams() throws {
    try Self.expect([("stream.gypsum.quantity", "100 kt/yr")]) {
      $0.outputs[1].quantity.typical = 100_000
    }
    try Self.expect([("stream.gypsum.quantity", "1000 t/month")]) {
      $0.outputs[1].quantity.typical = 12_000
    }
    try Self.expect([("stream.gypsum.quantity", "-25%")]) {
      $0.outputs[1].quantity.typical = 60_000
    }
    try Self.expect([("stream.gypsum.disposal_cost", "0.02 EUR/kg")]) {
      $0.outputs[1].disposalCost = 20
      $0.outputs[1].disposalCostCurrency = "EUR"
    }
    try Self.expect([("stream.rock.price", "150 DKK/t")]) {
      $0.inputs[1].price = 150
      $0.inputs[1].priceCurrency = "DKK"
    }
    try Self.expect([("stream.rock.max_share", "80 %")]) { $0.inputs[1].maximumShare = 0.8 }
    try Self.expect([("stream.rock.minimum_lot", "2 kt")]) { $0.inputs[1].minimumLot = 2000 }
    try Self.expect([("stream.gypsum.current_route", "stockpile")]) {
      $0.outputs[1].currentRoute = "stockpile"
    }
    try Self.expect([("stream.gypsum.to_year", "2019")]) { $0.outputs[1].toYear = 2019 }
    try Self.expect([("stream.gypsum", "none")]) {
      $0.outputs.remove(at: 1)
      $0.properties = []
      $0.exchanges = []
      $0.actuals = []
    }
  }

  @Test("A supposed figure is no measurement: its row says so, and is never better than estimated")
  func provenance() throws {
    let row = try ScenarioFixture.apply([("stream.gypsum.quantity", "x2")]).declaration.outputs[1]
    #expect(row.provenance.confidence == .estimated)
    #expect(row.provenance.source.contains("test: stream.gypsum.quantity"))
  }

  @Test("Ways, plants and measures")
  func network() throws {
    try Self.expect([("distance.power.board", "x2"), ("distance.board.power.truck", "900 m")]) {
      $0.distances[1].km = 8
      var row = DistanceRow(
        from: "board", to: "power", km: 0.9,
        location: SourceLocation(file: "test.yaml", row: 2))
      row.mode = "truck"
      $0.distances.append(row)
    }
    try Self.expect([("facility.hub.capacity", "1 kt/yr"), ("facility.hub.capex", "-50%")]) {
      $0.facilities[0].capacity = 1000
      $0.facilities[0].capital = 500
    }
    try Self.expect([("facility.hub", "closed")]) { $0.facilities = [] }
    try Self.expect([("option.save", "rejected")]) { $0.options[0].status = "rejected" }
    let applied = try ScenarioFixture.apply([
      ("exchange.ash-out:clinker-in", "required"), ("exchange.gypsum:rock", "forbidden"),
      ("option.save", "required"),
    ])
    #expect(applied.declaration == Self.base)
    #expect(applied.planning.required == ["ash-out:clinker-in"])
    #expect(applied.planning.forbidden == ["gypsum:rock"])
    #expect(applied.planning.measures.map(\.rawValue) == ["save"])
  }

  @Test(
    "Local figures, catalogue figures and rules become rows of overrides.csv that the park reads")
  func overrides() throws {
    let applied = try ScenarioFixture.apply([
      ("price.clinker", "x2"), ("disposal_cost.fly_ash", "300 DKK/t"),
      ("electricity_co2", "0.1 kgCO2e/kWh"), ("figure.truck_cost_eu", "+10%"),
      ("figure.electricity_price_eu", "200 EUR/MWh"), ("rule.EU-1", "off"),
      ("rule.VN-2.from", "2030-01-01"), ("rule.VN-1.to", "none"),
    ])
    let rows = Dictionary(
      uniqueKeysWithValues: applied.declaration.overrides.map { ($0.key, ($0.value, $0.unit)) })
    #expect(rows["price.clinker"]! == ("120.0", "EUR/t"))
    #expect(rows["disposal_cost.fly_ash"]! == ("300.0", "DKK/t"))
    let park = try Park(applied.declaration, catalogue: Fixtures.catalogue)
    #expect(park.overrides["electricity_co2"]?.value == 0.1)
    let truck = try #require(park.catalogue.figures["truck_cost_eu"])
    #expect(abs(truck.value.typical - 0.11) < 1e-12)
    #expect(truck.source.contains("overrides.csv") && truck.confidence == .estimated)
    let power = park.catalogue.figures["electricity_price_eu"]?.value.typical
    #expect(abs((power ?? 0) - 0.2) < 1e-12)
    #expect(park.rulesSwitchedOff.map(\.rawValue) == ["EU-1"])
    let rules = Dictionary(uniqueKeysWithValues: park.catalogue.rules.map { ($0.id.rawValue, $0) })
    #expect(rules["VN-2"]?.inForceFrom == CalendarDate("2030-01-01"))
    #expect(rules["VN-1"]?.inForceTo == nil)
    #expect(rules["VN-2"]?.inForceTo == nil && rules["DK-1"]?.inForceFrom == nil)
    // Another year of the same park must not multiply a second time.
    let other = try park.with(settings: park.settings.replacing(baseYear: 2019))
    #expect(other.catalogue.figures["truck_cost_eu"]?.value == truck.value)
  }

  @Test("A relative figure stands on a local one first, and on a local factor")
  func relativeToLocal() throws {
    var park = ScenarioFixture.busyPark
    park.override("price.clinker", "40", unit: "EUR/t")
    park.override("figure.truck_cost_eu", "x2")
    let applied = try ScenarioFixture.apply(
      [("price.clinker", "-50%"), ("figure.truck_cost_eu", "x3")], to: park)
    #expect(applied.declaration.overrides.map(\.value) == ["20.0", "x6.0"])
    let changed = try Park(applied.declaration, catalogue: Fixtures.catalogue)
    #expect(abs((changed.catalogue.figures["truck_cost_eu"]?.value.typical ?? 0) - 0.6) < 1e-12)
  }

  @Test("A new enterprise is a row of its own, at the place of its blueprint's line")
  func added() throws {
    let applied = try ScenarioFixture.apply([
      ("enterprise.new-board.blueprint", "board"), ("enterprise.new-board.size", "30000 t/yr"),
      ("enterprise.new-board.lat", "55.7"), ("enterprise.new-board.lon", "11.2"),
      ("enterprise.new-board.name", "New board"),
    ])
    let row = try #require(applied.declaration.enterprises.last)
    #expect(row.id == "new-board" && row.name == "New board" && row.blueprint == "board")
    #expect(row.size.typical == 30_000 && row.size.unit == "t/yr")
    #expect(row.latitude == 55.7 && row.longitude == 11.2 && row.location.row == 1)
    #expect(applied.changes.count == 5)
  }

  @Test(
    "Every fault names key, place, what is accepted and the nearest spelling",
    arguments: [
      ("carbon_prise", "60", "unknown-key", "did you mean carbon_price?"),
      ("price.clinkr", "60", "unknown-material", "did you mean clinker?"),
      ("strem.gypsum.quantity", "1", "unknown-key", "did you mean stream.gypsum.quantity?"),
      ("stream.gypsun.quantity", "1", "unknown-stream", "did you mean gypsum?"),
      ("stream.gypsum.quantety", "1", "unknown-key", "did you mean quantity?"),
      ("stream.gypsum.price", "1", "unknown-key", nil),
      ("enterprise.bord", "closed", "unknown-enterprise", "did you mean board?"),
      ("enterprise.board", "close", "unknown-value", "did you mean closed?"),
      ("enterprise.board.sise", "x2", "unknown-key", "did you mean size?"),
      ("rule.EU1", "off", "unknown-rule", "did you mean EU-1, EU-2 or EU-3?"),
      ("rule.EU-1.form", "2020-01-01", "unknown-key", "did you mean from?"),
      ("rule.EU-1.from", "2020-13-01", "invalid-date", nil),
      ("figure.truck_cost_ue", "x2", "unknown-figure", "did you mean truck_cost_eu"),
      ("option.sav", "rejected", "unknown-option", "did you mean save?"),
      ("facility.hob", "closed", "unknown-facility", "did you mean hub?"),
      ("distance.power.bord", "3", "unknown-enterprise", "did you mean board?"),
      ("distance.power.board.trck", "3", "unknown-mode", "did you mean truck?"),
      ("distance.power.board", "3 t", "wrong-unit", nil),
      ("exchange.gypsum", "required", "bad-exchange", nil),
      ("exchange.gypsum:rocks", "required", "unknown-stream", "did you mean rock?"),
      ("carbon_price", "60 t", "wrong-unit", nil),
      ("carbon_price", "+10%", "nothing-to-scale", nil),
      ("capital_budget", "x0.5", "nothing-to-scale", nil),
      ("carbon_price", "+60", "bad-number", nil), ("carbon_price", "-1", "out-of-range", nil),
      ("carbon_price", "", "missing-value", nil), ("discount_rate", "5", "out-of-range", nil),
      ("base_year", "20x", "bad-number", nil), ("law_date", "2020", "invalid-date", nil),
      ("objective", "money", "unknown-value", nil),
      ("stream.gypsum.quantity", "5 GJ/yr", "wrong-unit", nil),
      ("stream.rock.price", "5 XYZ/t", "wrong-unit", nil),
      ("stream.clinker-in.price", "x2", "nothing-to-scale", nil),
      ("price.clinker", "60 EUR/GJ", "wrong-unit", nil),
      ("electricity_co2", "1 t/kWh", "wrong-unit", nil),
      ("enterprise.power.size", "5000 t/yr", "nothing-to-scale", nil),
    ] as [(String, String, String, String?)])
  func faults(key: String, value: String, code: String, hint: String?) throws {
    let issues = try ScenarioFixture.issues([("existing_exchanges", "kept"), (key, value)])
    let issue = try #require(issues.first { $0.severity == .error })
    #expect(issues.count == 1 && issue.code == code, "\(issues)")
    #expect(issue.field == key && issue.location.file == "test.yaml" && issue.location.row == 2)
    #expect(issue.expected != nil)
    if let hint { #expect(issue.hint?.hasPrefix(hint) == true, "\(issue)") }
  }

  @Test("All faults are told at once")
  func allAtOnce() throws {
    let issues = try ScenarioFixture.issues([
      ("carbon_prise", "1"), ("stream.gypsum.quantity", "much"), ("rule.EU-9", "off"),
      ("partner_limit", "0"), ("enterprise.new.blueprint", "x"), ("enterprise.new.colour", "red"),
    ])
    #expect(issues.count { $0.severity == .error } == 5)
  }

  @Test("Changes of what is closed are said to come to nothing; requiring it is an error")
  func idle() throws {
    let idle = try ScenarioFixture.issues([
      ("enterprise.board", "closed"), ("stream.rock.price", "x2"),
      ("exchange.gypsum:rock", "forbidden"),
    ])
    #expect(idle.map(\.code) == ["idle-change", "idle-change"])
    #expect(idle.allSatisfy { $0.severity == .warning })
    let required = try ScenarioFixture.issues([
      ("enterprise.board", "closed"), ("exchange.gypsum:rock", "required"),
    ])
    #expect(required.map(\.code) == ["required-of-closed"])
  }
}
