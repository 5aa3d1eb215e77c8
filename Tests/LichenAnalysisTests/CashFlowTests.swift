import LichenAnalysis
import LichenGraph
import LichenTestSupport
import Testing

@Suite("Cash flows")
struct CashFlowTests {
  @Test("an investment of 100 that brings 39, 59, 55 and 20")
  func ordinary() throws {
    let flow = CashFlow([-100, 39, 59, 55, 20])
    // Reference: the documentation of numpy-financial, irr.
    #expect(flow.internalRates().count == 1)
    #expect(abs(flow.internalRates()[0] - 0.2809484211599611) < 1e-14)
    // After two years 2 are missing, of 55 that come in the third.
    #expect(abs(try #require(flow.paybackTime()) - (2 + 2.0 / 55)) < 1e-12)
    let discounted = try #require(flow.paybackTime(rate: 0.1))
    #expect(discounted > 2.3 && discounted < 3)
    #expect(flow.paybackTime(rate: 0.3) == nil)
  }

  @Test("two rates, and none")
  func several() {
    let two = CashFlow([-100, 100, 0, -7])
    let rates = two.internalRates()
    #expect(rates.count == 2)
    for rate in rates { #expect(abs(two.netPresentValue(rate: rate)) < 1e-9) }
    // With u = 1 + r: u³ − u² + 0.07 is 0.007 at 0.3, −0.003 at 0.33, −0.005 at 0.91, 0.002 at 0.92.
    #expect(rates[0] > -0.7 && rates[0] < -0.67)
    #expect(rates[1] > -0.09 && rates[1] < -0.08)
    #expect(CashFlow([100, 50]).internalRates() == [])
    #expect(CashFlow([0, 0]).internalRates() == [])
    #expect(CashFlow([]).internalRates() == [])
    #expect(CashFlow([-100, 100]).internalRates() == [0])
  }

  @Test("a double rate counts once")
  func double() {
    // −(1/(1+r) − 0.8)² · 100
    let rates = CashFlow([-64, 160, -100]).internalRates()
    #expect(rates.count == 1)
    #expect(abs((rates.first ?? 0) - 0.25) < 1e-7)
  }

  @Test("rates that a polynomial was made of are all found", arguments: UInt64(1)...50)
  func composed(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var wanted: [Double] = []
    while wanted.count < Int(seed % 6) + 1 {
      let rate = random.number(in: -0.6...1.5)
      if wanted.allSatisfy({ abs($0 - rate) > 0.05 }) { wanted.append(rate) }
    }
    // Π (1 − x·(1+r)) has the value zero exactly at these rates.
    let amounts = wanted.reduce([random.number(in: -900...(-1))]) { product, rate in
      var next = product + [0]
      for (power, value) in product.enumerated() { next[power + 1] -= value * (1 + rate) }
      return next
    }
    let found = CashFlow(amounts).internalRates()
    #expect(found.count == wanted.count, "\(wanted.sorted()): \(found)")
    for (one, other) in zip(found, wanted.sorted()) { #expect(abs(one - other) < 1e-6) }
  }

  @Test("forty years of the same amount: the annuity's rate, however many years")
  func annuity() {
    // Reference: 8 %, 10 years, 0.14902949.
    #expect(abs(LedgerBuilder.annuityFactor(rate: 0.08, years: 10) - 0.14902949) < 5e-9)
    for years in [1, 10, 40, 80] {
      let payment = LedgerBuilder.annuityFactor(rate: 0.08, years: Double(years))
      let flow = CashFlow([-1] + [Double](repeating: payment, count: years))
      let rates = flow.internalRates()
      #expect(rates.count == 1)
      #expect(abs((rates.first ?? 0) - 0.08) < 1e-9, "\(years)")
      #expect(abs(flow.netPresentValue(rate: 0.08)) < 1e-12)
    }
  }

  @Test("money that goes again is not back")
  func forGood() throws {
    let flow = CashFlow([-100, 120, -50, 40])
    #expect(abs(try #require(flow.paybackTime()) - 2.75) < 1e-12)
    #expect(CashFlow([5, 1]).paybackTime() == 0)
    #expect(CashFlow([-5, 1]).paybackTime() == nil)
  }
}
