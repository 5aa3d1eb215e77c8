/// Parses JSON (RFC 8259) strictly and says on which line it fails.
package struct JSONParser {
  package struct Failure: Error, Equatable {
    /// From 1.
    package let line: Int
    /// Bytes into the line, from 1.
    package let column: Int
    package let reason: String
  }

  /// Deeper documents are refused; a data package needs about 8 levels.
  static let maximumDepth = 100

  private let bytes: [UInt8]
  private var position = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// - Parameter bytes: UTF-8 without byte order mark.
  package static func parse(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value(depth: 0)
    parser.passSpace()
    guard parser.position == bytes.count else { throw parser.failure("text behind the end") }
    return value
  }

  private func failure(_ reason: String) -> Failure {
    var line = 1
    var lineStart = 0
    let end = min(position, bytes.count)
    for index in 0..<end where bytes[index] == 10 {
      line += 1
      lineStart = index + 1
    }
    return Failure(line: line, column: end - lineStart + 1, reason: reason)
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func passSpace() {
    while let byte = current, byte == 32 || (9...10).contains(byte) || byte == 13 { position += 1 }
  }

  private mutating func value(depth: Int) throws(Failure) -> JSONValue {
    guard depth < Self.maximumDepth else { throw failure("nested too deeply") }
    passSpace()
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw failure("the text ends where a value is expected")
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(Failure) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw failure("no JSON value") }
    position += word.utf8.count
    return value
  }

  private mutating func number() throws(Failure) -> JSONValue {
    let start = position
    while let byte = current,
      (48...57).contains(byte) || [43, 45, 46, 69, 101].contains(byte)
    { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard Self.isNumber(bytes[start..<position]), let value = Double(text), value.isFinite else {
      position = start
      throw failure(text.isEmpty ? "no JSON value" : "'\(text.prefix(40))' is no JSON number")
    }
    return .number(value)
  }

  /// `-`? whole fraction? exponent?, without leading zeros.
  private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    func digits(_ rest: inout ArraySlice<UInt8>) -> Int {
      let count = rest.prefix { (48...57).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == 45 { rest = rest.dropFirst() }
    let startsWithZero = rest.first == 48
    let whole = digits(&rest)
    guard whole > 0, !(startsWithZero && whole > 1) else { return false }
    if rest.first == 46 {
      rest = rest.dropFirst()
      guard digits(&rest) > 0 else { return false }
    }
    if rest.first == 69 || rest.first == 101 {
      rest = rest.dropFirst()
      if rest.first == 43 || rest.first == 45 { rest = rest.dropFirst() }
      guard digits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }

  private mutating func array(depth: Int) throws(Failure) -> JSONValue {
    position += 1
    var values: [JSONValue] = []
    passSpace()
    if current == UInt8(ascii: "]") {
      position += 1
      return .array([])
    }
    while true {
      values.append(try value(depth: depth + 1))
      if try endOrComma(UInt8(ascii: "]")) { return .array(values) }
    }
  }

  private mutating func object(depth: Int) throws(Failure) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    passSpace()
    if current == UInt8(ascii: "}") {
      position += 1
      return .object([])
    }
    while true {
      passSpace()
      guard current == UInt8(ascii: "\"") else { throw failure("a key in quotes is expected") }
      let key = try string()
      guard keys.insert(key).inserted else {
        throw failure("the key \"\(key)\" stands twice in one object")
      }
      passSpace()
      guard current == UInt8(ascii: ":") else { throw failure("':' is expected behind a key") }
      position += 1
      members.append(JSONValue.Member(key, try value(depth: depth + 1)))
      if try endOrComma(UInt8(ascii: "}")) { return .object(members) }
    }
  }

  private mutating func endOrComma(_ end: UInt8) throws(Failure) -> Bool {
    passSpace()
    guard let byte = current, byte == end || byte == UInt8(ascii: ",") else {
      throw failure("',' or '\(Character(Unicode.Scalar(end)))' is expected")
    }
    position += 1
    return byte == end
  }

  private mutating func string() throws(Failure) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        position += 1
        text.append(contentsOf: String(try escape()).utf8)
      case 0..<32: throw failure("a line end or control character inside quotes")
      default:
        text.append(byte)
        position += 1
      }
    }
    throw failure("a quote is never closed")
  }

  private mutating func escape() throws(Failure) -> Character {
    guard let byte = current else { throw failure("a quote is never closed") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try unicodeEscape())
    default: throw failure("no such escape in JSON")
    }
  }

  private mutating func unicodeEscape() throws(Failure) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xD800...0xDBFF).contains(first), current == UInt8(ascii: "\\") else {
      throw failure("half of a surrogate pair")
    }
    position += 1
    guard current == UInt8(ascii: "u") else { throw failure("half of a surrogate pair") }
    position += 1
    let second = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw failure("half of a surrogate pair") }
    return scalar
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    let digits = bytes[position..<min(position + 4, bytes.count)]
    guard digits.count == 4, digits.allSatisfy({ $0 != 43 && $0 != 45 }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure("four hexadecimal digits are expected behind \\u") }
    position += 4
    return value
  }
}
