import LichenDomain
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenReport

/// Shared plants, mixtures and the CO2e floor in the report.
@Suite struct FacilityReportTests {
  /// Ash may reach the works only through a plant; one plant pays, one never does, one is unknown.
  private static func result(_ configure: (inout PlanningOptions) -> Void = { _ in }) throws
    -> MatchResult
  {
    var park = ParkBuilder(discountRate: 0.05)
    park.enterprise("north")
    park.enterprise("works")
    park.output("ash", of: "north", "fly_ash", 1000, disposalCost: 60)
    park.input("clinker-in", of: "works", "clinker", 5000, price: 80)
    park.distance("north", "works", km: 10)
    for (id, capital) in [("good", 1000.0), ("dear", 1e7), ("vague", nil)] {
      park.facility(
        id, of: "works", routes: ["fly_ash__clinker"], capacity: 900, capital: capital,
        running: 500, lifetime: 10)
    }
    return try ReportFixture.match(park.park()) {
      $0.forbidden = [LinkSelector("ash:clinker-in")].compactMap(\.self)
      configure(&$0)
    }
  }

  private static func text(_ key: String) -> String { ReportFixture.language.text(key) }

  @Test func everyPlantIsListedWithItsFate() throws {
    let result = try Self.result()
    #expect(result.plan.facilities.map(\.facility.id.rawValue) == ["good"])
    let view = try #require(
      FacilitiesView(ReportContext(result, language: ReportFixture.language)))
    #expect(view.facilityRows.map(\.name) == ["dear", "good", "vague"])
    #expect(view.facilityRows[0].fate.hasPrefix("closed: opening it would change the plan by"))
    #expect(view.facilityRows[1].fate.contains("900"))
    #expect(view.facilityRows[1].incoming.count == 1 && view.facilityRows[1].outgoing.count == 1)
    #expect(view.facilityRows[2].fate == Self.text("facility.capital-unknown"))
    #expect(view.facilityRows[2].capital == Self.text("word.unknown"))
  }

  @Test func tablesAddUpToThePlan() throws {
    let result = try Self.result()
    let context = ReportContext(result, language: ReportFixture.language)
    let sum =
      context.exchanges.reduce(0) { $0 + $1.roundedMoney } + context.roundedPermits.reduce(0, +)
      + context.roundedFacilityMoney
    #expect(sum == (result.plan.money.typical / context.moneyScale.factor).rounded())
    #expect(TopTable.facilities(context).count == 1)
    let plants = context.facilities.reduce(0) { $0 + $1.moneyWithLegs }
    #expect(abs(plants - result.plan.facilityMoney.typical) < 1e-9 * abs(plants))
    let html = try ReportFixture.html(result)
    #expect(html.contains(Self.text("facility.title")))
    #expect(
      !html.contains(ReportFixture.language.text("decision.heading.none", ["park": "fixture"])))
    #expect(ResultTables.legs(result.plan).rows.count == 2)
  }

  @Test func aParkWithoutPlantsHasNoSection() throws {
    let result = try ReportFixture.match(Fixtures.ashPark.park())
    let context = ReportContext(result, language: ReportFixture.language)
    #expect(FacilitiesView(context) == nil && MixturesView(context) == nil)
    #expect(TopTable.facilities(context).isEmpty)
  }

  @Test func theFloorStandsInTheCertificate() throws {
    let floor = try Self.result { $0.carbonFloor = 1000 }
    let context = ReportContext(floor, language: ReportFixture.language)
    #expect(CertificateView(context).items.contains { $0.item == Self.text("cert.floor") })
    let free = ReportContext(try Self.result(), language: ReportFixture.language)
    #expect(!CertificateView(free).items.contains { $0.item == Self.text("cert.floor") })
  }

  @Test func aMixtureIsShownWithItsLimitAndValue() throws {
    var park = Fixtures.ashPark
    park.property("chloride", of: "ash-out", 300, unit: "mg/kg")
    park.property("chloride", of: "clinker-in", maximum: 600, unit: "mg/kg", isMixture: true)
    let result = try ReportFixture.match(park.park())
    let view = try #require(
      MixturesView(ReportContext(result, language: ReportFixture.language)))
    #expect(view.mixtureRows.count == 1)
    #expect(view.mixtureRows[0].limit.contains("600") && view.mixtureRows[0].value.contains("300"))
    #expect(view.mixtureRows[0].parts == "1")
    #expect(try ReportFixture.html(result).contains(Self.text("mixture.title")))
  }
}
