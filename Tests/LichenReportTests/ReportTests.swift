import Foundation
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenReport

@Suite struct ReportTests {
  @Test func aMixedParkRendersWithoutAMissingKey() throws {
    let language = try Language(json: Data(contentsOf: ReportFixture.languageFile))
    let result = try ReportFixture.match(Fixtures.mixedPark.park())
    #expect(!result.plan.exchanges.isEmpty)
    let html = try HTMLReport.render(
      Report(Edition(full: result), language: language), assets: ReportFixture.assets())
    #expect(language.missingKeys == [])
    for section in "abcdefgh" { #expect(html.contains("<section id=\"\(section)\"")) }
    #expect(!html.contains("{{"))
    #expect(!html.contains("Optional("))
  }

  @Test(arguments: UInt64(1)...30) func equalInputGivesEqualBytes(seed: UInt64) throws {
    let park = RandomParks.park(seed: seed)
    guard let first = try? park.park(), let result = try? ReportFixture.match(first) else { return }
    let again = try ReportFixture.match(park.park())
    let html = try ReportFixture.html(result)
    #expect(try ReportFixture.html(again) == html, "seed \(seed)")
    #expect(!html.contains("nan") || html.contains("Finance"), "seed \(seed)")
  }

  @Test(arguments: UInt64(1)...30) func shownSumsEqualThePlan(seed: UInt64) throws {
    guard let park = try? RandomParks.park(seed: seed).park(),
      let result = try? ReportFixture.match(park)
    else { return }
    let context = ReportContext(result, language: ReportFixture.language)
    let plan = result.plan
    let money =
      context.exchanges.reduce(0) { $0 + $1.roundedMoney }
      + context.roundedPermits.reduce(0, +)
    #expect(money == (plan.money.typical / context.moneyScale.factor).rounded())
    let carbon = context.exchanges.reduce(0) { $0 + $1.roundedCarbon }
    #expect(carbon == (plan.carbon.typical / context.carbonScale.factor).rounded())
    for (exchange, planned) in zip(context.exchanges, plan.exchanges) {
      let exact = planned.money.typical / context.moneyScale.factor
      #expect(abs(exchange.roundedMoney - exact) < 1 + 1e-6, "seed \(seed)")
    }
  }

  @Test func ledgerCellsAddUpToTheirNet() throws {
    let result = try ReportFixture.match(Fixtures.mixedPark.park())
    let context = ReportContext(result, language: ReportFixture.language)
    for exchange in context.exchanges {
      let view = LedgerView(exchange, context)
      func sum(_ cells: [String]) -> Double {
        cells.reduce(0) { sum, cell in
          let plain = cell.replacing(",", with: "").replacing("−", with: "-")
            .replacing("+", with: "")
          return sum + (Double(plain) ?? 0)
        }
      }
      #expect(sum(view.lines.map(\.lineMoney)) == exchange.roundedMoney)
      #expect(sum(view.lines.map(\.lineCarbon)) == exchange.roundedCarbon)
    }
  }

  @Test func tablesHoldTheExactSums() throws {
    let result = try ReportFixture.match(Fixtures.mixedPark.park())
    let table = ResultTables.exchanges(result, language: ReportFixture.language)
    let column = try #require(table.header.firstIndex(of: "money_per_year"))
    let sum = table.rows.reduce(0) { $0 + (Double($1[column]) ?? .nan) }
    let expected = result.plan.money.typical + result.plan.permitCost.typical
    #expect(abs(sum - expected) <= 1e-9 * max(1, abs(expected)))
    let candidates = ResultTables.candidates(result, language: ReportFixture.language)
    #expect(candidates.rows.count == result.graph.candidates.count)
    #expect(candidates.rows.allSatisfy { $0.count == candidates.header.count })
    #expect(Set(candidates.header).count == candidates.header.count)
  }

  @Test func emptyTablesKeepTheirHeader() throws {
    let park = try Fixtures.pair("fly_ash", nil, "t/yr", to: "clinker", nil, "t/yr").park()
    let result = try ReportFixture.match(park)
    #expect(result.plan.exchanges.isEmpty)
    let table = ResultTables.exchanges(result, language: ReportFixture.language)
    #expect(table.rows.isEmpty && table.header.contains("money_per_year"))
  }
}
