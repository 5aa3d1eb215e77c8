import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenGraph

@Suite("FigureBook")
struct FigureBookTests {
  private func clinkerPrice(_ builder: ParkBuilder, _ catalogue: Catalogue = Fixtures.catalogue)
    throws -> LedgerAmount
  {
    let park = try builder.park(catalogue)
    return FigureBook(park: park).money(
      "price", for: park.material(.of("clinker")), per: Fixtures.unit("t"))
  }

  private func park(_ currency: String = "EUR", jurisdiction: String = "EU") -> ParkBuilder {
    var park = ParkBuilder(jurisdiction: jurisdiction, currency: currency)
    park.enterprise("a")
    return park
  }

  @Test("a default is converted into the park's currency and names the quotation")
  func conversion() throws {
    let price = try clinkerPrice(park("DKK", jurisdiction: "DK"))
    // 50/60/80 EUR × 7.5.
    #expect(close(price.value, 375, 450, 600))
    #expect(price.basis == .catalogue)
    #expect(
      price.references == ["costs.csv: price_clinker_eu", "exchange_rates.csv: fx_eur_dkk_2020"])
  }

  @Test("another region's default serves as a proxy and says so")
  func proxy() throws {
    let price = try clinkerPrice(park(jurisdiction: "US"))
    #expect(price.basis == .proxy)
    #expect(try clinkerPrice(park(jurisdiction: "VN")).basis == .catalogue)
  }

  @Test("an estimated quotation weakens a verified figure, declared or not")
  func rateConfidence() throws {
    let catalogue = catalogue {
      $0.exchangeRates = [
        Fixtures.rate("EUR", "DKK", 7.5, confidence: .estimated), Fixtures.rate("EUR", "USD", 1.25),
      ]
    }
    #expect(try clinkerPrice(park("DKK"), catalogue).confidence == .estimated)
    #expect(try clinkerPrice(park("USD"), catalogue).confidence == .verified)
    #expect(try clinkerPrice(park("EUR"), catalogue).confidence == .verified)
    let declared = try FigureBook(park: park("DKK").park(catalogue)).declared(
      Money(Estimate(2), .of("EUR"), year: 2020), provenance: Provenance(),
      reference: "x")
    #expect(declared.confidence == .estimated)
    #expect(declared.value == Estimate(15))
  }

  @Test("a figure per kilogram is expressed per tonne")
  func units() throws {
    let catalogue = catalogue {
      $0.forget("price")
      $0.answer("price", for: "clinker", in: "EU", with: Estimate(0.06), "EUR", per: "kg")
    }
    #expect(close(try clinkerPrice(park(), catalogue).value?.typical, 60))
  }

  @Test(
    "a local figure comes first: for the material, its family, the role; per any unit",
    arguments: [
      ([("price", "5", "")], 5.0), ([("price", "5", ""), ("price.products", "6", "")], 6),
      ([("price.clinker", "7", ""), ("price.products", "6", "")], 7),
      ([("price.clinker", "0.07", "EUR/kg")], 70), ([("price.clinker", "7", "/t")], 7),
      // 1 EUR = 7.5 DKK = 25 000 VND.
      ([("price.clinker", "75", "DKK/t")], 10), ([("price.clinker", "250000", "VND / t")], 10),
    ] as [([(String, String, String)], Double)])
  func local(rows: [(key: String, value: String, unit: String)], price: Double) throws {
    var builder = park()
    for row in rows { builder.override(row.key, row.value, unit: row.unit) }
    let amount = try clinkerPrice(builder)
    #expect(close(amount.value?.typical, price))
    #expect(amount.basis == .declared)
    #expect(amount.references.first?.hasPrefix("overrides.csv: price") == true)
  }

  @Test(
    "a local figure in a unit that leads nowhere is unknown, not taken as it stands",
    arguments: ["EUR/m3", "EUR/furlong", "XAU/t", "apples/t"])
  func localNonsense(unit: String) throws {
    var builder = park()
    builder.override("price.clinker", "7", unit: unit)
    #expect(try clinkerPrice(builder).value == nil)
  }

  @Test("a lump sum may be given in another currency")
  func lumpSum() throws {
    var builder = park()
    builder.override("permit_cost", "750", unit: "DKK")
    #expect(close(try FigureBook(park: builder.park()).lumpSum("permit_cost").value?.typical, 100))
  }

  @Test("the park's own discount rate comes before the catalogue's")
  func discountRate() throws {
    var builder = ParkBuilder(discountRate: 0.03)
    builder.enterprise("a")
    #expect(try FigureBook(park: builder.park()).discountRate.value == Estimate(0.03))
    #expect(try FigureBook(park: park().park()).discountRate.value == Estimate(0.08))
  }
}
