import LichenDomain
import LichenTestSupport
import Testing

@Suite("FlowConversion")
struct FlowConversionTests {
  private let steam = FlowConversion(
    material: "steam", basis: ConversionBasis(heatContentGJPerTonne: 2.5))
  private let sludge = FlowConversion(
    material: "sludge", basis: ConversionBasis(densityTonnesPerCubicMetre: 1.25, moisture: 0.75))

  private func close(_ value: Double, _ expected: Double, relative tolerance: Double = 1e-12)
    -> Bool
  {
    abs(value - expected) <= tolerance * abs(expected)
  }

  @Test(
    "a yearly amount is the amount times the periods of a year",
    arguments: [
      // 12 months, 365/7 weeks, 365 days; with 8000 h the plant runs 333⅓ days, 47.619 weeks.
      (Period.year, nil, 1), (.month, nil, 12), (.week, nil, 52.142857142857146), (.day, nil, 365),
      (.hour, 8000, 8000), (.day, 8000, 333.3333333333333), (.week, 8000, 47.61904761904762),
      (.month, 8000, 12), (.year, 8000, 1),
    ] as [(Period, Double?, Double)])
  func periods(period: Period, hours: Double?, times: Double) throws {
    let factor = try sludge.yearlyFactor(
      from: Fixtures.unit("t"), per: period, operatingHours: hours, to: Fixtures.unit("t"))
    #expect(close(factor, times))
  }

  @Test("power times hours is energy: 1 MW over 8000 h is 28 800 GJ or 8000 MWh")
  func power() throws {
    func yearly(_ unit: String) throws -> Double {
      try steam.yearlyFactor(
        from: Fixtures.unit("MW"), per: .year, operatingHours: 8000, to: Fixtures.unit(unit))
    }
    #expect(close(try yearly("GJ"), 28_800))
    #expect(close(try yearly("MWh"), 8000))
    // At 2.5 GJ/t the same heat is 11 520 t of steam.
    #expect(close(try yearly("t"), 11_520))
  }

  @Test("power or a flow per hour without operating hours is an error that asks for them")
  func missingHours() {
    #expect(throws: ConversionError.missingOperatingHours(unit: "MW")) {
      try steam.yearlyFactor(
        from: Fixtures.unit("MW"), per: .year, operatingHours: nil, to: Fixtures.unit("GJ"))
    }
    #expect(throws: ConversionError.missingOperatingHours(unit: "t/h")) {
      try steam.yearlyFactor(
        from: Fixtures.unit("t"), per: .hour, operatingHours: nil, to: Fixtures.unit("t"))
    }
  }

  @Test(
    "dimensions meet by way of wet mass",
    arguments: [
      // 75 % moisture: 1 t of dry matter is 4 t wet, 4 / 1.25 = 3.2 m³.
      ("t_dry", "t", 4.0), ("t", "t_dry", 0.25), ("t_dry", "m3", 3.2), ("m3", "t", 1.25),
      ("kg", "m3", 0.0008), ("L", "kg", 1.25),
    ])
  func sludge(source: String, target: String, factor: Double) throws {
    #expect(
      close(try sludge.factor(from: Fixtures.unit(source), to: Fixtures.unit(target)), factor))
  }

  @Test("steam becomes heat through its heat content, and back")
  func steamHeat() throws {
    let tonne = Fixtures.unit("t")
    #expect(close(try steam.factor(from: tonne, to: Fixtures.unit("GJ")), 2.5))
    #expect(close(try steam.factor(from: Fixtures.unit("GJ"), to: tonne), 0.4))
    #expect(close(try steam.factor(from: tonne, to: Fixtures.unit("MWh")), 2.5 / 3.6))
  }

  @Test("heat content comes before heating value: hot water is not burnt")
  func heatContentFirst() throws {
    let both = FlowConversion(
      material: "x", basis: ConversionBasis(heatingValueGJPerTonne: 40, heatContentGJPerTonne: 2))
    #expect(try both.factor(from: Fixtures.unit("t"), to: Fixtures.unit("GJ")) == 2)
  }

  @Test("a normal cubic metre of methane holds its published heating value")
  func methane() throws {
    // ISO 6976:2016: net molar heat of methane 802.60 kJ/mol at 25 °C, molar mass 16.043 g/mol;
    // ideal molar volume at 0 °C and 101.325 kPa 22.414 L/mol: 35.808 MJ/Nm³. Tolerance 0.01 %.
    let methane = FlowConversion(
      material: "methane",
      basis: ConversionBasis(
        heatingValueGJPerTonne: 802.60 / 16.043, normalDensityKgPerCubicMetre: 16.043 / 22.414),
      isGas: true)
    let factor = try methane.factor(from: Fixtures.unit("Nm3"), to: Fixtures.unit("MJ"))
    #expect(close(factor, 35.808, relative: 1e-4))
    // A gas in plain m³ means normal m³.
    #expect(try methane.factor(from: Fixtures.unit("m3"), to: Fixtures.unit("MJ")) == factor)
  }

  @Test(
    "a missing property is named, with material and both units",
    arguments: [
      ("t_dry", "t", "moisture"), ("m3", "t", "density"), ("Nm3", "t", "normal density"),
      ("GJ", "t", "heating value"), ("t", "GJ", "heating value"),
    ])
  func missingProperty(source: String, target: String, property: String) {
    let bare = FlowConversion(material: "slag", basis: ConversionBasis())
    let error = ConversionError.missingProperty(
      property, from: source, to: target, material: "slag")
    #expect(throws: error) {
      try bare.factor(from: Fixtures.unit(source), to: Fixtures.unit(target))
    }
    for word in [property, source, target, "slag"] { #expect(error.description.contains(word)) }
  }

  @Test("a moisture of 100 % leaves no dry matter to convert to")
  func allWater() {
    let water = FlowConversion(material: "water", basis: ConversionBasis(moisture: 1))
    #expect(throws: ConversionError.self) {
      try water.factor(from: Fixtures.unit("t_dry"), to: Fixtures.unit("t"))
    }
  }

  @Test(
    "no physics connects a temperature, a count or a distance to mass",
    arguments: ["C", "unit", "km"])
  func incompatible(_ unit: String) {
    #expect(
      throws: ConversionError.incompatible(from: unit, to: "t", material: "sludge")
    ) { try sludge.factor(from: Fixtures.unit(unit), to: Fixtures.unit("t")) }
  }

  @Test("there and back is one, whatever the units", arguments: UInt64(0)..<10)
  func inverse(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let conversion = FlowConversion(
      material: "x",
      basis: ConversionBasis(
        densityTonnesPerCubicMetre: random.number(in: 0.1...3),
        heatingValueGJPerTonne: random.number(in: 1...50),
        normalDensityKgPerCubicMetre: random.number(in: 0.1...3),
        moisture: random.number(in: 0...0.9)))
    let units = ["t", "kg", "t_dry", "m3", "L", "Nm3", "GJ", "MWh"].map { Fixtures.unit($0) }
    for source in units {
      for target in units {
        let factor =
          try conversion.factor(from: source, to: target)
          * conversion.factor(from: target, to: source)
        #expect(close(factor, 1), "seed \(seed): \(source) \(target)")
      }
    }
  }
}
