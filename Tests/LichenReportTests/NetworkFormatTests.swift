import Foundation
import LichenDomain
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenReport

/// The plan as other programs read it: GeoJSON, GraphML, DOT and Mermaid.
@Suite struct NetworkFormatTests {
  /// Names that end a text early in one language or another.
  static let hostile = [
    "A \"quoted\" 'firm' & <b>sons</b>", "back\\slash \\n \\N \\\"; c", "line\nbreak\ttab",
    "[x] {y} |z| #35; &amp; `q` %% ;", "Công ty Cổ phần Đường Hoà – Bắc Ninh 名 🏭",
    "end subgraph style a:b#c;d", "\u{301}mark \"\u{301} ]]> --> \u{7}\u{202E}x",
  ]

  /// Ash to a works and through a plant; firms with and without a place, two at one place, two on either
  /// side of the antimeridian.
  static func result() throws -> MatchResult {
    var park = ParkBuilder(name: "\"<&\\>\" park\n[x]", discountRate: 0.05)
    let places: [(Double, Double)?] = [
      (55, 11), (55.01, 11.01), nil, (55, 179.95), (55, -179.95), (55, 11), (55.02, 11.02),
    ]
    for (index, place) in places.enumerated() {
      park.enterprise("f\(index)", at: place)
      park.declaration.enterprises[index].name = hostile[index]
      park.declaration.enterprises[index].zone = index % 2 == 0 ? "zone \"<1>\"" : ""
    }
    for (donor, receiver) in [(0, 1), (0, 2), (3, 4), (5, 0)] {
      let (output, input) = ("o\(donor)\(receiver)", "i\(donor)\(receiver)")
      park.output(output, of: "f\(donor)", "fly_ash", 1000, disposalCost: 60)
      park.declaration.outputs[park.declaration.outputs.count - 1].name = hostile[donor]
      park.input(input, of: "f\(receiver)", "clinker", 5000, price: 80)
      park.distance("f\(donor)", "f\(receiver)", km: 10)
    }
    park.output("ash", of: "f1", "fly_ash", 1000, disposalCost: 60)
    park.input("clinker-in", of: "f6", "clinker", 5000, price: 80)
    park.distance("f1", "f6", km: 5)
    park.facility(
      "mill", of: "f6", routes: ["fly_ash__clinker"], capacity: 900, capital: 1000, running: 500,
      lifetime: 10)
    let joined = [
      "o01:i01", "o02:i02", "o34:i34", "o50:i50",
    ].compactMap { LinkSelector($0) }
    return try ReportFixture.match(park.park()) {
      $0.required = joined
      $0.forbidden = ["ash:clinker-in", "ash:i50"].compactMap { LinkSelector($0) }
    }
  }

  static func report(_ result: MatchResult) -> Report {
    Report(Edition(full: result), language: ReportFixture.language)
  }

  private static func features(_ result: MatchResult) throws -> [[String: Any]] {
    let text = GeoJSONReport.render(report(result))
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return try #require(object?["features"] as? [[String: Any]])
  }

  private static func properties(_ feature: [String: Any]) -> [String: Any] {
    feature["properties"] as? [String: Any] ?? [:]
  }

  @Test("Every enterprise, plant, exchange and leg is a feature, with its place or without")
  func features() throws {
    let result = try Self.result()
    let features = try Self.features(result)
    let kinds = features.map { Self.properties($0)["kind"] as? String ?? "" }
    #expect(kinds.count { $0 == "enterprise" } == 7)
    #expect(kinds.count { $0 == "plant" } == 1)
    #expect(kinds.count { $0 == "exchange" } == result.plan.exchanges.count)
    #expect(kinds.count { $0 == "leg" } == result.plan.legs.count && !result.plan.legs.isEmpty)
    func shape(_ donor: String, _ receiver: String) -> String? {
      let feature = features.first {
        let facts = Self.properties($0)
        return facts["donor"] as? String == donor && facts["receiver"] as? String == receiver
      }
      return (feature?["geometry"] as? [String: Any])?["type"] as? String
    }
    #expect(shape("f0", "f1") == "LineString")
    #expect(shape("f0", "f2") == nil, "a receiver without a place")
    #expect(shape("f5", "f0") == nil, "both at one place")
    #expect(shape("f3", "f4") == "MultiLineString", "across the antimeridian")
    let first = try #require(features.first?["geometry"] as? [String: Any])
    #expect(first["coordinates"] as? [Double] == [11, 55], "longitude first")
  }

  @Test("Unknown is null, and the product of a plant has no legal word")
  func unknown() throws {
    let features = try Self.features(Self.result()).map(Self.properties)
    let last = try #require(features.last { $0["kind"] as? String == "leg" })
    #expect(last["law"] is NSNull && last["law_word"] is NSNull && last["rank"] is NSNull)
    #expect(last["stroke"] as? String == LegalColour.ink.hexadecimal)
    let exchange = try #require(features.first { $0["kind"] as? String == "exchange" })
    #expect(exchange["law_word"] as? String != nil && exchange["rank"] as? Int == 1)
  }

  @Test("Colours are those of the style sheet on paper")
  func colours() throws {
    let css = try ReportFixture.assets().css
    for (name, effect) in [
      ("allowed", LegalEffect.allowed), ("eow", .endOfWaste), ("notification", .notification),
      ("permit", .permit), ("prohibited", .prohibited),
    ] {
      let light = try #require(css.range(of: "--\(name):#"))
      let colour = css[light.upperBound...].prefix(6)
      #expect(effect.colour.hexadecimal == "#\(colour)", "\(name)")
    }
    #expect(css.contains("--ink:\(LegalColour.ink.hexadecimal);"))
    #expect(css.contains("--rule2:\(LegalColour.faint.hexadecimal);"))
  }

  @Test("Equal parks give equal files, whatever the order of their rows")
  func bytes() throws {
    for seed in UInt64(1)...6 {
      let park = RandomParks.park(seed: seed)
      guard let first = try? ReportFixture.match(park.park()) else { continue }
      let second = try ReportFixture.match(RandomParks.permuted(park, seed: seed).park())
      for render in [
        GeoJSONReport.render, GraphMLReport.render, DOTReport.render, MermaidReport.render,
      ] {
        #expect(render(Self.report(first)) == render(Self.report(second)), "seed \(seed)")
      }
    }
  }

  @Test("Without a plan there are no flows")
  func noPlan() throws {
    var park = Fixtures.ashPark
    park.declaration.settings = ParkBuilder(carbonFloor: 1e9).declaration.settings
    let result = try ReportFixture.match(park.park())
    try #require(result.plan.certificate.status == .infeasible)
    let network = PlanNetwork(ReportContext(Self.report(result)))
    #expect(network.links.isEmpty && network.participants.isEmpty && !network.nodes.isEmpty)
    #expect(!DOTReport.render(Self.report(result)).contains("->"))
  }

  @Test("A large plan is whole in DOT, and cut in Mermaid to what Mermaid draws, with a note")
  func large() throws {
    let result = try #require(LargeReportTests.result)
    let report = Self.report(result)
    let dot = DOTReport.render(report)
    #expect(dot.matches(of: /-> n/).count == 430)
    #expect(dot.contains("layout=sfdp"))
    let chart = MermaidReport.render(report)
    let drawn = chart.matches(of: /-->/).count
    #expect(drawn == 300)
    #expect(chart.utf16.count <= 50_000)
    #expect(chart.contains("300 of 430 flows are drawn"))
    #expect(!chart.contains("|\"301 "), "the most valuable first")
  }

  @Test("A board's files have nothing of a hidden firm, and say how many exchanges they leave out")
  func withheld() throws {
    var tried = 0
    for seed in UInt64(1)...40 {
      guard let park = try SecretPark(seed: seed) else { continue }
      let report = Report(
        try Edition(.board, of: park.result), language: ReportFixture.language)
      for render in [
        GeoJSONReport.render, GraphMLReport.render, DOTReport.render, MermaidReport.render,
      ] {
        let text = render(report)
        for secret in park.secrets where !secret.isEmpty {
          #expect(!text.contains(secret), "seed \(seed): \(secret)")
        }
        #expect(text.contains("asked not to be named"), "seed \(seed)")
      }
      tried += 1
    }
    #expect(tried > 10)
  }

  @Test(
    "networkx, GeoJSON's validators, Mermaid and Graphviz read every hostile name",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func judged() throws {
    let python = try #require(Repository.judgesPython)
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let result = try Self.result()
    let report = Self.report(result)
    let files = [
      "geojson": GeoJSONReport.render(report), "graphml": GraphMLReport.render(report),
      "dot": DOTReport.render(report), "mmd": MermaidReport.render(report),
    ]
    for (ending, text) in files {
      try Data(text.utf8).write(to: folder.appendingPathComponent("report.\(ending)"))
    }
    try PlanJSON.encode(PlanDocument(result.plan)).write(
      to: folder.appendingPathComponent("plan.json"))
    let nodes = PlanNetwork(ReportContext(report)).nodes.map { ($0.id, $0.name) }
    let names = folder.appendingPathComponent("names.json")
    try JSONEncoder().encode(Dictionary(uniqueKeysWithValues: nodes)).write(to: names)
    let judge = try Repository.run(
      python,
      [
        Repository.root.appendingPathComponent("Tests/judges/network.py").path, folder.path,
        names.path,
      ])
    #expect(judge.status == 0, "\(judge.output)\(judge.error)")
  }
}

/// Texts in the margins of printed pages.
@Suite struct PrintMarginsTests {
  @Test("A hostile name of a park stays inside its string and its style sheet")
  func hostile() {
    let text = PrintMargins.quoted("a\"}</style><script>\\\n*/ é Đ 名")
    #expect(text.hasPrefix("\"a\\22 \\7d \\3c \\2f style\\3e "))
    #expect(text.hasSuffix("é Đ 名\""))
    for mark in ["<", ">", "}", "\n", "*/"] { #expect(!text.contains(mark)) }
    #expect(text.filter { $0 == "\"" }.count == 2)
  }

  @Test("Page and pages stand where the language puts them")
  func counters() throws {
    let result = try ReportFixture.match(Fixtures.ashPark.park())
    let css = PrintMargins.css(ReportContext(result, language: ReportFixture.language))
    #expect(css.contains("content:\"Page \" counter(page) \" of \" counter(pages)}"))
  }
}
