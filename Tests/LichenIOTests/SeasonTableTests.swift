import LichenDomain
import Testing

@testable import LichenIO

/// The tables of courses of the year and of stores.
@Suite struct SeasonTableTests {
  private static let months = "jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec"
  private static let store =
    "id,name,stream,capacity,unit,capex,opex,currency,lifetime,loss,keeps\n"

  @Test func `rows are read with months, figures and source`() throws {
    let (park, warnings) = try ParkReader.read(folder: ParkFixture.folder().url)
    #expect(warnings.isEmpty)
    let winter = try #require(park.profiles.first)
    #expect(winter.months == [20, 18, 14, 6, 0, 0, 0, 0, 4, 8, 14, 16])
    #expect(winter.notes == "degree days" && winter.provenance.confidence == .recalled)
    #expect(park.outputs[0].profile == "winter" && park.outputs[1].profile.isEmpty)
    let shed = try #require(park.storages.first)
    #expect(shed.stream == "gypsum-out" && shed.capacity == 12_000 && shed.unit == "t")
    #expect(shed.capital == 900_000 && shed.running == 30_000 && shed.currency == "DKK")
    #expect(shed.lifetime == 25 && shed.loss == 0.01 && shed.keeps == 6)
    let yard = try #require(park.storages.last)
    #expect(yard.capital == nil && yard.running == nil && yard.loss == nil && yard.keeps == nil)
  }

  @Test(arguments: [
    ("p,1,1,1,1,,1,1,1,1,1,1,1", "missing-value", "may"),
    ("p,1,1,1,1,x,1,1,1,1,1,1,1", "invalid-number", "may"),
    ("p,1,1,1,1,-1,1,1,1,1,1,1,1", "out-of-range", "may"),
    ("p p,1,1,1,1,1,1,1,1,1,1,1,1", "invalid-identifier", "id"),
  ])
  func `a slip in a profile is told with row and month`(
    row: String, code: String, column: String
  ) throws {
    let issues = try ParkFixture.issues(["profiles": "id,\(Self.months)\n\(row)\n"])
    #expect(issues.map(Finding.init) == [Finding(code, "profiles.csv", 2, column)])
  }

  @Test func `a month without a column is an error`() throws {
    let months = Self.months.replacing("dec", with: "december")
    let issues = try ParkFixture.issues(["profiles": "id,\(months)\np,1,1,1,1,1,1,1,1,1,1,1,1\n"])
    #expect(issues.contains { $0.field == "dec" && $0.severity == .error })
  }

  @Test(arguments: [
    ("s,,gypsum-out,-1,t,,,,,,", "out-of-range", "capacity"),
    ("s,,gypsum-out,1,t,x,,,,,", "invalid-number", "capex"),
    ("s,,gypsum-out,1,t,1,-2,,,,", "out-of-range", "opex"),
    ("s,,gypsum-out,1,t,1,2,kroner,,,", "invalid-currency", "currency"),
    ("s,,gypsum-out,1,t,1,2,,0,,", "out-of-range", "lifetime"),
    ("s,,gypsum-out,1,t,1,2,,9,1.2,", "out-of-range", "loss"),
    ("s,,gypsum-out,1,t,1,2,,9,0,2.5", "not-whole", "keeps"),
    ("s,,,1,t,1,2,,9,0,2", "missing-value", "stream"),
  ])
  func `a slip in a store is told with row and column`(
    row: String, code: String, column: String
  ) throws {
    let issues = try ParkFixture.issues(["storages": Self.store + row + "\n"])
    #expect(issues.map(Finding.init) == [Finding(code, "storages.csv", 2, column)])
  }

  @Test func `an id that stands twice is told`() throws {
    let row = "s,,gypsum-out,1,t,1,2,,9,0,2\n"
    let issues = try ParkFixture.issues(["storages": Self.store + row + row])
    #expect(issues.map { "\($0.location.row ?? 0) \($0.field ?? "")" } == ["3 id"])
  }
}
