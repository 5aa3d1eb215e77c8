import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite struct AlternativesTests {
  @Test func networksOfRandomParksEqualEnumeration() throws {
    var several = 0
    for (seed, study) in try Planned.studies(1..<2000, links: 2...8, wanted: 100) {
      var options = AlternativesOptions()
      options.within = [0.005, 0.02, 0.1, 0.3][Int(seed % 4)]
      options.networks = 400
      let found = try AlternativesSearch(study, options: options).run()
      let model = try study.wholeModel()
      let value = LinearCriterion(study.weights, of: model)
      let enumeration = Enumeration(model: model)
      var expected: [[String]: Double] = [:]
      let least = found.best - options.within * abs(found.best)
      let slack = 1e-7 * max(1, abs(found.best))
      // Within the tolerance of the margin a network may be listed or not.
      var uncertain: Set<[String]> = []
      for choice in enumeration.choices(trace: options.leastShare) {
        guard let worth = try enumeration.most(of: value, choice) else { continue }
        let names = model.links.indices.filter { choice.open[$0] }.map { model.linkNames[$0] }
          .sorted()
        if abs(worth - least) <= slack { uncertain.insert(names) }
        if worth >= least - slack { expected[names] = max(expected[names] ?? worth, worth) }
      }
      #expect(found.isComplete, "seed \(seed)")
      let listed = Set(found.networks.map(\.links))
      #expect(listed.count == found.networks.count, "seed \(seed): a network twice")
      let missing = Set(expected.keys).subtracting(listed).subtracting(uncertain)
      // The best plan itself may carry less than a trace on a link.
      let extra = listed.subtracting(expected.keys).subtracting(uncertain)
      #expect(missing.isEmpty, "seed \(seed)")
      #expect(extra.isEmpty, "seed \(seed)")
      for network in found.networks {
        if let worth = expected[network.links] {
          #expect(abs(worth - network.value) <= 1e-6 * max(1, abs(worth)), "seed \(seed)")
        }
      }
      for link in found.links where link.freedom == .mustHave {
        #expect(found.networks.allSatisfy { $0.links.contains(link.name) }, "seed \(seed)")
      }
      let known = Set(found.links.map(\.name))
      #expect(found.networks.allSatisfy { $0.links.allSatisfy(known.contains) }, "seed \(seed)")
      if found.networks.count > 1 { several += 1 }
    }
    #expect(several >= 50)
  }

  /// A must-have is lost only with the margin; what must be avoided cannot be had within it.
  @Test func freedomIsWhatReplanningSays() throws {
    for (seed, study) in try Planned.studies(5000..<6000, links: 3...14, wanted: 40) {
      let found = try AlternativesSearch(study).run()
      let model = try study.wholeModel()
      let variants = VariantSolver(
        solver: study.solver, stages: [study.weights], limits: study.plan.options.limits)
      let least = found.best - found.within * abs(found.best)
      for link in found.links where link.freedom == .mustHave {
        let without = try variants.solve(
          model.restricted(
            to: .init(
              links: model.links.indices.filter { model.linkNames[$0] != link.name },
              measures: Array(model.measures.indices))))
        #expect(!without.hasPlan || without.objective < least + 1e-7 * abs(least), "seed \(seed)")
      }
    }
  }
}
