import Testing

@testable import LichenIO

@Suite struct JSONTests {
  @Test func `written values read back, keys in order`() throws {
    let value = JSONValue.object([
      .init("z", .number(-1.5)), .init("a", .array([.null, .bool(true), .array([])])),
      .init("text", .string("\"\\\n\t\u{1}đ😀/")), .init("empty", .object([])),
    ])
    #expect(try JSONParser.parse(Array(value.text.utf8)) == value)
    #expect(value.text.hasPrefix("{\n  \"z\": -1.5,\n  \"a\": [\n    null,"))
    #expect(value.text.hasSuffix("}\n"))
  }

  @Test func `escapes of RFC 8259 are read`() throws {
    let text = #"["\u0111\ud83d\ude00\/\b\f\n\r\t\"\\"]"#
    let expected = "đ😀/\u{8}\u{C}\n\r\t\"\\"
    #expect(try JSONParser.parse(Array(text.utf8)) == .array([.string(expected)]))
  }

  @Test(arguments: [
    "", "nul", "[1,]", "{\"a\" 1}", "{a: 1}", "[1 2]", "01", "1.", ".5", "+1", "1e", "1e999",
    "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\u+123\"", "\"a\nb\"", "[", "{", "\"", "-", "NaN",
    "[1]]",
  ])
  func `what is no JSON is refused`(text: String) {
    #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(Array(text.utf8)) }
  }

  @Test func `failures name line and position`() {
    let failure = #expect(throws: JSONParser.Failure.self) {
      try JSONParser.parse(Array("{\n  \"a\": 1,\n  \"b\": x\n}".utf8))
    }
    #expect(failure?.line == 3)
    #expect(failure?.column == 8)
  }
}
