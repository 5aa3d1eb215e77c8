import LichenDomain

/// Writes a table as RFC 4180 text: UTF-8, comma, LF, quotes only where needed.
public struct CSVWriter: Sendable {
  /// One cell of a table.
  public enum Cell: Sendable, Hashable {
    case text(String)
    /// Shortest text that reads back as the same number; not finite is written as blank.
    case number(Double)
    case integer(Int)
    case boolean(Bool)
    case blank
  }

  /// Whether text cells are made harmless for spreadsheets.
  ///
  /// A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, tab or CR as a formula. In
  /// result files, which people open in spreadsheets, such a text gets a leading apostrophe; numbers,
  /// and texts that are plain numbers, never do. Park tables are written without it, because they
  /// must read back unchanged.
  public let guardsFormulas: Bool

  /// What was written so far.
  public private(set) var bytes: [UInt8] = []

  public init(guardsFormulas: Bool) {
    self.guardsFormulas = guardsFormulas
  }

  /// The text written so far.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// A whole table of a result file, guarded against formulas.
  public static func resultTable(header: [String], rows: some Sequence<[Cell]>) -> [UInt8] {
    var writer = CSVWriter(guardsFormulas: true)
    writer.write(header: header)
    for row in rows { writer.write(row) }
    return writer.bytes
  }

  /// A table of texts as `resultTable` makes it, piece by piece: each row is asked for when its piece
  /// is, by a few threads side by side.
  public static func resultPieces<Rows: RandomAccessCollection & Sendable>(
    header: [String], rows: Rows, threads: Int = 2
  ) -> some Sequence<[UInt8]> where Rows.Element == [String], Rows.Index == Int {
    var writer = CSVWriter(guardsFormulas: true)
    writer.write(header: header)
    let first = writer.bytes
    let length = 1000
    let starts = Array(stride(from: rows.startIndex, to: rows.endIndex, by: length * threads))
    return (-1..<starts.count).lazy.map { place -> [UInt8] in
      if place < 0 { return first }
      let parts = Threads.map(threads, threads: threads) { part in
        var writer = CSVWriter(guardsFormulas: true)
        let start = min(starts[place] + part * length, rows.endIndex)
        for index in start..<min(start + length, rows.endIndex) {
          writer.write(rows[index].map(Cell.text))
        }
        return writer.bytes
      }
      return parts.flatMap(\.self)
    }
  }

  /// Writes column names.
  public mutating func write(header: [String]) {
    write(header.map(Cell.text))
  }

  /// Writes one row. A row of blanks only is written with one quoted blank, so that it is not taken
  /// for an empty line when read.
  public mutating func write(_ cells: [Cell]) {
    let start = bytes.count
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(cell)
    }
    if bytes[start...].allSatisfy({ $0 == UInt8(ascii: ",") }) {
      bytes.insert(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: "\"")], at: start)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func append(_ cell: Cell) {
    switch cell {
    case .text(let text): append(text: text)
    case .number(let value): bytes.append(contentsOf: NumberText.shortest(value).utf8)
    case .integer(let value): bytes.append(contentsOf: String(value).utf8)
    case .boolean(let value): bytes.append(contentsOf: (value ? "yes" : "no").utf8)
    case .blank: break
    }
  }

  private mutating func append(text: String) {
    let needsGuard = guardsFormulas && Self.looksLikeFormula(text)
    guard Self.needsQuotes(text) else {
      if needsGuard { bytes.append(UInt8(ascii: "'")) }
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    if needsGuard { bytes.append(UInt8(ascii: "'")) }
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  static func looksLikeFormula(_ text: String) -> Bool {
    guard let first = text.utf8.first, [61, 43, 45, 64, 9, 13].contains(first) else { return false }
    return !isPlainNumber(text)
  }

  private static func isPlainNumber(_ text: String) -> Bool {
    text.utf8.allSatisfy { (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) }
      && Double(text) != nil
  }

  /// Separators of any dialect are quoted, so that a reader that guesses the dialect guesses right.
  private static func needsQuotes(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
      return false
    }
    func isSpace(_ scalar: Unicode.Scalar) -> Bool {
      scalar.isASCII
        ? scalar.value == 32 || (9...13).contains(scalar.value) : scalar.properties.isWhitespace
    }
    if isSpace(first) || isSpace(last) { return true }
    if first == "\u{FEFF}" { return true }
    return text.utf8.contains { [44, 59, 9, 34, 10, 13].contains($0) }
  }
}
