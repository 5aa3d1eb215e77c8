import Foundation
import FoundationXML
import LichenDomain
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenReport

/// Two hundred enterprises with about 1,500 exchanges: every drawing stays legible and small.
@Suite("Reports of crowded parks")
struct CrowdedReportTests {
  private static let result: MatchResult? = {
    let streams: [(from: String, to: String, unit: String)] = [
      ("fly_ash", "clinker", "t/yr"), ("fgd_gypsum", "natural_gypsum", "t/yr"),
      ("used_water", "process_water", "m3/yr"), ("spent_acid", "sulfuric_acid", "t/yr"),
      ("steam_hp", "steam_mp", "t/yr"), ("waste_heat", "district_heat", "GJ/yr"),
      ("flare_gas", "natural_gas", "GJ/yr"), ("surplus_cold", "cooling", "GJ/yr"),
    ]
    var random = SeededGenerator(seed: 200)
    var park = ParkBuilder()
    for cluster in 0..<50 {
      let place = (Double(cluster / 10) * 9 - 20, Double(cluster % 10) * 12 - 60)
      for firm in 0..<4 {
        let id = "c\(cluster)-\(firm)"
        park.enterprise(
          id, at: (place.0 + 0.004 * Double(firm), place.1 + 0.003 * Double(firm % 2)))
        park.declaration.enterprises[park.declaration.enterprises.count - 1].zone =
          "Zone <\(cluster % 5)>"
        for (kind, stream) in streams.enumerated() {
          park.output(
            "o\(kind)-\(id)", of: id, stream.from, random.number(in: 500...9000).rounded(),
            stream.unit, route: kind > 3 ? "none" : "landfill")
          park.input(
            "i\(kind)-\(id)", of: id, stream.to, random.number(in: 500...9000).rounded(),
            stream.unit)
        }
      }
    }
    return try? ReportFixture.match(park.park())
  }()

  private func context() throws -> ReportContext {
    var context = ReportContext(try #require(Self.result), language: ReportFixture.language)
    context.outlines = ReportFixture.outlines
    return context
  }

  @Test("all drawings are made, well formed and within their size")
  func drawings() throws {
    let context = try context()
    try #require(context.exchanges.count >= 700)
    let drawings = [
      MapDrawing(context, format: .wide, showsOthers: true).svg(),
      MapDrawing(context, format: .narrow, showsOthers: false).svg(),
      SankeyDrawing(context, format: .wide).svg(), SankeyDrawing(context, format: .narrow).svg(),
      SankeyDrawing(context, format: .wideDirect).svg(),
      SankeyDrawing(context, format: .narrowDirect).svg(),
      MatrixDrawing(context, format: .wide).svg(), MatrixDrawing(context, format: .narrow).svg(),
      NetworkDrawing(context, format: .wide).svg(),
      NetworkDrawing(context, format: .narrow).svg(),
    ]
    for drawing in drawings {
      let parser = XMLParser(data: Data(drawing.utf8))
      #expect(parser.parse(), "\(drawing.prefix(200))")
      #expect(!drawing.contains("nan") && !drawing.contains("inf\""))
      #expect(drawing.utf8.count < 300_000, "\(drawing.utf8.count) \(drawing.prefix(120))")
    }
  }

  @Test("sums of the matrix are the plan's, whatever is grouped")
  func sums() throws {
    let context = try context()
    let total = context.exchanges.compactMap(\.tonnes).filter { $0 > 0 }.reduce(0, +)
    for format in [MatrixFormat.wide, .narrow] {
      let matrix = MatrixDrawing(context, format: format)
      #expect(abs(matrix.layout.total - total) < 1e-6 * total)
      #expect(matrix.layout.isCut)
      #expect(matrix.grid.maxX + format.totalWidth <= format.width)
    }
  }

  @Test("names of the network and of the map touch no other")
  func labels() throws {
    let context = try context()
    let labels = NetworkDrawing(context, format: .wide).sideLabels
    #expect(labels.count >= 12)
    for (index, label) in labels.enumerated() {
      #expect(label.box.x >= 0 && label.box.maxX <= NetworkFormat.wide.width)
      for other in labels.dropFirst(index + 1) { #expect(label.box.overlap(other.box) == 0) }
    }
    let map = MapDrawing(context, format: .wide, showsOthers: true)
    #expect(map.isCrowded)
    let placed = map.placeLabels([], badges: []).compactMap(\.placement?.box)
    for (index, box) in placed.enumerated() {
      for other in placed.dropFirst(index + 1) { #expect(box.overlap(other) == 0) }
    }
  }

  @Test("the page is the same twice, stays below 5 MB and hides no name in an attribute")
  func page() throws {
    let result = try #require(Self.result)
    let html = try ReportFixture.html(result)
    #expect(try ReportFixture.html(result) == html)
    #expect(html.utf8.count < 5_000_000, "\(html.utf8.count)")
    // Names with angle brackets stand escaped between tags and in no attribute but the drawing's label.
    #expect(!html.contains("Zone <"))
    for match in html.matches(of: #/ data-[xmeskc]="([^"]*)"/#) {
      let isPlain = match.1.allSatisfy { $0.isNumber || " .,-−".contains($0) }
      #expect(isPlain, "\(match.0)")
      if !isPlain { break }
    }
  }
}
