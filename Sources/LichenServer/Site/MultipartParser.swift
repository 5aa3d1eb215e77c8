import Foundation

/// Parts of a `multipart/form-data` body (RFC 7578), taken as they come and kept within bounds.
///
/// The body is fed in pieces of any size; what is kept is never more than `Limits.bytes` and the head of one part.
struct MultipartParser {
  struct Part: Sendable, Equatable {
    let name: String
    /// `nil` for a plain field; a path is cut to its last name.
    let fileName: String?
    var bytes: [UInt8] = []

    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  struct Limits {
    /// Of all parts together, heads not counted.
    var bytes = 32 << 20
    var parts = 64
    /// Of the head of one part.
    var head = 8 << 10
  }

  enum Fault: Error, Equatable {
    /// Cut short, or not of the form.
    case malformed
    case tooLarge
  }

  private enum State {
    case preamble, head, body, epilogue
  }

  private(set) var parts: [Part] = []
  private let limits: Limits
  /// `CR LF -- boundary`; the first one may lack the line end before it.
  private let delimiter: [UInt8]
  private var state = State.preamble
  private var buffer: [UInt8]
  private var kept = 0

  /// - Parameter contentType: Header of the request.
  /// - Returns: `nil` if it names no form data, or no boundary that may be one.
  init?(contentType: String, limits: Limits = Limits()) {
    let fields = contentType.split(separator: ";", maxSplits: 1)
    guard let kind = fields.first,
      kind.trimmingCharacters(in: .whitespaces).lowercased() == "multipart/form-data",
      fields.count == 2,
      let boundary = Self.parameters(String(fields[1]))["boundary"],
      (1...70).contains(boundary.utf8.count),
      boundary.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
    else { return nil }
    self.limits = limits
    delimiter = [13, 10] + Array("--\(boundary)".utf8)
    // The line end that the first boundary may lack.
    buffer = [13, 10]
  }

  /// Takes the next piece of the body.
  mutating func feed(_ bytes: some Sequence<UInt8>) throws(Fault) {
    buffer.append(contentsOf: bytes)
    while try step() {}
  }

  /// Says that no more comes.
  func finish() throws(Fault) {
    if state != .epilogue { throw .malformed }
  }

  /// - Returns: Whether another step may be made with what is there.
  private mutating func step() throws(Fault) -> Bool {
    switch state {
    case .preamble: return try passPreamble()
    case .head: return try readHead()
    case .body: return try readBody()
    case .epilogue:
      // Nothing that follows belongs to the form.
      buffer.removeAll(keepingCapacity: true)
      return false
    }
  }

  private mutating func passPreamble() throws(Fault) -> Bool {
    guard let place = Self.range(of: delimiter, in: buffer) else {
      if buffer.count > limits.head { throw .malformed }
      return false
    }
    guard buffer.count >= place + delimiter.count + 2 else { return false }
    return try passDelimiter(at: place)
  }

  /// Passes a boundary and what ends its line: a line end before a part, `--` after the last.
  private mutating func passDelimiter(at place: Int) throws(Fault) -> Bool {
    let end = place + delimiter.count
    switch (buffer[end], buffer[end + 1]) {
    case (13, 10): state = .head
    case (45, 45): state = .epilogue
    default: throw .malformed
    }
    buffer.removeFirst(end + 2)
    return true
  }

  private mutating func readHead() throws(Fault) -> Bool {
    guard let end = Self.range(of: [13, 10, 13, 10], in: buffer) else {
      if buffer.count > limits.head { throw .tooLarge }
      return false
    }
    if end > limits.head || parts.count >= limits.parts { throw .tooLarge }
    parts.append(try Self.part(head: String(decoding: buffer[..<end], as: UTF8.self)))
    buffer.removeFirst(end + 4)
    state = .body
    return true
  }

  private mutating func readBody() throws(Fault) -> Bool {
    guard let place = Self.range(of: delimiter, in: buffer) else {
      // The start of a boundary may stand at the end.
      try keep(max(0, buffer.count - delimiter.count + 1))
      return false
    }
    guard buffer.count >= place + delimiter.count + 2 else { return false }
    try keep(place)
    return try passDelimiter(at: 0)
  }

  /// Moves bytes from the buffer to the part.
  private mutating func keep(_ count: Int) throws(Fault) {
    kept += count
    if kept > limits.bytes { throw .tooLarge }
    parts[parts.count - 1].bytes.append(contentsOf: buffer[..<count])
    buffer.removeFirst(count)
  }

  private static func part(head: String) throws(Fault) -> Part {
    var disposition: [String: String]?
    for line in head.components(separatedBy: "\r\n") {
      guard let colon = line.firstIndex(of: ":") else { throw .malformed }
      let name = line[..<colon].trimmingCharacters(in: .whitespaces).lowercased()
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      let kind = value.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
      switch name {
      case "content-disposition":
        guard kind == "form-data", disposition == nil else { throw .malformed }
        disposition = parameters(String(value.dropFirst(value.prefix { $0 != ";" }.count)))
      // Forms within forms went with RFC 2388; no browser sends them.
      case "content-type" where kind.hasPrefix("multipart/"): throw .malformed
      case "content-transfer-encoding" where !["7bit", "8bit", "binary"].contains(kind):
        throw .malformed
      default: break
      }
    }
    guard let disposition, let name = disposition["name"] else { throw .malformed }
    let file = disposition["filename"].map { path in
      path.split(omittingEmptySubsequences: true) { $0 == "/" || $0 == "\\" }.last.map(String.init)
        ?? ""
    }
    return Part(name: name, fileName: file)
  }

  /// `; name="a"; filename=b.csv`, names in lower case. Browsers write a quote as `%22` or `\"`.
  private static func parameters(_ text: String) -> [String: String] {
    var parameters: [String: String] = [:]
    var rest = Substring(text)
    while true {
      rest = rest.drop { $0 == ";" || $0 == " " || $0 == "\t" }
      guard let equals = rest.firstIndex(of: "=") else { return parameters }
      let name = rest[..<equals].trimmingCharacters(in: .whitespaces).lowercased()
      rest = rest[rest.index(after: equals)...]
      var value = ""
      if rest.first == "\"" {
        rest.removeFirst()
        while let character = rest.popFirst(), character != "\"" {
          value.append(character == "\\" && rest.first == "\"" ? rest.removeFirst() : character)
        }
      } else {
        value = rest.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces)
        rest = rest.drop { $0 != ";" }
      }
      if parameters[name] == nil { parameters[name] = value.replacing("%22", with: "\"") }
    }
  }

  /// Where a pattern first stands.
  /// - Complexity: O(n) for bodies in which its first byte is rare.
  private static func range(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { all -> Int? in
      guard let start = all.baseAddress, let first = pattern.first else { return nil }
      var place = 0
      while place + pattern.count <= all.count {
        let left = all.count - pattern.count + 1 - place
        guard let found = memchr(start + place, Int32(first), left) else { return nil }
        place = start.distance(to: UnsafeRawPointer(found))
        if memcmp(found, pattern, pattern.count) == 0 { return place }
        place += 1
      }
      return nil
    }
  }
}
