/// Texts of cells: those that a workbook keeps in one list, and those inside a cell.
enum SharedTexts {
  /// A park has some thousands; each takes memory even if it is blank.
  static let maximumCount = 5_000_000

  /// Reads `sharedStrings.xml`.
  static func read(_ stream: XMLStream) throws(WorkbookFault) -> [String] {
    var texts: [String] = []
    while try stream.next() {
      guard stream.isStart, stream.name == "si" else { continue }
      texts.append(try text(of: "si", in: stream))
      if texts.count > maximumCount { throw .tooLarge("more than \(maximumCount) texts") }
    }
    return texts
  }

  /// The runs of text inside the element that the stream stands on, without phonetic guides.
  static func text(of element: String, in stream: XMLStream) throws(WorkbookFault) -> String {
    if stream.isEmpty { return "" }
    var text = ""
    var isInRun = false
    var isInGuide = false
    while try stream.next() {
      if stream.isStart, !stream.isEmpty {
        if stream.name == "t" { isInRun = true }
        if stream.name == "rPh" { isInGuide = true }
      } else if stream.isEnd {
        let name = stream.name
        if name == element { break }
        if name == "t" { isInRun = false }
        if name == "rPh" { isInGuide = false }
      } else if isInRun, !isInGuide, stream.isText {
        text += stream.text
      }
    }
    return decoded(text)
  }

  /// Undoes `_x000D_`, by which characters are written that XML cannot hold (ECMA-376, 22.9.2.19).
  static func decoded(_ text: String) -> String {
    guard text.contains("_x") else { return text }
    let bytes = Array(text.utf8)
    var units: [UInt16] = []
    var result: [UInt8] = []
    var index = 0
    func flush() {
      if units.isEmpty { return }
      result += Array(String(decoding: units, as: UTF16.self).utf8)
      units.removeAll()
    }
    while index < bytes.count {
      if let unit = escape(in: bytes, at: index) {
        units.append(unit)
        index += 7
      } else {
        flush()
        result.append(bytes[index])
        index += 1
      }
    }
    flush()
    return String(decoding: result, as: UTF8.self)
  }

  private static func escape(in bytes: [UInt8], at index: Int) -> UInt16? {
    guard index + 7 <= bytes.count, bytes[index] == 95, bytes[index + 1] == 120,
      bytes[index + 6] == 95
    else { return nil }
    let digits = bytes[index + 2..<index + 6]
    let isHexadecimal = digits.allSatisfy {
      (48...57).contains($0) || (65...70).contains($0 & 0xDF)
    }
    return isHexadecimal ? UInt16(String(decoding: digits, as: UTF8.self), radix: 16) : nil
  }
}
