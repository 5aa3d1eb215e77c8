import LichenDomain
import LichenTestSupport
import Testing

@Suite("Catalogue")
struct CatalogueTests {
  private let catalogue = Fixtures.catalogue

  @Test("lineage runs from the material to its broadest category")
  func lineage() {
    #expect(
      catalogue.lineage(of: .of("fly_ash")).map(\.rawValue) == ["fly_ash", "ash", "residues"])
    #expect(catalogue.lineage(of: .of("unheard_of")).map(\.rawValue) == ["unheard_of"])
  }

  @Test("lineage ends even if categories form a cycle")
  func cycle() {
    var parts = CatalogueParts()
    parts.categories = [
      Fixtures.category("a", in: "b"), Fixtures.category("b", in: "c"),
      Fixtures.category("c", in: "a"),
    ]
    #expect(parts.catalogue.lineage(of: .of("a")).map(\.rawValue) == ["a", "b", "c"])
  }

  @Test("regions run from the place to its parents to the world")
  func regions() {
    #expect(catalogue.regionChain(of: "DK-84") == ["DK-84", "DK", "EU", "GLOBAL"])
    #expect(catalogue.regionChain(of: "VN") == ["VN", "GLOBAL"])
    #expect(catalogue.regionChain(of: "GLOBAL") == ["GLOBAL"])
    var parts = CatalogueParts()
    parts.jurisdictions = [
      Fixtures.jurisdiction("A", in: "B", nil), Fixtures.jurisdiction("B", in: "A", nil),
    ]
    #expect(parts.catalogue.regionChain(of: "A") == ["A", "B", "GLOBAL"])
  }

  /// Prices of fly ash in these regions, each with another value.
  private func priced(in regions: [String]) -> Catalogue {
    var parts = CatalogueParts.standard
    parts.forget("price")
    for region in regions {
      parts.answer("price", for: "fly_ash", in: region, with: Estimate(1), "EUR", per: "t")
    }
    return parts.catalogue
  }

  @Test(
    "a default is looked for in the country, its union, the world, then anywhere as a proxy",
    arguments: [
      (["US", "VN", "GLOBAL", "EU", "DK"], "DK", Basis.catalogue),
      (["US", "VN", "GLOBAL", "EU"], "EU", .catalogue),
      (["US", "VN", "GLOBAL"], "GLOBAL", .catalogue),
      (["VN", "US"], "US", .proxy),
    ])
  func regionOrder(regions: [String], chosen: String, basis: Basis) throws {
    let answer = try #require(
      priced(in: regions).answer("price", for: .of("fly_ash"), in: "DK"))
    #expect(answer.figures.map(\.region) == [chosen])
    #expect(answer.basis == basis)
  }

  @Test("no default anywhere is no answer, not zero")
  func unknown() {
    #expect(priced(in: []).answer("price", for: .of("fly_ash"), in: "DK") == nil)
    #expect(catalogue.answer("price", for: nil, in: "DK") == nil)
  }

  @Test("a material's own default, even of a far region, comes before its category's")
  func materialFirst() throws {
    var parts = CatalogueParts.standard
    parts.forget("price")
    parts.answer("price", for: "ash", in: "DK", with: Estimate(1), "EUR", per: "t")
    parts.answer("price", for: "fly_ash", in: "VN", with: Estimate(2), "EUR", per: "t")
    let own = try #require(parts.catalogue.answer("price", for: .of("fly_ash"), in: "DK"))
    #expect(own.figures.map(\.value) == [Estimate(2)])
    #expect(own.basis == .proxy)
    let inherited = try #require(parts.catalogue.answer("price", for: .of("bottom_ash"), in: "DK"))
    #expect(inherited.figures.map(\.value) == [Estimate(1)])
    #expect(inherited.basis == .catalogue)
  }

  @Test("figures of one default are all given, and a missing one leaves no answer")
  func several() throws {
    var parts = CatalogueParts.standard
    parts.answer("fee", for: "ash", in: "EU", with: Estimate(1), "EUR", per: "t")
    parts.answer("tax", for: "ash", in: "EU", with: Estimate(2), "EUR", per: "t")
    parts.forget("fee")
    parts.defaults.append(
      DefaultRule(
        role: "levy", material: .of("ash"), region: "EU", entries: ["fee_ash_eu", "tax_ash_eu"],
        confidence: .verified))
    parts.defaults.append(
      DefaultRule(
        role: "toll", material: .of("ash"), region: "EU", entries: ["fee_ash_eu", "no_such_row"],
        confidence: .verified))
    let catalogue = parts.catalogue
    let levy = try #require(catalogue.answer("levy", for: .of("fly_ash"), in: "DK"))
    #expect(levy.figures.map(\.id) == ["fee_ash_eu", "tax_ash_eu"])
    #expect(catalogue.answer("toll", for: .of("fly_ash"), in: "DK") == nil)
  }

  @Test(
    "confidence is the weakest of figures and link, and never raised",
    arguments: Confidence.allCases, Confidence.allCases)
  func weakest(figure: Confidence, link: Confidence) throws {
    var parts = CatalogueParts.standard
    parts.answer(
      "fee", for: "ash", in: "EU", with: Estimate(1), "EUR", per: "t", confidence: figure)
    parts.defaults.removeLast()
    parts.defaults.append(
      DefaultRule(
        role: "fee", material: .of("ash"), region: "EU", entries: ["fee_ash_eu"], confidence: link))
    let answer = try #require(parts.catalogue.answer("fee", for: .of("ash"), in: "EU"))
    let order: [Confidence] = [.estimated, .recalled, .verified]
    let expected = order.first { $0 == figure || $0 == link }
    #expect(answer.confidence == expected)
  }

  @Test("a local row replaces the shipped one of the same id and adds what is new")
  func local() {
    let ash = Fixtures.material("fly_ash", in: "products", .liquid, "t", .product)
    let dust = Fixtures.material("dust", in: "ash", .solid, "t", .residue)
    let extended = catalogue.extended(
      materials: [ash, dust],
      routes: [Fixtures.route("fly_ash", "clinker", .buildingMaterial, cost: 99)])
    #expect(extended.materials[.of("fly_ash")]?.phase == .liquid)
    #expect(extended.lineage(of: .of("dust")).contains(.of("ash")))
    #expect(extended.routes.count == catalogue.routes.count)
    #expect(extended.routes(from: .of("fly_ash")).first?.treatmentCost?.amount == Estimate(99))
  }

  @Test(
    "a waste code is six digits however it is punctuated",
    arguments: [
      ("10 01 02", "100102"), ("100102", "100102"), ("10.01.02*", "100102"),
      ("10\u{00A0}01\u{00A0}02 *", "100102"), ("10 01", nil), ("10 01 0x", nil), ("1001022", nil),
      ("", nil), ("10-01-02", nil),
    ] as [(String, String?)])
  func wasteCode(text: String, digits: String?) {
    #expect(WasteCode.digits(of: text) == digits)
  }
}
