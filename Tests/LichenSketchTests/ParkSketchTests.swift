import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenSketch

@Suite("A park from a list")
struct ParkSketchTests {
  private static let catalogue = Repository.engine.catalogue

  private func row(_ name: String, _ number: Int, _ configure: (inout SiteListRow) -> Void)
    -> SiteListRow
  {
    var row = SiteListRow(name: name, location: SourceLocation(file: "list.csv", row: number))
    configure(&row)
    return row
  }

  private func sketch(_ rows: [SiteListRow], withinKm: Double? = nil) -> ParkSketch.Result {
    let settings = ParkBuilder(jurisdiction: "VN", currency: "VND", baseYear: 2024)
      .declaration.settings
    return ParkSketch(catalogue: Self.catalogue, withinKm: withinKm)
      .park(of: rows, settings: settings)
  }

  @Test("words become blueprint, size, place and id, and what was taken is said in the row")
  func whole() throws {
    let result = sketch([
      row("Nhà máy Điều Long An", 2) {
        $0.sector = "Chế biến hạt điều"
        $0.sizeWord = .medium
        $0.place = "Long An"
      }
    ])
    let enterprise = try #require(result.declaration.enterprises.first)
    #expect(enterprise.id == "nha-may-dieu-long-an")
    #expect(enterprise.blueprint == "cashew")
    #expect(enterprise.isic == "1030")
    #expect(
      enterprise.size == DeclaredQuantity(typical: 10_000, low: 5000, high: 20_000, unit: "t/yr"))
    #expect(enterprise.provenance.confidence == .estimated)
    #expect(enterprise.latitude != nil)
    #expect(enterprise.notes.contains("place of the province: Long An"))
    #expect(result.issues.map(\.code) == ["place-of-park"])
  }

  @Test("an unclear sector is suggested, never taken")
  func unclear() {
    let result = sketch([
      row("A", 2) {
        $0.sector = "1020"
        $0.place = "Trà Nóc 1"
      }
    ])
    #expect(result.declaration.enterprises[0].blueprint.isEmpty)
    let issue = result.issues.first { $0.code == "no-blueprint" }
    #expect(issue?.severity == .warning)
    for id in ["fish_marine", "pangasius", "shrimp"] {
      #expect(issue?.hint?.contains(id) == true)
    }
  }

  @Test("unknown places, blueprints and units are errors at their row, with the nearest spelling")
  func errors() {
    let result = sketch([
      row("A", 2) {
        $0.blueprint = "cashw"
        $0.place = "Hiệp Phước"
      },
      row("B", 3) {
        $0.sector = "brewery"
        $0.size = DeclaredQuantity(typical: 5, unit: "kegs")
        $0.place = "Hai Fong"
      },
    ])
    let errors = result.issues.filter { $0.severity == .error }
    #expect(errors.map(\.code) == ["unknown-blueprint", "unknown-place", "unread-size"])
    #expect(errors.map(\.location.row) == [2, 3, 3])
    #expect(errors[0].hint?.contains("cashew") == true)
    #expect(errors[1].hint?.lowercased().contains("hai phong") == true)
  }

  @Test("sites of one place stand at its point; a length given joins each pair both ways")
  func onePoint() {
    let rows = (2...4).map { number in
      row("Site \(number)", number) {
        $0.sector = "brewery"
        $0.size = DeclaredQuantity(typical: 1, unit: "hL/yr")
        $0.place = "Amata"
      }
    }
    let bare = sketch(rows)
    #expect(bare.declaration.distances.isEmpty)
    #expect(bare.issues.contains { $0.hint?.contains("0 km") == true })
    let joined = sketch(rows, withinKm: 1.5)
    #expect(joined.declaration.distances.count == 6)
    #expect(joined.declaration.distances.allSatisfy { $0.km == 1.5 })
    #expect(joined.declaration.distances.allSatisfy { $0.provenance.confidence == .estimated })
  }

  @Test("a zone of the list gives its place to the sites that have none")
  func zones() {
    let result = sketch([
      row("A", 2) {
        $0.sector = "brewery"
        $0.zone = "North"
        ($0.latitude, $0.longitude) = (10.0, 106.0)
      },
      row("B", 3) {
        $0.sector = "cement"
        $0.place = "north"
      },
    ])
    #expect(result.declaration.enterprises[1].latitude == 10)
    #expect(!result.issues.hasErrors)
  }

  @Test("equal names get different ids")
  func equalNames() {
    let rows = (2...3).map { row("Bia Sài Gòn", $0) { $0.sector = "brewery" } }
    #expect(sketch(rows).declaration.enterprises.map(\.id) == ["bia-sai-gon", "bia-sai-gon-2"])
  }

  @Test("an empty list is an error")
  func empty() {
    #expect(sketch([]).issues.hasErrors)
  }
}
