import GLPKSolver
import LichenAnalysis
import LichenDomain
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenReport

@Suite("Sections: finance and road map")
struct MoneySectionTests {
  /// Fly ash to the works, a measure that saves and one that costs.
  private static func park() throws -> Park {
    var park = Fixtures.mixedPark
    for (id, saving) in [("cheap", 90_000.0), ("dear", 100.0)] {
      var row = OptionRow(
        id: id, enterprise: "power", location: SourceLocation(file: "options.csv", row: 2))
      row.name = "Measure \(id)"
      row.capital = 200_000
      row.saving = saving
      row.co2 = 40
      park.declaration.options.append(row)
    }
    return try park.park()
  }

  private static func texts(_ section: AnalysisSection) -> [String] {
    [section.title, section.lead]
      + section.blocks.flatMap { block -> [String] in
        switch block {
        case .heading(let text), .paragraph(let text), .note(let text): [text]
        case .table(let table): table.columns.map(\.title) + table.rows.flatMap(\.self)
        case .chart(let chart): [chart.caption, chart.svg(width: 360), chart.svg(width: 860)]
        }
      }
  }

  /// Every text is filled in, and every drawing drawn of numbers.
  private static func check(_ section: AnalysisSection) {
    for text in texts(section) {
      #expect(!text.contains("{"), "\(text)")
      #expect(!text.contains(#/\b(nan|inf)\b/#), "\(text)")
      #expect(text.range(of: "finance.") == nil && text.range(of: "roadmap.") == nil, "\(text)")
    }
  }

  @Test("an appraisal with all terms names them, its firms, items and measures")
  func finance() throws {
    let result = try ReportFixture.match(Self.park()) { $0.objective = .carbon }
    var options = FinanceOptions()
    options.inflation = 0.03
    options.carbonPrice = 20
    options.tax = TaxTerms(rate: 0.22, carryForwardYears: 5)
    options.grant = .share(0.1)
    var loan = LoanTerms(share: 0.5, rate: 0.06, years: 8)
    loan.rateSubsidy = 0.02
    loan.guaranteedShare = 0.5
    loan.guaranteeFee = 0.01
    options.loan = loan
    let found = try FinanceAnalysis(plan: result.plan, options: options).run()
    let section = AnalysisSection.finance(found, of: result, language: ReportFixture.language)
    Self.check(section)
    let all = Self.texts(section).joined(separator: "\n")
    for word in ["22.0 %", "6.00 %", "4.00 %", "3.0 %", "Measure cheap", "Measure dear", "power"] {
      #expect(all.contains(word), "\(word)")
    }
    let bare = try FinanceAnalysis(plan: result.plan).run()
    Self.check(.finance(bare, of: result, language: ReportFixture.language))
    // The dear measure is a step of the curve, the cheap one is not.
    let charts = section.blocks.compactMap { block -> BlockChart? in
      if case .chart(let chart) = block, case .blocks(let blocks) = chart.kind {
        blocks
      } else {
        nil
      }
    }
    #expect(charts.count == 1)
    #expect(charts.first?.blocks.contains { $0.name == "Measure dear" } == true)
    #expect(charts.first?.blocks.contains { $0.name == "Measure cheap" } == false)
  }

  @Test("a road map shows what begins when, and says so where there is none")
  func roadmap() throws {
    let result = try ReportFixture.match(Self.park())
    var options = RoadmapOptions(from: 2021, years: 4)
    options.budgets = [150_000]
    options.buildingDays = 100
    options.periodsPerYear = 4
    func roadmap(_ plan: Plan) throws -> RoadmapResult {
      try RoadmapAnalysis(plan: plan, solver: GLPKSolver(), options: options).run()
    }
    let strict = AnalysisSection.roadmap(
      try roadmap(result.plan), of: result, language: ReportFixture.language)
    Self.check(strict)
    // Dearer than a year's limit.
    #expect(Self.texts(strict).contains { $0.hasPrefix("Dearer") && $0.contains("Measure cheap") })
    options.carriesOver = true
    let carried = AnalysisSection.roadmap(
      try roadmap(result.plan), of: result, language: ReportFixture.language)
    Self.check(carried)
    #expect(Self.texts(carried).contains("Measure cheap"))
    #expect(!Self.texts(carried).contains { $0.hasPrefix("Dearer") })
  }

  @Test("what is required and cannot be built in time leaves no road map")
  func impossible() throws {
    var park = Fixtures.ashPark
    park.declaration.outputs[0].minimumLot = 900
    var parts = CatalogueParts.standard
    parts.rules = [
      Fixtures.rule("EU-900", "EU", .permit, days: .of(100, 200, 4000))
    ]
    let result = try ReportFixture.match(park.park(parts.catalogue)) {
      $0.required = [LinkSelector("ash-out:clinker-in")].compactMap(\.self)
    }
    let found = try RoadmapAnalysis(
      plan: result.plan, solver: GLPKSolver(), options: RoadmapOptions(from: 2020, years: 3)
    ).run()
    #expect(found.solution.status == .infeasible)
    let section = AnalysisSection.roadmap(found, of: result, language: ReportFixture.language)
    Self.check(section)
    #expect(section.lead.hasPrefix("No order"))
  }
}
