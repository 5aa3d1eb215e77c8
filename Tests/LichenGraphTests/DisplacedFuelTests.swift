import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenGraph

/// The shipped figures behind the hand calculations: heating values of rice husk 13.5, fuel oil 40.4,
/// lignite 11.9 and coal 25.8 GJ/t, usable heat of MP steam 2.45 GJ/t (materials.csv); boiler
/// efficiencies of biomass 0.70-0.80-0.87, oil 0.82-0.86-0.90, coal 0.75-0.82-0.88 and gas
/// 0.86-0.90-0.94, use of heat 0.95-1-1 (parameters.csv).
@Suite("Fuels that heat, gas and biomass displace")
struct DisplacedFuelTests {
  private let shipped = Repository.engine.catalogue

  private func pair(_ output: String, to input: String, _ unit: String = "t/yr") -> ParkBuilder {
    let given = shipped.materials[.of(output)]?.referenceUnit.id ?? "t"
    return Fixtures.pair(output, 1000, "\(given)/yr", to: input, 1000, unit, km: 1)
  }

  private func route(_ output: String, to input: String, _ unit: String = "t/yr") throws -> Route {
    try only(pair(output, to: input, unit), shipped).route
  }

  @Test("biomass replaces fuel by heating value and the efficiency of both boilers")
  func biomass() throws {
    let oil = try route("rice_husk", to: "fuel_oil")
    #expect(oil.id.rawValue == "rice_husk__fuel_oil")
    #expect(oil.family?.rawValue == "solid_biomass__boiler_fuel")
    // 13.5 × 0.80 / (40.4 × 0.86); ends from the far ends of both efficiencies.
    let low = 13.5 * 0.70 / (40.4 * 0.90)
    let high = 13.5 * 0.87 / (40.4 * 0.82)
    #expect(close(oil.ratio, low, 10.8 / 34.744, high))
    // 13.5 GJ/t × 0.80 / 0.90: the gas is counted in GJ.
    #expect(close(try route("rice_husk", to: "natural_gas", "GJ/yr").ratio.typical, 12))
  }

  @Test("heat replaces fuel by the efficiency of the boiler that stands still")
  func heat() throws {
    #expect(close(try route("steam_mp", to: "lignite").ratio.typical, 2.45 / (11.9 * 0.82)))
    #expect(close(try route("waste_heat_ht", to: "lpg").ratio.typical, 1 / (47.3 * 0.90)))
    // A heat pump delivers 1.4 GJ per GJ of waste heat below 60 °C.
    #expect(close(try route("waste_heat_lt", to: "coal").ratio.typical, 1.4 / (25.8 * 0.82)))
  }

  @Test("heat must reach what the fuel heats, warm water too; condenser heat replaces no fuel")
  func warmWater() throws {
    var hot = pair("condensate", to: "natural_gas", "GJ/yr")
    let open = try only(hot, shipped)
    #expect(open.kinds.isEmpty && open.unmeasured.map(\.rawValue) == ["temperature"])
    hot.property("temperature", of: "in", minimum: 150, unit: "C")
    #expect(try only(hot, shipped).kinds == [.notHotEnough])
    #expect(try only(pair("waste_heat_lt", to: "coal"), shipped).kinds == [.notHotEnough])
    #expect(try only(pair("waste_heat_ht", to: "coal"), shipped).kinds.isEmpty)
  }

  @Test("gas replaces fuel, each by its own boiler")
  func gas() throws {
    #expect(close(try route("biogas", to: "lignite").ratio.typical, 0.90 / (11.9 * 0.82)))
  }

  @Test("what neither burns nor heats, motor fuel and things that are no fuel are left alone")
  func noFuel() throws {
    for (output, input) in [
      ("oxygen_byproduct", "coal"), ("cold_lng", "coal"), ("compressed_air", "lignite"),
      ("steam_mp", "diesel"), ("rice_husk", "diesel"), ("steam_mp", "naphtha"),
    ] {
      #expect(try candidates(pair(output, to: input), shipped).isEmpty, "\(output) → \(input)")
    }
  }

  @Test("a row that states a ratio comes before the rule for its family")
  func ownRow() throws {
    let coal = try route("rice_husk", to: "coal")
    #expect(coal.family == nil)
    #expect(coal.ratio.typical == 0.52)
  }

  @Test("cost and power of a family row are per GJ of output")
  func costs() throws {
    let oil = try route("rice_husk", to: "fuel_oil")
    // 1.2, 2.5 and 5 EUR/GJ times 13.5 GJ/t.
    #expect(close(oil.treatmentCost?.amount, 16.2, 33.75, 67.5))
    #expect(close(oil.electricityKWh, 3 * 13.5))
  }

  @Test("the ratio names its figures and is no firmer than the weakest of them")
  func references() throws {
    let oil = try route("rice_husk", to: "fuel_oil")
    #expect(
      oil.ratioReferences == [
        "materials.csv: rice_husk", "materials.csv: fuel_oil",
        "parameters.csv: boiler_efficiency_biomass", "parameters.csv: boiler_efficiency_oil",
      ])
    #expect(oil.references == ["routes.csv: solid_biomass__boiler_fuel"])
    #expect(oil.ratioConfidence == .estimated)
    let line = try only(pair("rice_husk", to: "fuel_oil"), shipped).line(.avoidedPurchase)
    #expect(line?.money.references.contains("materials.csv: rice_husk") == true)
  }

  @Test("a measured heating value and a local efficiency come before the catalogue's")
  func local() throws {
    var park = pair("rice_husk", to: "fuel_oil")
    park.property("lhv", of: "out", 10, unit: "GJ/t")
    let measured = try only(park, shipped).route
    let expected = 8 / (40.4 * 0.86)
    #expect(close(measured.ratio.typical, expected))
    #expect(measured.ratioReferences.first == "properties.csv: out lhv")
    park.override("boiler_efficiency.fuel_oil", "0.5")
    let halved = 8 / (40.4 * 0.5)
    #expect(close(try only(park, shipped).route.ratio.typical, halved))
  }

  @Test("what is raw material or motor fuel is not displaced by heat, and the blocker says so")
  func feedstock() throws {
    for output in ["steam_mp", "rice_husk", "biogas"] {
      var park = pair(output, to: "natural_gas", "GJ/yr")
      park.property("feedstock_share", of: "in", 100, unit: "%")
      let candidate = try only(park, shipped)
      #expect(candidate.kinds.contains(.feedstock))
      #expect(candidate.argument("share", of: .feedstock)?.number == 100)
      // It is no demand on the by-product either.
      #expect(!candidate.unmeasured.contains(.of("feedstock_share")))
    }
    var burnt = pair("steam_mp", to: "natural_gas", "GJ/yr")
    burnt.property("feedstock_share", of: "in", 0, unit: "%")
    #expect(try !only(burnt, shipped).kinds.contains(.feedstock))
  }

  @Test("temperature screens stand: heat that arrives too cold displaces no fuel")
  func level() throws {
    var park = pair("hot_water", to: "coal")
    park.property("temperature", of: "in", 150, unit: "C")
    #expect(try only(park, shipped).kinds.contains(.notHotEnough))
  }

  // MARK: CO2e

  /// Upstream 0.05925 kg/kWh and stack 101 kg/GJ of lignite (factors.csv: fuel_coal_wtt, fuel_lignite).
  @Test("steam avoids the fuel's upstream and its stack, each once, and burns nothing itself")
  func steamCarbon() throws {
    let candidate = try only(pair("steam_mp", to: "lignite"), shipped)
    let ratio = 2.45 / (11.9 * 0.82)
    let upstream = ratio * 11.9 / 0.0036 * 0.05925
    let stack = ratio * 11.9 * 101
    #expect(close(candidate.line(.avoidedPurchase)?.carbon.value?.typical, upstream))
    #expect(close(candidate.line(.avoidedCombustion)?.carbon.value?.typical, stack))
    #expect(candidate.line(.combustion) == nil)
    #expect(candidate.line(.avoidedCombustion)?.money.value == .zero)
  }

  /// Upstream 0.06291 kg/kWh and stack 77.4 kg/GJ of fuel oil; CH4 and N2O of biomass 0.01074 kg/kWh.
  @Test("burnt biomass adds its methane and nitrous oxide, no biogenic CO2")
  func biomassCarbon() throws {
    let candidate = try only(pair("rice_husk", to: "fuel_oil"), shipped)
    let ratio = 13.5 * 0.80 / (40.4 * 0.86)
    let upstream = ratio * 40.4 / 0.0036 * 0.06291
    let stack = ratio * 40.4 * 77.4
    let own = 13.5 / 0.0036 * 0.01074
    #expect(close(candidate.line(.avoidedPurchase)?.carbon.value?.typical, upstream))
    #expect(close(candidate.line(.avoidedCombustion)?.carbon.value?.typical, stack))
    #expect(close(candidate.line(.combustion)?.carbon.value?.typical, -own))
  }

  @Test("gas that was sold already avoids no stack a second time")
  func alreadySold() throws {
    var park = pair("biogas", to: "lignite")
    park.declaration.outputs[0].currentRoute = "sold"
    park.declaration.outputs[0].disposalCost = -1
    let candidate = try only(park, shipped)
    #expect(candidate.line(.avoidedCombustion)?.carbon.value == .zero)
    #expect(candidate.line(.avoidedPurchase)?.carbon.value == .zero)
  }

  @Test("the same fuel on both sides burns as before")
  func sameFuel() throws {
    let candidate = try only(pair("petcoke", to: "petcoke"), shipped)
    #expect(candidate.route.isDirectUse)
    #expect(candidate.line(.avoidedCombustion) == nil)
    #expect(candidate.line(.combustion) == nil)
  }

  @Test("every fuel of the catalogue counts upstream and stack in different rows")
  func nothingTwice() {
    for rule in shipped.defaults where rule.role == "virgin_co2" {
      guard let material = rule.material else { continue }
      let stack = shipped.answer("combustion_co2", for: material, in: rule.region)
      let twice = Set(rule.entries).intersection(stack?.figures.map(\.id) ?? [])
      #expect(twice.isEmpty, "\(material) \(rule.region)")
    }
  }
}
