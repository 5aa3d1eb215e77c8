import Foundation
import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenReport

@Suite struct DrawingTests {
  @Test(arguments: [
    ([0.4, 0.4, 0.4], nil as Double?), ([1.5, 2.5, -3.5], nil), ([0.333, 0.333, 0.334], 1),
    ([-0.6, -0.6], -1), ([10, 20], 30),
  ])
  func roundingKeepsTheSum(values: [Double], total: Double?) {
    let rounded = ControlledRounding.round(values, total: total)
    #expect(rounded.reduce(0, +) == total ?? values.reduce(0, +).rounded())
    for (value, whole) in zip(values, rounded) { #expect(abs(value - whole) < 1) }
  }

  private func sites(_ places: [(Double, Double)?]) throws -> [Enterprise] {
    var park = ParkBuilder()
    for (index, place) in places.enumerated() { park.enterprise("e\(index)", at: place) }
    return try park.park().enterprises
  }

  @Test func sitesKeepApartAndInside() throws {
    let places = (0..<60).map { index -> (Double, Double)? in
      (55 + 0.001 * Double(index % 7), 11 + 0.001 * Double(index / 7))
    }
    let crowd = try sites(places)
    for format in [MapFormat.wide, .narrow] {
      let layout = MapLayout(main: crowd, others: [], format: format)
      #expect(layout.sites.count == 60)
      #expect(layout.sites.allSatisfy { format.frame.contains($0.position) })
    }
  }

  @Test func aFarReceiverStandsOnTheRingInItsDirection() throws {
    let layout = MapLayout(
      main: try sites([(55, 11), (55.01, 11.01), (55.01, 11), (55, 11.01), (57, 11)]), others: [],
      format: .wide)
    let far = try #require(layout.sites.last)
    guard case .far(let km) = far.kind else {
      Issue.record("e4 is not far")
      return
    }
    #expect((220...224).contains(km))
    #expect(far.position.y == MapFormat.wide.ring.y, "north is up")
  }

  /// 180° east and 180° west are one place.
  @Test func aParkAcrossTheDateLineIsNotTornApart() throws {
    let layout = MapLayout(
      main: try sites([(-17, 179.99), (-17, -179.99), (-17.01, 180)]), others: [], format: .wide)
    #expect(layout.sites.allSatisfy { $0.kind == .inFrame })
    #expect(layout.sites[0].position.x < layout.sites[1].position.x)
  }

  @Test func sitesInOnePlacePart() {
    let points = MapLayout.spread(
      Array(repeating: Point(x: 100, y: 100), count: 5), apart: 20,
      inside: Box(x: 0, y: 0, width: 200, height: 200))
    for i in points.indices {
      for j in points.indices where j > i { #expect((points[i] - points[j]).length > 15) }
    }
  }

  @Test func fewerCrossingsThanInOrderOfSize() {
    let keys = [["a", "x", "p"], ["b", "y", "q"], ["c", "z", "r"], ["a", "x", "p"]]
    let order = SankeyOrder(keys: keys, weights: [1, 5, 3, 1]).columns
    #expect(SankeyOrder.crossings(order, keys: keys, weights: [1, 5, 3, 1]) == 0)
  }

  @Test func sankeyNodesDoNotOverlap() {
    let flows = (0..<40).map { index in
      SankeyLayout.Flow(
        ranks: [index + 1], keys: ["d\(index % 9)", "m\(index % 5)", "r\(index % 13)"],
        tonnes: Double(1 + index * index), effect: .allowed)
    }
    let layout = SankeyLayout(flows, format: .wide) { _, _ in 30 }
    for column in layout.columns {
      for (upper, lower) in zip(column, column.dropFirst()) {
        #expect(lower.top >= upper.top + upper.height)
        #expect(lower.top + lower.height / 2 - upper.top - upper.height / 2 >= 30)
      }
    }
    #expect(layout.ribbons.allSatisfy { $0.height >= 1.6 })
  }

  @Test func textWrapsWithinItsWidth() {
    let lines = TextMetrics.wrap(
      "Kalundborg Municipality and its Utility", width: 90, size: 11, lines: 2)
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { TextMetrics.width($0, size: 11) <= 90 })
    #expect(lines[1].hasSuffix("…"))
  }

  @Test(arguments: [
    ("Kemira (later Yara), Fredericia", "Kemira, Fredericia"), ("Town / Utility (water)", "Town"),
    ("(all)", "(all)"), ("Plain", "Plain"),
  ])
  func siteNamesLoseTheirRemarks(name: String, short: String) {
    #expect(SiteNames.shortened(name) == short)
  }
}
