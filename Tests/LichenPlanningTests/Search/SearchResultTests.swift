import Foundation
import LichenPlanning
import Testing

/// Plans as they go from process to process.
@Suite struct SearchResultTests {
  private static func result(_ flows: [Double], open: [Bool], taken: [Bool]) -> PlanSearchResult {
    PlanSearchResult(
      flows: flows, isOpen: open, isTaken: taken, status: .feasible, stopReason: .nodeLimit,
      objective: 0.1 + 0.2, bound: 1e300,
      components: [
        ComponentSummary(
          links: 3, rows: 2, columns: 5, integers: 1, status: "feasible", rawStatus: "cut",
          objective: .pi, bound: 4, nodes: 7)
      ], solverName: "GLPK", solverVersion: "5.0")
  }

  @Test("A plan comes back as it was, to the bit")
  func roundTrip() throws {
    let plan = Self.result(
      [0, 1.0 / 3, 0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude],
      open: [true, true, false, false, true, true], taken: [false, true, false])
    let data = try JSONEncoder().encode(plan)
    let found = try JSONDecoder().decode(PlanSearchResult.self, from: data)
    #expect(found.flows.map(\.bitPattern) == plan.flows.map(\.bitPattern))
    #expect(found.isOpen == plan.isOpen && found.isTaken == plan.isTaken)
    #expect(found.status == plan.status && found.stopReason == plan.stopReason)
    #expect(found.objective == plan.objective && found.bound == plan.bound)
    #expect(found.components == plan.components)
    #expect(found.solverName == "GLPK" && found.solverVersion == "5.0")
  }

  @Test("Places that are none are refused", arguments: ["flowing", "open", "taken"])
  func wrongPlaces(_ key: String) throws {
    let plan = Self.result([1, 2], open: [true, true], taken: [true])
    var object = try #require(
      JSONSerialization.jsonObject(with: JSONEncoder().encode(plan)) as? [String: Any])
    object[key] = [5]
    let data = try JSONSerialization.data(withJSONObject: object)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(PlanSearchResult.self, from: data)
    }
  }
}
