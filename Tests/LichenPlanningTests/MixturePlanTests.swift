import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

/// Limits that hold for the mixture of what arrives.
struct MixturePlanTests {
  /// Ash of 900 and of 300 mg/kg chloride; the works allows 600 in what it takes.
  private static func park(isMixture: Bool?, rich: Double? = 900) -> ParkBuilder {
    var park = ParkBuilder()
    park.enterprise("north")
    park.enterprise("south")
    park.enterprise("works")
    park.output("rich", of: "north", "fly_ash", 1000, disposalCost: 30)
    park.output("lean", of: "south", "fly_ash", 400, disposalCost: 30)
    park.input("clinker-in", of: "works", "clinker", 5000, price: 40)
    park.distance("north", "works", km: 10)
    park.distance("south", "works", km: 10)
    if let rich {
      park.property("chloride", of: "rich", rich - 100, minimum: 10, maximum: rich, unit: "mg/kg")
    }
    park.property("chloride", of: "lean", 300, unit: "mg/kg")
    park.property("chloride", of: "clinker-in", maximum: 600, unit: "mg/kg", isMixture: isMixture)
    return park
  }

  private static func flows(_ plan: Plan) -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: plan.exchanges.map { ($0.candidate.output.id.rawValue, $0.quantity) })
  }

  @Test("Each by-product must keep a plain limit; only the mixture must keep one of a mixture")
  func mixture() throws {
    let plain = try FacilityPlanTests.match(Self.park(isMixture: nil), direct: true)
    #expect(Self.flows(plain.plan) == ["lean": 400])
    #expect(
      plain.graph.candidates.first { $0.output.id.rawValue == "rich" }?.blockers.map(\.kind)
        == [.qualityTooHigh])
    let mixed = try FacilityPlanTests.match(Self.park(isMixture: true), direct: true)
    #expect(mixed.graph.candidates.allSatisfy { $0.isPlannable })
    // The worst end counts: 300 above against 300 below, so as much of one as of the other.
    let flows = Self.flows(mixed.plan)
    #expect(abs((flows["rich"] ?? 0) - 400) < 1e-4 && abs((flows["lean"] ?? 0) - 400) < 1e-4)
    #expect(try FacilityPlanTests.differences(mixed.plan).isEmpty)
  }

  @Test("The checker weighs the mixture by itself")
  func checked() throws {
    let plan = try FacilityPlanTests.match(Self.park(isMixture: true), direct: true).plan
    let index = try #require(
      plan.exchanges.firstIndex { $0.candidate.output.id.rawValue == "rich" })
    let differences = try FacilityPlanTests.differences(plan) { $0.exchanges[index].quantity += 10 }
    #expect(differences.contains { $0.path.contains("chloride of the mixture at clinker-in") })
  }

  @Test("What nobody has measured stays an open point and is no part of the mixture")
  func unmeasured() throws {
    let result = try FacilityPlanTests.match(Self.park(isMixture: true, rich: nil), direct: true)
    #expect(Self.flows(result.plan) == ["rich": 1000, "lean": 400])
    let candidate = try #require(
      result.graph.candidates.first { $0.output.id.rawValue == "rich" })
    #expect(candidate.mixtures.isEmpty && candidate.unmeasured.map(\.rawValue) == ["chloride"])
  }

  @Test("Alone, a by-product beyond the limit carries nothing")
  func alone() throws {
    var park = Self.park(isMixture: true)
    park.declaration.outputs.removeAll { $0.id == "lean" }
    park.declaration.properties.removeAll { $0.stream == "lean" }
    let result = try FacilityPlanTests.match(park, direct: true) {
      $0.forbidden = []
    }
    #expect(result.plan.exchanges.isEmpty)
  }

  @Test("Only limits of inputs on shares of weight can hold for a mixture")
  func slips() {
    var park = Self.park(isMixture: true)
    park.property("ph", of: "clinker-in", maximum: 9, unit: "unit", isMixture: true)
    park.property("moisture", of: "lean", 8, unit: "%", isMixture: true)
    park.property("moisture", of: "clinker-in", 8, unit: "%", isMixture: true)
    #expect(park.issues().map(\.code) == ["not-additive", "not-a-limit", "missing-value"])
    #expect(park.issues().map(\.location.row) == [5, 6, 7])
  }
}
