import LichenTestSupport
import Testing

@testable import LichenServer

/// Bodies of forms with files, whole and broken, in pieces of any size.
@Suite struct MultipartParserTests {
  private static let type = "multipart/form-data; boundary=XyZ"

  private static func body(_ parts: [(head: String, bytes: [UInt8])], end: String = "--\r\n")
    -> [UInt8]
  {
    parts.flatMap { part in
      Array("--XyZ\r\n\(part.head)\r\n\r\n".utf8) + part.bytes + [13, 10]
    } + Array("--XyZ\(end)".utf8)
  }

  private static func head(_ name: String, file: String? = nil) -> String {
    "Content-Disposition: form-data; name=\"\(name)\""
      + (file.map { "; filename=\"\($0)\"\r\nContent-Type: text/csv" } ?? "")
  }

  private func parse(
    _ body: [UInt8], by size: Int = .max, limits: MultipartParser.Limits = .init()
  ) throws -> [MultipartParser.Part] {
    var parser = try #require(MultipartParser(contentType: Self.type, limits: limits))
    var rest = body[...]
    while !rest.isEmpty {
      try parser.feed(rest.prefix(size))
      rest = rest.dropFirst(size)
    }
    try parser.finish()
    return parser.parts
  }

  @Test(arguments: [1, 2, 3, 7, 64, 100_000])
  func piecesOfAnySizeGiveTheSameParts(size: Int) throws {
    // Bytes that look like boundaries, but are none.
    let tricky = Array("a\r\n--Xy\r\n--XyY\r\n\r\n--".utf8) + [0, 255, 13]
    let parts = try parse(
      Self.body([
        (Self.head("csrf"), Array("token".utf8)), (Self.head("files", file: "a.csv"), tricky),
        (Self.head("files", file: ""), []),
      ]), by: size)
    #expect(parts.map(\.name) == ["csrf", "files", "files"])
    #expect(parts.map(\.fileName) == [nil, "a.csv", ""])
    #expect(parts.map(\.bytes) == [Array("token".utf8), tricky, []])
  }

  @Test func textBeforeTheFirstPartAndAfterTheLastIsPassedOver() throws {
    let body =
      Array("preamble\r\n".utf8) + Self.body([(Self.head("a"), [65])]) + Array("epilogue".utf8)
    #expect(try parse(body).map(\.text) == ["A"])
  }

  @Test(arguments: [
    "application/x-www-form-urlencoded", "multipart/form-data", "multipart/mixed; boundary=a",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\u{7}\"",
    "multipart/form-data; boundary=\(String(repeating: "b", count: 71))", "",
  ])
  func aHeaderWithoutABoundaryIsRefused(type: String) {
    #expect(MultipartParser(contentType: type) == nil)
  }

  @Test func aBoundaryMayStandInQuotesAndInAnyPlace() throws {
    let header = "Multipart/Form-Data; charset=utf-8; Boundary=\"XyZ\""
    var parser = try #require(MultipartParser(contentType: header))
    try parser.feed(Self.body([(Self.head("a"), [66])]))
    #expect(parser.parts.map(\.text) == ["B"])
  }

  @Test func everyTruncationIsTold() throws {
    let body = Self.body([(Self.head("a", file: "x.csv"), Array("1,2".utf8))], end: "--")
    for length in 0..<body.count {
      #expect(throws: MultipartParser.Fault.malformed, "\(length) bytes") {
        try parse(Array(body.prefix(length)))
      }
    }
    #expect(try parse(body).count == 1)
  }

  @Test(arguments: [
    "Content-Type: text/plain",
    "Content-Disposition: attachment; name=\"a\"",
    "Content-Disposition: form-data; filename=\"a\"",
    "Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"",
    "Content-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=inner",
    "Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64",
    "no header at all",
  ])
  func aHeadThatNoBrowserSendsIsRefused(head: String) {
    #expect(throws: MultipartParser.Fault.malformed) { try parse(Self.body([(head, [65])])) }
  }

  @Test(arguments: [
    ("C:\\\\parks\\\\outputs.csv", "outputs.csv"), ("../../etc/passwd", "passwd"),
    ("a\\\"b.csv", "a\"b.csv"), ("a%22b.csv", "a\"b.csv"), ("bảng; kê.csv", "bảng; kê.csv"),
  ])
  func aFileIsNamedByItsLastName(sent: String, name: String) throws {
    #expect(try parse(Self.body([(Self.head("f", file: sent), [])])).map(\.fileName) == [name])
  }

  @Test func boundsHold() throws {
    let limits = MultipartParser.Limits(bytes: 10, parts: 2, head: 200)
    let eleven = [UInt8](repeating: 65, count: 11)
    #expect(
      try parse(Self.body([(Self.head("a"), Array(eleven.dropLast()))]), limits: limits).count == 1)
    for body in [
      Self.body([(Self.head("a"), eleven)]),
      Self.body([
        (Self.head("a"), Array(eleven.prefix(6))), (Self.head("b"), Array(eleven.prefix(6))),
      ]),
      Self.body([(Self.head("a"), []), (Self.head("b"), []), (Self.head("c"), [])]),
      Self.body([(Self.head(String(repeating: "n", count: 300)), [])]),
    ] {
      for size in [1, 5, 1000] {
        #expect(throws: MultipartParser.Fault.tooLarge) {
          try parse(body, by: size, limits: limits)
        }
      }
    }
  }

  @Test func anEndlessPartIsRefusedAtTheBound() throws {
    var parser = try #require(
      MultipartParser(contentType: Self.type, limits: .init(bytes: 100_000)))
    try parser.feed(Array("--XyZ\r\n\(Self.head("f", file: "x"))\r\n\r\n".utf8))
    let piece = [UInt8](repeating: 13, count: 1000)
    var fed = 0
    #expect(throws: MultipartParser.Fault.tooLarge) {
      while fed < 1_000_000 {
        try parser.feed(piece)
        fed += piece.count
      }
    }
    #expect(fed <= 101_000)
  }

  /// Bytes changed, cut and moved at random: refused or taken, and the same however they come.
  @Test(arguments: 0..<40) func damagedBodiesNeverMisbehave(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var body = Self.body([
      (Self.head("csrf"), Array("token".utf8)),
      (Self.head("files", file: "a.csv"), Array("id,name\r\n1,\"two\r\n\"\r\n".utf8)),
    ])
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0..<body.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: body[place] = UInt8.random(in: 0...255, using: &random)
      case 1: body.remove(at: place)
      case 2: body.insert(contentsOf: Array("\r\n--XyZ".utf8), at: place)
      default: body.removeLast(Int.random(in: 0..<min(20, body.count - 1), using: &random))
      }
    }
    func outcome(_ size: Int) -> Result<[MultipartParser.Part], MultipartParser.Fault> {
      do { return .success(try parse(body, by: size)) } catch let fault as MultipartParser.Fault {
        return .failure(fault)
      } catch {
        Issue.record("seed \(seed): \(error)")
        return .failure(.malformed)
      }
    }
    let whole = outcome(.max)
    for size in [1, 2, 5, 31] { #expect(outcome(size) == whole, "seed \(seed), pieces of \(size)") }
    if case .success(let parts) = whole {
      #expect(parts.reduce(0) { $0 + $1.bytes.count } <= body.count)
    }
  }
}
