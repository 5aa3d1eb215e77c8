import Foundation
import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenIO

@Suite("Parks through workbooks")
struct WorkbookRoundTripTests {
  private static let languages = WorkbookVocabulary.Language.allCases

  private func write(
    _ declaration: ParkDeclaration, _ language: WorkbookVocabulary.Language,
    hasExamples: Bool = false
  ) throws -> [UInt8] {
    let folder = try ScratchFolder()
    try WorkbookWriter.write(
      declaration, to: folder.url.appending(path: "park.xlsx"),
      vocabulary: WorkbookOutcome.vocabulary.get(), language: language, hasExamples: hasExamples)
    #expect(try folder.names == ["park.xlsx"], "no temporary is left")
    return try folder.bytes(of: "park.xlsx")
  }

  /// Every file of the park's folder comes back byte for byte.
  private func check(_ declaration: ParkDeclaration, _ comment: Comment) throws {
    let expected = ParkWriter.files(declaration)
    for language in Self.languages {
      let outcome = try WorkbookOutcome(write(declaration, language))
      #expect(outcome.issues.isEmpty, "\(comment): \(outcome.issues)")
      let found = ParkWriter.files(try #require(outcome.declaration, comment))
      #expect(found.map(\.name) == expected.map(\.name), comment)
      for (found, expected) in zip(found, expected) {
        #expect(
          String(decoding: found.bytes, as: UTF8.self)
            == String(decoding: expected.bytes, as: UTF8.self), comment)
      }
    }
  }

  private static let parks: [String] = {
    let folder = Repository.data.appendingPathComponent("parks").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !$0.contains(".") }.sorted()
  }()

  @Test("Shipped parks come back byte for byte", arguments: Self.parks)
  func shipped(park: String) throws {
    try check(ParkReader.read(folder: Repository.park(park)).declaration, "\(park)")
  }

  @Test("Random parks come back byte for byte", arguments: Array(1...25) as [UInt64])
  func random(seed: UInt64) throws {
    try check(RandomParks.park(seed: seed).declaration, "seed \(seed)")
  }

  @Test("Every table of the small park comes back byte for byte")
  func everyTable() throws {
    let folder = try ParkFixture.folder()
    try check(ParkReader.read(folder: folder.url).declaration, "fixture")
  }

  @Test("Texts and numbers that spreadsheets like to spoil come back as they were")
  func awkward() throws {
    let texts = [
      "=1+1", "+49 30", "@x", "-", "007", "1e5", "2024-05", "1/2", "TRUE", "#N/A", "a\nb", "a\tb",
      "<b>&amp;\"'", "_x0041_", "x_x000D_", "tiếng Việt", "😀", "'quoted", "5 %", "12,5",
    ]
    let numbers = [
      0.1, 0.1 + 0.2, 1.0 / 3, 1e-7, 1e22, 123_456_789.123456789, Double.leastNonzeroMagnitude,
      1.7976931348623157e308,
      9_007_199_254_740_992, 100.00000000000001,
    ]
    var park = RandomParks.park(seed: 1).declaration
    let place = SourceLocation(file: "outputs.csv")
    park.outputs = texts.enumerated().map { index, text in
      var row = OutputRow(id: "o\(100 + index)", enterprise: "e1", material: text, location: place)
      row.name = text
      row.notes = text
      row.quantity = DeclaredQuantity(typical: numbers[index % numbers.count], unit: "t/yr")
      return row
    }
    park.exchanges = []
    park.properties = []
    try check(park, "awkward")
  }

  @Test("The same park gives the same bytes")
  func deterministic() throws {
    let declaration = try ParkReader.read(folder: Repository.park("kwinana")).declaration
    #expect(try write(declaration, .vietnamese) == write(declaration, .vietnamese))
  }

  @Test(
    "An empty workbook explains itself and holds no row",
    arguments: WorkbookVocabulary.Language.allCases)
  func template(language: WorkbookVocabulary.Language) throws {
    var declaration = RandomParks.park(seed: 1).declaration
    declaration = ParkDeclaration(settings: declaration.settings)
    let outcome = try WorkbookOutcome(write(declaration, language, hasExamples: true))
    #expect(Set(outcome.issues.map(\.code)) == ["example-ignored"])
    #expect(
      outcome.issues.count == 4, "enterprises, outputs, inputs and properties have an example")
    var read = try #require(outcome.declaration)
    read.places = .folder
    #expect(read == declaration)
  }

  @Test("An id that workbooks would take for an example is refused, not lost")
  func reserved() throws {
    var park = RandomParks.park(seed: 1).declaration
    park.enterprises[0].id = "Example_works"
    let error = #expect(throws: ValidationError.self) { try write(park, .english) }
    #expect(error?.issues.map(\.code) == ["reserved-id"])
  }

  @Test("A text longer than a cell can hold is refused, not cut")
  func tooLong() throws {
    var park = RandomParks.park(seed: 1).declaration
    park.enterprises[0].notes = String(repeating: "x", count: 32_768)
    let error = #expect(throws: ValidationError.self) { try write(park, .english) }
    #expect(error?.issues.map(\.code) == ["text-too-long"])
  }

  @Test("A place that cannot be written to is named, and nothing is left there")
  func unwritable() throws {
    let folder = try ScratchFolder()
    let park = RandomParks.park(seed: 1).declaration
    for target in [folder.url, folder.url.appending(path: "none/park.xlsx")] {
      let error = #expect(throws: FileWritingError.self) {
        try WorkbookWriter.write(
          park, to: target, vocabulary: WorkbookOutcome.vocabulary.get(), language: .english)
      }
      #expect(error.map { "\($0)".contains(target.path) } == true)
    }
    #expect(try folder.names.isEmpty)
  }
}
