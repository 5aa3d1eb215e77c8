import LichenDomain
import LichenTestSupport
import Testing

@Suite("Currency and exchange")
struct MoneyTests {
  @Test("a currency is three ASCII letters, raised", arguments: [("EUR", "EUR"), ("vnd", "VND")])
  func currency(text: String, code: String) {
    #expect(Currency(text)?.code == code)
  }

  @Test("anything else is no currency", arguments: ["", "EU", "EURO", "E1R", "€UR", "ß1", "EÜR"])
  func noCurrency(_ text: String) {
    #expect(Currency(text) == nil)
  }

  private let rates = ExchangeRates([
    Fixtures.rate("EUR", "DKK", 7.5, year: 2010), Fixtures.rate("EUR", "DKK", 7.4, year: 2016),
    Fixtures.rate("EUR", "USD", 1.25, year: 2016), Fixtures.rate("USD", "VND", 20_000, year: 2016),
    Fixtures.rate("VND", "THB", 0.001, year: 2016), Fixtures.rate("THB", "LAK", 600, year: 2016),
  ])

  @Test(
    "takes the quotation of the nearest year; a tie goes to the earlier, no year to the latest",
    arguments: [(2000, 7.5), (2012, 7.5), (2013, 7.5), (2014, 7.4), (2030, 7.4), (nil, 7.4)]
      as [(Int?, Double)])
  func nearestYear(year: Int?, factor: Double) throws {
    let conversion = try rates.conversion(from: .of("EUR"), to: .of("DKK"), year: year)
    #expect(conversion.factor == factor)
    #expect(conversion.used.count == 1)
  }

  @Test("reads a quotation backwards")
  func backwards() throws {
    let conversion = try rates.conversion(from: .of("DKK"), to: .of("EUR"), year: 2010)
    #expect(abs(conversion.factor - 1 / 7.5) < 1e-15)
  }

  @Test("chains up to three quotations and names them in order")
  func chain() throws {
    // 1 DKK = 1/7.4 EUR = 1.25/7.4 USD = 25 000/7.4 VND.
    let conversion = try rates.conversion(from: .of("DKK"), to: .of("VND"), year: 2016)
    #expect(abs(conversion.factor - 25_000 / 7.4) < 1e-9)
    #expect(conversion.used.map(\.id) == ["fx_eur_dkk_2016", "fx_eur_usd_2016", "fx_usd_vnd_2016"])
  }

  @Test("a chain of four, or an unknown currency, has no rate and the error names both ends")
  func noRate() {
    #expect(throws: MoneyError.noExchangeRate(from: .of("DKK"), to: .of("THB"))) {
      try rates.conversion(from: .of("DKK"), to: .of("THB"), year: 2016)
    }
    #expect(throws: MoneyError.noExchangeRate(from: .of("EUR"), to: .of("XAU"))) {
      try rates.conversion(from: .of("EUR"), to: .of("XAU"), year: nil)
    }
    let text = MoneyError.noExchangeRate(from: .of("EUR"), to: .of("XAU")).description
    #expect(text.contains("EUR") && text.contains("XAU") && text.contains("exchange_rates.csv"))
  }

  @Test("a currency becomes itself without any quotation")
  func identity() throws {
    let conversion = try ExchangeRates([]).conversion(from: .of("LAK"), to: .of("LAK"), year: 1999)
    #expect(conversion.factor == 1)
    #expect(conversion.used.isEmpty)
  }

  @Test("the shortest chain wins over a longer one")
  func shortest() throws {
    let rates = ExchangeRates([
      Fixtures.rate("EUR", "AAA", 2), Fixtures.rate("AAA", "USD", 2),
      Fixtures.rate("EUR", "USD", 1.25),
    ])
    #expect(try rates.conversion(from: .of("EUR"), to: .of("USD"), year: 2020).factor == 1.25)
  }
}
