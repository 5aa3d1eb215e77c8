import Foundation
import LichenDomain
import Testing

@Suite("Identifier")
struct IdentifierTests {
  @Test(
    "accepts letters of any script, digits, dot, underscore and hyphen",
    arguments: ["a", "A-1", "7up", "fly_ash", "x.y", "tro_xỉ", "плавка", "灰", "e\u{301}tain"])
  func accepted(_ text: String) {
    #expect(EnterpriseID(text)?.rawValue == text)
  }

  @Test(
    "refuses spaces, punctuation, a leading mark and the empty text",
    arguments: [
      "", " ", "a b", "a,b", "a/b", "a:b", "-a", "_a", ".a", "a\n", "a\"b", "a;b", "=1+1", "a\u{0}",
      "a\u{200B}b", "a😀",
    ])
  func refused(_ text: String) {
    #expect(EnterpriseID(text) == nil)
  }

  @Test("has at most 80 characters")
  func length() {
    #expect(EnterpriseID(String(repeating: "a", count: 80)) != nil)
    #expect(EnterpriseID(String(repeating: "a", count: 81)) == nil)
  }

  @Test("survives JSON, and JSON cannot smuggle in a bad one")
  func coding() throws {
    let decoder = JSONDecoder()
    let id = try decoder.decode(MaterialID.self, from: Data(#""fly_ash""#.utf8))
    #expect(id.rawValue == "fly_ash")
    #expect(try String(decoding: JSONEncoder().encode(id), as: UTF8.self) == #""fly_ash""#)
    #expect(throws: DecodingError.self) {
      try decoder.decode(MaterialID.self, from: Data(#""fly ash""#.utf8))
    }
  }
}
