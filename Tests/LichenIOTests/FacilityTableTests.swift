import LichenDomain
import Testing

@testable import LichenIO

/// The table of shared plants, and the column that marks limits of a mixture.
@Suite struct FacilityTableTests {
  private static let header =
    "id,name,enterprise,lat,lon,routes,capacity,unit,capex,opex,currency,lifetime\n"

  @Test func `a row is read with its routes, figures and source`() throws {
    let (park, warnings) = try ParkReader.read(folder: ParkFixture.folder().url)
    #expect(warnings.isEmpty)
    let mill = try #require(park.facilities.first)
    #expect(mill.routes == ["local_ash__clay", "local_ash__clay+clay__brick", "x__y"])
    #expect(mill.enterprise == "board" && mill.capacity == 30_000 && mill.unit == "t/yr")
    #expect(mill.capital == 2_500_000 && mill.running == 120_000 && mill.currency == "DKK")
    #expect(mill.lifetime == 15 && mill.provenance.confidence == .estimated)
    let yard = try #require(park.facilities.last)
    #expect(yard.latitude == 55.6 && yard.longitude == 11.2 && yard.enterprise.isEmpty)
    #expect(yard.capacity == nil && yard.capital == nil && yard.running == nil)
  }

  @Test(arguments: [
    ("h,,board,,,a,-1,t/yr,,,,", "out-of-range", "capacity"),
    ("h,,board,,,a,1,,,,,", "missing-value", "unit"),
    ("h,,board,,,a,1,t/yr,-5,,,", "out-of-range", "capex"),
    ("h,,board,,,a,1,t/yr,5,x,,", "invalid-number", "opex"),
    ("h,,board,,,a,1,t/yr,5,6,kroner,", "invalid-currency", "currency"),
    ("h,,board,,,a,1,t/yr,5,6,,0", "out-of-range", "lifetime"),
    ("h,,board,,,,1,t/yr,5,6,,10", "missing-value", "routes"),
    ("h,,,55.6,,a,1,t/yr,5,6,,10", "incomplete-coordinate", "lon"),
    ("h,,,155.6,11,a,1,t/yr,5,6,,10", "out-of-range", "lat"),
    ("h h,,board,,,a,1,t/yr,5,6,,10", "invalid-identifier", "id"),
    ("h,,board,,,a,1,t/yr;kg/yr,5,6,,10", "two-units", "unit"),
  ])
  func `a slip is told with row and column`(row: String, code: String, column: String) throws {
    let issues = try ParkFixture.issues(["facilities": Self.header + row + "\n"])
    #expect(issues.map(Finding.init) == [Finding(code, "facilities.csv", 2, column)])
  }

  @Test func `an id that stands twice is told`() throws {
    let row = "h,,board,,,a,1,t/yr,5,6,,10\n"
    let issues = try ParkFixture.issues(["facilities": Self.header + row + row])
    #expect(issues.map { "\($0.location.row ?? 0) \($0.field ?? "")" } == ["3 id"])
  }

  @Test func `mixture is yes, no or blank`() throws {
    let header = "stream,property,value,minimum,maximum,unit,mixture\n"
    let (park, _) = try ParkReader.read(
      folder: ParkFixture.folder([
        "properties": header
          + "gypsum-in,moisture,,,12,%,yes\ngypsum-in,ph,,,9,,no\ngypsum-out,moisture,8,,,%,\n"
      ]).url)
    #expect(park.properties.map(\.isMixture) == [true, false, nil])
    let issues = try ParkFixture.issues([
      "properties": header + "gypsum-in,moisture,,,12,%,perhaps\n"
    ])
    #expect(
      issues.map(Finding.init) == [Finding("invalid-boolean", "properties.csv", 2, "mixture")])
  }
}
