import LichenDomain
import LichenTestSupport
import Testing

@Suite("Words of a park")
struct ParkWordsTests {
  private static func park(
    _ text: String, name: String = "", configure: (inout ParkBuilder) -> Void
  )
    throws -> Park
  {
    var builder = ParkBuilder()
    builder.enterprise("power")
    builder.declaration.enterprises[0].sector = "Power plant"
    builder.output("x", of: "power", text, 5) { $0.name = name }
    configure(&builder)
    return try builder.park()
  }

  @Test(
    "an id, an English or a Vietnamese name names a material, whatever case and spaces",
    arguments: ["fly_ash", "FLY_ASH", "Fly ash", " fly   ASH"])
  func names(text: String) throws {
    let park = try Self.park(text) { _ in }
    #expect(park.outputs.map(\.material.rawValue) == ["fly_ash"])
    #expect(park.unmatched.isEmpty && park.warnings.allSatisfy { $0.code != "unmatched-material" })
  }

  @Test("an unknown text is listed as unmatched with a warning, never forced to the nearest id")
  func unmatched() throws {
    let park = try Self.park("fly_ahs") { _ in }
    #expect(park.outputs.isEmpty)
    let stream = try #require(park.unmatched.first)
    #expect(stream.text == "fly_ahs" && stream.isOutput && stream.sector == "Power plant")
    #expect(stream.quantity == "5.0 t/yr")
    let warning = try #require(park.warnings.first { $0.code == "unmatched-material" })
    #expect(warning.hint?.contains("fly_ash") == true)
  }

  @Test("a blank material leaves the word to the name; blank both is an error")
  func blank() throws {
    #expect(try Self.park("", name: "Fly ash") { _ in }.outputs.count == 1)
    #expect(try Self.park("", name: "tro") { _ in }.unmatched.map(\.text) == ["tro"])
    var builder = ParkBuilder()
    builder.enterprise("power")
    builder.output("x", of: "power", "", 5)
    #expect(builder.issues().map(\.code) == ["missing-value"])
  }

  @Test("a confirmed text is reused; one for the sector comes before one for any")
  func confirmed() throws {
    func row(_ text: String, _ material: String, sector: String = "") -> ClassificationRow {
      var row = ClassificationRow(
        text: text, location: SourceLocation(file: "classifications.csv", row: 2))
      row.material = material
      row.sector = sector
      return row
    }
    let park = try Self.park("tro  Bay") {
      $0.declaration.classifications = [
        row("Tro bay", "clinker"), row("tro bay", "fly_ash", sector: "power plant"),
      ]
    }
    #expect(park.outputs.map(\.material.rawValue) == ["fly_ash"])
    var builder = ParkBuilder()
    builder.enterprise("power")
    builder.declaration.classifications = [
      row("a", "fly_ahs"), row("b", "clinker"), row(" B ", "fly_ash"),
    ]
    #expect(Set(builder.issues().map(\.code)) == ["unknown-material", "duplicate-key"])
  }

  @Test("an unmatched stream may still be documented and measured")
  func documented() throws {
    let park = try Self.park("spent acid 20 %") {
      $0.enterprise("works")
      $0.input("y", of: "works", "clinker", 1)
      $0.property("moisture", of: "x", 5)
      $0.exchange("known", from: "power", to: "works", output: "x", input: "y")
    }
    #expect(park.unmatched.count == 1 && park.exchanges.count == 1)
  }
}
