import LichenDomain

/// Turns the bytes of a text file into UTF-8, whatever program saved it.
///
/// UTF-8 and, by its byte order mark, UTF-16 are recognised; anything else is guessed to be
/// Windows-1258 (Vietnamese) or Windows-1252 (Western European), and a warning says so.
package enum TextDecoding {
  /// UTF-8 without byte order mark, or `nil` with an issue in `log`.
  package static func utf8(from bytes: [UInt8], file: String, log: IssueLog) -> [UInt8]? {
    guard let text = decoded(bytes, file: file, log: log) else { return nil }
    guard isText(text, original: bytes, file: file, log: log) else { return nil }
    return text
  }

  private static func decoded(_ bytes: [UInt8], file: String, log: IssueLog) -> [UInt8]? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return fromUTF16(bytes, file: file, log: log)
    }
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let scan = UTF8Scan(content)
    guard let firstInvalid = scan.firstInvalid else { return content }
    if content.contains(0) { return content }
    // Text in a Windows code page hardly ever holds valid sequences; a damaged UTF-8 file does.
    if scan.sequences > 2 * scan.invalid || content.count < bytes.count {
      log.error(
        "unreadable-encoding",
        at: SourceLocation(file: file, row: line(of: firstInvalid, in: content)),
        found: "a byte \(hex(content[firstInvalid])) that is not UTF-8", expected: "UTF-8")
      return nil
    }
    return fromCodePage(content, file: file, log: log)
  }

  private static func fromUTF16(_ bytes: [UInt8], file: String, log: IssueLog) -> [UInt8]? {
    let isLittle = bytes[0] == 0xFF
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: 2, to: bytes.count - 1, by: 2) {
      let first = UInt16(bytes[index])
      let second = UInt16(bytes[index + 1])
      units.append(isLittle ? second << 8 | first : first << 8 | second)
    }
    guard bytes.count.isMultiple(of: 2), let text = String(validating: units, as: UTF16.self) else {
      log.error(
        "unreadable-encoding", at: SourceLocation(file: file), found: "damaged UTF-16",
        expected: "UTF-8")
      return nil
    }
    return Array(text.utf8)
  }

  private static func fromCodePage(_ bytes: [UInt8], file: String, log: IssueLog) -> [UInt8]? {
    let page: CodePage = looksVietnamese(bytes) ? .windows1258 : .windows1252
    guard let text = page.decode(bytes) ?? page.other.decode(bytes) else {
      let undefined = bytes.firstIndex { CodePage.undefinedInBoth.contains($0) }
      log.error(
        "unreadable-encoding",
        at: SourceLocation(file: file, row: undefined.map { line(of: $0, in: bytes) }),
        found: undefined.map { "a byte \(hex(bytes[$0])) that no known encoding has" },
        expected: "UTF-8", hint: "save the file as UTF-8")
      return nil
    }
    let used = page.decode(bytes) == nil ? page.other : page
    log.warning(
      "guessed-encoding", at: SourceLocation(file: file), found: used.name, expected: "UTF-8",
      hint: "the file was read as \(used.name); check letters with accents or save it as UTF-8")
    return Array(text.utf8)
  }

  /// Windows-1258 writes Vietnamese tones as marks of their own behind the vowel. The same bytes are
  /// Ì, Ò, Þ, ì and ò in Windows-1252, where a capital hardly follows a small letter, and ì or ò
  /// hardly follows any vowel but i and u (Italian "seguì", "cominciò").
  static func looksVietnamese(_ bytes: [UInt8]) -> Bool {
    let plainSmall = Set("aeiouy".utf8)
    let plainFirm = Set("aeoyAEOY".utf8)
    let ownVowels: Set<UInt8> = [
      0xC2, 0xC3, 0xCA, 0xD4, 0xD5, 0xDD, 0xE2, 0xE3, 0xEA, 0xF4, 0xF5, 0xFD,
    ]
    var previous: UInt8 = 0
    for byte in bytes {
      switch byte {
      case 0xCC, 0xD2, 0xDE:
        if plainSmall.contains(previous) || ownVowels.contains(previous) { return true }
      case 0xEC, 0xF2:
        if plainFirm.contains(previous) || ownVowels.contains(previous) { return true }
      default: break
      }
      previous = byte
    }
    return false
  }

  /// Refuses what is no text: a NUL or another control character besides tab and line ends.
  private static func isText(_ text: [UInt8], original: [UInt8], file: String, log: IssueLog)
    -> Bool
  {
    guard
      let position = text.firstIndex(where: { $0 < 0x20 && $0 != 9 && $0 != 10 && $0 != 13 })
    else { return true }
    let isArchive = original.starts(with: Array("PK".utf8))
    log.error(
      "not-a-text-file", at: SourceLocation(file: file, row: line(of: position, in: text)),
      found: "a byte \(hex(text[position]))", expected: "a CSV text file",
      hint: isArchive
        ? "this is not a text file but a workbook or archive; save the sheet as CSV UTF-8"
        : "this is not a text file")
    return false
  }

  /// Line of a byte, from 1; LF, CRLF and CR end a line.
  static func line(of position: Int, in bytes: [UInt8]) -> Int {
    var line = 1
    for index in 0..<position {
      if bytes[index] == 10 || (bytes[index] == 13 && bytes[index + 1] != 10) { line += 1 }
    }
    return line
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "0x" + (digits.count == 1 ? "0" : "") + digits
  }
}

/// Counts what is and what is not UTF-8 in some bytes.
struct UTF8Scan {
  /// Valid sequences of more than one byte.
  private(set) var sequences = 0
  private(set) var invalid = 0
  private(set) var firstInvalid: Int?

  init(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while index < buffer.count {
        if buffer[index] < 0x80 {
          index += 1
        } else if let length = Self.sequenceLength(buffer, at: index) {
          sequences += 1
          index += length
        } else {
          if firstInvalid == nil { firstInvalid = index }
          invalid += 1
          index += 1
        }
      }
    }
  }

  /// Bytes of the well-formed sequence at `index` (Unicode 15, table 3-7), or `nil`.
  private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch bytes[index] {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
    for offset in 2..<max(2, length) where !(0x80...0xBF).contains(bytes[index + offset]) {
      return nil
    }
    return length
  }
}
