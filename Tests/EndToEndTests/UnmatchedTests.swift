import Foundation
import LichenDomain
import LichenEngine
import LichenMatching
import LichenPlanning
import LichenReport
import LichenTestSupport
import Testing

/// Words that nobody has explained: listed with proposals, never planned, never forced to an id.
struct UnmatchedTests {
  private static func park() throws -> Park {
    var builder = ParkBuilder(name: "words", jurisdiction: "VN", currency: "VND", baseYear: 2023)
    builder.enterprise("thep", at: (20.84, 106.76))
    builder.enterprise("gach", at: (20.85, 106.77))
    builder.declaration.enterprises[0].sector = "steel works"
    builder.output("xi", of: "thep", "xỉ lò hồ quang điện", 20_000)
    builder.output("la", of: "thep", "zzqx vrrp", 5)
    builder.output("tro", of: "thep", "Tro bay than", 100)
    builder.input("cat", of: "gach", "natural_sand", 10_000)
    return try Repository.engine.park(builder.declaration)
  }

  @Test("Unknown words are unmatched; a name of the catalogue in Vietnamese is not")
  func matched() throws {
    let park = try Self.park()
    #expect(park.unmatched.map(\.id.rawValue) == ["la", "xi"])
    #expect(park.outputs.map(\.material.rawValue) == ["coal_fly_ash"])
    let suggestions = try Repository.engine.suggestions(
      for: park.unmatched, catalogue: park.catalogue)
    let slag = try #require(suggestions.first { $0.stream.id.rawValue == "xi" })
    #expect(slag.proposals.materials.first?.id == "steel_slag_eaf")
    // Nonsense gets no confident proposal, and a Vietnamese donor no code of another list.
    let nonsense = try #require(suggestions.first { $0.stream.id.rawValue == "la" })
    #expect((nonsense.proposals.materials.first?.score ?? 0) < 0.3)
    #expect(suggestions.flatMap(\.codes).allSatisfy { $0.id.contains(" ") })
  }

  @Test("The report lists them with what they may be, and the plan leaves them out")
  func report() throws {
    let engine = Repository.engine
    let park = try Self.park()
    let result = try engine.match(park, options: PlanningOptions(settings: park.settings))
    #expect(
      result.graph.candidates.allSatisfy { !["xi", "la"].contains($0.output.id.rawValue) })
    let language = try engine.language("en")
    let html = try HTMLReport.render(
      Report(
        Edition(full: result), extras: engine.reportExtras(of: result), language: language),
      assets: engine.reportAssets())
    #expect(html.contains("xỉ lò hồ quang điện") && html.contains("zzqx vrrp"))
    #expect(html.contains("EAF carbon-steel slag ("))
    #expect(html.contains(language.text("unmatched.title")))
    #expect(!html.contains("{{") && language.missingKeys.isEmpty)
  }
}
