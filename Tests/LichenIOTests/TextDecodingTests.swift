import LichenDomain
import Testing

@testable import LichenIO

@Suite struct TextDecodingTests {
  /// "Tro bay nhiệt điện, thạch cao, lò hơi, bùn thải" in the Windows-1258 code page: tones are bytes
  /// of their own behind the vowel (0xF2 dot below, 0xCC grave, 0xD2 hook above).
  private static let vietnamese: [UInt8] =
    Array("Tro bay nhi".utf8) + [0xEA, 0xF2] + Array("t ".utf8) + [0xF0]
    + Array("i".utf8) + [0xEA, 0xF2] + Array("n, tha".utf8) + [0xF2] + Array("ch cao, lo".utf8)
    + [0xCC] + Array(" h".utf8) + [0xF5] + Array("i, bu".utf8) + [0xCC] + Array("n tha".utf8)
    + [0xD2] + Array("i".utf8)

  @Test func `Windows-1258 is recognised by its tone marks and composed`() {
    let (table, issues) = parse(Array("a,b\nx,\"".utf8) + Self.vietnamese + Array("\"\n".utf8))
    let text = table?.grid.first?.last ?? ""
    let expected = "Tro bay nhiệt điện, thạch cao, lò hơi, bùn thải"
    #expect(Array(text.unicodeScalars) == Array(expected.unicodeScalars))
    #expect(issues.map(\.code) == ["guessed-encoding"])
    #expect(issues.first?.found == "Windows-1258")
    #expect(issues.first?.severity == .warning)
  }

  @Test func `all Vietnamese vowels compose`() {
    let vowels = "aăâeêioôơuưy"
    let tones: [UInt8] = [0xCC, 0xEC, 0xD2, 0xDE, 0xF2]
    let bytes: [Character: UInt8] = [
      "a": 0x61, "ă": 0xE3, "â": 0xE2, "e": 0x65, "ê": 0xEA, "i": 0x69, "o": 0x6F, "ô": 0xF4,
      "ơ": 0xF5, "u": 0x75, "ư": 0xFD, "y": 0x79,
    ]
    for vowel in vowels {
      for tone in tones {
        let text = CodePage.windows1258.decode([bytes[vowel] ?? 0, tone])
        #expect(text?.unicodeScalars.count == 1, "\(vowel) \(tone)")
      }
    }
  }

  @Test(arguments: ["seguì l'abbé", "cominciò", "Málaga", "Ærø", "façade – “quoted” €5"])
  func `Windows-1252 is the guess without tone marks`(text: String) {
    let bytes = text.unicodeScalars.map { scalar -> UInt8 in
      switch scalar {
      case "–": 0x96
      case "“": 0x93
      case "”": 0x94
      case "€": 0x80
      default: UInt8(scalar.value)
      }
    }
    let (table, issues) = parse(Array("a\n".utf8) + bytes)
    #expect(table?.grid == [[text]])
    #expect(issues.first?.found == "Windows-1252")
  }

  @Test(arguments: [true, false])
  func `UTF-16 is read by its byte order mark`(isLittle: Bool) {
    let units = Array("\u{FEFF}a\tb\nđiện\t😀\n".utf16)
    let bytes = units.flatMap { unit -> [UInt8] in
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isLittle ? pair.reversed() : pair
    }
    let (table, issues) = parse(bytes)
    #expect(issues.isEmpty)
    #expect(table?.grid == [["điện", "😀"]])
    #expect(parse(bytes.dropLast()).issues.map(\.code) == ["unreadable-encoding"])
  }

  @Test func `bytes that no encoding defines are an error with their line`() {
    let (table, issues) = parse(Array("a,b\n1,\n2,x".utf8) + [0x81, 0x0A])
    #expect(table == nil)
    #expect(issues.map(Finding.init) == [Finding("unreadable-encoding", "t.csv", 3)])
  }

  @Test func `damaged UTF-8 is not taken for a code page`() {
    let (_, issues) = parse(Array("a\nđiện nhiệt\nx".utf8) + [0xFF, 0x0A])
    #expect(issues.map(Finding.init) == [Finding("unreadable-encoding", "t.csv", 3)])
  }

  @Test func `the UTF-8 scan agrees with the standard library`() {
    var generator = SeededGenerator(seed: 5)
    let pieces: [[UInt8]] = [
      [0x41], [0xC3, 0xA9], [0xE1, 0xBB, 0x87], [0xF0, 0x9F, 0x98, 0x80], [0x80], [0xE1, 0xBB],
      [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE0, 0x80, 0x80],
    ]
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...4, using: &generator)).flatMap { _ in
        pieces.randomElement(using: &generator) ?? []
      }
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      #expect((UTF8Scan(bytes).firstInvalid == nil) == isValid, "\(bytes)")
    }
  }

  @Test func `UTF-16 without byte order mark is no text file`() {
    let bytes = Array("a,b\n".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(parse(bytes).issues.map(\.code) == ["not-a-text-file"])
  }
}

extension TextDecodingTests {
  private func parse(_ slice: ArraySlice<UInt8>) -> (table: CSVTable?, issues: [ValidationIssue]) {
    LichenIOTests.parse(Array(slice))
  }

  private func parse(_ bytes: [UInt8]) -> (table: CSVTable?, issues: [ValidationIssue]) {
    LichenIOTests.parse(bytes)
  }
}
