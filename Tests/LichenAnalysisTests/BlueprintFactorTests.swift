import LichenDomain
import LichenGraph
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Factors of estimated streams")
struct BlueprintFactorTests {
  /// Two rice mills of known range, and a kiln that burns gas.
  private func park() throws -> Park {
    var builder = ParkBuilder(jurisdiction: "VN", currency: "VND", baseYear: 2024)
    for (index, name) in ["mill-1", "mill-2"].enumerated() {
      builder.enterprise(name, at: (10, 106 + Double(index) / 100))
      builder.declaration.enterprises[index].blueprint = "rice_mill"
      builder.declaration.enterprises[index].size = DeclaredQuantity(
        typical: 60_000, low: 40_000, high: 90_000, unit: "t/yr")
    }
    builder.enterprise("kiln", at: (10, 106.02))
    builder.input("gas", of: "kiln", "natural_gas", 200_000, "GJ/yr")
    return try Repository.engine.filled(try Repository.engine.park(builder.declaration)).park
  }

  @Test("mills of one sector share the coefficient and keep their own sizes")
  func shared() throws {
    let park = try park()
    let candidates = CandidateGenerator(park: park).graph().candidates.filter {
      $0.output.name == "Husk" && $0.input.id.rawValue == "gas"
    }
    #expect(candidates.count == 2)
    let set = FactorSet(candidates, park: park)
    let keys = set.factors.map(\.key)
    #expect(keys.filter { $0.hasPrefix("coefficient:") } == ["coefficient:rice_mill:output:Husk"])
    #expect(keys.filter { $0.hasPrefix("size:") } == ["size:mill-1", "size:mill-2"])
    #expect(!keys.contains { $0.hasPrefix("stream:mill") })
    let shared = try #require(keys.firstIndex(of: "coefficient:rice_mill:output:Husk"))
    #expect(candidates.allSatisfy { set.byCandidate[$0.id]?.contains(shared) == true })
  }

  @Test("a quantity is size times coefficient at whatever values are supposed")
  func product() throws {
    let park = try park()
    let candidate = try #require(
      CandidateGenerator(park: park).graph().candidates.first {
        $0.output.id.rawValue == "mill-1-husk" && $0.input.id.rawValue == "gas"
      })
    let set = FactorSet([candidate], park: park)
    let index = Dictionary(
      uniqueKeysWithValues: set.factors.enumerated().map { ($0.element.identity, $0.offset) })
    var values = set.typical
    let size = try #require(index[.size(.of("mill-1"))])
    let amount = try #require(index[.coefficient(sector: "rice_mill", .output, "Husk")])
    values[size] = 50_000
    values[amount] = 0.21
    let made = Supposition(set, values: values, index: index, in: park).candidate(candidate)
    #expect(abs((made.output.quantity?.yearly.typical ?? 0) - 10_500) < 1e-6)
  }

  @Test("a figure that somebody has changed is no product any more")
  func changed() throws {
    var declaration = try park().declaration
    let row = try #require(declaration.outputs.firstIndex { $0.id == "mill-1-husk" })
    declaration.outputs[row].quantity.typical = 13_000
    let park = try Repository.engine.park(declaration)
    let candidates = CandidateGenerator(park: park).graph().candidates.filter {
      $0.output.id.rawValue == "mill-1-husk"
    }
    let set = FactorSet(candidates, park: park)
    #expect(set.factors.contains { $0.key == "stream:mill-1-husk" })
    #expect(!set.factors.contains { $0.key == "size:mill-1" })
  }
}
