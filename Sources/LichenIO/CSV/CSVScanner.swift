import LichenDomain

/// One pass over the bytes of a table.
struct CSVScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let file: String
  private let log: IssueLog
  private let limits: CSVParser.Limits
  private let separator: Separator

  private var position = 0
  private var line = 1
  private var cells: [String] = []
  private var lines: [Int] = []
  /// Columns of the header; `nil` while the header is read.
  private var width: Int?

  /// What one record turned out to be.
  private struct Record {
    var line: Int
    var cellCount = 0
    var firstCell: Int
    var hasContent = false
    var hasSurplusContent = false
    var isMalformed = false
  }

  private static let quote = UInt8(ascii: "\"")

  /// - Parameter bytes: Valid UTF-8 without byte order mark.
  init(
    _ bytes: UnsafeBufferPointer<UInt8>, file: String, log: IssueLog, limits: CSVParser.Limits
  ) {
    self.bytes = bytes
    self.file = file
    self.log = log
    self.limits = limits
    separator = Self.detectSeparator(bytes)
  }

  private static func detectSeparator(_ bytes: UnsafeBufferPointer<UInt8>) -> Separator {
    var counts: [Separator: Int] = [:]
    var isQuoted = false
    var hasContent = false
    for byte in bytes {
      if byte == quote { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 10 || byte == 13 {
        if hasContent { break }
        continue
      }
      hasContent = true
      if let found = Separator.allCases.first(where: { $0.byte == byte }) {
        counts[found, default: 0] += 1
      }
    }
    // `max(by:)` keeps the last of equals; the order of cases must win, so compare by hand.
    var best = Separator.comma
    for candidate in Separator.allCases {
      if counts[candidate, default: 0] > counts[best, default: 0] { best = candidate }
    }
    return best
  }

  mutating func table() -> CSVTable? {
    guard let header = readHeader() else { return nil }
    let headerLine = lines.removeLast()
    cells.removeAll(keepingCapacity: true)
    width = header.count
    while let record = nextRecord() {
      guard record.cellCount > 0 else { return nil }
      keep(record, width: header.count)
      if lines.count > limits.rows || cells.count > limits.cells {
        log.error(
          "too-many-rows", at: place(record.line),
          expected: "at most \(limits.rows) rows and \(limits.cells) cells")
        return nil
      }
    }
    return CSVTable(
      file: file, separator: separator, header: header, headerLine: headerLine, lines: lines,
      cells: cells)
  }

  /// Column names; several things may be wrong with them at once.
  private mutating func readHeader() -> [String]? {
    guard let record = nextRecord() else {
      log.error(
        "empty-file", at: SourceLocation(file: file), expected: "a header line with column names")
      return nil
    }
    guard record.cellCount > 0 else { return nil }
    lines.append(record.line)
    let names = cells.map { $0.trimmingSpaces() }
    var seen: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      if name.isEmpty {
        log.error(
          "empty-column-name", at: place(record.line), found: "column \(index + 1) has no name",
          expected: "a name for each column")
      } else if let first = seen.updateValue(index, forKey: name.lowercased()) {
        log.error(
          "duplicate-column", at: place(record.line), field: name,
          found: "columns \(first + 1) and \(index + 1)", expected: "each column once")
      }
    }
    return record.isMalformed ? nil : names
  }

  /// Drops blank rows, complains about rows of another width.
  private mutating func keep(_ record: Record, width: Int) {
    let isWrong = record.hasSurplusContent || record.cellCount < width
    if record.hasContent, !record.isMalformed, isWrong {
      log.error(
        "wrong-cell-count", at: place(record.line),
        found: "row has \(record.cellCount) cells, header has \(width)",
        expected: "\(width) cells",
        hint: record.cellCount > width
          ? "put a cell that contains '\(separator == .tab ? "tab" : separator.rawValue)' in quotes"
          : "write a separator for each blank cell too")
    }
    guard record.hasContent, !record.isMalformed, !isWrong else {
      cells.removeSubrange(record.firstCell...)
      return
    }
    lines.append(record.line)
  }

  /// The next record that is not an empty line, or `nil` at the end. A record without cells means
  /// that reading cannot go on.
  private mutating func nextRecord() -> Record? {
    while position < bytes.count, bytes[position] == 10 || bytes[position] == 13 { passLineEnd() }
    guard position < bytes.count else { return nil }
    var record = Record(line: line, firstCell: cells.count)
    while true {
      let isQuoted = position < bytes.count && bytes[position] == Self.quote
      let isStored = record.cellCount < (width ?? limits.columns)
      let read = isQuoted ? quotedCell(&record) : plainCell(&record, isStored: isStored)
      guard let cell = read else {
        record.cellCount = 0
        return record
      }
      record.cellCount += 1
      if isQuoted || !cell.isEmpty {
        record.hasContent = true
        if !isStored { record.hasSurplusContent = true }
      }
      if isStored { cells.append(cell) }
      if width == nil, record.cellCount > limits.columns {
        log.error(
          "too-many-columns", at: place(record.line), found: "more than \(limits.columns) columns",
          expected: "at most \(limits.columns) columns",
          hint: "is this a table, with a header line of column names?")
        record.cellCount = 0
        return record
      }
      guard position < bytes.count, bytes[position] == separator.byte else { break }
      position += 1
    }
    if position < bytes.count { passLineEnd() }
    return record
  }

  private mutating func plainCell(_ record: inout Record, isStored: Bool) -> String? {
    let start = position
    var hasQuote = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == separator.byte || byte == 10 || byte == 13 { break }
      if byte == Self.quote { hasQuote = true }
      position += 1
    }
    if hasQuote {
      reportStrayQuote(&record, hint: "put the whole cell in quotes and double each quote inside")
    }
    if !isStored { return position > start ? "x" : "" }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func quotedCell(_ record: inout Record) -> String? {
    let openingLine = line
    position += 1
    var start = position
    var doubled: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Self.quote {
        if position + 1 < bytes.count, bytes[position + 1] == Self.quote {
          doubled.append(contentsOf: bytes[start...position])
          position += 2
          start = position
          continue
        }
        let end = position
        position += 1
        passTextBehindQuote(&record)
        if doubled.isEmpty { return String(decoding: bytes[start..<end], as: UTF8.self) }
        doubled.append(contentsOf: bytes[start..<end])
        return String(decoding: doubled, as: UTF8.self)
      }
      if byte == 10 || byte == 13 { passLineEnd() } else { position += 1 }
    }
    log.error(
      "unterminated-quote", at: place(record.line), found: "a quote opened on line \(openingLine)",
      expected: "a closing quote", hint: "the quote opened on line \(openingLine) is never closed")
    return nil
  }

  private mutating func passTextBehindQuote(_ record: inout Record) {
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == separator.byte || byte == 10 || byte == 13 { break }
      position += 1
    }
    if position > start {
      reportStrayQuote(&record, hint: "nothing may stand between a closing quote and the separator")
    }
  }

  private func reportStrayQuote(_ record: inout Record, hint: String) {
    record.isMalformed = true
    let name = "line \(line)"
    log.error(
      "stray-quote", at: place(record.line), found: "a quote inside a cell on \(name)",
      expected: "quotes only around a whole cell", hint: hint)
  }

  private mutating func passLineEnd() {
    if bytes[position] == 13, position + 1 < bytes.count, bytes[position + 1] == 10 {
      position += 1
    }
    position += 1
    line += 1
  }

  private func place(_ line: Int) -> SourceLocation { SourceLocation(file: file, row: line) }
}
