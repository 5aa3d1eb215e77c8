import GLPKSolver
import LichenDomain
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite struct RegretTests {
  @Test(
    "A plan is worth no more than the optimum, wherever it is judged, and regretted nowhere less than 0"
  )
  func properties() throws {
    var (cells, positive, stranded, unaffordable, impossible) = (0, 0, 0, 0, 0)
    for seed in UInt64(1)...120 {
      let isShipped = seed.isMultiple(of: 2)
      let park = isShipped ? ScenarioTrial.competing(seed: seed) : ScenarioTrial.park(seed: seed)
      let rules = isShipped ? ["DK-001", "EU-001", "DK-007"] : ["EU-1", "EU-2", "EU-3", "VN-1"]
      let comparison = try ScenarioTrial.comparison(
        park,
        (0..<3).map { ScenarioTrial.changes(of: park, seed: seed * 10 + $0, rules: rules) },
        catalogue: isShipped ? ScenarioTrial.shipped : Fixtures.catalogue)
      let matrix = try #require(comparison.regret)
      for (row, line) in matrix.cells.enumerated() {
        for (column, cell) in line.enumerated() {
          let judged = comparison.all[column]
          #expect((cell == nil) == !(comparison.all[row].hasPlan && judged.hasPlan))
          guard let cell else { continue }
          cells += 1
          let optimum = judged.plan.certificate.incumbent
          let tolerance = 1e-6 * max(1, abs(optimum), abs(cell.value ?? 0))
          if !cell.isAffordable { unaffordable += 1 }
          stranded += cell.stranded.count
          guard let value = cell.value, let regret = cell.regret else {
            impossible += 1
            #expect(row != column, "seed \(seed): a plan is possible where it was made")
            continue
          }
          #expect(
            value <= judged.plan.certificate.bound + tolerance, "seed \(seed) \(row) \(column)")
          #expect(regret >= 0 && abs(regret - max(0, optimum - value)) <= tolerance)
          #expect(cell.isProven, "seed \(seed)")
          if row == column {
            #expect(regret == 0, "seed \(seed) \(row): \(regret) of \(optimum)")
            #expect(abs(value - optimum) <= tolerance && cell.stranded.isEmpty)
          }
          if regret > 1 { positive += 1 }
        }
      }
    }
    // The parks must have told something.
    #expect(
      cells > 1500 && positive > 100 && stranded > 20 && unaffordable > 5 && impossible > 5,
      "\(cells) \(positive) \(stranded) \(unaffordable) \(impossible)")
  }

  /// Worked out by hand from the figures of the fixture: transaction 1000 EUR/a; permit 5000 EUR at 8 %
  /// over 10 a, annuity 0.14902949.
  @Test("A network whose receiver closes costs its fixed lines and its permit")
  func strandedByHand() throws {
    var park = Fixtures.ashPark
    park.declaration.outputs[0].wasteCode = "10 01 02"
    let comparison = try ScenarioTrial.comparison(park, [[("enterprise.cement", "closed")]])
    let cell = try #require(comparison.regret?.cells[0][1])
    #expect(cell.stranded == ["ash-out:clinker-in:fly_ash__clinker"])
    #expect(abs((cell.value ?? 0) + 1000 + 5000 * 0.14902949) < 0.001)
    #expect(abs((cell.regret ?? 0) - 1745.14745) < 0.001)
    // The other way round, nothing was built where 1000 t of ash could have gone.
    let missed = try #require(comparison.regret?.cells[1][0])
    #expect(missed.value == 0 && missed.stranded.isEmpty)
    #expect(missed.regret == comparison.baseline.plan.certificate.incumbent)
  }

  /// 15 t of ash gain 50 + 0.9 · 60 − 1 − 2 − 10 = 91 EUR/t, 1365 EUR/a: more than the 1000 EUR/a of
  /// the link, less than these and the permit's 745.147 EUR/a together.
  @Test("A permit that only the judging law asks for is taken if it is worth it by itself")
  func otherLaw() throws {
    var park = Fixtures.ashPark
    park.declaration.outputs[0].wasteCode = "10 01 02"
    park.declaration.outputs[0].quantity.typical = 15
    let comparison = try ScenarioTrial.comparison(park, [[("rule.EU-1", "off")]])
    #expect(comparison.baseline.plan.exchanges.isEmpty)
    #expect(abs(comparison.scenarios[0].plan.money.typical - 365) < 1e-6)
    // Built under the milder law: the link is paid, so the permit is worth its 745.147 EUR/a.
    let cell = try #require(comparison.regret?.cells[1][0])
    #expect(abs((cell.regret ?? 0) - (1000 + 5000 * 0.14902949 - 1365)) < 0.001)
    // Built under the stricter law: nothing, and 365 EUR/a are missed.
    #expect(abs((comparison.regret?.cells[0][1]?.regret ?? 0) - 365) < 1e-6)
  }

  @Test("A network beyond the budget is built as far as the budget reaches")
  func unaffordable() throws {
    var park = Fixtures.pair(
      "used_water", 500_000, "m3/yr", to: "process_water", 500_000, "m3/yr", km: 1)
    park.declaration.outputs[0].currentRoute = "sewer"
    let base = try ScenarioTrial.planned(park)
    let capital = try #require(base.figures?.capital.typical)
    #expect(base.plan.exchanges.count == 1 && capital > 0)
    let comparison = try ScenarioTrial.comparison(
      park, [[("capital_budget", "\(capital * 0.9)")], [("capital_budget", "\(capital * 1.1)")]])
    let low = try #require(comparison.regret?.cells[0][1])
    #expect(!low.isAffordable && low.value == 0 && low.regret == 0)
    let high = try #require(comparison.regret?.cells[0][2])
    #expect(high.isAffordable && high.regret == 0)
  }

  @Test("The answer does not depend on threads")
  func threads() throws {
    let park = ScenarioTrial.park(seed: 5)
    let scenarios = (0..<4).map { ScenarioTrial.changes(of: park, seed: 50 + $0) }
    let one = try ScenarioTrial.comparison(park, scenarios, threads: 1)
    let four = try ScenarioTrial.comparison(park, scenarios, threads: 4)
    #expect(one.regret?.cells == four.regret?.cells)
  }
}
