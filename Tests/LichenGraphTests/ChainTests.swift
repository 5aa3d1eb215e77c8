import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenGraph

@Suite("Routes through an intermediate material")
struct ChainTests {
  /// Sludge is pressed to briquettes, briquettes replace gas.
  private static func parts(_ change: (inout CatalogueParts) -> Void = { _ in }) -> Catalogue {
    catalogue { parts in
      let heat = ConversionBasis(heatingValueGJPerTonne: 18)
      parts.materials += [
        Fixtures.material("sludge", in: "residues", .slurry, "t", .residue),
        Fixtures.material("briquette", in: "products", .solid, "t", .product, heat),
      ]
      parts.put(
        Fixtures.route(
          "sludge", "briquette", ratio: .of(0.4, 0.5, 0.6), .recycling, cost: 10, kWh: 20,
          heatGJ: 1, residueShare: 0.1, maximumKm: 50,
          limits: [Fixtures.limit("chloride", maximum: 9)],
          confidence: .recalled))
      parts.put(
        Fixtures.route(
          "briquette", "natural_gas", ratio: .of(15, 16, 18), .fuel, cost: 2, kWh: 4,
          residueShare: 0.2, maximumKm: 80))
      parts.answer(
        "combustion_co2", for: "briquette", in: "GLOBAL", with: Estimate(30), "kgCO2e", per: "t")
      change(&parts)
    }
  }

  private var park: ParkBuilder {
    Fixtures.pair("sludge", 100, "t/yr", to: "natural_gas", 5000, "GJ/yr")
  }

  @Test("ratios multiply; cost, power, heat and residue of the second step count for what is made")
  func joined() throws {
    let route = try only(park, Self.parts()).route
    #expect(route.id.rawValue == "sludge__briquette__natural_gas")
    // 0.4 × 15, 0.5 × 16, 0.6 × 18.
    #expect(close(route.ratio, 6, 8, 10.8))
    // 10 EUR/t of sludge and 2 EUR/t of the 0.4 to 0.6 t of briquettes.
    #expect(close(route.treatmentCost?.amount, 10.8, 11, 11.2))
    // 20 + 0.5 × 4.
    #expect(close(route.electricityKWh, 22))
    #expect(route.heatGJ == 1)
    // 0.1 of the sludge, and 0.2 of the half tonne of briquettes.
    #expect(close(route.residueShare, 0.2))
    #expect(route.maximumKm == 50)
    #expect(route.limits.map(\.property.rawValue) == ["chloride"])
    #expect(route.ratioConfidence == .recalled)
    #expect(
      route.references == ["routes.csv: sludge__briquette", "routes.csv: briquette__natural_gas"])
    #expect(route.chain?.intermediate.rawValue == "briquette")
  }

  @Test("the stack is that of what is burnt in the end")
  func stack() throws {
    let candidate = try only(park, Self.parts())
    #expect(close(candidate.line(.combustion)?.carbon.value?.typical, -0.5 * 30))
  }

  @Test("a direct row, and direct use, come before a chain")
  func direct() throws {
    let row = Fixtures.route("sludge", "natural_gas", ratio: Estimate(3), .gas, cost: 1)
    #expect(try only(park, Self.parts { $0.put(row) }).route.chain == nil)
    // A row for the family of the sludge is a direct row, too.
    let family = Fixtures.route("residues", "natural_gas", ratio: Estimate(2), .gas, cost: 1)
    #expect(try only(park, Self.parts { $0.put(family) }).route.ratio == Estimate(2))
  }

  @Test(
    "no chain through heat or services, through what is burnt, spread or fed, or of little mass",
    arguments: ["utility", "fuel", "feed", "mass"])
  func nonsense(_ reason: String) throws {
    let catalogue = Self.parts { parts in
      switch reason {
      case "utility":
        parts.materials.removeAll { $0.id.rawValue == "briquette" }
        parts.materials.append(
          Fixtures.material("briquette", in: "utilities", .heat, "GJ", .utility))
      case "mass":
        // 0.5 × 1.9 GJ of gas is 0.02 t of 48 GJ/t at most: 0.95 / 48 = 0.0198.
        parts.put(Fixtures.route("briquette", "natural_gas", ratio: Estimate(1.9), .fuel, cost: 2))
      default:
        parts.put(
          Fixtures.route(
            "sludge", "briquette", ratio: Estimate(0.5), RouteUse(rawValue: reason) ?? .fuel,
            cost: 1)
        )
      }
    }
    #expect(try candidates(park, catalogue).isEmpty)
  }

  @Test("no chain ends in heat or power, which everybody buys")
  func utilityWanted() throws {
    let catalogue = Self.parts {
      $0.put(Fixtures.route("briquette", "district_heat", ratio: Estimate(16), .fuel, cost: 2))
    }
    let park = Fixtures.pair("sludge", 100, "t/yr", to: "district_heat", 5000, "GJ/yr")
    #expect(try candidates(park, catalogue).isEmpty)
    // From the briquettes themselves there is a way.
    let direct = Fixtures.pair("briquette", 100, "t/yr", to: "district_heat", 5000, "GJ/yr")
    #expect(try candidates(direct, catalogue).count == 1)
  }

  @Test("there are no chains of three steps")
  func threeSteps() throws {
    let catalogue = Self.parts { parts in
      parts.materials.append(Fixtures.material("raw", in: "residues", .solid, "t", .residue))
      parts.put(Fixtures.route("raw", "sludge", .recycling, cost: 1))
    }
    let park = Fixtures.pair("raw", 100, "t/yr", to: "natural_gas", 5000, "GJ/yr")
    #expect(try candidates(park, catalogue).isEmpty)
  }

  @Test("prices of different years are not added: the cost is unknown and blocks")
  func unknownCost() throws {
    let catalogue = Self.parts {
      $0.put(Fixtures.route("briquette", "natural_gas", ratio: Estimate(16), .fuel, cost: nil))
    }
    let candidate = try only(park, catalogue)
    #expect(candidate.route.treatmentCost == nil)
    #expect(candidate.kinds.contains(.costUnknown))
  }

  @Test("the stricter verdict of both uses holds", arguments: [RouteUse.recycling, .fuel])
  func law(_ forbidden: RouteUse) throws {
    let catalogue = Self.parts {
      $0.rules.append(
        LegalRule(
          id: .of("X-1"), jurisdiction: "EU", instrument: "i", article: "1", subject: "s",
          effect: .prohibited, uses: [forbidden], materials: [.of("sludge")], source: "fixture",
          confidence: .verified))
    }
    #expect(try only(park, catalogue).verdict.effect == .prohibited)
  }

  @Test("a row for a material two steps up the taxonomy serves")
  func twoSteps() throws {
    let catalogue = catalogue { parts in
      parts.materials += [
        Fixtures.material("dust", in: "bottom_ash", .solid, "t", .residue),
        Fixtures.material("fine_dust", in: "dust", .solid, "t", .residue),
      ]
    }
    let park = Fixtures.pair("fine_dust", 100, "t/yr", to: "clinker", 5000, "t/yr")
    // fine_dust → dust → bottom_ash → ash: the row is written for ash.
    #expect(try only(park, catalogue).route.id.rawValue == "ash__clinker")
  }

  /// The measure of how many chains the shipped catalogue allows, over every pair of materials.
  @Test("the shipped catalogue allows few chains, and none without a rule-abiding intermediate")
  func shipped() throws {
    let catalogue = Repository.engine.catalogue
    let book = RouteBook(park: try Fixtures.ashPark.park(catalogue.withFixtures()))
    let bought = Set(catalogue.routes.map(\.input)).intersection(catalogue.materials.keys)
    var direct = 0
    var chained = 0
    for output in Set(catalogue.routes.map(\.output)).intersection(catalogue.materials.keys) {
      for (route, inputs) in book.routes(from: output, to: bought) {
        guard let chain = route.chain else {
          direct += inputs.count
          continue
        }
        chained += inputs.count
        let middle = try #require(catalogue.materials[chain.intermediate])
        #expect([.product, .residue].contains(middle.legalKind), "\(route.id)")
        #expect(![.heat, .steam, .cold, .water, .electricity, .service].contains(middle.phase))
      }
    }
    #expect(direct > 800)
    #expect(chained > 20)
    #expect(chained < direct / 4, "\(chained) chains beside \(direct) direct pairs")
  }
}

extension Catalogue {
  /// The catalogue with the materials of the fixture's park, so that the park can be made.
  fileprivate func withFixtures() -> Catalogue {
    extended(
      materials: Fixtures.materials.filter { ["fly_ash", "clinker"].contains($0.id.rawValue) }
        .filter { materials[$0.id] == nil }, routes: [])
  }
}
