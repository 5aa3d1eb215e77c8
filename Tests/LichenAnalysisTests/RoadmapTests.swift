import Foundation
import GLPKSolver
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Road map: years of a park")
struct RoadmapTests {
  private static func roadmap(
    _ plan: Plan, from: Int = 2024, years: Int, configure: (inout RoadmapOptions) -> Void = { _ in }
  ) throws -> RoadmapResult {
    var options = RoadmapOptions(from: from, years: years)
    configure(&options)
    return try RoadmapAnalysis(plan: plan, solver: GLPKSolver(), options: options).run()
  }

  private static func plan(
    seed: UInt64, isChanging: Bool = false, configure: (inout PlanningOptions) -> Void = { _ in }
  ) throws -> Plan {
    var declaration = FinanceParks.declaration(seed: seed)
    if isChanging {
      var random = SeededGenerator(seed: seed)
      for index in declaration.outputs.indices where random.chance(0.5) {
        declaration.outputs[index].fromYear = random.chance(0.5) ? 2025 : nil
        declaration.outputs[index].toYear = random.chance(0.5) ? 2026 : nil
      }
      for index in declaration.inputs.indices where random.chance(0.4) {
        declaration.inputs[index].toYear = random.chance(0.5) ? 2025 : nil
      }
    }
    return try Planned.plan(Repository.engine.park(declaration), configure: configure).plan
  }

  @Test(
    "with capital and no waits all begins at once, and each year is the best there is",
    arguments: UInt64(0)..<40)
  func unlimited(seed: UInt64) throws {
    let plan = try Self.plan(seed: seed)
    let result = try Self.roadmap(plan, years: 5) { $0.wait = .none }
    #expect(result.solution.status == .optimal)
    for item in result.items where item.begin != nil { #expect(item.begin == 0) }
    let size = max(1, abs(plan.money.typical), plan.capital.typical)
    for year in result.years {
      #expect(abs(year.benefit - plan.money.typical) < 1e-6 * size)
      #expect(abs(year.staticBenefit - plan.money.typical) < 1e-9 * size)
    }
    #expect(result.costOfWaits.map { abs($0) < 1e-6 * size } == true)
    #expect(result.costOfCapitalLimits == 0)
    // Five years of the yearly benefit.
    let factor = 1 / LedgerBuilder.annuityFactor(rate: result.rate, years: 5)
    #expect(abs(result.netPresentValue - plan.money.typical * factor) < 1e-5 * size)
  }

  @Test("limits, orders and sums of a road map hold", arguments: UInt64(0)..<30)
  func invariants(seed: UInt64) throws {
    let plan = try Self.plan(seed: seed, isChanging: true)
    var random = SeededGenerator(seed: seed &+ 3)
    let budget = random.number(in: 0...(max(1, plan.capital.typical) / 2))
    let result = try Self.roadmap(plan, years: 4) {
      $0.budgets = [budget]
      $0.carriesOver = seed % 2 == 0
      $0.buildingDays = seed % 3 == 0 ? 200 : 0
      $0.periodsPerYear = seed % 5 == 0 ? 2 : 1
      $0.scope = seed % 4 == 0 ? .all : .plans
    }
    try #require(result.solution.isThere)
    var (spent, granted) = (0.0, 0.0)
    for year in result.years {
      spent += year.invested
      granted += budget
      if result.options.carriesOver {
        #expect(spent <= granted + 1e-6)
      } else {
        #expect(year.invested <= budget + 1e-6)
      }
      #expect(year.available.map { year.invested <= $0 + 1e-6 } == true)
    }
    checkOrder(result)
    let last = try #require(result.years.last)
    let size = max(1, abs(result.netPresentValue), plan.capital.typical)
    #expect(
      abs(last.cumulatedDiscounted + result.residualValue - result.netPresentValue) < 1e-9 * size)
    let gap = 1e-6 * size
    #expect(result.unlimited.value >= result.solution.value - gap)
    #expect(result.ideal.value >= result.unlimited.value - gap)
    // No year beats the best plan of its park, what stands idle paid for all the same.
    for year in result.years { #expect(year.benefit <= year.staticBenefit + 1e-6 * size) }
  }

  private func checkOrder(_ result: RoadmapResult) {
    let model = result.model
    for (index, asset) in model.assets.enumerated() {
      guard let begin = result.solution.begins[index], !asset.isThere else { continue }
      #expect(begin >= asset.earliest && begin >= asset.lead)
      for before in asset.prerequisites {
        #expect(result.solution.begins[before.asset].map { $0 + before.lag <= begin } == true)
      }
    }
    for (period, facts) in model.periods.enumerated() {
      for (arc, flow) in zip(facts.arcs, result.solution.flows[period]) where flow > 0 {
        #expect(result.solution.begins[arc.asset].map { $0 <= period } == true)
        #expect(flow <= arc.upper * (1 + 1e-9))
      }
    }
  }

  @Test("streams come and go, and exchanges with them")
  func years() throws {
    var park = Fixtures.ashPark
    park.declaration.outputs[0].fromYear = 2022
    park.declaration.outputs[0].toYear = 2023
    let plan = try Planned.plan(park.park()).plan
    #expect(plan.exchanges.isEmpty)
    let result = try Self.roadmap(plan, from: 2020, years: 5)
    let exchange = try #require(result.items.first { $0.kind == .exchange })
    #expect(exchange.running == [2, 3])
    #expect(result.years.map { $0.gain > 0 } == [false, false, true, true, false])
  }

  @Test("a permit of 400 days is applied for two years before")
  func permits() throws {
    var parts = CatalogueParts.standard
    parts.rules = [
      Fixtures.rule(
        "EU-900", "EU", .permit, days: .of(100, 200, 400))
    ]
    let plan = try Planned.plan(Fixtures.ashPark.park(parts.catalogue)).plan
    #expect(plan.permits.count == 1)
    for (wait, begin) in [(PermitWait.longest, 2), (.typical, 1), (.none, 0)] {
      let result = try Self.roadmap(plan, years: 4) { $0.wait = wait }
      let exchange = try #require(result.items.first { $0.kind == .exchange })
      #expect(exchange.begin == begin)
      #expect(exchange.permitFrom == (begin == 0 ? nil : 0))
    }
    let quarters = try Self.roadmap(plan, years: 4) { $0.periodsPerYear = 4 }
    // 400 days of 91.25 days a quarter are five quarters.
    #expect(quarters.items.first { $0.kind == .exchange }?.begin == 5)
    #expect(quarters.costOfWaits.map { $0 > 0 } == true)
  }

  @Test("wishes for an order are kept, circles and unknown names are refused")
  func precedences() throws {
    var park = Fixtures.ashPark
    for id in ["first", "second"] {
      var row = OptionRow(
        id: id, enterprise: "power", location: SourceLocation(file: "options.csv", row: 2))
      row.capital = 100
      row.saving = 300
      park.declaration.options.append(row)
    }
    let plan = try Planned.plan(park.park()).plan
    let ordered = try Self.roadmap(plan, years: 3) {
      $0.precedences = [Precedence(later: "first", earlier: "second")]
    }
    #expect(ordered.items.first { $0.name == "first" }?.begin == 1)
    #expect(ordered.items.first { $0.name == "second" }?.begin == 0)
    #expect(throws: RoadmapError.circle(["first", "second"])) {
      try Self.roadmap(plan, years: 3) {
        $0.precedences = [
          Precedence(later: "first", earlier: "second"),
          Precedence(later: "second", earlier: "first"),
        ]
      }
    }
    #expect(throws: RoadmapError.self) {
      try Self.roadmap(plan, years: 3) {
        $0.precedences = [Precedence(later: "frist", earlier: "second")]
      }
    }
    let scarce = try Self.roadmap(plan, years: 3) {
      $0.budgets = [0, 100]
      $0.wait = .none
    }
    #expect(scarce.years.map(\.invested) == [0, 100, 100])
    let saved = try Self.roadmap(plan, years: 3) {
      $0.budgets = [100, 50, 50]
      $0.carriesOver = true
      $0.wait = .none
    }
    #expect(saved.years.map(\.invested) == [100, 0, 100])
    #expect(saved.years.map(\.available) == [100, 50, 100])
  }

  @Test("equal input gives equal bytes")
  func repeatable() throws {
    func bytes() throws -> Data {
      let plan = try Self.plan(seed: 4, isChanging: true)
      let result = try Self.roadmap(plan, years: 4) { $0.budgets = [50_000] }
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return try encoder.encode(RoadmapDocument(result))
    }
    #expect(try bytes() == bytes())
  }

  @Test(
    "documents satisfy their shipped schema",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func schema() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for seed in UInt64(0)..<6 {
      let plan = try Self.plan(seed: seed, isChanging: seed % 2 == 0)
      let result = try Self.roadmap(plan, years: 3) {
        $0.budgets = seed % 3 == 0 ? [] : [40_000, 10_000]
        $0.buildingDays = 90
      }
      let judge = try SchemaJudge.judge(RoadmapDocument(result), by: "roadmap", in: folder)
      #expect(judge.status == 0, "\(seed): \(judge.output)\(judge.error)")
    }
  }

  @Test("options out of range are refused, all at once")
  func problems() throws {
    var options = RoadmapOptions(from: 2024, years: 0)
    options.periodsPerYear = 3
    options.budgets = [-1]
    options.buildingDays = -5
    options.discountRate = 2
    #expect(options.problems.count == 5)
    #expect(options.periods(ofDays: 0) == 0)
    options.periodsPerYear = 4
    #expect([1.0, 91, 91.25, 92, 365].map { options.periods(ofDays: $0) } == [1, 1, 1, 2, 4])
  }
}
