import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite struct BarrierTests {
  @Test func liftingNeverLowersTheOptimum() throws {
    var costly = 0
    for (seed, study) in try Planned.studies(1..<800, links: 1...40, wanted: 100) {
      let result = try BarrierAnalysis(study).run()
      for value in result.singles + result.pairs.map(\.both) {
        #expect(value.value >= -result.tolerance, "seed \(seed), \(value.barriers)")
      }
      for pair in result.pairs {
        let singles = pair.both.barriers.compactMap { barrier in
          result.singles.first { $0.barriers == [barrier] }?.value
        }
        // Two together never bring less than one of them.
        #expect(pair.both.value >= (singles.max() ?? 0) - result.tolerance, "seed \(seed)")
      }
      costly += result.singles.count { $0.value > result.tolerance }
    }
    #expect(costly >= 10)
  }

  /// Lifting a rule is the same as planning a park whose overrides switch it off.
  @Test func liftingARuleIsPlanningWithoutIt() throws {
    for (seed, study) in try Planned.studies(1..<200, links: 1...40, wanted: 20) {
      let result = try BarrierAnalysis(study).run()
      for value in result.singles {
        guard case .rule(let id) = value.barriers[0] else { continue }
        var declaration = study.park.declaration
        declaration.overrides.append(
          OverrideRow(
            key: "rule.\(id)", value: "off", location: SourceLocation(file: "overrides.csv")))
        let park = try Park(declaration, catalogue: Fixtures.catalogue)
        let again = try Planned.plan(park) { $0.objective = .netBenefit }
        let change = again.plan.money.typical - study.plan.money.typical
        #expect(
          abs(change - value.money) <= 1e-6 * max(1, abs(study.plan.money.typical)),
          "seed \(seed), \(id)")
      }
    }
  }
}
