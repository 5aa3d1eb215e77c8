import Foundation
import LichenIO

/// The description of the interface (OpenAPI 3.1): what it says is what holds.
struct APIDocument: Sendable {
  private let bytes: [UInt8]
  let value: JSONValue

  /// - Parameter prefix: Path under which a proxy hands requests on; the served text names it.
  /// - Throws: `CocoaError` or `JSONParser.Failure` if `openapi.json` cannot be read.
  init(_ folder: URL, prefix: String = "") throws {
    let url = folder.appendingPathComponent("openapi.json")
    let text = try String(contentsOf: url, encoding: .utf8)
    value = try JSONParser.parse(Array(text.utf8))
    bytes = Array(
      text.replacing(
        "\"url\": \"\(APIOperation.root)\"", with: "\"url\": \"\(prefix)\(APIOperation.root)\"",
        maxReplacements: 1
      ).utf8)
  }

  var operations: [APIOperation] {
    let bytes = bytes
    return [
      .get("/openapi.json", access: .anybody) { _ in
        APIAnswer(content: .bytes(bytes, type: APIAnswer.jsonType))
      }
    ]
  }

  /// What a reference `#/components/...` points to; the value itself if it is none.
  func resolved(_ value: JSONValue) -> JSONValue {
    guard let reference = value["$ref"]?.string else { return value }
    return reference.split(separator: "/").dropFirst().reduce(self.value) { found, key in
      found[String(key)] ?? .null
    }
  }
}
