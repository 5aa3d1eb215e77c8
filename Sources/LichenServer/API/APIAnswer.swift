import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import LichenIO

/// What a program gets.
struct APIAnswer: Sendable {
  enum Content: Sendable {
    case none
    case bytes([UInt8], type: String)
    /// An answer that is not whole when it begins, as events are.
    case stream(Response)
  }

  var status: HTTPResponse.Status = .ok
  var headers: HTTPFields = [:]
  let content: Content

  static func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok, location: String? = nil
  ) throws -> APIAnswer {
    var answer = APIAnswer(
      status: status, content: .bytes(try APITag.encode(value), type: APIAnswer.jsonType))
    if let location { answer.headers[.location] = location }
    return answer
  }

  static func json(_ value: JSONValue) -> APIAnswer {
    APIAnswer(content: .bytes(Array(value.text.utf8), type: jsonType))
  }

  static let jsonType = "application/json; charset=utf-8"
  static let nothing = APIAnswer(status: .noContent, content: .none)

  /// The answer as it goes out; a reader who has it already gets nothing again.
  func response(to request: Request) -> Response {
    var headers = headers
    headers[.vary] = "Accept, Accept-Language, Authorization, Cookie"
    switch content {
    case .none: return Response(status: status, headers: headers)
    case .stream(let response): return response
    case .bytes(let bytes, let type):
      headers[.contentType] = type
      if status == .ok, request.method == .get || request.method == .head {
        let tag = APITag.tag(bytes)
        headers[.eTag] = tag
        // To be asked again each time: what one may see can change at any moment.
        headers[.cacheControl] = "private, no-cache"
        if let known = request.headers[.ifNoneMatch],
          APITag.list(known).contains(where: { $0 == "*" || APITag.strong($0) == tag })
        {
          headers[.contentType] = nil
          return Response(status: .notModified, headers: headers)
        }
      }
      return Response(
        status: status, headers: headers,
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
  }
}

/// Names for what a resource says at one time (RFC 9110, 8.8.3).
enum APITag {
  static func tag(_ bytes: [UInt8]) -> String {
    "\""
      + SHA256.hash(data: bytes).prefix(12).map { byte in
        let text = String(byte, radix: 16)
        return text.count == 1 ? "0" + text : text
      }.joined() + "\""
  }

  /// The tag that reading a value gives.
  static func tag(_ value: some Encodable) throws -> String { tag(try encode(value)) }

  static func list(_ header: String) -> [String] {
    header.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  static func strong(_ tag: String) -> String {
    tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag
  }

  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return Array(try encoder.encode(value))
  }
}

extension Int64 {
  /// Milliseconds since 1970 as RFC 3339 writes them, in UTC.
  var timestamp: String {
    Date(timeIntervalSince1970: Double(self) / 1000).formatted(
      Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
