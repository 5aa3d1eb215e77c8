import Foundation
import FoundationXML
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenReport

@Suite struct ReportEdgeTests {
  private static let hostile = "</title><script>alert(1)</script>&\"'\u{301} onload=x"

  @Test func namesFromDataAreHarmless() throws {
    var builder = Fixtures.mixedPark
    let settings = builder.declaration.settings
    builder.declaration.settings = ParkSettings(
      name: settings.name, title: Self.hostile, jurisdiction: settings.jurisdiction,
      currency: settings.currency, baseYear: settings.baseYear, priceYear: settings.priceYear,
      lawDate: settings.lawDate, discountRate: settings.discountRate)
    for index in builder.declaration.enterprises.indices {
      builder.declaration.enterprises[index].name = "\(Self.hostile) \(index)"
    }
    for index in builder.declaration.outputs.indices {
      builder.declaration.outputs[index].name = Self.hostile
    }
    let html = try ReportFixture.html(ReportFixture.match(builder.park()))
    #expect(html.components(separatedBy: "<script>").count == 2, "only the page's own")
    #expect(!html.contains("alert(1)</script>"))
    for drawing in ReportFixture.drawings(html) { try Self.parse(drawing) }
  }

  /// A quote that carries a combining mark is one character, and still a quote for a browser.
  @Test func drawingsEscapeScalarByScalar() {
    #expect(Markup.escape("\"\u{301}<\u{338}&\u{0}a") == "&quot;\u{301}&lt;\u{338}&amp;a")
  }

  @Test func templatesKeepDataOutOfAttributes() throws {
    let allowed: Set = [
      "badgeClass", "swatch", "numberClass", "law.badgeClass", "code", "anchor", "alignment",
      "gridID", "rank", "row.rank", "topicClass",
    ]
    for (file, text) in try ReportFixture.templates() {
      for match in text.matches(of: #/="[^"]*\{\{\{?([A-Za-z.]+)\}\}/#) {
        let name = String(match.1)
        #expect(name.hasPrefix("t.") || allowed.contains(name), "\(file): \(name)")
      }
    }
  }

  @Test(arguments: UInt64(1)...20) func drawingsAreWellFormed(seed: UInt64) throws {
    guard
      let park = try? RandomParks.park(
        seed: seed, enterprises: 2...12, outputs: 4...14,
        inputs: 4...14
      ).park(), let result = try? ReportFixture.match(park)
    else { return }
    let html = try ReportFixture.html(result)
    let drawings = ReportFixture.drawings(html)
    #expect(drawings.count >= 3)
    for drawing in drawings {
      try Self.parse(drawing)
      #expect(!drawing.contains("nan") && !drawing.contains("inf"))
    }
  }

  private static func parse(_ drawing: String) throws {
    // Small drawings in tables rely on the page for their name space.
    let parser = XMLParser(data: Data(drawing.utf8))
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "") \(drawing.prefix(400))")
  }

  @Test func anEmptyPlanSaysWhy() throws {
    let park = try Fixtures.pair("fly_ash", nil, "t/yr", to: "clinker", nil, "t/yr").park()
    let html = try ReportFixture.html(ReportFixture.match(park))
    #expect(html.contains("no exchange worth building"))
    #expect(html.contains("not declared"))
  }

  @Test func oneSiteAloneRenders() throws {
    var park = ParkBuilder()
    park.enterprise("alone", at: (10, 106))
    park.output("ash", of: "alone", "fly_ash", 100)
    let html = try ReportFixture.html(ReportFixture.match(park.park()))
    #expect(html.contains(">alone</text>"))
    #expect(html.contains("Every possible exchange is in the plan."))
  }

  @Test func aParkWithoutCoordinatesListsItsSites() throws {
    let result = try ReportFixture.match(Fixtures.ashPark.park())
    #expect(!result.plan.exchanges.isEmpty)
    let html = try ReportFixture.html(result)
    #expect(html.contains("no coordinates declared"))
    #expect(!html.contains("class=\"tick\""), "no scale bar without a scale")
  }

  @Test func anInfeasiblePlanClaimsNoPlan() throws {
    let park = try Fixtures.mixedPark.park()
    let whole = try ReportFixture.match(park)
    let dear = try #require(whole.plan.exchanges.first { $0.capital.typical > 0 })
    let selector = try #require(LinkSelector(dear.candidate.id))
    let result = try ReportFixture.match(park) {
      $0.required = [selector]
      $0.capitalBudget = 0
    }
    #expect(result.plan.certificate.status == .infeasible)
    let html = try ReportFixture.html(result)
    #expect(html.contains("No plan satisfies all limits at once"))
    #expect(!html.contains("No other plan can"))
    #expect(!html.contains("worth building"))
    let decision = try #require(html.components(separatedBy: "<section id=\"b\"").first)
    #expect(!decision.contains("proved best"))
  }

  @Test func proofIsClaimedOnlyWithProof() throws {
    let result = try ReportFixture.match(Fixtures.mixedPark.park())
    let html = try ReportFixture.html(result)
    #expect(result.plan.certificate.status == .optimal)
    #expect(html.contains("No other plan can be worth more: this is proved."))
    #expect(!html.lowercased().contains("optimal"))
  }
}
