import Foundation
import LichenDomain

/// A part of a list; `next` gives the part behind it and is absent on the last.
struct APIPage<Item: Encodable>: Encodable {
  let items: [Item]
  let next: String?
}

/// Where a part of a list ends: the last item, and its place in case that it is gone.
struct APICursor {
  let id: String
  let place: Int

  var text: String {
    Data("\(place) \(id)".utf8).base64EncodedString().replacing("+", with: "-")
      .replacing("/", with: "_").replacing("=", with: "")
  }

  init(id: String, place: Int) {
    self.id = id
    self.place = place
  }

  /// - Throws: `ValidationError` for a text that this server did not give.
  init(_ text: String) throws {
    let standard = text.replacing("-", with: "+").replacing("_", with: "/")
    let padded = standard + String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
    let parts = Data(base64Encoded: padded).flatMap { String(data: $0, encoding: .utf8) }?
      .split(separator: " ", maxSplits: 1)
    guard let parts, parts.count == 2, let place = Int(parts[0]), place >= 0 else {
      throw APIQuery.refusal(
        "bad-cursor", "cursor", found: text, expected: "what an earlier answer has given as next")
    }
    self.init(id: String(parts[1]), place: place)
  }
}

extension APICall {
  static let pageFields: Set<String> = ["limit", "cursor"]
  static let mostItems = 200

  /// Items of a page.
  /// - Throws: `ValidationError`.
  func limit() throws -> Int {
    guard let text = query("limit") else { return 50 }
    guard let limit = Int(text), (1...Self.mostItems).contains(limit), "\(limit)" == text else {
      throw APIQuery.refusal(
        "not-accepted", "limit", found: text, expected: "a whole number from 1 to \(Self.mostItems)"
      )
    }
    return limit
  }

  func cursor() throws -> APICursor? { try query("cursor").map(APICursor.init) }

  /// A page of a list that is there whole.
  /// - Parameter id: What an item is known by while the list changes.
  func page<Value, Item: Encodable>(
    _ all: [Value], id: (Value) -> String, _ view: (Value) -> Item
  ) throws -> APIAnswer {
    let limit = try limit()
    var start = 0
    if let cursor = try cursor() {
      let last = all.firstIndex { id($0) == cursor.id }
      start = min(all.count, last.map { $0 + 1 } ?? cursor.place)
    }
    let end = min(all.count, start + limit)
    let next = end < all.count ? APICursor(id: id(all[end - 1]), place: end).text : nil
    return try .json(APIPage(items: all[start..<end].map(view), next: next))
  }
}
