import GLPKSolver
import LichenDomain
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite struct StressTests {
  /// Nothing that is lost makes the rest worth more, and going on as before is never better than planning again.
  @Test func lossesOnlyCost() throws {
    var replaced = 0
    for (seed, study) in try Planned.studies(
      1..<400, links: 2...40, wanted: 60, park: FairSplitTests.withoutDuties)
    {
      let analysis = LossAnalysis(study)
      let scale = 1e-6 * max(1, abs(analysis.planned))
      let all = analysis.losses.map { [$0] } + LossAnalysis.pairs(analysis.losses)
      for outcome in try all.map(analysis.outcome) {
        #expect(outcome.replanned <= analysis.planned + scale, "seed \(seed)")
        #expect(outcome.kept <= outcome.replanned + scale, "seed \(seed), \(outcome.losses)")
        replaced += outcome.replacements.count
      }
    }
    #expect(replaced > 0)
  }

  /// A loss against trying every choice of what is left.
  @Test func replanningAfterALossEqualsEnumeration() throws {
    for (seed, study) in try Planned.studies(
      500..<1000, links: 2...8, wanted: 25, park: FairSplitTests.withoutDuties)
    {
      let analysis = LossAnalysis(study)
      for outcome in try analysis.losses.map({ try analysis.outcome(of: [$0]) }) {
        guard case .enterprise(let firm) = outcome.losses[0] else { continue }
        let rest = study.model(closing: [firm])
        let expected = try ExhaustiveOptimum.value(of: rest, solver: GLPKSolver()) ?? 0
        #expect(
          abs(outcome.replanned - expected) <= 1e-6 * max(1, abs(expected)), "seed \(seed)")
      }
    }
  }

  /// Γ at a risk of one per cent, by the exact bound; Bertsimas & Sim 2004, table 1, give 8.2, 24.3, 33.9 and 105.
  @Test(arguments: [(10, 8.2, 0.05), (100, 24.3, 0.1), (200, 33.9, 0.05), (2000, 105.0, 0.05)])
  func budgetsForOnePerCent(count: Int, expected: Double, tolerance: Double) {
    let budget = RobustBudget.least(count: count, risk: 0.01)
    #expect(abs(budget - expected) <= tolerance)
    #expect(RobustBudget.violation(count: count, budget: budget) <= 0.01)
    #expect(RobustBudget.violation(count: count, budget: budget - 1e-6) > 0.01)
  }

  /// B(n, Γ) for whole ν is the tail of a binomial with p = 1/2: n = 4, Γ = 2: (C(4,3) + C(4,4)) / 16.
  @Test func violationOfSmallCases() {
    #expect(abs(RobustBudget.violation(count: 4, budget: 2) - 5.0 / 16) < 1e-12)
    #expect(abs(RobustBudget.violation(count: 4, budget: 4) - 1.0 / 16) < 1e-12)
    #expect(abs(RobustBudget.violation(count: 4, budget: 3) - (0.5 * 4 + 1) / 16) < 1e-12)
  }

  /// Whichever streams fail within the budget, alone or in part, at least the guarantee is left.
  @Test func robustPlansKeepTheirGuarantee() throws {
    var tested = 0
    for (seed, study) in try Planned.studies(
      1..<400, links: 3...20, wanted: 40, park: FairSplitTests.withoutDuties)
    {
      let analysis = RobustAnalysis(study)
      let front = try analysis.front(analysis.budgets.map(analysis.point))
      guard !front.threats.isEmpty, front.threats.count <= 12 else { continue }
      let scale = 1e-6 * max(1, abs(front.points[0].nominal))
      let optimum = try study.variants.solve(study.model).objective
      #expect(abs(front.points[0].nominal - optimum) <= scale, "seed \(seed)")
      for (one, next) in zip(front.points, front.points.dropFirst()) {
        #expect(next.guaranteed <= one.guaranteed + scale, "seed \(seed)")
      }
      for point in front.points {
        let flows = Dictionary(uniqueKeysWithValues: zip(point.links, point.flows))
        for mask in 0..<(1 << front.threats.count)
        where mask.nonzeroBitCount <= Int(point.budget) {
          var left: [String: Double] = [:]
          for (place, threat) in front.threats.enumerated() where mask >> place & 1 == 1 {
            for (index, link) in study.model.links.enumerated() {
              let ids = [
                link.output.map { study.park.outputs[$0].id },
                link.input.map { study.park.inputs[$0].id },
              ]
              if ids.contains(threat.stream) {
                let name = study.model.linkNames[index]
                left[name] = min(left[name] ?? 1, 1 - threat.loss)
              }
            }
          }
          var value = point.nominal
          for (index, link) in study.model.links.enumerated() {
            let name = study.model.linkNames[index]
            guard let flow = flows[name], let share = left[name] else { continue }
            value -= study.model.unitValue(of: link, study.weights) * flow * (1 - share)
          }
          #expect(value >= point.guaranteed - scale, "seed \(seed), Γ \(point.budget)")
        }
        tested += 1
      }
    }
    #expect(tested >= 50)
  }

  /// The bound holds for sums of figures that vary symmetrically, whatever their sizes.
  @Test(arguments: [2.0, 4, 6, 7.5]) func violationsAreAsRareAsTheorySays(budget: Double) {
    var random = SeededGenerator(seed: UInt64(budget * 10))
    let sizes = (0..<10).map { _ in random.number(in: 0.2...3) }
    let sorted = sizes.sorted(by: >)
    let whole = Int(budget)
    let protected =
      sorted.prefix(whole).reduce(0, +) + (budget - Double(whole)) * sorted[whole]
    var broken = 0
    for _ in 0..<20_000 {
      let sum = sizes.reduce(0) { $0 + $1 * random.number(in: -1...1) }
      if sum > protected { broken += 1 }
    }
    #expect(
      Double(broken) / 20_000 <= RobustBudget.violation(count: 10, budget: budget) + 0.005)
  }

  /// Birge & Louveaux 2011, section 1.1: a farmer divides 500 acres between wheat, corn and sugar beets before yields are
  /// known to be 20 % better, average or 20 % worse. In their words of cost: recourse −108,390, wait-and-see −115,406,
  /// value of information 7,016, value of the stochastic solution 1,150.
  @Test func theFarmersProblem() throws {
    func outcome(_ yield: Double, probability: Double) -> TwoStageProgram.Outcome {
      // Bought and sold: wheat, corn; beets at the favoured and the low price.
      let columns = [
        MIPColumn(name: "buy wheat", objective: -238), MIPColumn(name: "buy corn", objective: -210),
        MIPColumn(name: "sell wheat", objective: 170), MIPColumn(name: "sell corn", objective: 150),
        MIPColumn(name: "beets", upper: 6000, objective: 36),
        MIPColumn(name: "more beets", objective: 10),
      ]
      let rows = [
        MIPRow(name: "wheat", lower: 200, entries: [(0, 2.5 * yield), (3, 1), (5, -1)]),
        MIPRow(name: "corn", lower: 240, entries: [(1, 3 * yield), (4, 1), (6, -1)]),
        MIPRow(name: "beets", lower: 0, entries: [(2, 20 * yield), (7, -1), (8, -1)]),
      ]
      return .init(probability: probability, columns: columns, rows: rows)
    }
    let program = TwoStageProgram(
      first: [
        MIPColumn(name: "wheat", objective: -150), MIPColumn(name: "corn", objective: -230),
        MIPColumn(name: "beets", objective: -260),
      ],
      rows: [MIPRow(name: "land", upper: 500, entries: [(0, 1), (1, 1), (2, 1)])],
      outcomes: [1.2, 1, 0.8].map { outcome($0, probability: 1.0 / 3) },
      mean: outcome(1, probability: 1))
    let result = try #require(try program.solve(GLPKSolver()))
    #expect(abs(result.recourse - 108_390) < 0.5)
    #expect(abs(result.waitAndSee - 115_406) < 0.5)
    #expect(abs(result.informationValue - 7016) < 0.5)
    #expect(abs(try #require(result.stochasticValue) - 1150) < 0.5)
    // 170 acres of wheat, 80 of corn, 250 of beets (table 5).
    for (found, expected) in zip(result.first, [170.0, 80, 250]) {
      #expect(abs(found - expected) < 1e-6)
    }
  }

  @Test func knowingMoreNeverCosts() throws {
    var tested = 0
    for (seed, study) in try Planned.studies(
      1..<300, links: 2...25, wanted: 25, park: FairSplitTests.withoutDuties)
    {
      var options = TwoStageOptions()
      options.samples = 12
      let analysis = TwoStageAnalysis(study, options: options)
      let plan = try analysis.plan(analysis.choices.map(analysis.found))
      for estimate in plan.estimates {
        let scale = 1e-5 * max(1, abs(estimate.recourse))
        #expect(estimate.stochasticValue >= -scale, "seed \(seed)")
        #expect(estimate.informationValue >= -scale, "seed \(seed)")
      }
      if plan.streams > 0 { tested += 1 }
    }
    #expect(tested >= 20)
  }
}
