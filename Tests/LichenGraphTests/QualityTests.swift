import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenGraph

@Suite("Quality and level")
struct QualityTests {
  private func ash(_ configure: (inout ParkBuilder) -> Void) throws -> Candidate {
    var park = Fixtures.ashPark
    configure(&park)
    return try only(park)
  }

  @Test("the worst end of a measured range is held against the limit")
  func worstEnd() throws {
    // Limit 1000 mg/kg of chloride.
    let bad = try ash { $0.property("chloride", of: "ash-out", 900, maximum: 1200) }
    #expect(bad.kinds == [.qualityTooHigh])
    #expect(bad.argument("value", of: .qualityTooHigh) == .number(1200))
    #expect(bad.argument("limit", of: .qualityTooHigh) == .number(1000))
    #expect(bad.argument("unit", of: .qualityTooHigh) == .text("mg/kg"))
    #expect(bad.argument("property", of: .qualityTooHigh) == .key("property.chloride"))
    let good = try ash { $0.property("chloride", of: "ash-out", 900, minimum: 100, maximum: 1000) }
    #expect(good.isPlannable)
    #expect(good.unmeasured.isEmpty)
  }

  @Test(
    "a lower and an upper limit each judge their own end",
    arguments: [
      (4.9, 8.0, [Blocker.Kind.qualityTooLow]), (5, 9, []), (6, 9.1, [.qualityTooHigh]),
      (4, 10, [.qualityTooHigh, .qualityTooLow]),
    ])
  func bothLimits(lowest: Double, highest: Double, kinds: [Blocker.Kind]) throws {
    var park = Fixtures.pair("fgd_gypsum", 10, "t/yr", to: "natural_gypsum", 20, "t/yr")
    park.property("ph", of: "out", minimum: lowest, maximum: highest)
    #expect(try only(park).kinds == kinds)
  }

  @Test("a quality that nobody measured blocks nothing and is listed")
  func unmeasured() throws {
    let candidate = try ash { $0.property("moisture", of: "clinker-in", maximum: 5) }
    #expect(candidate.isPlannable)
    #expect(candidate.unmeasured.map(\.rawValue) == ["chloride", "moisture"])
  }

  @Test("the receiver's own demand counts beside the route's, and its row is named")
  func ownDemand() throws {
    let candidate = try ash {
      $0.property("chloride", of: "ash-out", 1100)
      $0.property("chloride", of: "clinker-in", maximum: 500)
    }
    #expect(candidate.kinds == [.qualityTooHigh, .qualityTooHigh])
    #expect(
      candidate.blockers.map { $0.arguments["source"] } == [
        .text("routes.csv: fly_ash__clinker"), .text("properties.csv: clinker-in chloride"),
      ])
  }

  @Test("every blocker is listed, not only the first")
  func all() throws {
    let candidate = try ash {
      $0.property("chloride", of: "ash-out", 1100)
      $0.declaration.distances = []
      $0.declaration.outputs[0].quantity.typical = nil
      $0.declaration.inputs[0].quantity.typical = 0
    }
    #expect(
      candidate.kinds == [
        .costUnknown, .distanceUnknown, .outputUnquantified, .qualityTooHigh,
      ])
  }

  // MARK: Level

  /// Heat over a declared way, with measured and demanded levels.
  private func level(
    _ output: String, to input: String, unit: String, km: Double,
    offered: [(String, Double)] = [], demanded: [(String, Double?, Double?)] = []
  ) throws -> Candidate {
    var park = Fixtures.pair(output, 1000, unit, to: input, 1000, unit, km: km)
    for (property, value) in offered { park.property(property, of: "out", value) }
    for (property, minimum, maximum) in demanded {
      park.property(property, of: "in", minimum: minimum, maximum: maximum)
    }
    return try only(park)
  }

  @Test("hot water loses 0.5 K/km and 5 K in the exchanger", arguments: [(10.0, 80.0), (12, 79)])
  func hotWater(km: Double, arrives: Double) throws {
    // 90 − 0.5 km − 5 against 80 °C.
    let candidate = try level(
      "waste_heat", to: "district_heat", unit: "GJ/yr", km: km,
      demanded: [("temperature", 80, nil)])
    #expect(candidate.kinds == (arrives < 80 ? [.notHotEnough] : []))
    if arrives < 80 {
      #expect(close(candidate.argument("arrives", of: .notHotEnough)?.number, arrives))
      #expect(candidate.argument("needed", of: .notHotEnough) == .number(80))
    }
  }

  @Test("steam loses 10 K/km and needs no exchanger", arguments: [(5.0, false), (5.1, true)])
  func steam(km: Double, isBlocked: Bool) throws {
    // 400 − 10 km against 350 °C.
    let candidate = try level(
      "steam_hp", to: "steam_mp", unit: "t/yr", km: km,
      demanded: [("temperature", 350, nil), ("pressure", 15, nil)])
    #expect(candidate.kinds == (isBlocked ? [.notHotEnough] : []))
  }

  @Test("cold warms up on its way", arguments: [(4.0, false), (8.0, true)])
  func cold(km: Double, isBlocked: Bool) throws {
    // 4 + 0.5 km against at most 7 °C.
    let candidate = try level(
      "surplus_cold", to: "cooling", unit: "GJ/yr", km: km, demanded: [("temperature", nil, 7)])
    #expect(candidate.kinds == (isBlocked ? [.notColdEnough] : []))
  }

  @Test("the coldest measured supply counts, not the typical one")
  func measuredLevel() throws {
    var park = Fixtures.pair("waste_heat", 10, "GJ/yr", to: "district_heat", 10, "GJ/yr", km: 2)
    park.property("temperature", of: "out", 95, minimum: 84)
    park.property("temperature", of: "in", minimum: 80)
    // 84 − 1 − 5 = 78.
    #expect(close(try only(park).argument("arrives", of: .notHotEnough)?.number, 78))
  }

  @Test("without a demand a lower class cannot serve a higher one")
  func classes() throws {
    let cool = try level(
      "waste_heat", to: "district_heat", unit: "GJ/yr", km: 1, offered: [("temperature", 70)])
    #expect(cool.kinds == [.notHotEnough])
    #expect(try level("waste_heat", to: "district_heat", unit: "GJ/yr", km: 1).isPlannable)
  }

  @Test("steam below the pressure that is needed is blocked")
  func pressure() throws {
    let low = try level(
      "steam_hp", to: "steam_mp", unit: "t/yr", km: 1, offered: [("pressure", 10)],
      demanded: [("pressure", 12, nil)])
    #expect(low.kinds == [.pressureTooLow])
    #expect(low.argument("arrives", of: .pressureTooLow) == .number(10))
    #expect(low.argument("needed", of: .pressureTooLow) == .number(12))
    // Without a demand the class of the steam bought, 15 bar, decides.
    let classless = try level(
      "steam_hp", to: "steam_mp", unit: "t/yr", km: 1, offered: [("pressure", 14)])
    #expect(classless.argument("needed", of: .pressureTooLow) == .number(15))
  }

  @Test("a temperature demanded of water is a quality like any other")
  func waterTemperature() throws {
    let hot = try level(
      "used_water", to: "process_water", unit: "m3/yr", km: 1, offered: [("temperature", 45)],
      demanded: [("temperature", nil, 30)])
    #expect(hot.kinds == [.qualityTooHigh])
    let unknown = try level(
      "used_water", to: "process_water", unit: "m3/yr", km: 1, demanded: [("temperature", nil, 30)])
    #expect(unknown.unmeasured.map(\.rawValue) == ["temperature"])
  }
}
