import LichenDomain
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite struct MarginalTests {
  /// Where a little more brings as much as a little less costs, the dual says the same; links that may open make more
  /// never worth less than nothing, and less never a gain.
  @Test func shadowPricesAgreeWithMarginalsThatAgree() throws {
    var tested = 0
    for (seed, study) in try Planned.studies(
      1..<400, links: 2...20, wanted: 60, park: FairSplitTests.withoutDuties)
    {
      let share = 1e-4
      let base = try study.variants.solve(study.model)
      for value in try MarginalAnalysis(study, share: share).run().values {
        guard let more = value.more, let less = value.less else { continue }
        // Links that are open may only be used more; others may open too: never worse than the dual says.
        let slack = 1e-6 * max(abs(value.shadowPrice), abs(base.objective) / value.amount)
        #expect(more >= min(value.shadowPrice, 0) - slack, "seed \(seed), \(value.resource)")
        #expect(less >= -slack, "seed \(seed)")
        if abs(more - less) <= slack {
          #expect(
            abs(value.shadowPrice - more) <= 1e-3 * abs(more) + slack,
            "seed \(seed), \(value.resource)")
          tested += 1
        }
      }
    }
    #expect(tested >= 40)
  }
}
