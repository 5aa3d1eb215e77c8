import Testing

@testable import LichenIO

@Suite struct CSVWriterTests {
  @Test func `cells are quoted only where needed`() {
    var writer = CSVWriter(guardsFormulas: false)
    writer.write(header: ["a", "b,c"])
    writer.write([.text("x\"y"), .number(1.5)])
    writer.write([.text(" x"), .integer(3)])
    writer.write([.blank, .boolean(true)])
    writer.write([.blank, .blank])
    #expect(writer.text == "a,\"b,c\"\n\"x\"\"y\",1.5\n\" x\",3\n,yes\n\"\",\n")
  }

  @Test func `texts that a spreadsheet would run are guarded, numbers are not`() {
    let cells: [CSVWriter.Cell] = [
      .text("=1+1"), .text("@SUM(A1)"), .text("+cmd"), .text("-x"), .text("-5"), .number(-5),
      .text("a=b"), .text("\t=1"),
    ]
    let bytes = CSVWriter.resultTable(header: ["h"], rows: [cells])
    let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n")[1]
    #expect(line == "'=1+1,'@SUM(A1),'+cmd,'-x,-5,-5,a=b,\"'\t=1\"")
    var plain = CSVWriter(guardsFormulas: false)
    plain.write([.text("=1+1")])
    #expect(plain.text == "=1+1\n")
  }

  @Test(arguments: [0, 1, 999, 1000, 1001, 2000, 3500])
  func `pieces make the same table whatever the number of threads`(rows: Int) {
    let table = (0..<rows).map { ["row \($0)", $0 % 7 == 0 ? "=\($0)" : "a,\($0)"] }
    let whole = CSVWriter.resultTable(
      header: ["h", "i"], rows: table.map { $0.map { CSVWriter.Cell.text($0) } })
    for threads in 1...3 {
      let pieces = CSVWriter.resultPieces(header: ["h", "i"], rows: table, threads: threads)
      #expect(Array(pieces.joined()) == whole, "\(threads) threads")
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5])
  func `any table reads back`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "a", "7", "\"", "\n", "\r", "\r\n", ",", ";", "\t", " ", "đ", "ệ", "😀", "e\u{301}",
      "\u{FEFF}", "\u{A0}", "'", "=",
    ]
    for _ in 0..<60 {
      let width = Int.random(in: 1...6, using: &generator)
      let header = (0..<width).map { "c\($0)" + (Bool.random(using: &generator) ? ";\"x" : "") }
      let grid = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
        (0..<width).map { _ in
          (0..<Int.random(in: 0...5, using: &generator))
            .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
        }
      }
      var writer = CSVWriter(guardsFormulas: false)
      writer.write(header: header)
      for row in grid { writer.write(row.map(CSVWriter.Cell.text)) }
      let (table, warnings) = try CSVParser.parse(writer.bytes, file: "t.csv")
      #expect(warnings.isEmpty)
      #expect(table.header == header, "seed \(seed)")
      #expect(
        table.grid.map { $0.map { Array($0.utf8) } } == grid.map { $0.map { Array($0.utf8) } },
        "seed \(seed)")
    }
  }
}
