import LichenDomain

extension Fixtures {
  /// A power station lands 1000 t/yr of fly ash; a cement works 10 km away by a declared road buys
  /// 5000 t/yr of clinker. One candidate.
  public static var ashPark: ParkBuilder {
    var park = ParkBuilder()
    park.enterprise("power")
    park.enterprise("cement")
    park.output("ash-out", of: "power", "fly_ash", 1000)
    park.input("clinker-in", of: "cement", "clinker", 5000)
    park.distance("power", "cement", km: 10)
    return park
  }

  /// Two enterprises, one output, one input, a declared way of `km` between them.
  public static func pair(
    _ output: String, _ supply: Double?, _ supplyUnit: String, to input: String, _ need: Double?,
    _ needUnit: String, km: Double? = 10, route: String = "none"
  ) -> ParkBuilder {
    var park = ParkBuilder()
    park.enterprise("donor")
    park.enterprise("receiver")
    park.output("out", of: "donor", output, supply, supplyUnit, route: route)
    park.input("in", of: "receiver", input, need, needUnit)
    if let km { park.distance("donor", "receiver", km: km) }
    return park
  }

  /// Six sites near Kalundborg with streams of every phase; about a dozen candidates.
  public static var mixedPark: ParkBuilder {
    var park = ParkBuilder(jurisdiction: "DK", currency: "DKK", discountRate: 0.05)
    park.enterprise("power", at: (55.660, 11.080))
    park.enterprise("refinery", at: (55.665, 11.100))
    park.enterprise("board", at: (55.680, 11.120), licences: ["hazardous-waste"])
    park.enterprise("town", at: (55.680, 11.090))
    park.enterprise("works", at: (55.700, 11.150))
    park.enterprise("farm", at: (55.900, 11.500))
    park.output("ash", of: "power", "fly_ash", 30_000, wasteCode: "10 01 02")
    park.output("slag", of: "power", "bottom_ash", 5000)
    park.output("gypsum", of: "power", "fgd_gypsum", 80_000, route: "stockpile")
    park.output("steam", of: "power", "steam_hp", 100_000, route: "none")
    park.output("heat", of: "power", "waste_heat", 20, "MW", route: "none") {
      $0.quantity.hours = 4000
    }
    park.output("gas", of: "refinery", "flare_gas", 300_000, "GJ/yr", route: "flare")
    park.output("acid", of: "refinery", "spent_acid", 900, wasteCode: "06 01 01*")
    park.output("water", of: "refinery", "used_water", 500_000, "m3/yr", route: "sewer")
    park.output("unknown-ash", of: "farm", "bottom_ash", nil)
    park.input("rock", of: "board", "natural_gypsum", 100_000)
    park.input("acid-need", of: "board", "sulfuric_acid", 2000)
    park.input("fuel", of: "board", "natural_gas", 400_000, "GJ/yr")
    park.input("warmth", of: "town", "district_heat", 500_000, "GJ/yr", maximumShare: 0.8)
    park.input("cement-kiln", of: "works", "clinker", 60_000)
    park.input("process-steam", of: "refinery", "steam_mp", 60_000)
    park.input("raw-water", of: "power", "process_water", 700_000, "m3/yr")
    park.property("chloride", of: "ash", 300, maximum: 700, unit: "mg/kg")
    park.property("moisture", of: "gypsum", 8, unit: "%")
    return park
  }
}
