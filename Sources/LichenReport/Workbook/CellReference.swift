import LichenDomain

/// Addresses of cells as formulas write them; rows and columns count from 0.
enum CellReference {
  /// `$F$12`
  static func cell(row: Int, column: Int) -> String { "$\(Alphabet.letters(column))$\(row + 1)" }

  /// `$F$5:$F$20`
  static func range(rows: Range<Int>, column: Int) -> String {
    "\(cell(row: rows.lowerBound, column: column)):\(cell(row: rows.upperBound - 1, column: column))"
  }

  /// `'Sổ tính'!` before an address.
  static func sheet(_ name: String) -> String { "'\(name.replacing("'", with: "''"))'!" }
}

/// Makes names that every spreadsheet program takes: no `[]:*?/\`, 1...31 UTF-16 units, no apostrophe at
/// an end, unique whatever the case.
struct SheetNames {
  private var taken: Set<String> = []
  /// UTF-16 units.
  private static let longest = 31

  mutating func name(_ wanted: String) -> String {
    // Excel keeps this name for itself.
    taken.insert("history")
    let allowed = wanted.map { "[]:*?/\\".contains($0) || $0.isNewline ? " " : $0 }
    var words = String(allowed).split(separator: " ").joined(separator: " ")
    while words.hasPrefix("'") { words.removeFirst() }
    if words.isEmpty { words = "-" }
    var candidate = Self.cut(words, to: Self.longest)
    var number = 2
    while !taken.insert(candidate.lowercased()).inserted {
      candidate = Self.cut(words, to: Self.longest - 4) + " \(number)"
      number += 1
    }
    return candidate
  }

  /// At most so many UTF-16 units, whole characters only.
  private static func cut(_ text: String, to length: Int) -> String {
    var kept = ""
    var used = 0
    for character in text {
      used += character.utf16.count
      if used > length { break }
      kept.append(character)
    }
    while let last = kept.last, last == " " || last == "'" { kept.removeLast() }
    return kept.isEmpty ? "-" : kept
  }
}
