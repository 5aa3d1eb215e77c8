import LichenDomain
import LichenTestSupport
import Testing

@Suite("Courses of the year and stores of a park")
struct ParkSeasonsTests {
  private static let harvest: [Double?] = [0, 0, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0]

  private static func builder(_ configure: (inout ParkBuilder) -> Void) -> ParkBuilder {
    var park = Fixtures.ashPark
    configure(&park)
    return park
  }

  private static func codes(_ configure: (inout ParkBuilder) -> Void) -> [String] {
    builder(configure).issues().map { "\($0.code) \($0.location) \($0.field ?? "")" }
  }

  @Test("an even year follows the days of the months")
  func even() {
    #expect(MonthShares.even[0] == 31.0 / 365 && MonthShares.even[1] == 28.0 / 365)
    #expect(abs(MonthShares.even.shares.reduce(0, +) - 1) < 1e-15)
    #expect(MonthShares.even.unevenness == 0)
  }

  @Test("months are read in proportion to their sum, in any measure")
  func proportion() throws {
    let shares = try #require(MonthShares(weights: Self.harvest.compactMap(\.self)))
    #expect(shares.shares == [0, 0, 0.5, 0.25, 0.25, 0, 0, 0, 0, 0, 0, 0])
    let tonnes = try #require(MonthShares(weights: shares.shares.map { $0 * 8e4 }))
    #expect(tonnes == shares)
    #expect(MonthShares(weights: [Double](repeating: 0, count: 12)) == nil)
    #expect(MonthShares(weights: [1, 2]) == nil)
    #expect(MonthShares(weights: [Double](repeating: -1, count: 12)) == nil)
  }

  @Test("a stream takes the profile that it names; without one its year is even")
  func resolved() throws {
    let park = try Self.builder {
      $0.profile("harvest", Self.harvest)
      $0.declaration.outputs[0].profile = "harvest"
    }.park()
    #expect(park.outputs[0].profile?.shares[2] == 0.5)
    #expect(park.outputs[0].profile?.reference == "profiles.csv: harvest")
    #expect(park.inputs[0].profile == nil)
  }

  @Test("a profile that is not there is told with the nearest one")
  func unknown() throws {
    let issues = Self.builder {
      $0.profile("harvest", Self.harvest)
      $0.declaration.outputs[0].profile = "harvst"
    }.issues()
    let issue = try #require(issues.first)
    #expect(issues.count == 1 && issue.code == "unknown-profile" && issue.field == "profile")
    #expect(issue.location == SourceLocation(file: "outputs.csv", row: 2))
    #expect(issue.hint?.contains("harvest") == true)
  }

  @Test("slips in a profile are told by month")
  func slips() {
    var missing = Self.harvest
    missing[4] = nil
    var negative = Self.harvest
    negative[0] = -1
    #expect(
      Self.codes {
        $0.profile("a", missing)
        $0.profile("b", negative)
        $0.profile("c", [Double?](repeating: 0, count: 12))
        $0.profile("d", Self.harvest)
        $0.profile("d", Self.harvest)
        // Names a row that is wrong: told once.
        $0.declaration.outputs[0].profile = "a"
      } == [
        "missing-value profiles.csv, row 2 may", "out-of-range profiles.csv, row 3 jan",
        "out-of-range profiles.csv, row 4 jan", "duplicate-id profiles.csv, row 6 id",
      ])
  }

  @Test("months that look like shares and do not add up are a warning")
  func oddSum() {
    let shares = [Double](repeating: 0.08, count: 12)
    #expect(Self.codes { $0.profile("a", shares) } == ["odd-sum profiles.csv, row 2 jan"])
    #expect(Self.codes { $0.profile("a", shares.map { $0 * 104 }) } == [])
    #expect(Self.codes { $0.profile("a", shares.map { $0 * 1000 }) } == [])
  }

  @Test("a store holds amounts of its stream's unit, or of one that converts to it")
  func capacity() throws {
    let park = try Self.builder {
      $0.declaration.outputs[0].quantity.unit = "kg/month"
      $0.storage("a", at: "ash-out", capacity: 5000)
      $0.storage("b", at: "ash-out", capacity: 5, "t", loss: 0, keeps: 3)
      $0.storage("c", at: "clinker-in")
    }.park()
    #expect(park.storages.map(\.capacity) == [5, 5, nil])
    #expect(park.storages.map(\.isOutput) == [true, true, false])
    #expect(park.storages.map(\.keeps) == [nil, 3, nil])
    #expect(park.storages.map(\.loss) == [nil, 0, nil])
    #expect(park.storages[2].capital == nil && park.storages[2].running == nil)
  }

  @Test("slips in a store are told with their place")
  func storeSlips() {
    #expect(
      Self.codes {
        $0.storage("a", at: "ash-ot", capacity: 5)
        $0.storage("b", at: "ash-out", capacity: 5, "t/yr")
        $0.storage("c", at: "ash-out", capacity: 5, "bushel")
        $0.storage("d", at: "ash-out", capacity: -5)
        $0.storage("e", at: "ash-out", capacity: 5, loss: 1.5, keeps: -1)
        $0.storage("e", at: "ash-out", capacity: 5, lifetime: 0)
        $0.storage("f", at: "ash-out", capacity: 5, "MW")
      } == [
        "unknown-stream storages.csv, row 2 stream", "rate-for-amount storages.csv, row 3 unit",
        "unknown-unit storages.csv, row 4 unit", "out-of-range storages.csv, row 5 capacity",
        "out-of-range storages.csv, row 6 keeps", "out-of-range storages.csv, row 6 loss",
        "duplicate-id storages.csv, row 7 id", "out-of-range storages.csv, row 7 lifetime",
        "rate-for-amount storages.csv, row 8 unit",
      ])
  }

  @Test("heat in a store for months is a warning; a stream of another year stores nothing")
  func seldom() {
    #expect(
      Self.codes {
        $0.output("heat", of: "power", "waste_heat", 900, "GJ/yr", route: "none")
        $0.output("old", of: "power", "fly_ash", 9) { $0.toYear = 1999 }
        $0.storage("a", at: "heat", capacity: 5)
        $0.storage("b", at: "old", capacity: 5)
      } == ["seldom-stored storages.csv, row 2 stream", "idle-storage storages.csv, row 3 stream"])
  }
}
