import LichenDomain

/// Makes seeded parks over the shipped catalogue: plausible materials, random places and amounts.
public struct RandomPark {
  private var random: SeededGenerator
  private let place = SourceLocation(file: "random")

  /// Routes whose ends are moved by road or pipe, with known costs; each gives an output and an input.
  private static let pairs: [(output: String, input: String)] = [
    ("coal_fly_ash", "clinker"), ("coal_fly_ash", "natural_sand"),
    ("fgd_gypsum", "natural_gypsum"), ("rice_husk", "coal"), ("sawdust", "wood_pellets"),
    ("steel_slag_eaf", "gravel_aggregate"), ("pe_scrap", "pe_virgin"),
    ("cooling_water", "process_water"), ("steam_mp", "steam_mp"), ("copper_slag", "natural_sand"),
    ("glass_cullet", "glass_batch"), ("hot_water", "natural_gas"),
  ]

  public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// - Parameters:
  ///   - enterprises: Number of sites, at least 2.
  ///   - streams: Number of outputs and, independently, of inputs.
  public mutating func declaration(enterprises: Int, streams: ClosedRange<Int>)
    -> ParkDeclaration
  {
    var declaration = ParkDeclaration(settings: settings())
    declaration.enterprises = (0..<enterprises).map { index in
      var row = EnterpriseRow(id: "e\(index)", name: "Enterprise \(index)", location: place)
      row.latitude = 55.6 + Double.random(in: 0...0.06, using: &random)
      row.longitude = 11.0 + Double.random(in: 0...0.1, using: &random)
      return row
    }
    // Few kinds of material, so that streams compete.
    let kinds = (0..<Int.random(in: 1...4, using: &random)).map { _ in
      Self.pairs.randomElement(using: &random) ?? Self.pairs[0]
    }
    func owner() -> String { "e\(Int.random(in: 0..<enterprises, using: &random))" }
    for index in 0..<Int.random(in: streams, using: &random) {
      let kind = kinds.randomElement(using: &random) ?? kinds[0]
      var row = OutputRow(
        id: "o\(index)", enterprise: owner(), material: kind.output, location: place)
      row.quantity = quantity(of: kind.output)
      row.disposalCost = Double.random(in: -5...60, using: &random)
      if kind.output == "coal_fly_ash", Bool.random(using: &random) { row.wasteCode = "10 01 02" }
      if Int.random(in: 0..<4, using: &random) == 0 {
        row.minimumLot = (row.quantity.typical ?? 0) * Double.random(in: 0...0.8, using: &random)
      }
      declaration.outputs.append(row)
    }
    for index in 0..<Int.random(in: streams, using: &random) {
      let kind = kinds.randomElement(using: &random) ?? kinds[0]
      var row = InputRow(
        id: "i\(index)", enterprise: owner(), material: kind.input, location: place)
      row.quantity = quantity(of: kind.input)
      row.price = Double.random(in: 1...80, using: &random)
      row.maximumShare =
        Bool.random(using: &random) ? nil : Double.random(in: 0.2...1, using: &random)
      declaration.inputs.append(row)
    }
    return declaration
  }

  private func settings() -> ParkSettings {
    guard let euro = Currency("EUR"), let date = CalendarDate("2026-01-01") else {
      preconditionFailure("constants are well formed")
    }
    return ParkSettings(
      name: "random", title: "Random park", jurisdiction: "DK", currency: euro, baseYear: 2024,
      priceYear: 2024, lawDate: date)
  }

  /// Log-uniform between 10² and 10⁵ units a year.
  private mutating func quantity(of material: String) -> DeclaredQuantity {
    var exponent = Double.random(in: 0...3, using: &random)
    var value = 100.0
    while exponent >= 1 {
      value *= 10
      exponent -= 1
    }
    value *= 1 + 9 * exponent
    let unit =
      switch material {
      case "cooling_water", "process_water": "m3"
      case "hot_water", "natural_gas": "GJ"
      default: "t"
      }
    return DeclaredQuantity(typical: value.rounded(), unit: "\(unit)/yr")
  }

  /// Up to two shared plants that run routes between materials of the park.
  public mutating func addFacilities(to declaration: inout ParkDeclaration) {
    let given = Set(declaration.outputs.map(\.material))
    let needed = Set(declaration.inputs.map(\.material))
    let possible = Self.pairs.filter {
      given.contains($0.output) && needed.contains($0.input)
        && !["steam_mp", "hot_water"].contains($0.output)
    }
    for index in 0..<min(possible.count, Int.random(in: 1...2, using: &random)) {
      var row = FacilityRow(id: "h\(index)", location: place)
      if Bool.random(using: &random) {
        row.enterprise = declaration.enterprises.randomElement(using: &random)?.id ?? "e0"
      } else {
        row.latitude = 55.6 + Double.random(in: 0...0.06, using: &random)
        row.longitude = 11.0 + Double.random(in: 0...0.1, using: &random)
      }
      let pair = possible[index]
      row.routes = ["\(pair.output)__\(pair.input)"]
      let size = quantity(of: pair.output)
      row.capacity = size.typical
      row.unit = size.unit
      row.capital = Double.random(in: 0...200_000, using: &random)
      row.running = Double.random(in: 0...30_000, using: &random)
      row.lifetime = Double.random(in: 5...30, using: &random)
      declaration.facilities.append(row)
    }
  }

  /// Measured moisture of most outputs, and limits on it at most inputs, of the mixture or of each.
  public mutating func addMixtures(to declaration: inout ParkDeclaration) {
    for id in declaration.outputs.map(\.id) where Int.random(in: 0...4, using: &random) > 0 {
      var row = PropertyRow(stream: id, property: "moisture", location: place)
      row.value = Double.random(in: 0...20, using: &random)
      row.unit = "%"
      declaration.properties.append(row)
    }
    for id in declaration.inputs.map(\.id) where Int.random(in: 0...4, using: &random) > 0 {
      var row = PropertyRow(stream: id, property: "moisture", location: place)
      row.maximum = Double.random(in: 5...15, using: &random)
      row.unit = "%"
      row.isMixture = Int.random(in: 0...3, using: &random) > 0
      declaration.properties.append(row)
    }
  }

  /// A number for limits in tests.
  public mutating func number(in range: ClosedRange<Double>) -> Double {
    Double.random(in: range, using: &random)
  }

  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }
}
