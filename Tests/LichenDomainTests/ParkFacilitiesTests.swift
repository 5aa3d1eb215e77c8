import LichenDomain
import LichenTestSupport
import Testing

@Suite("Shared plants of a park")
struct ParkFacilitiesTests {
  private static func builder(
    routes: [String] = ["fly_ash__clinker"], _ configure: (inout FacilityRow) -> Void = { _ in }
  ) -> ParkBuilder {
    var builder = ParkBuilder()
    builder.enterprise("power")
    builder.enterprise("cement")
    builder.output("ash", of: "power", "fly_ash", 1000)
    builder.input("binder", of: "cement", "clinker", 500)
    builder.facility(
      "hub", of: "cement", routes: routes, capacity: 20_000, "kg/month", capital: 5000,
      running: 100, lifetime: 12)
    configure(&builder.declaration.facilities[0])
    return builder
  }

  @Test("capacity is read in the unit of what comes in, product and use from the routes")
  func read() throws {
    let park = try Self.builder().park()
    let hub = try #require(park.facilities.first)
    #expect(abs((hub.capacity ?? 0) - 240) < 1e-9 && hub.intakeUnit.id == "t")
    #expect(hub.product.rawValue == "clinker" && hub.use == .buildingMaterial)
    #expect(hub.site.rawValue == "cement" && hub.reference == "facilities.csv: hub")
    #expect(hub.capital?.amount.typical == 5000 && hub.running?.amount.typical == 100)
    #expect(park.enterprises.map(\.id.rawValue) == ["cement", "power"])
  }

  @Test("a plant with a place of its own is a site of the park")
  func site() throws {
    let park = try Self.builder {
      $0.enterprise = ""
      $0.latitude = 55
      $0.longitude = 11
    }.park()
    #expect(park.facilities.first?.site.rawValue == "hub")
    #expect(park.enterprise(.of("hub"))?.coordinate == Coordinate(latitude: 55, longitude: 11))
    #expect(park.declaration.enterprises.map(\.id) == ["power", "cement"])
  }

  @Test("what is unknown stays unknown")
  func unknown() throws {
    let hub = try #require(
      Self.builder {
        $0.capacity = nil
        $0.capital = nil
        $0.running = nil
        $0.lifetime = nil
      }.park().facilities.first)
    #expect(hub.capacity == nil && hub.capital == nil && hub.running == nil && hub.lifetime == nil)
  }

  @Test(
    "slips in a plant are told with their place",
    arguments: [
      (["fly_ash__clinkr"], "unknown-route"),
      (["fly_ash__clinker+fgd_gypsum__natural_gypsum"], "broken-chain"),
      (["a+b+c"], "chain-too-long"),
      (["fly_ash__clinker", "fgd_gypsum__natural_gypsum"], "mixed-routes"),
      (["waste_heat__district_heat"], "unfit-route"),
      (["ash__clinker"], "unfit-route"),
      ([], "missing-value"),
    ])
  func routes(routes: [String], code: String) throws {
    let issue = try #require(Self.builder(routes: routes).issues().first)
    #expect(issue.code == code && issue.field == "routes")
    #expect(issue.location == SourceLocation(file: "facilities.csv", row: 2))
    if code == "unknown-route" { #expect(issue.hint?.contains("fly_ash__clinker") == true) }
  }

  @Test("figures, places and ids are checked")
  func figures() {
    func codes(_ configure: (inout FacilityRow) -> Void) -> [String] {
      Self.builder(configure).issues().map { "\($0.code) \($0.field ?? "")" }
    }
    #expect(codes { $0.capacity = -1 } == ["out-of-range capacity"])
    #expect(codes { $0.capital = -1 } == ["out-of-range capex"])
    #expect(codes { $0.running = -0.5 } == ["out-of-range opex"])
    #expect(codes { $0.lifetime = 0 } == ["out-of-range lifetime"])
    #expect(codes { $0.unit = "quarts/yr" } == ["unknown-unit unit"])
    #expect(codes { $0.enterprise = "cemnt" } == ["unknown-enterprise enterprise"])
    #expect(codes { $0.enterprise = "" } == ["missing-value enterprise"])
    #expect(codes { $0.id = "ash" } == ["duplicate-id id"])
    #expect(
      codes {
        $0.latitude = 55
        $0.longitude = 11
      } == ["two-places lat"])
    #expect(
      codes {
        $0.id = "power"
        $0.enterprise = ""
        $0.latitude = 55
        $0.longitude = 11
      } == ["duplicate-id id"])
    #expect(
      codes {
        $0.enterprise = ""
        $0.latitude = 95
        $0.longitude = 11
      }.contains("out-of-range lat"))
  }
}
