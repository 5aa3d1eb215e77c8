import GLPKSolver
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport

@testable import LichenAnalysis

/// Plans small parks under scenarios as the engine does.
enum ScenarioTrial {
  static func planned(
    _ builder: ParkBuilder, _ changes: [(String, String)] = [], name: String = "baseline",
    catalogue: Catalogue = Fixtures.catalogue
  ) throws -> PlannedScenario {
    let place = SourceLocation(file: "test")
    let scenario = CombinedScenario(
      name: name, title: name, parts: [],
      changes: changes.sorted { $0.0 < $1.0 }.map {
        .init(
          change: ScenarioChange(
            key: $0.0, value: .text($0.1), origin: name, location: place))
      })
    let base = try builder.park(catalogue)
    var applier = ScenarioApplier(
      scenario, to: builder.declaration, catalogue: base.catalogue,
      objectives: PlanObjective.allCases.map(\.rawValue))
    applier.addEnterprises()
    applier.applyOthers()
    let applied = try applier.result()
    let park = try Park(applied.declaration, catalogue: catalogue)
    let (graph, plan) = try Planned.plan(park) { options in
      if let objective = applied.planning.objective.flatMap({ PlanObjective(rawValue: $0) }) {
        options.objective = objective
      }
      options.required = applied.planning.required.compactMap { LinkSelector($0) }
      options.forbidden = applied.planning.forbidden.compactMap { LinkSelector($0) }
      options.requiredMeasures = applied.planning.measures
    }
    return PlannedScenario(
      scenario: scenario, changes: applied.changes, graph: graph, plan: plan)
  }

  static func comparison(
    _ builder: ParkBuilder, _ scenarios: [[(String, String)]], threads: Int = 2,
    catalogue: Catalogue = Fixtures.catalogue
  ) throws -> ScenarioComparison {
    try ScenarioComparison(
      baseline: planned(builder, catalogue: catalogue),
      scenarios: scenarios.enumerated().map {
        try planned(builder, $0.element, name: "s\($0.offset)", catalogue: catalogue)
      },
      solver: GLPKSolver(), threads: threads)
  }

  /// A random park with a measure and a plant, so that every kind of thing may be sunk.
  static func park(seed: UInt64) -> ParkBuilder {
    var park = RandomParks.park(seed: seed, enterprises: 2...5, outputs: 2...5, inputs: 2...5)
    var random = SeededGenerator(seed: seed &+ 77)
    // With codes of the European list its rules ask for papers.
    let codes = ["fly_ash": "10 01 02", "bottom_ash": "10 01 01", "spent_acid": "06 01 01*"]
    if park.declaration.settings.jurisdiction != "VN" {
      for index in park.declaration.outputs.indices {
        park.declaration.outputs[index].wasteCode =
          codes[park.declaration.outputs[index].material] ?? ""
      }
    }
    let site = random.element(of: park.declaration.enterprises).id
    if random.chance(0.6) {
      var option = OptionRow(
        id: "m", enterprise: site, location: SourceLocation(file: "options.csv", row: 2))
      option.capital = random.number(in: 0...20_000)
      option.saving = random.number(in: -500...6000)
      option.co2 = random.number(in: 0...30)
      option.lifetime = 10
      if let stream = park.declaration.outputs.first(where: { $0.enterprise == site }),
        let quantity = stream.quantity.typical
      {
        option.stream = stream.id
        option.change = -quantity * random.number(in: 0...0.7)
        option.unit = stream.quantity.unit
      }
      park.declaration.options.append(option)
    }
    if random.chance(0.5) {
      park.facility(
        "hub", of: site, routes: ["fly_ash__clinker"], capacity: random.number(in: 100...30_000),
        capital: random.number(in: 0...200_000), running: random.number(in: 0...5000),
        lifetime: 15)
    }
    return park
  }

  /// The shipped catalogue.
  static var shipped: Catalogue { Repository.engine.catalogue }

  /// A random park over the shipped catalogue, whose streams compete for each other.
  static func competing(seed: UInt64) -> ParkBuilder {
    var random = RandomPark(seed: seed)
    var park = ParkBuilder()
    park.declaration = random.declaration(enterprises: 5, streams: 3...6)
    if seed.isMultiple(of: 3) { random.addFacilities(to: &park.declaration) }
    if seed.isMultiple(of: 4) { random.addMixtures(to: &park.declaration) }
    return park
  }

  /// A random scenario of the park.
  static func changes(
    of park: ParkBuilder, seed: UInt64, rules: [String] = ["EU-1", "EU-2", "EU-3", "VN-1"]
  ) -> [(String, String)] {
    var random = SeededGenerator(seed: seed &* 31 &+ 5)
    let rows = park.declaration
    var changes: [String: String] = [:]
    for _ in 0..<random.whole(in: 1...3) {
      switch random.whole(in: 0...10) {
      case 0: changes["carbon_price"] = "\(random.number(in: 0...200))"
      case 1: changes["capital_budget"] = "\(random.number(in: 0...40_000))"
      case 2: changes["partner_limit"] = "\(random.whole(in: 1...2))"
      case 3:
        if rows.enterprises.count > 1 {
          changes["enterprise.\(random.element(of: rows.enterprises).id)"] = "closed"
        }
      case 4:
        changes["stream.\(random.element(of: rows.outputs).id)"] = "none"
      case 5: changes["enterprise.\(random.element(of: rows.enterprises).id).size"] = "x0.6"
      case 6: changes["rule.\(random.element(of: rules))"] = "off"
      case 7: changes["price.clinker"] = "x\(random.number(in: 0.2...2))"
      case 8: changes["stream.\(random.element(of: rows.inputs).id)"] = "none"
      case 9: changes["co2_floor"] = "\(random.number(in: 0...2000))"
      default: changes["truck_cost"] = "x\(random.number(in: 0.5...4))"
      }
    }
    return changes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
