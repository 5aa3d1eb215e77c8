/// A single-byte encoding of Windows.
enum CodePage {
  case windows1252
  case windows1258

  /// Bytes that neither page defines.
  static let undefinedInBoth: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]

  var name: String {
    switch self {
    case .windows1252: "Windows-1252"
    case .windows1258: "Windows-1258"
    }
  }

  var other: CodePage { self == .windows1252 ? .windows1258 : .windows1252 }

  /// The text, in composed form (NFC), or `nil` if a byte is undefined.
  func decode(_ bytes: [UInt8]) -> String? {
    var scalars = String.UnicodeScalarView()
    for byte in bytes {
      guard let scalar = scalar(byte) else { return nil }
      scalars.append(scalar)
    }
    let text = String(scalars)
    return self == .windows1258 ? Self.composed(text) : text
  }

  private func scalar(_ byte: UInt8) -> Unicode.Scalar? {
    if self == .windows1258, let own = Self.vietnamese[byte] { return own }
    guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    if self == .windows1258, [0x8A, 0x8E, 0x9A, 0x9E].contains(byte) { return nil }
    return Self.upperControls[byte]
  }

  /// 0x80...0x9F of Windows-1252 (Unicode mapping table CP1252).
  private static let upperControls: [UInt8: Unicode.Scalar] = [
    0x80: "\u{20AC}", 0x82: "\u{201A}", 0x83: "\u{0192}", 0x84: "\u{201E}", 0x85: "\u{2026}",
    0x86: "\u{2020}", 0x87: "\u{2021}", 0x88: "\u{02C6}", 0x89: "\u{2030}", 0x8A: "\u{0160}",
    0x8B: "\u{2039}", 0x8C: "\u{0152}", 0x8E: "\u{017D}", 0x91: "\u{2018}", 0x92: "\u{2019}",
    0x93: "\u{201C}", 0x94: "\u{201D}", 0x95: "\u{2022}", 0x96: "\u{2013}", 0x97: "\u{2014}",
    0x98: "\u{02DC}", 0x99: "\u{2122}", 0x9A: "\u{0161}", 0x9B: "\u{203A}", 0x9C: "\u{0153}",
    0x9E: "\u{017E}", 0x9F: "\u{0178}",
  ]

  /// Where Windows-1258 differs from Latin-1 above 0xA0 (Unicode mapping table CP1258).
  private static let vietnamese: [UInt8: Unicode.Scalar] = [
    0xC3: "\u{0102}", 0xCC: "\u{0300}", 0xD0: "\u{0110}", 0xD2: "\u{0309}", 0xD5: "\u{01A0}",
    0xDD: "\u{01AF}", 0xDE: "\u{0303}", 0xE3: "\u{0103}", 0xEC: "\u{0301}", 0xF0: "\u{0111}",
    0xF2: "\u{0323}", 0xF5: "\u{01A1}", 0xFD: "\u{01B0}", 0xFE: "\u{20AB}",
  ]

  /// Characters compare by canonical equivalence, so a set of composed letters finds the composed
  /// form of any Latin letter with marks.
  private static let composedLetters: Set<Character> = Set(
    (Array(0xC0...0x24F) + Array(0x1E00...0x1EFF)).compactMap { (value: UInt32) in
      Unicode.Scalar(value).map(Character.init)
    })

  private static func composed(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for character in text {
      let isComposite = character.unicodeScalars.count > 1 && character != "\r\n"
      let found = isComposite ? composedLetters.firstIndex(of: character) : nil
      result.append(found.map { composedLetters[$0] } ?? character)
    }
    return result
  }
}
