import Foundation
import LichenDomain
import LichenEngine
import LichenMatching
import LichenPlanning
import LichenReport
import LichenTestSupport
import Testing

/// Every shipped park, from its folder to a verified plan and a report.
struct SurveyTests {
  /// Parks of the data folder, and the years of `make survey`.
  static let places: [(park: String, year: Int?)] = {
    let parks = Repository.parkNames.map { (park: $0, year: Int?.none) }
    return parks + [2000, 2010, 2018].map { ("kalundborg", $0) }
  }()

  private static let surveys: [ParkSurvey] = places.compactMap { place in
    var overrides = Engine.Overrides()
    overrides.baseYear = place.year
    return try? Repository.engine.survey(
      Repository.park(place.park), overrides: overrides, clock: ContinuousClock())
  }

  @Test("The table of the parks is what the engine makes of them today")
  func table() throws {
    let file = Repository.park("README.md")
    let document = try String(contentsOf: file, encoding: .utf8)
    let written = try #require(SurveyTable.section.content(of: document))
    // The last column holds seconds, which differ from run to run.
    func withoutSeconds(_ line: Substring) -> Substring {
      guard line.hasPrefix("|"), let bar = line.dropLast(2).lastIndex(of: "|") else { return line }
      return line[...bar]
    }
    let expected = SurveyTable(Self.surveys).markdown(withSeconds: false)
    let stated = written.split(separator: "\n").map(withoutSeconds)
    #expect(
      stated == expected.split(separator: "\n").map { $0[...] },
      "run make survey to write the table anew")
  }

  @Test("At least 90 % of all documented exchanges with declared ends are candidates")
  func recall() throws {
    #expect(Self.surveys.count == Self.places.count)
    #expect(try #require(SurveyTable(Self.surveys).recall) >= 0.9)
  }

  @Test("Every park gives a plan that verifies and a report", arguments: Repository.parkNames)
  func plan(name: String) throws {
    let engine = Repository.engine
    let park = try engine.park(at: Repository.park(name))
    #expect(
      park.warnings.filter { $0.code != "gas-volume" && $0.code != "unmatched-material" }
        .isEmpty)
    let result = try engine.match(park, options: PlanningOptions(settings: park.settings))
    #expect(result.plan.certificate.status == .optimal)
    let plan = try PlanJSON.encode(PlanDocument(result.plan))
    #expect(try engine.verify(plan: plan, declaration: park.declaration).isEmpty)
    let html = try HTMLReport.render(
      Report(Edition(full: result), language: engine.language("en")),
      assets: engine.reportAssets())
    #expect(html.contains("<section id=\"h\""))
    #expect(!html.contains("{{"))
  }
}
