import LichenDomain
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenReport

/// Sources of figures as a table and as BibTeX.
@Suite struct SourceTests {
  @Test func addressesYearsAndWordsAreFoundInFreeText() {
    let text = SourceText(
      "UK DESNZ factors 2025, read in https://github.com/a/b (defra_2024); see http://x.org/y(z).")
    #expect(text.urls == ["https://github.com/a/b", "http://x.org/y(z)"])
    #expect(text.year == 2025)
    #expect(text.words.hasPrefix("UK DESNZ factors 2025, read in"))
    let bare = SourceText(" https://x.org/2019/07 ")
    #expect(bare.words.isEmpty && bare.year == nil && bare.urls == ["https://x.org/2019/07"])
    #expect(SourceText("12(1) 153-160, 20245").year == nil)
    #expect(SourceText("").urls.isEmpty)
  }

  @Test func charactersOfTeXAreText() {
    #expect(
      Bibliography.escaped("50 % of A&B_c #1 {x} ~ ^ \\ $")
        == "50 \\% of A\\&B\\_c \\#1 \\{x\\} \\textasciitilde{} \\textasciicircum{} "
        + "\\textbackslash{} \\$")
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func everyReferenceOfTheLedgersHasARow(seed: UInt64) throws {
    let result = try ReportFixture.match(RandomParks.park(seed: seed).park())
    let context = ReportContext(result, language: ReportFixture.language)
    let sources = context.sources()
    let ids = Set(sources.map(\.reference))
    #expect(ids.count == sources.count)
    for exchange in context.exchanges {
      for line in exchange.planned.lines {
        for reference in line.money.references + line.carbon.references
        where reference != "exchanges.csv" {
          let row = try #require(sources.first { $0.reference == reference })
          #expect(row.usedBy.contains(String(exchange.rank)))
        }
      }
      #expect(ids.contains(exchange.candidate.output.reference))
    }
    let bibliography = Bibliography(context)
    let keys = bibliography.entries.map(\.key)
    #expect(Set(keys).count == keys.count)
    #expect(
      Set(bibliography.entries.flatMap(\.rows).map(\.reference))
        == Set(sources.filter { !$0.source.isEmpty }.map(\.reference)))
  }

  @Test func aKeyDependsOnItsSourceOnly() throws {
    func keys(_ outputs: [String]) throws -> [String: String] {
      var park = ParkBuilder()
      park.enterprise("north", at: (55.60, 11.00))
      park.enterprise("works", at: (55.61, 11.05))
      for (index, source) in outputs.enumerated() {
        park.output("ash-\(index)", of: "north", "fly_ash", 1000, disposalCost: 60) {
          $0.provenance.source = source
        }
      }
      park.input("clinker-in", of: "works", "clinker", 5000, price: 80)
      let result = try ReportFixture.match(park.park())
      return Bibliography(ReportContext(result, language: ReportFixture.language)).keys
    }
    let one = try keys(["Report 2019, table 4"])
    let two = try keys(["Another report 2021", "Report 2019, table 4"])
    let key = try #require(one["Report 2019, table 4"])
    #expect(key.hasPrefix("report-table-2019-") && two["Report 2019, table 4"] == key)
    #expect(two["Another report 2021"]?.hasPrefix("another-report-2021-") == true)
  }
}
