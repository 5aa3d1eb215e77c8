/// What a number in a cell stands for, by the format that the cell is shown in.
enum NumberFormat: Equatable {
  case plain
  case percent
  /// A day, or the month or year that it lies in.
  case day, month, year
  /// A time of day or a duration.
  case time

  /// Formats that every spreadsheet program knows by number (ECMA-376, part 1, 18.8.30).
  init(builtIn number: Int) {
    switch number {
    case 9, 10: self = .percent
    case 14...16, 22, 27...31, 36, 50...54, 57, 58: self = .day
    case 17, 55, 56: self = .month
    case 18...21, 32...35, 45...47: self = .time
    default: self = .plain
    }
  }

  /// A format as written by the user: `dd/mm/yyyy`, `0.00%`, `#,##0 "đ"`.
  init(code: String) {
    let letters = Self.active(code)
    if letters == "general" || letters == "standard" {
      self = .plain
      return
    }
    func has(_ letter: Character) -> Bool { letters.contains(letter) }
    let isNumeric = has("0") || has("#") || has("?")
    if has("%") {
      self = .percent
    } else if has("d"), has("y") || has("m") {
      self = .day
    } else if has("y") {
      self = has("m") ? .month : .year
    } else if !isNumeric, has("m"), !has("h"), !has("s") {
      self = .month
    } else if has("h") || has("s") {
      self = .time
    } else {
      self = !isNumeric && has("d") ? .day : .plain
    }
  }

  /// The first section in lower case, without texts in quotes, escaped characters and brackets other
  /// than those of elapsed time.
  private static func active(_ code: String) -> String {
    var result = ""
    var rest = Substring(code)
    while let character = rest.first {
      rest.removeFirst()
      switch character {
      case ";": return result
      case "\"":
        rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*": rest = rest.dropFirst()
      case "[":
        let inside = rest.prefix { $0 != "]" }.lowercased()
        if !inside.isEmpty, Set(inside).isSubset(of: ["h", "m", "s"]) { result += "h" }
        rest = rest.drop { $0 != "]" }.dropFirst()
      default: result += character.lowercased()
      }
    }
    return result
  }
}
