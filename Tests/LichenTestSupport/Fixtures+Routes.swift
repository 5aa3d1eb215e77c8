import LichenDomain

extension Fixtures {
  public static let routes: [Route] = [
    route(
      "fly_ash", "clinker", ratio: .of(0.8, 0.9, 1), .buildingMaterial, cost: 10, kWh: 20,
      limits: [limit("chloride", maximum: 1000)]),
    route("ash", "clinker", ratio: Estimate(0.5), .buildingMaterial, cost: 5),
    route(
      "fgd_gypsum", "natural_gypsum", ratio: Estimate(0.95), .buildingMaterial, cost: 2,
      limits: [
        limit("moisture", maximum: 10, unit: "%"),
        limit("ph", minimum: 5, maximum: 9, unit: "unit"),
      ]),
    route("used_water", "process_water", ratio: Estimate(1), .waterReuse, cost: 0.2),
    route("steam_hp", "steam_mp", ratio: Estimate(1), .heat, cost: 0),
    route("waste_heat", "district_heat", ratio: Estimate(1), .heat, cost: 0),
    route("surplus_cold", "cooling", ratio: Estimate(1), .heat, cost: 0),
    route("flare_gas", "natural_gas", ratio: Estimate(1), .fuel, cost: 0.5),
    route(
      "spent_acid", "sulfuric_acid", ratio: Estimate(0.7), .chemical, cost: 40, kWh: 10,
      heatGJ: 0.5, residueShare: 0.1),
  ]

  /// A route named `OUTPUT__INPUT`; cost in EUR of 2020, `nil` when unknown.
  public static func route(
    _ output: String, _ input: String, ratio: Estimate = Estimate(1), _ use: RouteUse,
    cost: Double?, kWh: Double = 0, heatGJ: Double = 0, residueShare: Double? = nil,
    maximumKm: Double? = nil, limits: [RouteLimit] = [], confidence: Confidence = .verified
  ) -> Route {
    Route(
      id: .of("\(output)__\(input)"), output: .of(output), input: .of(input), ratio: ratio,
      use: use, treatmentCost: cost.map { Money(Estimate($0), .of("EUR"), year: 2020) },
      electricityKWh: kWh, heatGJ: heatGJ, residueShare: residueShare, maximumKm: maximumKm,
      limits: limits, source: "fixture", confidence: confidence, ratioConfidence: confidence,
      costConfidence: confidence)
  }

  public static func limit(
    _ property: String, minimum: Double? = nil, maximum: Double? = nil, unit: String = "mg/kg"
  ) -> RouteLimit {
    RouteLimit(
      property: .of(property), minimum: minimum, maximum: maximum, unit: unit, source: "fixture",
      confidence: .verified)
  }

  public static let transportModes: [TransportMode] = [
    road("barge", reach: 1000, detour: 1.4), road("rail", reach: 1000, detour: 1.25),
    road("truck", reach: 100, detour: 1.3),
    line("pipe_gas", [.gas], reach: 15), line("pipe_heat", [.heat, .cold], reach: 15),
    line("pipe_steam", [.steam], reach: 5), line("pipe_water", [.water], reach: 25),
  ]

  private static func road(_ id: String, reach: Double, detour: Double) -> TransportMode {
    TransportMode(
      id: id, phases: [.solid, .liquid, .slurry], costRole: "\(id)_cost",
      handlingRole: "\(id)_handling", carbonRole: "\(id)_co2", capitalRole: nil, reachKm: reach,
      detour: detour, source: "fixture", confidence: .estimated)
  }

  private static func line(_ id: String, _ phases: [Phase], reach: Double) -> TransportMode {
    TransportMode(
      id: id, phases: phases, costRole: nil, handlingRole: nil, carbonRole: nil,
      capitalRole: "\(id)_capex", reachKm: reach, detour: 1.2, source: "fixture",
      confidence: .estimated)
  }
}
