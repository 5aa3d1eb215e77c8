import LichenDomain

extension Fixtures {
  public static let categories: [MaterialCategory] = [
    category("residues"), category("ash", in: "residues"), category("products"),
    category("utilities"), category("steam", in: "utilities"),
  ]

  /// Residues end on what they are left over from, products on what one buys.
  public static let materials: [Material] = [
    material("fly_ash", in: "ash", .solid, "t", .residue, codes: ["10 01 02"]),
    material("bottom_ash", in: "ash", .solid, "t", .residue, codes: ["10 01 01"]),
    material("fgd_gypsum", in: "residues", .solid, "t", .residue, codes: ["10 01 05"]),
    material("clinker", in: "products", .solid, "t", .product),
    material("natural_gypsum", in: "products", .solid, "t", .product),
    material(
      "used_water", in: "utilities", .water, "m3", .water,
      ConversionBasis(densityTonnesPerCubicMetre: 1)),
    material(
      "process_water", in: "utilities", .water, "m3", .water,
      ConversionBasis(densityTonnesPerCubicMetre: 1)),
    material(
      "steam_hp", in: "steam", .steam, "t", .utility, ConversionBasis(heatContentGJPerTonne: 3.2),
      celsius: 400, bar: 60),
    material(
      "steam_mp", in: "steam", .steam, "t", .utility, ConversionBasis(heatContentGJPerTonne: 2.5),
      celsius: 250, bar: 15),
    material("waste_heat", in: "utilities", .heat, "GJ", .utility, celsius: 90),
    material("district_heat", in: "utilities", .heat, "GJ", .utility, celsius: 80),
    material("surplus_cold", in: "utilities", .cold, "GJ", .utility, celsius: 4),
    material("cooling", in: "utilities", .cold, "GJ", .utility, celsius: 6),
    material(
      "flare_gas", in: "residues", .gas, "GJ", .residue,
      ConversionBasis(heatingValueGJPerTonne: 40, normalDensityKgPerCubicMetre: 0.8)),
    material(
      "natural_gas", in: "products", .gas, "GJ", .product,
      ConversionBasis(heatingValueGJPerTonne: 48, normalDensityKgPerCubicMetre: 0.75)),
    material(
      "spent_acid", in: "residues", .liquid, "t", .residue,
      ConversionBasis(densityTonnesPerCubicMetre: 1.25), codes: ["06 01 01*"], isHazardous: true),
    material(
      "sulfuric_acid", in: "products", .liquid, "t", .product,
      ConversionBasis(densityTonnesPerCubicMetre: 1.8)),
    material("laundry_service", in: "products", .service, "unit", .product),
  ]

  public static func category(_ id: String, in parent: String? = nil) -> MaterialCategory {
    MaterialCategory(
      id: .of(id), names: LocalisedText(english: id), parent: parent.map { .of($0) })
  }

  /// A material row; what is not given is unknown.
  public static func material(
    _ id: String, in parent: String?, _ phase: Phase, _ unit: String, _ kind: LegalKind,
    _ basis: ConversionBasis = ConversionBasis(), codes: [String] = [], isHazardous: Bool = false,
    celsius: Double? = nil, bar: Double? = nil
  ) -> Material {
    Material(
      id: .of(id), names: LocalisedText(english: id), parent: parent.map { .of($0) }, phase: phase,
      referenceUnit: self.unit(unit), conversion: basis, temperatureCelsius: celsius,
      pressureBar: bar, legalKind: kind, wasteCodes: codes, isHazardous: isHazardous,
      source: "fixture", confidence: .verified)
  }

  /// A whole list and a part of one; the number 19 01 13 stands in both with another meaning.
  public static let wasteLists = [
    WasteList(
      id: "eu", name: "European List of Waste", isWhole: true,
      entries: [
        code("060101", "sulphuric acid", .hazardous), code("100101", "bottom ash", .nonHazardous),
        code("100102", "coal fly ash", .nonHazardous),
        code("100105", "gypsum from flue gas", .nonHazardous),
        code("190113", "fly ash with dangerous substances", .mirrorHazardous),
        code("190114", "other fly ash", .mirrorNonHazardous),
      ]),
    WasteList(
      id: "vn", name: "Vietnamese waste list", isWhole: false,
      entries: [
        code("070101", "spent acid", .hazardous), code("120605", "sludge", .presumedHazardous),
        code("120613", "other sludge", .ordinary), code("190113", "paper", .ordinary),
      ]),
  ]

  public static func code(_ digits: String, _ title: String, _ reading: WasteReading) -> WasteCode {
    WasteCode(
      code: digits, description: title, listClass: reading.rawValue, reading: reading,
      confidence: .verified)
  }
}
