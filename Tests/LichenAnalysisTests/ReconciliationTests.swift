import GLPKSolver
import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Reconciliation")
struct ReconciliationTests {
  private func reconciled(_ park: ParkBuilder) throws -> Reconciliation {
    try Reconciliation(park: try park.park(), solver: GLPKSolver())
  }

  /// Ash 1000 t/yr, documented exchange of `quantity` t/yr into a need of 5000 t/yr of clinker.
  private func ash(
    exchange quantity: Double?, unit: String = "t/yr", low: Double? = nil, high: Double? = nil,
    confidence: Confidence? = nil
  ) -> ParkBuilder {
    var park = Fixtures.ashPark
    park.declaration.outputs[0].quantity.low = low
    park.declaration.outputs[0].quantity.high = high
    park.exchange("link", from: "power", to: "cement", output: "ash-out", input: "clinker-in")
    park.declaration.exchanges[0].quantity = quantity
    park.declaration.exchanges[0].unit = unit
    park.declaration.exchanges[0].provenance.confidence = confidence
    return park
  }

  @Test("what agrees is left alone", arguments: [nil, 500, 1000, 1009])
  func agreement(quantity: Double?) throws {
    let found = try reconciled(ash(exchange: quantity))
    #expect(found.contradictions.isEmpty)
    #expect(found.corrections.isEmpty)
    #expect(found.tooNarrow.isEmpty)
  }

  @Test("more leaves than is given off: rows, figures and the weighted least squares")
  func outputExceeded() throws {
    // σ of the output 200/4 = 50, of the exchange (declared, ± 10 % of 1200) 60.
    let park = ash(exchange: 1.2, unit: "kt/yr", low: 900, high: 1100)
    let found = try reconciled(park)
    let contradiction = try #require(found.contradictions.first)
    #expect(found.contradictions.count == 1)
    #expect(contradiction.kind == .outputExceeded)
    #expect(contradiction.usedSum == 1200)
    #expect(contradiction.availableSum == 1000)
    #expect(contradiction.excess == 200)
    #expect(contradiction.used.map(\.reference) == ["exchanges.csv: link"])
    #expect(contradiction.available.map(\.reference) == ["outputs.csv: ash-out"])
    // Unbounded they would meet at (1000/2500 + 1200/3600)/(1/2500 + 1/3600) = 1081.967; the
    // exchange may fall to 1080 and the output rise to 1100, so that this is the answer.
    let exact = (1000.0 / 2500 + 1200.0 / 3600) / (1.0 / 2500 + 1.0 / 3600)
    #expect(
      found.corrections.map(\.figure.reference) == ["exchanges.csv: link", "outputs.csv: ash-out"])
    for correction in found.corrections { #expect(abs(correction.value - exact) < 1e-6) }
    #expect(abs((found.corrections.first?.written ?? 0) - exact / 1000) < 1e-9)
  }

  @Test("a copy is corrected and says so; its own check finds nothing any more")
  func writing() throws {
    let park = ash(exchange: 1.2, unit: "kt/yr", low: 900, high: 1100)
    let found = try reconciled(park)
    let corrected = found.corrected(park.declaration)
    #expect(corrected.outputs[0].notes == "reconciled with the other declarations, was 1000.0")
    #expect(corrected.exchanges[0].provenance.source.contains("was 1.2"))
    #expect(corrected.outputs[0].quantity.low == 900)
    #expect(park.declaration.outputs[0].quantity.typical == 1000)
    let again = try Reconciliation(
      park: try Park(corrected, catalogue: Fixtures.catalogue), solver: GLPKSolver())
    #expect(again.contradictions.isEmpty)
  }

  @Test("ranges that cannot meet are named with the value that would do")
  func tooNarrow() throws {
    let found = try reconciled(ash(exchange: 3000, low: 900, high: 1100))
    #expect(found.corrections.isEmpty)
    #expect(!found.tooNarrow.isEmpty)
    for narrow in found.tooNarrow {
      #expect(narrow.value < narrow.figure.low || narrow.value > narrow.figure.high)
    }
    // Without a range of its own, a recalled figure may move by a quarter.
    let wide = try reconciled(ash(exchange: 1400, confidence: .recalled))
    #expect(wide.tooNarrow.isEmpty)
    #expect(!wide.corrections.isEmpty)
  }

  @Test("into an input counts by the route's lowest ratio")
  func inputExceeded() throws {
    var park = ash(exchange: 1000)
    park.declaration.inputs[0].quantity.typical = 700
    // 1000 t × 0.8 t/t = 800 t > 700 t.
    let found = try reconciled(park)
    #expect(found.contradictions.map(\.kind) == [.inputExceeded])
    #expect(found.contradictions.first?.usedSum == 800)
    park.declaration.inputs[0].quantity.typical = 795
    #expect(try reconciled(park).contradictions.isEmpty)
  }

  @Test("more steam than fuel is asked about; heat of a chiller is not; water likewise")
  func enterprises() throws {
    var park = ParkBuilder()
    park.enterprise("works")
    park.input("gas", of: "works", "natural_gas", 1000, "GJ/yr")
    park.output("steam", of: "works", "steam_mp", 500, route: "none")
    // 500 t × 2.5 GJ/t = 1250 GJ.
    var found = try reconciled(park)
    #expect(found.contradictions.map(\.kind) == [.energy])
    #expect(found.contradictions.first?.usedSum == 1250)
    #expect(found.contradictions.first?.availableSum == 1000)
    park.declaration.outputs[0].quantity.typical = 300
    park.output("chiller", of: "works", "waste_heat", 5000, "GJ/yr", route: "none")
    park.property("temperature", of: "chiller", 35, unit: "C")
    #expect(try reconciled(park).contradictions.isEmpty)
    park.output("drain", of: "works", "used_water", 900, "m3/yr", route: "sewer")
    #expect(try reconciled(park).contradictions.isEmpty)
    park.input("well", of: "works", "process_water", 700, "m3/yr")
    found = try reconciled(park)
    #expect(found.contradictions.map(\.kind) == [.water])
  }

  @Test("an enterprise with estimated streams need not balance as a whole")
  func estimated() throws {
    var park = ParkBuilder()
    park.enterprise("works")
    park.input("gas", of: "works", "natural_gas", 1000, "GJ/yr") { $0.basis = .blueprint }
    park.output("steam", of: "works", "steam_mp", 500, route: "none")
    #expect(try reconciled(park).contradictions.isEmpty)
  }

  @Test("what was measured over the whole year stands; part of a year says nothing")
  func actuals() throws {
    var park = ash(exchange: 900, confidence: .recalled)
    func measure(_ period: String, _ quantity: Double) {
      var row = ActualRow(
        id: "m-\(period)", subject: "link", location: SourceLocation(file: "actuals.csv", row: 2))
      row.period = period
      row.quantity = quantity
      row.unit = "t"
      park.declaration.actuals.append(row)
    }
    measure("2020-Q1", 200)
    #expect(try reconciled(park).contradictions.isEmpty)
    for quarter in 2...4 { measure("2020-Q\(quarter)", 200) }
    let found = try reconciled(park)
    #expect(Set(found.contradictions.map(\.kind)) == [.actual])
    #expect(found.corrections.map(\.figure.reference) == ["exchanges.csv: link"])
    #expect(abs((found.corrections.first?.value ?? 0) - 800) < 1e-6)
  }

  @Test("no shipped park contradicts itself", arguments: Repository.parkNames)
  func shipped(name: String) throws {
    let park = try Repository.engine.park(at: Repository.park(name))
    #expect(Reconciliation.contradictions(in: park).map(\.subject) == [])
  }

  @Test("the order of rows does not matter")
  func order() throws {
    let park = ash(exchange: 1150)
    var turned = park
    turned.declaration.enterprises.reverse()
    turned.enterprise("other")
    let first = try reconciled(park)
    let second = try reconciled(turned)
    #expect(first.corrections.map(\.value) == second.corrections.map(\.value))
  }
}
