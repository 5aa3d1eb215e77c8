import LichenDomain

/// Makes sound parks at random; one seed, one park.
public enum RandomParks {
  private static let offers: [(material: String, unit: String, scale: Double)] = [
    ("fly_ash", "t/yr", 20_000), ("bottom_ash", "t/yr", 5000), ("fgd_gypsum", "t/yr", 40_000),
    ("used_water", "m3/yr", 500_000), ("steam_hp", "t/yr", 90_000),
    ("waste_heat", "GJ/yr", 300_000),
    ("flare_gas", "GJ/yr", 200_000), ("spent_acid", "t/yr", 900), ("surplus_cold", "GJ/yr", 9000),
  ]

  private static let needs: [(material: String, unit: String, scale: Double)] = [
    ("clinker", "t/yr", 60_000), ("natural_gypsum", "t/yr", 50_000),
    ("process_water", "m3/yr", 700_000), ("steam_mp", "t/yr", 60_000),
    ("district_heat", "GJ/yr", 500_000), ("natural_gas", "GJ/yr", 300_000),
    ("sulfuric_acid", "t/yr", 2000), ("cooling", "GJ/yr", 8000), ("fly_ash", "t/yr", 3000),
  ]

  private static let currentRoutes = [
    "landfill", "sewer", "flare", "incineration", "stockpile", "sold", "none", "",
  ]

  /// A park whose rows are sound but otherwise arbitrary: unquantified streams, missing places,
  /// ranges, lots, declared ways, documented exchanges and measured qualities all occur.
  public static func park(
    seed: UInt64, enterprises: ClosedRange<Int> = 2...6, outputs: ClosedRange<Int> = 1...8,
    inputs: ClosedRange<Int> = 1...8
  ) -> ParkBuilder {
    var random = SeededGenerator(seed: seed)
    var park = ParkBuilder(
      name: "random-\(seed)", jurisdiction: random.element(of: ["EU", "DK", "VN"]),
      carbonPrice: random.element(of: [0, 50]),
      existingExchanges: random.element(of: ExistingExchanges.allCases))
    let sites = (1...random.whole(in: enterprises)).map { "e\($0)" }
    for site in sites {
      let place = (55 + random.number(in: -0.3...0.3), 11 + random.number(in: -0.5...0.5))
      park.enterprise(
        site, at: random.chance(0.9) ? place : nil,
        licences: random.chance(0.3) ? ["hazardous-waste"] : [])
    }
    for number in 1...random.whole(in: outputs) {
      addOutput("o\(number)", of: random.element(of: sites), to: &park, &random)
    }
    for number in 1...random.whole(in: inputs) {
      addInput("i\(number)", of: random.element(of: sites), to: &park, &random)
    }
    addWays(between: sites, to: &park, &random)
    return park
  }

  private static func addOutput(
    _ id: String, of site: String, to park: inout ParkBuilder, _ random: inout SeededGenerator
  ) {
    let offer = random.element(of: offers)
    let quantity = random.chance(0.9) ? random.number(in: 0...offer.scale) : nil
    let cost = random.chance(0.5) ? random.number(in: -20...80) : nil
    let lot = random.chance(0.3) ? random.number(in: 0...(offer.scale / 3)) : nil
    park.output(
      id, of: site, offer.material, quantity, offer.unit, route: random.element(of: currentRoutes),
      disposalCost: cost
    ) { row in
      row.minimumLot = lot
      if let quantity {
        row.quantity.low = quantity * 0.8
        row.quantity.high = quantity * 1.3
      }
    }
    if offer.material == "fly_ash", random.chance(0.5) {
      park.property("chloride", of: id, random.number(in: 0...2000), unit: "mg/kg")
    }
    if offer.unit == "GJ/yr", offer.material != "flare_gas", random.chance(0.5) {
      park.property("temperature", of: id, random.number(in: 2...120), unit: "C")
    }
  }

  private static func addInput(
    _ id: String, of site: String, to park: inout ParkBuilder, _ random: inout SeededGenerator
  ) {
    let need = random.element(of: needs)
    let quantity = random.chance(0.9) ? random.number(in: 0...need.scale) : nil
    let price = random.chance(0.3) ? random.number(in: 0...100) : nil
    let share = random.chance(0.5) ? random.number(in: 0...1) : nil
    park.input(id, of: site, need.material, quantity, need.unit, price: price, maximumShare: share)
  }

  private static func addWays(
    between sites: [String], to park: inout ParkBuilder, _ random: inout SeededGenerator
  ) {
    for from in sites {
      for to in sites where from != to && random.chance(0.2) {
        park.distance(
          from, to, km: random.number(in: 0.1...150),
          mode: random.element(of: ["", "truck", "rail"]))
      }
    }
    for output in park.declaration.outputs where random.chance(0.1) {
      let input = random.element(of: park.declaration.inputs)
      if input.enterprise == output.enterprise { continue }
      park.exchange(
        "x-\(output.id)-\(input.id)", from: output.enterprise, to: input.enterprise,
        output: output.id, input: input.id)
    }
  }

  /// The same declaration with the rows of every table in another order.
  public static func permuted(_ park: ParkBuilder, seed: UInt64) -> ParkBuilder {
    var random = SeededGenerator(seed: seed)
    var park = park
    park.declaration.enterprises = random.shuffled(park.declaration.enterprises)
    park.declaration.outputs = random.shuffled(park.declaration.outputs)
    park.declaration.inputs = random.shuffled(park.declaration.inputs)
    park.declaration.properties = random.shuffled(park.declaration.properties)
    park.declaration.exchanges = random.shuffled(park.declaration.exchanges)
    park.declaration.distances = random.shuffled(park.declaration.distances)
    park.declaration.overrides = random.shuffled(park.declaration.overrides)
    return park
  }
}
