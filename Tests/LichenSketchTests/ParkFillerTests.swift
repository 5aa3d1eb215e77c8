import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenSketch

@Suite("Filling a park from blueprints")
struct ParkFillerTests {
  private static let book = Repository.engine.catalogue.sectorBook

  /// One enterprise of a sector, with its size.
  private func park(
    _ sector: String, size: DeclaredQuantity = DeclaredQuantity(typical: 1000, unit: ""),
    confidence: Confidence? = nil, configure: (inout ParkBuilder) -> Void = { _ in }
  ) throws -> Park {
    var builder = ParkBuilder(jurisdiction: "VN", currency: "VND", baseYear: 2024)
    builder.enterprise("works", at: (10, 106))
    builder.declaration.enterprises[0].blueprint = sector
    var size = size
    if size.unit.isEmpty, let unit = Self.book.sector(sector)?.unit {
      size.unit = unit.dimension == .area ? unit.id : "\(unit.id)/yr"
    }
    builder.declaration.enterprises[0].size = size
    builder.declaration.enterprises[0].provenance.confidence = confidence
    configure(&builder)
    return try Repository.engine.park(builder.declaration)
  }

  @Test("every sector fills: one row of each group, no row used inside, size times amount")
  func everySector() throws {
    #expect(Self.book.sectors.count == 74)
    for sector in Self.book.sectors {
      let fill = ParkFiller(park: try park(sector.id)).filled()
      let flows = Self.book.flows(of: sector.id)
      #expect(!flows.isEmpty, "\(sector.id)")
      let groups = fill.added.map(\.flow.group).filter { !$0.isEmpty }
      #expect(Set(groups).count == groups.count, "\(sector.id)")
      for added in fill.added {
        #expect([nil, .main, .coProduct].contains(added.flow.role), "\(added.id)")
        let yearly = try #require(added.yearly)
        // Reference value: the interval product, to the six digits that are written.
        for (made, amount) in [
          (yearly.low, added.flow.amount.low), (yearly.typical, added.flow.amount.typical),
          (yearly.high, added.flow.amount.high),
        ] {
          #expect(abs(made - 1000 * amount) <= 1e-5 * 1000 * amount, "\(added.id)")
        }
      }
      let expected = flows.filter {
        $0.isEmitted && ($0.material != nil || $0.kind == .output)
      }
      #expect(Set(fill.added.map(\.flow)) == Set(expected), "\(sector.id)")
      // The filled park is sound, and a second filling adds nothing.
      let again = try Repository.engine.park(fill.declaration)
      #expect(ParkFiller(park: again).filled().added.isEmpty, "\(sector.id)")
    }
  }

  @Test("a declared stream, its broader and its narrower material keep the row out")
  func declaredStays() throws {
    let fill = ParkFiller(
      park: try park("rice_mill") {
        $0.output("own-husk", of: "works", "rice_husk", 7)
      }
    ).filled()
    #expect(!fill.added.contains { $0.flow.name == "Husk" })
    let own = try #require(fill.declaration.outputs.first { $0.id == "own-husk" })
    #expect(own.quantity.typical == 7)
    #expect(own.basis == nil)
    #expect(fill.added.contains { $0.flow.name == "Bran" })
  }

  @Test("a declared stream without quantity, or of another year, is a statement too")
  func silentStatements() throws {
    let fill = ParkFiller(
      park: try park("rice_mill") {
        $0.output("husk-later", of: "works", "rice_husk", 7) { $0.fromYear = 2030 }
        $0.output("bran", of: "works", "rice_bran", nil)
      }
    ).filled()
    #expect(!fill.added.contains { ["Husk", "Bran"].contains($0.flow.name) })
  }

  @Test("declaring the alternative of a group keeps its main row out")
  func alternativeChosen() throws {
    let fill = ParkFiller(
      park: try park("biomass_chp") {
        $0.input("husk", of: "works", "rice_husk", 90_000)
      }
    ).filled()
    #expect(!fill.added.contains { $0.flow.group == "fuel" })
    #expect(fill.added.contains { $0.flow.group == "heat" })
  }

  @Test("rows say basis, source and confidence; a filled figure is never better than estimated")
  func provenance() throws {
    let fill = ParkFiller(park: try park("rice_mill", confidence: .verified)).filled()
    #expect(!fill.declaration.outputs.isEmpty)
    for row in fill.declaration.outputs {
      #expect(row.basis == .blueprint)
      #expect(row.provenance.source.hasPrefix("blueprints.csv: rice_mill \(row.name) ("))
      #expect(row.provenance.confidence == .estimated)
    }
    let husk = try #require(fill.declaration.outputs.first { $0.name == "Husk" })
    #expect(husk.id == "works-husk")
  }

  @Test("without a size streams are listed unquantified, and it is said")
  func noSize() throws {
    let fill = ParkFiller(park: try park("rice_mill", size: DeclaredQuantity())).filled()
    #expect(fill.added.allSatisfy { $0.yearly == nil })
    #expect(fill.issues.map(\.code) == ["no-size"])
    let filled = try Repository.engine.park(fill.declaration)
    #expect(filled.outputs.allSatisfy { $0.quantity == nil })
  }

  @Test("an enterprise without a blueprint gets suggestions and nothing else")
  func suggestionsOnly() throws {
    var builder = ParkBuilder(jurisdiction: "VN", currency: "VND", baseYear: 2024)
    builder.enterprise("mill")
    builder.declaration.enterprises[0].sector = "Paper mill"
    builder.declaration.enterprises[0].isic = "1701"
    let fill = ParkFiller(park: try Repository.engine.park(builder.declaration)).filled()
    #expect(fill.added.isEmpty)
    #expect(fill.issues.map(\.code) == ["no-blueprint"])
    #expect(fill.issues.first?.hint?.contains("recycled_paper") == true)
  }

  @Test("ids do not collide with declared ones")
  func freshIDs() throws {
    let fill = ParkFiller(
      park: try park("rice_mill") {
        $0.output("works-husk", of: "works", "coal_fly_ash", 1)
      }
    ).filled()
    #expect(fill.added.first { $0.flow.name == "Husk" }?.id == "works-husk-2")
  }

  @Test("what a blueprint sells is given up at the market price")
  func soldAtPrice() throws {
    let engine = Repository.engine
    let park = try park("rice_mill") {
      $0.enterprise("kiln", at: (10, 106.01))
      $0.input("gas", of: "kiln", "natural_gas", 100_000, "GJ/yr")
    }
    let graph = try engine.filled(park).park
    let candidates = try engine.match(graph, options: .init(settings: graph.settings)).graph
    let husk = try #require(
      candidates.candidates.first { $0.output.name == "Husk" && $0.input.id.rawValue == "gas" })
    let line = try #require(husk.ledger.perUnit.first { $0.term == .avoidedDisposal })
    #expect((line.money.value?.typical ?? 0) < 0)
    #expect(line.money.references.contains { $0.hasPrefix("costs.csv: ") })
    #expect(husk.quantityBasis == .blueprint)
  }
}
