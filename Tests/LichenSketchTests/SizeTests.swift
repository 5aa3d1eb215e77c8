import LichenTestSupport
import Testing

@testable import LichenDomain
@testable import LichenSketch

@Suite("Sizes of plants")
struct SizeTests {
  private static let catalogue = Repository.engine.catalogue

  private func sector(_ id: String) throws -> Sector {
    try #require(Self.catalogue.sectorBook.sector(id))
  }

  @Test(
    "a size becomes yearly reference units",
    arguments: [
      ("cement", 2.0, "Mt/yr", 2_000_000.0), ("cement", 10, "kt/month", 120_000),
      ("brewery", 1000, "m3/yr", 10_000), ("greenhouse", 3, "ha", 30_000),
      ("greenhouse", 500, "m2", 500), ("wwtp", 3000, "m3/day", 1095),
      ("coal_power_fgd", 1, "TWh/yr", 1_000_000), ("slaughter_pig", 40, "unit/day", 14_600),
    ])
  func reference(id: String, size: Double, unit: String, amount: Double) throws {
    let scale = try sector(id).scale(
      of: DeclaredQuantity(typical: size, unit: unit), units: Self.catalogue.units)
    #expect(abs(scale.amount.typical - amount) <= 1e-9 * amount)
    #expect(scale.measure == .reference)
    #expect(scale.perSize.isExact)
  }

  @Test(
    "people and hectares keep both uncertainties",
    arguments: ["employees", "người", "Lao động", "workers"])
  func people(unit: String) throws {
    let cashew = try sector("cashew")
    let rate = try #require(cashew.perEmployee)
    let scale = try cashew.scale(
      of: DeclaredQuantity(typical: 100, low: 80, high: 150, unit: unit),
      units: Self.catalogue.units)
    #expect(scale.amount.low == 80 * rate.low)
    #expect(scale.amount.typical == 100 * rate.typical)
    #expect(scale.amount.high == 150 * rate.high)
    #expect(scale.measure == .employees)
  }

  @Test("hectares are of the site unless the sector itself is an area")
  func hectares() throws {
    let garments = try sector("garments")
    let scale = try garments.scale(
      of: DeclaredQuantity(typical: 2, unit: "ha"), units: Self.catalogue.units)
    #expect(scale.measure == .hectares)
    #expect(scale.amount.typical == 2 * (garments.perHectare?.typical ?? 0))
  }

  @Test("what cannot be read says why")
  func problems() throws {
    func problem(_ id: String, _ size: DeclaredQuantity) throws -> Sector.SizeProblem? {
      let sector = try sector(id)
      do throws(Sector.SizeProblem) {
        _ = try sector.scale(of: size, units: Self.catalogue.units)
        return nil
      } catch {
        return error
      }
    }
    #expect(try problem("cement", DeclaredQuantity(unit: "t/yr")) == .missing)
    #expect(
      try problem("cement", DeclaredQuantity(typical: 1, unit: "bags")) == .unknownUnit("bags"))
    #expect(
      try problem("cement", DeclaredQuantity(typical: 1, unit: "GJ/yr"))
        == .wrongUnit("GJ/yr", accepted: "t/yr, employees"))
    #expect(
      try problem("cement", DeclaredQuantity(typical: 1, unit: "ha")) == .noFigure(.hectares))
  }

  @Test(
    "names of a sector are understood, unclear ones only suggested",
    arguments: [
      ("cashew", "cashew"), ("Chế biến hạt điều", "cashew"), ("CASHEW NUT PROCESSING", "cashew"),
      ("1103", "brewery"), ("1030", nil), ("noodles", nil), ("", nil),
    ] as [(String, String?)])
  func naming(text: String, id: String?) {
    #expect(Self.catalogue.sectorBook.sector(named: text)?.id == id)
  }

  @Test("six digits keep decimals as people write them")
  func rounding() {
    for value in [0.1, 0.3, 1600, 0.000_123_456, 988_000, 123_456_000, 7.25e12] {
      #expect(BlueprintFlow.rounded(value) == value)
    }
    #expect(BlueprintFlow.rounded(988_000.000_000_1) == 988_000)
    #expect(BlueprintFlow.rounded(0) == 0)
    #expect(BlueprintFlow.rounded(-1_234_567) == -1_234_570)
  }
}
