import LichenDomain
import LichenTestSupport
import Testing

@Suite("Measures of a park")
struct ParkMeasuresTests {
  private static let place = SourceLocation(file: "options.csv", row: 2)

  private static func builder(_ configure: (inout OptionRow) -> Void) -> ParkBuilder {
    var builder = ParkBuilder()
    builder.enterprise("power")
    builder.enterprise("cement")
    builder.output("ash", of: "power", "fly_ash", 1000)
    builder.input("binder", of: "cement", "clinker", 500)
    var row = OptionRow(id: "less-ash", enterprise: "power", location: place)
    configure(&row)
    builder.declaration.options = [row]
    return builder
  }

  @Test("a change is read in the reference unit of its stream, with its sign")
  func change() throws {
    let park = try Self.builder {
      $0.stream = "ash"
      $0.change = -20_000
      $0.unit = "kg/month"
      $0.capital = 5000
      $0.saving = 900
      $0.co2 = 12
    }.park()
    let option = try #require(park.options.first)
    #expect(abs(option.change + 240) < 1e-9)
    #expect(option.capital?.amount.typical == 5000 && option.status == .proposed)
    #expect(option.reference == "options.csv: less-ash")
  }

  @Test("slips in a measure are told with their place")
  func slips() {
    #expect(
      Self.builder {
        $0.stream = "binder"
      }.issues().map(\.code) == ["unknown-stream"])
    #expect(
      Self.builder {
        $0.stream = "ash"
        $0.change = -1001
        $0.unit = "t/yr"
      }.issues().map(\.code) == ["out-of-range"])
    #expect(
      Self.builder {
        $0.status = "dnoe"
        $0.enterprise = "pwer"
      }.issues().map(\.code) == ["unknown-enterprise", "unknown-status"])
  }

  @Test(
    "periods are years, quarters and months",
    arguments: [("2024", 1, 12), ("2024-Q2", 4, 3), ("2024-05", 5, 1)])
  func periods(text: String, month: Int, months: Int) throws {
    let period = try #require(ReportingPeriod(text))
    #expect(period.firstMonth == month && period.months == months && period.description == text)
    for wrong in ["24", "2024-", "2024-Q5", "2024-13", "2024-5", "2024-05-01", ""] {
      #expect(ReportingPeriod(wrong) == nil)
    }
  }

  @Test("what really flowed names an exchange, a measure or a pair of streams")
  func actuals() throws {
    func actual(_ subject: String) -> ActualRow {
      var row = ActualRow(
        id: "a", subject: subject, location: SourceLocation(file: "actuals.csv", row: 2))
      row.period = "2024"
      row.quantity = 5
      return row
    }
    for subject in ["less-ash", "ash:binder", "ash:binder:direct"] {
      var builder = Self.builder { _ in }
      builder.declaration.actuals = [actual(subject)]
      #expect(try builder.park().actuals.count == 1)
    }
    var builder = Self.builder { _ in }
    builder.declaration.actuals = [actual("les-ash")]
    #expect(builder.issues().first?.hint?.contains("less-ash") == true)
  }
}
