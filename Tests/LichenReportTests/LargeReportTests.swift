import LichenDomain
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenReport

@Suite("Reports of regions")
struct LargeReportTests {
  /// Pairs of neighbours, too far from each other to exchange anything.
  static let result: MatchResult? = {
    var park = ParkBuilder()
    for number in 0..<430 {
      let place = (Double(number / 20) * 5 - 55, Double(number % 20) * 8 - 80)
      park.enterprise("d\(number)", at: place)
      park.enterprise("r\(number)", at: (place.0 + 0.05, place.1))
      park.output("o\(number)", of: "d\(number)", "fly_ash", 1000 + Double(number))
      park.input("i\(number)", of: "r\(number)", "clinker", 5000)
    }
    return try? ReportFixture.match(park.park())
  }()

  @Test("a long plan is told in part, and the page says so and where the rest is")
  func cut() throws {
    let result = try #require(Self.result)
    try #require(result.plan.exchanges.count == 430)
    let context = ReportContext(result, language: ReportFixture.language)
    #expect(context.detailed.count == 400)
    #expect(context.detailed.map(\.rank) == Array(1...400))
    let view = ExchangesView(context)
    #expect(view.entries.count == 400)
    #expect(
      view.limits.count == 1 && view.limits[0].contains("400") && view.limits[0].contains("430"))
    #expect(LegalSheet(context).rows.count == 400)
    #expect(MapDrawing(context, format: .narrow, showsOthers: true).layout.sites.count == 800)
    // The sum is that of the whole plan.
    #expect(view.sum.map(\.sumMoney) == [TopTable.total(context).sumMoney])
    #expect(ResultTables.exchanges(result, language: ReportFixture.language).rows.count == 430)
  }

  @Test("lists of ranks stop after two hundred and count the rest")
  func ranks() throws {
    let context = ReportContext(try #require(Self.result), language: ReportFixture.language)
    #expect(context.rankList([1, 2, 5]).hasSuffix("5"))
    let long = context.rankList(Array(1...250))
    #expect(long.contains("200") && !long.contains("201") && long.hasSuffix("50 more"))
  }

  @Test("a plan of 400 exchanges or fewer is told whole")
  func whole() throws {
    let result = try ReportFixture.match(Fixtures.mixedPark.park())
    let context = ReportContext(result, language: ReportFixture.language)
    #expect(context.cutNotes.isEmpty && context.detailed.count == context.exchanges.count)
  }
}
