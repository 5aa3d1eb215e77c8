import Foundation
import LichenDomain
import LichenIO
import LichenTestSupport
import Testing

@testable import LichenReport

/// Every language file says all that English says. A language is a file: whichever lies in the folder is checked.
@Suite struct TranslationTests {
  private static let folder = ReportFixture.repository.appendingPathComponent("data/language")

  static let languages: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".json") && $0 != "en.json" }
      .map { String($0.dropLast(5)) }.sorted()
  }()

  private static func texts(_ code: String) throws -> [String: String] {
    try JSONDecoder().decode(
      [String: String].self, from: Data(contentsOf: folder.appendingPathComponent("\(code).json")))
  }

  private static func placeholders(_ text: String) -> Set<String> {
    Set(text.matches(of: #/\{([a-zA-Z]+)\}/#).map { String($0.1) })
  }

  @Test func vietnameseIsThere() { #expect(Self.languages.contains("vi")) }

  /// A form for one may be left out by a language that has none; every other key is needed, and none besides.
  @Test(arguments: languages) func everyTextIsTranslated(code: String) throws {
    let english = try Self.texts("en")
    let other = try Self.texts(code)
    let missing = english.keys.filter { other[$0] == nil && !$0.hasSuffix(".one") }
    #expect(missing.sorted() == [])
    #expect(other.keys.filter { english[$0] == nil }.sorted() == [])
  }

  /// A value left out, or a name misspelt, would show in the report.
  @Test(arguments: languages) func translationsKeepTheirValues(code: String) throws {
    let english = try Self.texts("en")
    for (key, text) in try Self.texts(code).sorted(by: { $0.key < $1.key }) {
      let wanted = Self.placeholders(english[key] ?? "")
      let found = Self.placeholders(text)
      // A date may be written with the number of the month or with its name.
      if key == "format.date" {
        #expect(found.isSubset(of: ["day", "month", "name", "year"]) && found.count == 3)
      } else if key.hasSuffix(".one") {
        #expect(found.isSubset(of: wanted.union(["count"])), "\(key): \(text)")
      } else {
        #expect(found == wanted, "\(key): \(text)")
      }
    }
  }

  /// Marks on letters are part of the letter: searching, sorting and PDF fonts rely on it.
  @Test(arguments: languages) func textsAreComposed(code: String) throws {
    for text in try Self.texts(code).values {
      #expect(text.utf8.elementsEqual(text.precomposedStringWithCanonicalMapping.utf8), "\(text)")
    }
    for (english, text) in try Self.terms(code) {
      #expect(
        text.utf8.elementsEqual(text.precomposedStringWithCanonicalMapping.utf8), "\(english)")
    }
  }

  private static func terms(_ code: String) throws -> [String: String] {
    try TermReader.read(file: folder.appendingPathComponent("\(code).csv"))
  }

  /// What the shipped catalogue says in English and a report may show.
  @Test(arguments: languages) func everyTermOfTheCatalogueIsTranslated(code: String) throws {
    let terms = try Self.terms(code)
    let catalogue = Repository.engine.catalogue
    func hasName(_ names: LocalisedText) -> Bool {
      (code == "vi" && names.vietnamese != nil) || terms[names.english] != nil
    }
    var missing: Set<String> = []
    func need(_ text: String) { if !text.isEmpty, terms[text] == nil { missing.insert(text) } }
    func need(_ names: LocalisedText) { if !hasName(names) { missing.insert(names.english) } }
    for material in catalogue.materials.values { need(material.names) }
    for category in catalogue.categories.values { need(category.names) }
    for property in catalogue.properties.values { need(property.names) }
    for figure in catalogue.figures.values { need(figure.name) }
    for jurisdiction in catalogue.jurisdictions.values { need(jurisdiction.name) }
    for route in catalogue.routes { need(route.pretreatment) }
    for rule in catalogue.rules {
      for text in [rule.instrument, rule.article, rule.subject, rule.step] { need(text) }
    }
    for point in catalogue.law.checklists { need(point.question) }
    #expect(missing.sorted() == [])
  }
}
