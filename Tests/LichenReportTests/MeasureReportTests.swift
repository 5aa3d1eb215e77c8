import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenReport

/// Efficiency measures beside exchanges, from declaration to the report's rows.
@Suite struct MeasureReportTests {
  private static func park(budget: Double? = nil, _ rows: [(inout OptionRow) -> Void]) throws
    -> Park
  {
    var builder = Fixtures.mixedPark
    builder.declaration.settings = builder.declaration.settings.replacing(capitalBudget: budget)
    for (index, configure) in rows.enumerated() {
      var row = OptionRow(
        id: "q\(index + 1)", enterprise: "power",
        location: SourceLocation(file: "options.csv", row: index + 2))
      configure(&row)
      builder.declaration.options.append(row)
    }
    return try builder.park()
  }

  private static func measure(
    capital: Double?, saving: Double, co2: Double? = 5, status: String = ""
  ) -> (inout OptionRow) -> Void {
    {
      $0.capital = capital
      $0.saving = saving
      $0.co2 = co2
      $0.status = status
    }
  }

  @Test func everyFateIsTold() throws {
    let park = try Self.park(
      budget: 1_000_000,
      [
        Self.measure(capital: 100_000, saving: 90_000),
        Self.measure(capital: 900_000_000, saving: 400_000_000),
        Self.measure(capital: 50_000, saving: 1),
        Self.measure(capital: nil, saving: 5),
        Self.measure(capital: 10, saving: 5, status: "done"),
        Self.measure(capital: 10, saving: 500, co2: nil, status: "building"),
      ])
    let result = try ReportFixture.match(park)
    let view = try #require(MeasuresView(ReportContext(result, language: ReportFixture.language)))
    func key(_ name: String) -> String { ReportFixture.language.text("measure.\(name)") }
    let fates = Dictionary(uniqueKeysWithValues: view.measureRows.map { ($0.name, $0.fate) })
    #expect(
      fates == [
        "q1": key("taken"), "q2": key("not-chosen"), "q3": key("never-pays"),
        "q4": key("capital-unknown"), "q5": key("already-done"), "q6": key("taken"),
      ])
    #expect(view.measureRows.map(\.name).prefix(2) == ["q1", "q6"])
    let invested =
      result.plan.exchanges.map(\.capital.typical).reduce(0, +)
      + result.plan.measures.map(\.capital.typical).reduce(0, +)
    #expect(invested <= 1_000_000)
  }

  @Test func aMeasureThatIsBeingBuiltIsKeptThoughItsSavingIsUnknown() throws {
    let park = try Self.park([
      {
        $0.status = "building"
        $0.stream = "ash"
        $0.change = -10_000
        $0.unit = "t/yr"
      }
    ])
    let result = try ReportFixture.match(park)
    #expect(result.plan.measures.map(\.option.id.rawValue) == ["q1"])
    let given = result.plan.exchanges.filter { $0.candidate.output.id.rawValue == "ash" }
    #expect(given.reduce(0) { $0 + $1.quantity } <= 20_000)
    let written = try PlanJSON.encode(PlanDocument(result.plan))
    #expect(try PlanChecker(park: park).check(written).isEmpty)
    let view = try #require(MeasuresView(ReportContext(result, language: ReportFixture.language)))
    #expect(view.measureRows.map(\.money) == [ReportFixture.language.text("word.unknown")])
  }

  @Test func rowsWithMeasuresAddUpToThePlan() throws {
    let park = try Self.park([
      Self.measure(capital: 123_456, saving: 98_765.4), Self.measure(capital: 0, saving: 333.3),
    ])
    let result = try ReportFixture.match(park)
    let context = ReportContext(result, language: ReportFixture.language)
    #expect(context.measures.count == 2)
    let money =
      context.exchanges.reduce(0) { $0 + $1.roundedMoney } + context.roundedPermits.reduce(0, +)
      + context.measures.reduce(0) { $0 + $1.roundedMoney }
    #expect(money == (result.plan.money.typical / context.moneyScale.factor).rounded())
    // 123 456 DKK at 5 % over the usual 10 years: annuity 0.1295046 (any table of annuities).
    let first = try #require(result.plan.measures.first { $0.option.id.rawValue == "q1" })
    #expect(abs(first.money.typical - (98_765.4 - 123_456 * 0.129504575)) < 0.01)
    let html = try ReportFixture.html(result)
    #expect(html.contains(ReportFixture.language.text("measure.title")))
  }

  @Test func aMeasureThatStarvesAnExchangeMustEarnMoreThanItTakes() throws {
    let without = try ReportFixture.match(Self.park([]))
    let ash = try #require(
      without.plan.exchanges.first { $0.candidate.output.id.rawValue == "ash" })
    let perTonne = ash.candidate.ledger.netMoneyPerUnit.typical
    func taken(saving: Double) throws -> Bool {
      let park = try Self.park([
        {
          $0.stream = "ash"
          $0.change = -30_000
          $0.unit = "t/yr"
          $0.capital = 0
          $0.saving = saving
        }
      ])
      return try !ReportFixture.match(park).plan.measures.isEmpty
    }
    let value = perTonne * ash.quantity
    #expect(value > 0)
    #expect(try !taken(saving: value * 0.5))
    #expect(try taken(saving: value * 1.5))
  }
}
