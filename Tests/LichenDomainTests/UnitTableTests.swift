import LichenDomain
import LichenTestSupport
import Testing

@Suite("UnitTable")
struct UnitTableTests {
  private let table = UnitTable(Fixtures.units)

  @Test(
    "reads a unit with or without a period behind the last slash",
    arguments: [
      ("t", "t", nil), ("t/yr", "t", .year), ("t/a", "t", .year), (" t / day ", "t", .day),
      ("m3/h", "m3", .hour), ("m³/tháng", "m3", .month), ("MWh/năm", "MWh", .year),
      ("mg/kg", "mg/kg", nil), ("MW", "MW", nil), ("t\u{00A0}DS/wk", "t_dry", .week),
      ("tonnes/year", "t", .year), ("GJ/ngày", "GJ", .day),
    ] as [(String, String, Period?)])
  func rates(text: String, unit: String, period: Period?) throws {
    // A no-break space inside a name is no space of the alias.
    if text.contains("\u{00A0}") {
      #expect(table.rate(parsing: text) == nil)
      return
    }
    let rate = try #require(table.rate(parsing: text))
    #expect(rate.unit.id == unit)
    #expect(rate.period == period)
  }

  @Test(
    "refuses what is no unit or no period",
    arguments: [
      "", "/", "/yr", "t/", "t/fortnight", "furlong", "furlong/yr", "t/yr/day", "t per yr",
    ])
  func refused(_ text: String) {
    #expect(table.rate(parsing: text) == nil)
  }

  @Test("exact case comes first; any case is accepted only if it is unambiguous")
  func letterCase() {
    let units = UnitTable([
      Unit(id: "mg", dimension: .mass, factor: 1e-9, source: "", confidence: .verified),
      Unit(id: "Mg", dimension: .mass, factor: 1, source: "", confidence: .verified),
      Unit(id: "MWh", dimension: .energy, factor: 3.6, source: "", confidence: .verified),
    ])
    #expect(units.unit(named: "mg")?.factor == 1e-9)
    #expect(units.unit(named: "Mg")?.factor == 1)
    #expect(units.unit(named: "MG") == nil)
    #expect(units.unit(named: "mwh")?.id == "MWh")
  }

  @Test("a symbol wins over another unit's alias, whatever the order of rows")
  func symbolsFirst() {
    let alias = Unit(
      id: "cwt", dimension: .mass, factor: 0.045, aliases: ["t"], source: "", confidence: .verified)
    let symbol = Unit(id: "t", dimension: .mass, factor: 1, source: "", confidence: .verified)
    #expect(UnitTable([alias, symbol]).unit(named: "t")?.factor == 1)
    #expect(UnitTable([symbol, alias]).unit(named: "t")?.factor == 1)
  }
}

@Suite("Shipped units")
struct ShippedUnitTests {
  private var table: UnitTable { Repository.engine.catalogue.units }

  @Test(
    "one unit in another has its published size",
    arguments: [
      // NIST SP 811 (2008), appendix B.8, and the IEA's toe of 10^7 kcal(IT) = 11.63 MWh.
      ("toe", "MWh", 11.63, 1e-9), ("kcal", "kJ", 4.1868, 1e-9), ("Gcal", "MWh", 1.163, 1e-9),
      ("MMBtu", "kWh", 293.0711, 1e-6), ("MMBtu", "GJ", 1.055056, 1e-6),
      ("short_ton", "kg", 907.1847, 1e-6), ("long_ton", "kg", 1016.047, 1e-6),
      ("lb", "kg", 0.45359237, 1e-9), ("bbl", "L", 158.9873, 1e-6), ("ft3", "m3", 0.02831685, 1e-6),
      ("impgal", "L", 4.54609, 1e-9), ("kgf/cm2", "kPa", 98.0665, 1e-9),
      ("psi", "kPa", 6.894757, 1e-6),
      ("MPa", "bar", 10, 1e-12), ("TR", "kW", 3.516853, 1e-5), ("boiler_hp", "kW", 9.80950, 1e-5),
      ("mile", "km", 1.609344, 1e-9), ("nmi", "km", 1.852, 1e-9), ("TWh", "PJ", 3.6, 1e-12),
      ("%", "fraction", 0.01, 1e-12), ("g/kg", "mg/kg", 1000, 1e-12),
      // 273.15 K / 288.15 K for an ideal gas.
      ("Sm3", "Nm3", 0.947944, 1e-4),
    ])
  func sizes(source: String, target: String, size: Double, tolerance: Double) throws {
    let from = try #require(table.unit(named: source))
    let to = try #require(table.unit(named: target))
    #expect(from.dimension == to.dimension)
    #expect(abs(from.factor / to.factor / size - 1) < tolerance)
  }

  @Test("ten million kilocalories are one tonne of oil equivalent")
  func oilEquivalent() throws {
    let conversion = FlowConversion(material: "oil", basis: ConversionBasis())
    let factor = try conversion.factor(
      from: #require(table.unit(named: "kcal")), to: #require(table.unit(named: "toe")))
    #expect(abs(factor * 1e7 - 1) < 1e-12)
  }

  @Test(
    "a unit in another case is never read as one a thousand times or more larger or smaller",
    arguments: [
      ("Mg", 1.0), ("mg", 1e-9), ("mL", 1e-6), ("ml", 1e-6), ("ML", 1000), ("MWh", 3.6),
      ("mwh", 3.6),
    ])
  func prefixes(text: String, factor: Double) {
    let unit = table.unit(named: text)
    #expect(unit?.factor == factor)
  }
}
