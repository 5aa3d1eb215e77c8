import Foundation
import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenReport

@Suite("Searching the catalogue")
struct CatalogueIndexTests {
  private static let index = CatalogueIndex(Repository.engine.catalogue)

  private func ids(_ words: String, _ kind: CatalogueItem.Kind? = nil) -> [String] {
    Self.index.items(matching: words.split(separator: " ").map(String.init), kind: kind).map(\.id)
  }

  @Test(
    "diacritics and case do not matter, and đ is d",
    arguments: [("tro trấu", "TRO TRAU"), ("Đá vôi", "da voi"), ("bã bia", "Ba Bia")])
  func folding(written: String, plain: String) {
    let found = ids(written)
    #expect(!found.isEmpty)
    #expect(found == ids(plain))
  }

  @Test(
    "what is named so comes first",
    arguments: [
      ("rice husk", "rice_husk"), ("rice_husk", "rice_husk"), ("tro bay than", "coal_fly_ash"),
      ("limestone", "limestone"), ("steam_mp__hot_water", "steam_mp__hot_water"),
      ("air-leaks", "air-leaks"), ("đá vôi", "limestone"),
    ])
  func best(words: String, id: String) {
    #expect(ids(words).first == id)
  }

  @Test("a waste code is found in any spelling", arguments: ["10 01 02", "100102", "10.01.02"])
  func code(spelling: String) {
    let found = ids(spelling)
    #expect(found.contains("100102"))
    #expect(found.contains("coal_fly_ash"))
    #expect(Self.index.details(of: spelling).map(\.id) == ["100102"])
  }

  @Test("every word must occur, and a kind narrows")
  func narrowing() {
    #expect(ids("husk zinc").isEmpty)
    let routes = ids("rice husk", .route)
    #expect(routes.contains("rice_husk__coal"))
    #expect(!routes.contains("rice_husk"))
    #expect(ids("", .option).count == Repository.engine.catalogue.typicalOptions.count)
  }

  @Test("without words everything is listed once, by kind and id")
  func everything() {
    let catalogue = Repository.engine.catalogue
    let all = Self.index.items(matching: [])
    #expect(Set(all.map { "\($0.kind) \($0.id)" }).count == all.count)
    #expect(
      all.count(where: { $0.kind == .material })
        == catalogue.materials.count + catalogue.categories.count)
    #expect(all.count(where: { $0.kind == .route }) == catalogue.routes.count)
    #expect(all.count(where: { $0.kind == .factor }) == catalogue.figures.count)
    #expect(all.count(where: { $0.kind == .code }) == 842)
  }

  @Test("a material shows the routes of its family, its defaults and the rules that name it")
  func material() throws {
    let husk = try #require(Self.index.details(of: "rice_husk").first)
    func fact(_ label: String) -> [String] {
      husk.facts.first { $0.label == label }?.values ?? []
    }
    #expect(fact("heating value") == ["13.5 GJ/t"])
    #expect(fact("belongs to") == ["solid_biomass → organic"])
    #expect(fact("routes from it").contains { $0.hasPrefix("solid_biomass__boiler_fuel:") })
    #expect(fact("routes from it").contains("rice_husk__coal: fuel, ratio 0.52"))
    #expect(
      fact("defaults").contains { $0.hasPrefix("price VN: 900000 (500000 to 1500000) VND/t") })
    #expect(fact("rules").contains { $0.hasPrefix("VN-") })
    #expect(husk.text.contains("  heating value   13.5 GJ/t\n"))
  }

  @Test("a figure names the defaults that use it, a near miss the right name")
  func others() throws {
    let figure = try #require(Self.index.details(of: "fuel_coal_wtt").first)
    #expect(
      figure.facts.first { $0.label == "answers" }?.values.contains(
        "virgin_co2 coal GLOBAL: fuel_coal_wtt") == true)
    #expect(Self.index.details(of: "no-such").isEmpty)
    #expect(Self.index.suggestion(for: "rice_hsk")?.contains("rice_husk") == true)
  }

  @Test("an item's JSON holds what the table shows and nothing of the search")
  func json() throws {
    let items = Self.index.items(matching: ["bagasse"], kind: .material)
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(items))
    let first = try #require((json as? [[String: Any]])?.first)
    #expect(
      first.keys.sorted() == ["confidence", "id", "kind", "name", "summary", "vietnamese"])
    #expect(first["vietnamese"] as? String == "Bã mía")
  }
}

@Suite("The page of the catalogue")
struct CataloguePageTests {
  private static let page = CataloguePage(Repository.engine.catalogue).markdown()

  @Test("docs/catalogue.md is what the catalogue gives today: lichen catalogue page writes it")
  func current() throws {
    let committed = try String(
      contentsOf: Repository.root.appendingPathComponent("docs/catalogue.md"), encoding: .utf8)
    #expect(committed == Self.page, "run: lichen catalogue page -o docs/catalogue.md")
  }

  @Test("every material, figure and option stands in it, and every row cites a listed source")
  func complete() throws {
    let catalogue = Repository.engine.catalogue
    var wanted = catalogue.materials.keys.map(\.rawValue)
    wanted += catalogue.figures.keys
    wanted += catalogue.typicalOptions.map(\.id)
    for id in wanted {
      #expect(Self.page.contains("| `\(id)` |"), "\(id)")
    }
    let lines = Self.page.split(separator: "\n")
    let rows: Int = lines.count { $0.hasPrefix("| `") }
    #expect(rows == wanted.count + catalogue.routes.count)
    let listed = lines.last.flatMap { $0.split(separator: ".").first }.flatMap { Int($0) }
    let last = try #require(listed)
    #expect(Self.page.contains("[\(last)]"))
    #expect(!Self.page.contains("[\(last + 1)]"))
  }

  @Test("the order of the rows in the files does not matter")
  func deterministic() {
    let catalogue = Repository.engine.catalogue
    let again = catalogue.extended(
      materials: Array(catalogue.materials.values.sorted { $1.id < $0.id }), routes: [])
    #expect(CataloguePage(again).markdown() == Self.page)
  }
}
