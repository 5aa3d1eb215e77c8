import LichenDomain
import LichenTestSupport

/// Scenarios in a few words.
enum ScenarioFixture {
  static let objectives = ["net-benefit", "carbon"]

  static func change(_ key: String, _ value: String, origin: String = "test", line: Int = 1)
    -> ScenarioChange
  {
    ScenarioChange(
      key: key, value: .text(value), origin: origin,
      location: SourceLocation(file: "\(origin).yaml", row: line))
  }

  static func scenario(
    _ changes: [(String, String)], name: String = "test", includes: [String] = []
  )
    -> Scenario
  {
    let place = SourceLocation(file: "\(name).yaml")
    return Scenario(
      name: name, includes: includes.map { Scenario.Inclusion(name: $0, location: place) },
      changes: changes.enumerated().map {
        change($0.element.0, $0.element.1, origin: name, line: $0.offset + 1)
      }, location: place)
  }

  static func combined(_ changes: [(String, String)]) throws -> CombinedScenario {
    let place = SourceLocation(file: "test")
    return try ScenarioBook([scenario(changes)]).combined(["test"], at: place)
  }

  /// The changed rows.
  static func apply(
    _ changes: [(String, String)], to park: ParkBuilder = busyPark,
    catalogue: Catalogue = Fixtures.catalogue
  ) throws -> AppliedScenario {
    let checked = try park.park(catalogue)
    var applier = ScenarioApplier(
      try combined(changes), to: park.declaration, catalogue: checked.catalogue,
      objectives: objectives)
    applier.addEnterprises()
    applier.applyOthers()
    return try applier.result()
  }

  static func issues(
    _ changes: [(String, String)], of park: ParkBuilder = busyPark
  ) throws -> [ValidationIssue] {
    do {
      return try apply(changes, to: park).warnings
    } catch let error as ValidationError {
      return error.issues
    }
  }

  /// Every table has a row that a change may touch.
  static var busyPark: ParkBuilder {
    var park = Fixtures.ashPark
    park.enterprise("board", at: (55.68, 11.12))
    park.output("gypsum", of: "power", "fgd_gypsum", 80_000, disposalCost: 12)
    park.input("rock", of: "board", "natural_gypsum", 100_000, price: 20, maximumShare: 0.5)
    park.property("moisture", of: "gypsum", 8, unit: "%")
    park.exchange("x", from: "power", to: "board", output: "gypsum", input: "rock")
    park.distance("power", "board", km: 4)
    park.facility(
      "hub", of: "board", routes: ["fly_ash__clinker"], capacity: 500, capital: 1000, running: 10,
      lifetime: 10)
    var option = OptionRow(
      id: "save", enterprise: "power", location: SourceLocation(file: "options.csv", row: 2))
    option.stream = "ash-out"
    option.change = -100
    option.unit = "t/yr"
    option.capital = 5000
    option.saving = 900
    option.co2 = 3
    park.declaration.options.append(option)
    var actual = ActualRow(
      id: "a", subject: "gypsum:rock", location: SourceLocation(file: "actuals.csv", row: 2))
    actual.period = "2020"
    actual.quantity = 5
    actual.unit = "t"
    park.declaration.actuals.append(actual)
    return park
  }
}
