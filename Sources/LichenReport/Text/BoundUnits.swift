/// Keeps a number and its unit on one line: the space between them becomes unbreakable.
///
/// Texts are written with plain spaces, which is right in files and on a terminal; only a page breaks
/// lines.
struct BoundUnits {
  /// What may follow a number and belongs to it, by its first byte, longest first.
  private var units: [UInt8: [[UInt8]]] = [:]

  /// Symbols that are the same in every language.
  private static let symbols = [
    "%", "°C", "K", "t", "kt", "Mt", "kg", "g", "mg", "m", "km", "m²", "m³", "ha", "l", "J", "MJ",
    "GJ", "TJ", "W", "kW", "MW", "Wh", "kWh", "MWh", "GWh", "bar", "px", "tkm", "mg/kg", "mg/l",
  ]
  /// Keys whose text is or ends with a unit.
  private static let keys = [
    "mass.kilogram", "mass.tonne", "mass.kilotonne", "mass.megatonne", "days.one", "days.other",
    "setting.years", "figure.payback", "figure.declared",
  ]
  private static let magnitudes = ["money.thousand", "money.million", "money.billion"]
  private static let gap = Array(Language.narrowGap.utf8)

  init(_ language: Language) {
    var words = Set(Self.symbols)
    for key in Self.keys where language.has(key) {
      words.insert(language.text(key).replacing(#/\{[a-z]+\}/#, with: "").trimmingSpaces())
    }
    for key in Self.magnitudes where language.has(key) {
      // Where the currency follows a word, as in `triệu ₫`.
      let text = language.text(key)
      if let word = text.split(separator: " ").first, !word.contains("{") {
        words.insert(String(word))
      }
    }
    for word in words.sorted() where !word.isEmpty {
      let bytes = Array(word.utf8)
      units[bytes[0], default: []].append(bytes)
    }
    for key in units.keys { units[key]?.sort { $0.count > $1.count } }
  }

  /// The page with its numbers bound to their units; tags, styles and scripts stay as they are.
  /// - Complexity: O(n) in the length of the page.
  func bound(_ page: String) -> String {
    let bytes = Array(page.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 64)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "<") {
        let end = Self.endOfMarkup(bytes, from: index)
        result += bytes[index..<end]
        index = end
      } else if byte == UInt8(ascii: " "), index > 0, Self.isDigit(bytes[index - 1]),
        startsWithUnit(bytes, at: index + 1)
      {
        result += Self.gap
        index += 1
      } else {
        result.append(byte)
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private func startsWithUnit(_ bytes: [UInt8], at start: Int) -> Bool {
    guard start < bytes.count, let units = units[bytes[start]] else { return false }
    return units.contains { unit in
      let end = start + unit.count
      return end <= bytes.count && bytes[start..<end].elementsEqual(unit)
        && (end == bytes.count || !Self.isLetter(bytes[end...]))
    }
  }

  /// Behind the tag at `start`, and behind the whole element for styles and scripts.
  private static func endOfMarkup(_ bytes: [UInt8], from start: Int) -> Int {
    for name in ["style", "script"] {
      let open = Array("<\(name)>".utf8)
      if bytes[start...].starts(with: open) {
        return end(of: Array("</\(name)>".utf8), in: bytes, from: start)
      }
    }
    return end(of: [UInt8(ascii: ">")], in: bytes, from: start)
  }

  private static func end(of mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int {
    var index = start
    while index + mark.count <= bytes.count {
      if bytes[index] == mark[0], bytes[index...].starts(with: mark) { return index + mark.count }
      index += 1
    }
    return bytes.count
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Whether a word goes on here; letters beyond ASCII count, as in `ngày`, signs such as `₫` do not.
  private static func isLetter(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let scalar = String(decoding: bytes.prefix(4), as: UTF8.self).unicodeScalars.first
    else { return false }
    return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
  }
}
