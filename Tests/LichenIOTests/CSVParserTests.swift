import LichenDomain
import Testing

@testable import LichenIO

@Suite struct CSVParserTests {
  @Test(arguments: [
    ("a,b\n1,2\n", Separator.comma), ("a;b\n1;2\n", .semicolon), ("a\tb\n1\t2\n", .tab),
    ("a,b\r\n1,2\r\n", .comma), ("a,b\r1,2", .comma), ("\u{FEFF}a,b\n1,2", .comma),
    ("\n\na,b\n\n1,2\n,\n", .comma), ("\"a\",b\n\"1\",2\n", .comma),
  ])
  func `separators, line ends, byte order mark and blank lines give the same table`(
    text: String, separator: Separator
  ) {
    let (table, issues) = parse(text)
    #expect(issues.isEmpty)
    #expect(table?.header == ["a", "b"])
    #expect(table?.grid == [["1", "2"]])
    #expect(table?.separator == separator)
  }

  @Test func `separators inside quotes of the header do not count`() {
    let (table, issues) = parse("\"a;b;c\",d\n1,2\n")
    #expect(issues.isEmpty)
    #expect(table?.separator == .comma)
    #expect(table?.header == ["a;b;c", "d"])
  }

  @Test func `quotes hold separators, line ends and doubled quotes`() {
    let (table, issues) = parse("a,b\n\"x,\"\"y\"\"\r\nz\",\"\"\n3,4\n")
    #expect(issues.isEmpty)
    #expect(table?.grid == [["x,\"y\"\r\nz", ""], ["3", "4"]])
    #expect(table?.lines == [2, 4])
  }

  @Test func `a row is named by the line on which it begins`() {
    let (table, issues) = parse("a,b\r\n\"1\n2\r3\r\n4\",x\r\n\r\n5\n6,7\n")
    #expect(table?.lines == [2, 8])
    #expect(issues.map(Finding.init) == [Finding("wrong-cell-count", "t.csv", 7)])
  }

  @Test func `an unterminated quote says where it opened`() {
    let (table, issues) = parse("a,b\n1,2\n3,\"x\n4,5\n")
    #expect(table == nil)
    #expect(issues.map(Finding.init) == [Finding("unterminated-quote", "t.csv", 3)])
    #expect(issues[0].hint == "the quote opened on line 3 is never closed")
  }

  @Test(arguments: ["a,b\n1,2\"3\n", "a,b\n1,\"2\"3\n"])
  func `a stray quote is an error`(text: String) {
    #expect(parse(text).issues.map(Finding.init) == [Finding("stray-quote", "t.csv", 2)])
  }

  @Test func `too few and too many cells are errors, surplus blanks are not`() {
    let (table, issues) = parse("a,b\n1\n1,2,,\n1,2,3\n4,5\n")
    #expect(table?.grid == [["1", "2"], ["4", "5"]])
    #expect(
      issues.map(Finding.init) == [
        Finding("wrong-cell-count", "t.csv", 2), Finding("wrong-cell-count", "t.csv", 4),
      ])
    #expect(issues[0].found == "row has 1 cells, header has 2")
    #expect(issues[1].found == "row has 3 cells, header has 2")
  }

  @Test(
    arguments: [
      ("", "empty-file", nil), ("\u{FEFF}", "empty-file", nil), ("\r\n\n", "empty-file", nil),
      ("\n \n", "empty-column-name", 2), ("a,,c\n", "empty-column-name", 1),
      ("a,b, A \n", "duplicate-column", 1), ("a,b\n1,\u{0}2\n", "not-a-text-file", 2),
      ("PK\u{3}\u{4}", "not-a-text-file", 1),
    ] as [(String, String, Int?)])
  func `a bad file is refused`(text: String, code: String, row: Int?) {
    let (_, issues) = parse(text)
    #expect(issues.map(\.code) == [code])
    #expect(issues.first?.location.row == row)
  }

  @Test func `a million columns fail fast`() {
    let (table, issues) = parse([UInt8](repeating: UInt8(ascii: ","), count: 1_000_000))
    #expect(table == nil)
    #expect(issues.map(\.code) == ["too-many-columns"])
    #expect(issues.first?.expected == "at most 500 columns")
  }

  @Test func `a row of a million cells keeps no more than the header has`() {
    let (table, issues) = parse("a,b\n" + String(repeating: "1,", count: 1_000_000) + "\n")
    #expect(table?.rowCount == 0)
    #expect(issues.map(\.code) == ["wrong-cell-count"])
  }

  @Test func `too many rows are refused`() throws {
    var limits = CSVParser.Limits()
    limits.rows = 3
    let error = #expect(throws: ValidationError.self) {
      try CSVParser.parse(Array("a\n1\n2\n3\n4\n".utf8), file: "t.csv", limits: limits)
    }
    #expect(error?.issues.map(\.code) == ["too-many-rows"])
  }

  @Test func `a thousand issues are listed, the rest is counted`() {
    let (_, issues) = parse("a,b\n" + String(repeating: "1\n", count: 1500))
    #expect(issues.count == 1001)
    #expect(issues.contains { $0.code == "further-issues" && $0.found == "500 more" })
  }

  @Test func `a file beyond the limit is refused before it is read`() throws {
    let folder = try ScratchFolder()
    try folder.write("a,b\n1,2\n", as: "t.csv")
    let log = IssueLog()
    let path = folder.url.appending(path: "t.csv").path
    #expect(FileBytes.read(path: path, name: "t.csv", log: log, maximumSize: 7) == nil)
    #expect(log.issues.map(\.code) == ["file-too-large"])
    // A sparse file: 134 MB that take no space.
    try stretch(path: path, to: 134_000_000)
    let second = IssueLog()
    #expect(FileBytes.read(path: path, name: "t.csv", log: second) == nil)
    #expect(second.issues.first?.found == "134 MB")
    #expect(second.issues.first?.expected == "at most 100 MB")
  }
}
