import LichenDomain
import LichenTestSupport
import Testing

/// Code, file, row and field of an issue, as a line for comparisons.
private func line(_ issue: ValidationIssue) -> String {
  [
    issue.code, issue.location.file, issue.location.row.map(String.init) ?? "",
    issue.field ?? "",
  ].joined(separator: " ")
}

@Suite("Checking a park")
struct ParkCheckingTests {
  @Test("finds every error at once, each with its place, in order of file and row")
  func allAtOnce() {
    var park = ParkBuilder()
    park.enterprise("power", at: (91, 0))
    park.enterprise("bad id")
    park.output("a", of: "power", "fly_ahs", 5)
    park.output("b", of: "pwer", "fly_ash", 5, "tons of it", route: "lanfill")
    park.output("a", of: "power", "fly_ash", 5, "")
    park.input("c", of: "power", "clinker", -5)
    park.property("chlorid", of: "a", 5)
    park.distance("power", "nowhere", km: 5, mode: "mule")
    park.override("pirce.clinker", "5")
    #expect(
      park.issues().map(line) == [
        "unknown-mode distances.csv 2 mode", "unknown-enterprise distances.csv 2 to",
        "out-of-range enterprises.csv 2 lat/lon", "bad-identifier enterprises.csv 3 id",
        "out-of-range inputs.csv 2 quantity", "unmatched-material outputs.csv 2 material",
        "unknown-current-route outputs.csv 3 current_route",
        "unknown-enterprise outputs.csv 3 enterprise",
        "unknown-unit outputs.csv 3 unit", "duplicate-id outputs.csv 4 id",
        "missing-unit outputs.csv 4 unit", "unknown-key overrides.csv 2 key",
        "unknown-property properties.csv 2 property",
      ])
  }

  @Test("a sound park has no issue and keeps every row")
  func sound() throws {
    let park = try Fixtures.mixedPark.park()
    #expect(park.warnings.isEmpty)
    #expect(park.enterprises.count == 6)
    #expect(park.outputs.count == 9)
    #expect(park.inputs.count == 7)
    #expect(park.outputs.map(\.id) == park.outputs.map(\.id).sorted())
  }

  /// A slip in the ash park with what must be reported.
  struct Slip: Sendable, CustomTestStringConvertible {
    let name: String
    let code: String
    let field: String
    var hint: String?
    let make: @Sendable (inout ParkBuilder) -> Void
    var testDescription: String { name }
  }

  static let slips = [
    Slip(
      name: "misspelt enterprise", code: "unknown-enterprise", field: "enterprise", hint: "power"
    ) {
      $0.output("x", of: "powre", "fly_ash", 1)
    },
    Slip(name: "number without unit", code: "missing-unit", field: "unit", hint: "not read as t") {
      $0.output("x", of: "power", "fly_ash", 1, "")
    },
    Slip(name: "misspelt unit", code: "unknown-unit", field: "unit", hint: "tonne") {
      $0.output("x", of: "power", "fly_ash", 1, "tonn")
    },
    Slip(name: "two periods", code: "two-periods", field: "period") {
      $0.output("x", of: "power", "fly_ash", 1, "t/day") { $0.quantity.period = "month" }
    },
    Slip(name: "unknown period", code: "unknown-period", field: "period") {
      $0.output("x", of: "power", "fly_ash", 1, "t") { $0.quantity.period = "fortnight" }
    },
    Slip(
      name: "cubic metres without density", code: "unit-conversion", field: "unit", hint: "density"
    ) {
      $0.output("x", of: "power", "fly_ash", 1, "m3/yr")
    },
    Slip(name: "megawatts without hours", code: "unit-conversion", field: "unit", hint: "hours") {
      $0.output("x", of: "power", "waste_heat", 1, "MW")
    },
    Slip(name: "degrees as a quantity", code: "unit-conversion", field: "unit", hint: "cannot") {
      $0.output("x", of: "power", "fly_ash", 1, "C")
    },
    Slip(name: "high below low", code: "range-order", field: "quantity") {
      $0.output("x", of: "power", "fly_ash", 5) { $0.quantity.low = 6 }
    },
    Slip(name: "negative quantity", code: "out-of-range", field: "quantity") {
      $0.input("x", of: "power", "clinker", -1)
    },
    Slip(
      name: "id used by output and input", code: "duplicate-id", field: "id",
      hint: "outputs.csv, row 2"
    ) {
      $0.input("ash-out", of: "cement", "clinker", 1)
    },
    Slip(
      name: "enterprise twice", code: "duplicate-id", field: "id", hint: "enterprises.csv, row 2"
    ) {
      $0.enterprise("power")
    },
    Slip(name: "half a coordinate", code: "half-a-coordinate", field: "lat/lon") {
      $0.enterprise("x")
      $0.declaration.enterprises[2].latitude = 55
    },
    Slip(
      name: "unknown jurisdiction of a site", code: "unknown-jurisdiction", field: "jurisdiction"
    ) {
      $0.enterprise("x", jurisdiction: "ZZ")
    },
    Slip(name: "malformed waste code", code: "bad-waste-code", field: "waste_code") {
      $0.output("x", of: "power", "fly_ash", 1, wasteCode: "ash")
    },
    Slip(
      name: "unlisted waste code", code: "unknown-waste-code", field: "waste_code", hint: "10 01 02"
    ) {
      $0.output("x", of: "power", "fly_ash", 1, wasteCode: "10 01 03")
    },
    Slip(name: "unknown currency", code: "unknown-currency", field: "price_currency") {
      $0.input("x", of: "cement", "clinker", 1, price: 5) { $0.priceCurrency = "XAU" }
    },
    Slip(name: "quality of no stream", code: "unknown-stream", field: "stream", hint: "ash-out") {
      $0.property("moisture", of: "ash-uot", 5)
    },
    Slip(name: "quality in a foreign unit", code: "unknown-unit", field: "unit") {
      $0.property("moisture", of: "ash-out", 5, unit: "bar")
    },
    Slip(name: "quality without a value", code: "missing-value", field: "value") {
      $0.property("moisture", of: "ash-out")
    },
    Slip(name: "quality out of order", code: "range-order", field: "value") {
      $0.property("moisture", of: "ash-out", 5, minimum: 6)
    },
    Slip(name: "quality twice", code: "duplicate-property", field: "property") {
      $0.property("chloride", of: "ash-out", 5)
      $0.property("Cl", of: "ash-out", 6)
    },
    Slip(name: "exchange of a foreign output", code: "unknown-stream", field: "output") {
      $0.exchange("x", from: "cement", to: "power", output: "ash-out")
    },
    Slip(
      name: "exchange used twice", code: "duplicate-id", field: "id", hint: "exchanges.csv, row 2"
    ) {
      $0.exchange("x", from: "power", to: "cement")
      $0.exchange("x", from: "power", to: "cement")
    },
    Slip(name: "one way twice", code: "duplicate-distance", field: "") {
      $0.distance("power", "cement", km: 11)
    },
    Slip(name: "unknown rule", code: "unknown-rule", field: "key", hint: "EU-1") {
      $0.override("rule.EU1", "off")
    },
    Slip(name: "rule neither on nor off", code: "bad-value", field: "value") {
      $0.override("rule.EU-1", "maybe")
    },
    Slip(name: "figure that is no number", code: "bad-value", field: "value") {
      $0.override("price.clinker", "cheap")
    },
    Slip(name: "figure that is not finite", code: "bad-value", field: "value") {
      $0.override("price.clinker", "inf")
    },
    Slip(name: "key twice", code: "duplicate-key", field: "key") {
      $0.override("price.clinker", "5")
      $0.override("price.clinker", "6")
    },
    Slip(
      name: "figure of an unknown material", code: "unknown-key", field: "key",
      hint: "price.clinker"
    ) {
      $0.override("price.clinkr", "5")
    },
  ]

  /// Warnings of a park with one output of this material and code in a place.
  private func warnings(
    _ material: String, _ code: String, in place: String, licences: [String] = []
  ) throws -> [ValidationIssue] {
    var builder = ParkBuilder(jurisdiction: place)
    builder.enterprise("a", licences: licences)
    builder.output("x", of: "a", material, 1, wasteCode: code)
    builder.input("y", of: "a", "clinker", 1)
    var parts = CatalogueParts.standard
    parts.licences = ["co-processing", "waste-treatment"].map {
      LicenceKind(key: $0, name: $0, meaning: $0, source: "fixture", confidence: .verified)
    }
    return try builder.park(parts.catalogue).warnings
  }

  @Test("a code missing from a part of a list is a warning, and the stream keeps it")
  func partialList() throws {
    #expect(try warnings("fly_ash", "12 06 13", in: "VN").isEmpty)
    let unlisted = try warnings("fly_ash", "10 01 02", in: "VN")
    #expect(unlisted.map(\.code) == ["unlisted-waste-code"])
    #expect(unlisted.first?.hint?.contains("Vietnamese waste list") == true)
    // A place without a list takes any six digits.
    #expect(try warnings("fly_ash", "99 99 99", in: "US").isEmpty)
  }

  @Test(
    "a code that contradicts the material's own hazard is reported, and followed",
    arguments: [
      ("spent_acid", "10 01 05", "DK", true), ("spent_acid", "06 01 01*", "DK", false),
      ("fly_ash", "07 01 01", "VN", true), ("spent_acid", "07 01 01", "VN", false),
      // A presumed entry waits for measurements, so it contradicts nothing.
      ("fly_ash", "12 06 05", "VN", false),
    ])
  func contradiction(material: String, code: String, place: String, isReported: Bool) throws {
    #expect(
      try warnings(material, code, in: place).map(\.code)
        == (isReported ? ["code-contradicts-material"] : []))
  }

  @Test("an unknown licence is a warning with the nearest spelling")
  func licences() throws {
    let found = try warnings(
      "fly_ash", "", in: "DK", licences: ["co-processing", "waste-treatmnet"])
    #expect(found.map(\.code) == ["unknown-licence"])
    #expect(found.first?.found == "waste-treatmnet")
    #expect(found.first?.hint?.contains("waste-treatment") == true)
  }

  @Test("each slip is reported once, with its field and a way to mend it", arguments: slips)
  func slip(_ slip: Slip) {
    var park = Fixtures.ashPark
    slip.make(&park)
    let errors = park.issues().filter { $0.severity == .error }
    #expect(errors.map(\.code) == [slip.code])
    #expect((errors.first?.field ?? "") == slip.field)
    if let hint = slip.hint { #expect(errors.first?.hint?.contains(hint) == true) }
  }

  @Test("settings are checked with the rows")
  func settings() {
    let park = ParkBuilder(
      jurisdiction: "EUU", currency: "XAU", discountRate: 1.5, carbonPrice: -1, roadDetour: 0.5,
      capitalBudget: -1, carbonFloor: -1, partnerLimit: 0)
    #expect(
      park.issues().filter { $0.location.file == "datapackage.json" }.map { $0.field ?? "" } == [
        "lichen.capital_budget", "lichen.carbon_price", "lichen.co2_floor", "lichen.currency",
        "lichen.discount_rate", "lichen.jurisdiction", "lichen.partner_limit",
        "lichen.road_detour",
      ])
  }

  @Test("the waste list is that of the donor's country, not of the park")
  func wasteListOfDonor() throws {
    // A Vietnamese site in a Danish park writes numbers of the Vietnamese list.
    var park = ParkBuilder(jurisdiction: "DK")
    park.enterprise("hanoi", jurisdiction: "VN")
    park.output("x", of: "hanoi", "fly_ash", 1, wasteCode: "99 99 99")
    #expect(!park.issues().hasErrors)
    // A Danish site in a Vietnamese park writes numbers of the European list.
    var foreign = ParkBuilder(jurisdiction: "VN")
    foreign.enterprise("odense", jurisdiction: "DK")
    foreign.output("x", of: "odense", "fly_ash", 1, wasteCode: "99 99 99")
    #expect(foreign.issues().map(\.code).contains("unknown-waste-code"))
  }

  @Test("an amount of money beyond all bounds is an issue, not a crash")
  func hugeMoney() {
    var park = Fixtures.ashPark
    park.output("x", of: "power", "fly_ash", 1, "kg/yr", disposalCost: 1e308)
    #expect(park.issues().map(line) == ["out-of-range outputs.csv 3 disposal_cost"])
  }
}
