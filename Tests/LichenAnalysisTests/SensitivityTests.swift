import Foundation
import LichenDomain
import LichenGraph
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Finance: sensitivity and document")
struct SensitivityTests {
  /// 900 t of clinker at 50, typically 60, at most 80 EUR/t.
  @Test("a price moves the value by its own ends, other figures by the span")
  func onePrice() throws {
    let plan = try Planned.plan(Fixtures.ashPark.park(Planned.onePrice)).plan
    var options = FinanceOptions()
    options.discountRate = 0.08
    options.horizon = 10
    let result = try FinanceAnalysis(plan: plan, options: options).run()
    let value = result.park.project.netPresentValue
    let years = 1 / 0.14902948869707536
    let price = try #require(result.sensitivity.first { $0.group == .purchase })
    #expect(price.basis == .range)
    #expect(abs(price.atLow - (value - 9000 * years)) < 1e-3)
    #expect(abs(price.atHigh - (value + 18_000 * years)) < 1e-3)
    // Even without the 54,000 a year of clinker the disposal that is spared pays.
    #expect(value - 54_000 * years > 0)
    #expect(price.breakEvenFactor == nil)
    let treatment = try #require(result.sensitivity.first { $0.group == .treatment })
    #expect(treatment.basis == .span)
    // 10 EUR/t on 1000 t, 20 % up and down: a dear treatment is the high end.
    #expect(abs(treatment.atHigh - (value - 2000 * years)) < 1e-3)
    #expect(abs(treatment.atLow - (value + 2000 * years)) < 1e-3)
    #expect(!result.sensitivity.contains { $0.group == .carbonPrice || $0.group == .saving })
  }

  @Test("every swing is ranked, and every break-even breaks even", arguments: UInt64(0)..<20)
  func breakEven(seed: UInt64) throws {
    let plan = try FinanceParks.plan(seed: seed)
    var options = FinanceOptions()
    options.tax = seed % 2 == 0 ? TaxTerms(rate: 0.2) : nil
    options.carbonPrice = 30
    let analysis = try FinanceAnalysis(plan: plan, options: options)
    let result = analysis.run()
    let swings = result.sensitivity.map(\.swing)
    #expect(swings == swings.sorted(by: >))
    let project = FinanceProject(plan: plan)
    let size = project.items.reduce(1e6) { $0 + $1.capital.typical }
    for bar in result.sensitivity {
      guard let factor = bar.breakEvenFactor, factor < 1e6 else { continue }
      let moved = project.changing { item in
        if bar.group == .quantity { item.scaleQuantity(by: factor) }
        for place in item.lines.indices where SensitivityGroup(item.lines[place].term) == bar.group
        {
          item.lines[place].money = item.lines[place].money.map { $0 * factor }
        }
        if bar.group == (item.kind == .permit ? .permits : .capital) {
          item.capital = item.capital * factor
        }
      }
      let terms =
        bar.group == .carbonPrice
        ? result.terms.replacing(carbonPrice: 30 * factor) : result.terms
      #expect(abs(FinanceAnalysis.value(of: moved, terms)) < 1e-7 * size * max(1, factor))
    }
  }

  @Test(
    "documents satisfy their shipped schema",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func schema() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for seed in UInt64(0)..<8 {
      let plan = try FinanceParks.plan(seed: seed)
      var options = FinanceParks.options(seed: seed)
      if seed == 3 { options.tax = TaxTerms(rate: 0.2, carryForwardYears: 5) }
      let result = try FinanceAnalysis(plan: plan, options: options).run()
      let judge = try SchemaJudge.judge(FinanceDocument(result), by: "finance", in: folder)
      #expect(judge.status == 0, "\(seed): \(judge.output)\(judge.error)")
    }
  }
}

/// Asks an independent validator about a document.
enum SchemaJudge {
  static func judge(_ document: some Encodable, by name: String, in folder: URL) throws
    -> ProcessOutcome
  {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let file = folder.appendingPathComponent("\(name).json")
    try encoder.encode(document).write(to: file)
    guard let python = Repository.judgesPython else { throw CocoaError(.fileNoSuchFile) }
    return try Repository.run(
      python,
      [
        Repository.root.appendingPathComponent("Tests/judges/schema.py").path,
        Repository.data.appendingPathComponent("schemas/\(name).schema.json").path, file.path,
      ])
  }
}
