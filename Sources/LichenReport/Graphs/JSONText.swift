/// A JSON value whose members keep their order; no number is written that JSON does not have.
enum JSONText: Sendable {
  case null
  case text(String)
  case number(Double)
  case whole(Int)
  case flag(Bool)
  case list([JSONText])
  case object([(String, JSONText)])

  /// On one line, without spaces.
  var json: String {
    switch self {
    case .null: "null"
    case .text(let text): Self.quoted(text)
    case .number(let number): number.isFinite ? ResultTables.plain(number) : "null"
    case .whole(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .list(let items): "[" + items.map(\.json).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { "\(Self.quoted($0)):\($1.json)" }.joined(separator: ",") + "}"
    }
  }

  /// Scalar by scalar: a combining mark behind a quote must not hide the quote.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
