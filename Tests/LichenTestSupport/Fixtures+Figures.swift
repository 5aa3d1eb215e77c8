import LichenDomain

extension Fixtures {
  public static let jurisdictions: [Jurisdiction] = [
    jurisdiction("EU", in: nil, "EUR", .union, list: "eu"),
    jurisdiction("DK", in: "EU", "DKK", groups: ["OECD"]),
    jurisdiction("DK-84", in: "DK", nil, .region),
    jurisdiction("DE", in: "EU", "EUR", groups: ["OECD"]),
    jurisdiction("VN", in: nil, "VND", list: "vn"),
    jurisdiction("US", in: nil, "USD", groups: ["OECD"]),
    jurisdiction("BASEL", in: nil, nil, .convention),
  ]

  public static func jurisdiction(
    _ code: String, in parent: String?, _ currency: String?, _ kind: Jurisdiction.Kind = .country,
    list: String? = nil, groups: [String] = [], residuesAreWaste: Bool = false
  ) -> Jurisdiction {
    Jurisdiction(
      code: code, name: code, parent: parent, currency: currency.map { Currency.of($0) },
      kind: kind, wasteList: list, groups: groups, residuesAreWaste: residuesAreWaste)
  }

  /// 1 EUR = 7.5 DKK = 1.25 USD = 25 000 VND, all of 2020.
  public static let exchangeRates: [ExchangeRate] = [
    rate("EUR", "DKK", 7.5), rate("EUR", "USD", 1.25), rate("USD", "VND", 20_000),
  ]

  public static func rate(
    _ base: String, _ quote: String, _ value: Double, year: Int = 2020,
    confidence: Confidence = .verified
  ) -> ExchangeRate {
    ExchangeRate(
      id: "fx_\(base)_\(quote)_\(year)".lowercased(), base: .of(base), quote: .of(quote),
      rate: Estimate(value), year: year, source: "fixture", confidence: confidence)
  }

  public static var figures: [Figure] { answers.map(\.0) }
  public static var defaults: [DefaultRule] { answers.map(\.1) }

  /// A figure and the default that answers `role` with it.
  public static func answer(
    _ role: String, for material: String? = nil, in region: String, with value: Estimate,
    _ measure: String, per: String = "", year: Int? = 2020, confidence: Confidence = .verified
  ) -> (Figure, DefaultRule) {
    let id = ([role, material, region.lowercased()] as [String?]).compactMap { $0 }.joined(
      separator: "_")
    return (
      Figure(
        id: id, name: id, value: value, measure: measure, per: per, region: region, year: year,
        source: "fixture", confidence: confidence),
      DefaultRule(
        role: role, material: material.map { .of($0) }, region: region, entries: [id],
        confidence: confidence)
    )
  }

  private static let answers: [(Figure, DefaultRule)] =
    prices + freight + carbon + parameters + vietnam

  private static func euro(_ role: String, _ material: String?, _ value: Double, per: String)
    -> (Figure, DefaultRule)
  {
    answer(role, for: material, in: "EU", with: Estimate(value), "EUR", per: per)
  }

  private static func kilogram(_ role: String, _ material: String?, _ value: Double, per: String)
    -> (Figure, DefaultRule)
  {
    answer(role, for: material, in: "GLOBAL", with: Estimate(value), "kgCO2e", per: per)
  }

  private static func parameter(_ role: String, _ value: Double) -> (Figure, DefaultRule) {
    answer(role, in: "GLOBAL", with: Estimate(value), "", confidence: .estimated)
  }

  private static let prices = [
    answer("price", for: "clinker", in: "EU", with: .of(50, 60, 80), "EUR", per: "t"),
    euro("price", "natural_gypsum", 30, per: "t"), euro("price", "process_water", 1, per: "m3"),
    euro("price", "steam_mp", 25, per: "t"), euro("price", "district_heat", 10, per: "GJ"),
    euro("price", "cooling", 12, per: "GJ"), euro("price", "natural_gas", 9, per: "GJ"),
    euro("price", "sulfuric_acid", 90, per: "t"), euro("disposal_cost", "residues", 50, per: "t"),
    euro("disposal_cost", "spent_acid", 200, per: "t"),
    euro("electricity_price", nil, 0.1, per: "kWh"), euro("transaction_cost", nil, 1000, per: ""),
    euro("permit_cost", nil, 5000, per: ""),
  ]

  private static let freight = [
    euro("truck_cost", nil, 0.1, per: "tkm"), euro("truck_handling", nil, 2, per: "t"),
    euro("rail_cost", nil, 0.04, per: "tkm"), euro("rail_handling", nil, 6, per: "t"),
    euro("barge_cost", nil, 0.02, per: "tkm"), euro("barge_handling", nil, 8, per: "t"),
    euro("pipe_gas_capex", nil, 300, per: "m"), euro("pipe_heat_capex", nil, 800, per: "m"),
    euro("pipe_steam_capex", nil, 1000, per: "m"), euro("pipe_water_capex", nil, 200, per: "m"),
  ]

  private static let carbon = [
    kilogram("virgin_co2", "clinker", 850, per: "t"),
    kilogram("virgin_co2", "natural_gypsum", 5, per: "t"),
    kilogram("virgin_co2", "process_water", 0.3, per: "m3"),
    kilogram("virgin_co2", "steam_mp", 200, per: "t"),
    kilogram("virgin_co2", "district_heat", 60, per: "GJ"),
    kilogram("virgin_co2", "cooling", 30, per: "GJ"),
    kilogram("virgin_co2", "natural_gas", 66, per: "GJ"),
    kilogram("virgin_co2", "sulfuric_acid", 100, per: "t"),
    kilogram("combustion_co2", "flare_gas", 55, per: "GJ"),
    kilogram("disposal_co2", "residues", 10, per: "t"),
    kilogram("electricity_co2", nil, 0.3, per: "kWh"), kilogram("heat_co2", nil, 60, per: "GJ"),
    kilogram("truck_co2", nil, 0.08, per: "tkm"), kilogram("rail_co2", nil, 0.02, per: "tkm"),
    kilogram("barge_co2", nil, 0.03, per: "tkm"),
  ]

  private static let parameters = [
    parameter("discount_rate", 0.08), parameter("link_lifetime_years", 15),
    parameter("permit_lifetime_years", 10), parameter("measure_lifetime_years", 10),
    parameter("hazardous_haulage_multiplier", 1.5),
    parameter("pump_kwh_per_m3_km", 0.1), parameter("heat_approach_k", 5),
    parameter("hot_water_loss_k_per_km", 0.5), parameter("steam_loss_k_per_km", 10),
    parameter("pipe_maintenance_share", 0.02),
  ]

  private static let vietnam = [
    answer("price", for: "clinker", in: "VN", with: Estimate(1_000_000), "VND", per: "t"),
    answer("disposal_cost", for: "residues", in: "VN", with: Estimate(400_000), "VND", per: "t"),
    answer("electricity_price", in: "VN", with: Estimate(2_000), "VND", per: "kWh"),
    answer("electricity_co2", in: "VN", with: Estimate(0.7), "kgCO2e", per: "kWh"),
    answer("truck_cost", in: "VN", with: Estimate(2_500), "VND", per: "tkm"),
    answer("truck_handling", in: "VN", with: Estimate(50_000), "VND", per: "t"),
    answer("permit_cost", in: "VN", with: Estimate(50_000_000), "VND"),
  ]
}
