import LichenDomain
import LichenIO

/// Cuts the bytes of a comma-separated table (RFC 4180) into cells, one record at a time.
///
/// Tables of millions of rows are why cells stay places in the bytes until someone asks for them.
struct CellScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let file: String
  private let log: IssueLog
  private var position = 0
  private var line = 1
  private var starts: [Int] = []
  private var ends: [Int] = []
  /// Cells of the record that hold doubled quotes.
  private var doubled: Set<Int> = []
  /// Line on which the record begins, from 1.
  private(set) var recordLine = 1

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")

  /// - Parameter bytes: Valid UTF-8 without byte order mark; must outlive the scanner.
  init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, log: IssueLog) {
    self.bytes = bytes
    self.file = file
    self.log = log
  }

  var cellCount: Int { starts.count }
  var place: SourceLocation { SourceLocation(file: file, row: recordLine) }

  func isBlank(_ cell: Int) -> Bool { starts[cell] == ends[cell] }
  func cell(_ cell: Int) -> Slice<UnsafeBufferPointer<UInt8>> { bytes[starts[cell]..<ends[cell]] }

  func text(_ cell: Int) -> String {
    let text = String(decoding: self.cell(cell), as: UTF8.self)
    return doubled.contains(cell) ? text.replacing("\"\"", with: "\"") : text
  }

  /// Goes to the next record that is not an empty line; malformed ones are reported and passed over.
  /// - Returns: Whether there is one.
  mutating func next() -> Bool {
    while true {
      while position < bytes.count, isLineEnd(bytes[position]) { passLineEnd() }
      guard position < bytes.count else { return false }
      recordLine = line
      starts.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
      if !doubled.isEmpty { doubled.removeAll() }
      if readRecord() { return true }
    }
  }

  private mutating func readRecord() -> Bool {
    var isSound = true
    while true {
      passSpaces()
      if position < bytes.count, bytes[position] == Self.quote {
        if !quotedCell() { isSound = false }
      } else if !plainCell() {
        isSound = false
      }
      guard position < bytes.count, bytes[position] == Self.comma else { break }
      position += 1
    }
    if position < bytes.count { passLineEnd() }
    return isSound
  }

  private mutating func plainCell() -> Bool {
    let start = position
    var hasQuote = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Self.comma || isLineEnd(byte) { break }
      if byte == Self.quote { hasQuote = true }
      position += 1
    }
    var end = position
    while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
    starts.append(start)
    ends.append(end)
    if hasQuote { reportStrayQuote() }
    return !hasQuote
  }

  private mutating func quotedCell() -> Bool {
    position += 1
    starts.append(position)
    while position < bytes.count {
      if bytes[position] == Self.quote {
        if position + 1 < bytes.count, bytes[position + 1] == Self.quote {
          doubled.insert(starts.count - 1)
          position += 2
          continue
        }
        ends.append(position)
        position += 1
        passSpaces()
        let isClosed =
          position == bytes.count || bytes[position] == Self.comma || isLineEnd(bytes[position])
        if !isClosed {
          reportStrayQuote()
          while position < bytes.count, bytes[position] != Self.comma, !isLineEnd(bytes[position]) {
            position += 1
          }
        }
        return isClosed
      }
      if isLineEnd(bytes[position]) { passLineEnd() } else { position += 1 }
    }
    ends.append(position)
    log.error(
      "unterminated-quote", at: place, found: "a quote that is never closed",
      expected: "a closing quote")
    return false
  }

  private func reportStrayQuote() {
    log.error(
      "stray-quote", at: place, found: "a quote inside a cell",
      expected: "quotes only around a whole cell, doubled inside it")
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

  private mutating func passSpaces() {
    while position < bytes.count, bytes[position] == 32 || bytes[position] == 9 { position += 1 }
  }

  private mutating func passLineEnd() {
    if bytes[position] == 13, position + 1 < bytes.count, bytes[position + 1] == 10 {
      position += 1
    }
    position += 1
    line += 1
  }
}
