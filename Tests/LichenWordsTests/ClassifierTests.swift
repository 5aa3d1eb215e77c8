import LichenDomain
import LichenEngine
import LichenTestSupport
import Testing

@testable import LichenWords

struct ClassifierTests {
  /// Equal trust in the plainest evidence, for work without a fitted model.
  private static let unfitted: WordModel = {
    let part = WordModel.Part(
      weights: ["exact": 3, "phrase": 2, "overlap": 4, "gram": 2, "titleShare": 1])
    return WordModel(material: part, european: part, vietnamese: part)
  }()

  static let classifier: Classifier = {
    do { return try Repository.engine.classifier() } catch {
      preconditionFailure("the shipped words must load:\n\(error)")
    }
  }()

  @Test(
    "plain words of both languages, also without tone marks, give their material first",
    arguments: [
      ("xỉ than", "coal_bottom_ash"), ("xi than", "coal_bottom_ash"),
      ("vỏ hạt điều", "cashew_shell"), ("vo hat dieu", "cashew_shell"), ("fly ash", "coal_fly_ash"),
      ("bã mía", "bagasse"), ("used cooking oil", "used_cooking_oil"), ("trấu", "rice_husk"),
      ("spent acid 20 %", "pickling_acid_hcl"), ("bùn đỏ", "bauxite_residue"),
      ("phosphogypsum stockpile", "phosphogypsum"), ("xỉ thép", "steel_slag_eaf"),
    ])
  func materials(pair: (String, String)) {
    let found = Self.classifier.proposals(for: pair.0)
    #expect(found.materials.first?.id == pair.1)
  }

  @Test(
    "codes of plain words",
    arguments: [
      ("giẻ lau dính dầu", "", "150202"), ("bùn thải sơn", "3100", "080113"),
      ("fly ash", "3510", "100102"), ("waste printing ink", "1811", "080312"),
      ("bóng đèn huỳnh quang thải", "", "200121"),
    ])
  func codes(row: (text: String, isic: String, code: String)) {
    let found = Self.classifier.proposals(for: row.text, isic: row.isic, limit: 3)
    #expect(found.europeanCodes.map(\.id).contains(row.code))
  }

  @Test("the donor's industry decides between equal words")
  func sector() {
    func score(_ code: String, _ isic: String) -> Double {
      Self.classifier.proposals(
        for: "sludge from on-site effluent treatment", isic: isic, limit: 1000
      ).europeanCodes.first { $0.id == code }?.score ?? 0
    }
    #expect(score("020502", "1050") > 2 * score("020502", "1313"))
    #expect(score("040220", "1313") > 2 * score("040220", "1050"))
    #expect(score("050110", "1920") > score("050110", ""))
  }

  @Test("Vietnamese codes are proposed for donors in Viet Nam only")
  func jurisdiction() {
    let text = "bộ lọc dầu thải"
    #expect(Self.classifier.proposals(for: text).vietnameseCodes.isEmpty)
    let found = Self.classifier.proposals(for: text, jurisdiction: "VN")
    #expect(found.vietnameseCodes.first?.id == "15 01 02")
  }

  @Test(
    "text without meaning gets low scores and nothing is clear",
    arguments: ["qwrtz plmkn", "", "🙂🙂", "12 % 34 kg", "\"' OR * NEAR(", "zzzz zzzz zzzz"])
  func nonsense(text: String) {
    let found = Self.classifier.proposals(for: text, jurisdiction: "VN")
    #expect(found.materials.allSatisfy { $0.score < 0.3 })
    #expect(found.europeanCodes.allSatisfy { $0.score < 0.3 })
    #expect(Proposals.clear(found.materials) == nil)
    #expect(Proposals.clear(found.europeanCodes) == nil)
  }

  @Test("scores are shares, fall down the list, and every proposal has a reason and a known id")
  func wellFormed() {
    let catalogue = Repository.engine.catalogue
    for text in ["bùn thải", "dầu", "waste", "metal scrap", "CO2", "nước thải dệt nhuộm 80 °C"] {
      let found = Self.classifier.proposals(for: text, jurisdiction: "VN", limit: 20)
      for list in [found.materials, found.europeanCodes, found.vietnameseCodes] {
        #expect(list.count <= 20)
        #expect(list.allSatisfy { (0...1).contains($0.score) && !$0.reasons.isEmpty })
        #expect(zip(list, list.dropFirst()).allSatisfy { $0.score >= $1.score })
      }
      #expect(
        found.materials.allSatisfy {
          MaterialID($0.id).map { catalogue.materials[$0] != nil } == true
        })
      #expect(found.europeanCodes.allSatisfy { catalogue.wasteCodes[$0.id] != nil })
    }
  }

  @Test("the same text gives the same proposals, from any thread and in a second classifier")
  func deterministic() async throws {
    let texts = ["xỉ than lò hơi", "spent solvent", "bun thai son", "giấy carton vụn", "tro bay"]
    let first = texts.map { Self.classifier.proposals(for: $0, isic: "2410", jurisdiction: "VN") }
    let again = try Repository.engine.classifier()
    #expect(texts.map { again.proposals(for: $0, isic: "2410", jurisdiction: "VN") } == first)
    await withTaskGroup(of: (Int, Proposals).self) { group in
      for index in 0..<40 {
        group.addTask {
          let text = texts[index % texts.count]
          return (
            index,
            Self.classifier.proposals(for: text, isic: "2410", jurisdiction: "VN")
          )
        }
      }
      for await (index, found) in group { #expect(found == first[index % texts.count]) }
    }
  }

  @Test("a proposal is clear only at the threshold and with a lead")
  func clear() {
    func list(_ scores: [Double]) -> [Proposal] {
      scores.enumerated().map { Proposal(id: "p\($0)", title: "", score: $1, reasons: []) }
    }
    #expect(Proposals.clear(list([0.9, 0.2]))?.id == "p0")
    #expect(Proposals.clear(list([0.84, 0.1])) == nil)
    #expect(Proposals.clear(list([0.9, 0.65])) == nil)
    #expect(Proposals.clear(list([0.6, 0.1]), least: 0.6)?.id == "p0")
    #expect(Proposals.clear([]) == nil)
  }

  @Test("synonyms of materials and codes that a catalogue lacks are passed over")
  func smallerCatalogue() throws {
    let tables = WordTables(
      synonyms: [
        .init(term: "moon dust", language: "en", material: MaterialID("moon_dust"), wasteCode: nil),
        .init(term: "fly ash", language: "en", material: nil, wasteCode: "999999"),
      ], codeTitles: [], glossary: [], sectors: [], vietnameseCodes: [])
    let classifier = try Classifier(
      catalogue: Fixtures.catalogue, tables: tables, model: Self.unfitted)
    let known = Set(Fixtures.catalogue.materials.keys.map(\.rawValue))
    #expect(
      classifier.proposals(for: "moon dust").materials.allSatisfy { known.contains($0.id) })
  }
}
