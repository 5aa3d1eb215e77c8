import Foundation
import HTTPTypes
import Hummingbird

/// Fields of a form that a browser sent.
struct Form: Sendable {
  let fields: [(name: String, value: String)]

  /// The last field of a name; `nil` if there is none.
  subscript(name: String) -> String? { fields.last { $0.name == name }?.value }

  /// The field without spaces around it; empty if there is none.
  func text(_ name: String) -> String {
    (self[name] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// `application/x-www-form-urlencoded`, also as in a query.
  init(encoded text: String) {
    fields = text.split(separator: "&", omittingEmptySubsequences: true).map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      func decoded(_ part: Substring) -> String {
        let spaced = part.replacing("+", with: " ")
        return spaced.removingPercentEncoding ?? String(spaced)
      }
      return (decoded(parts[0]), parts.count > 1 ? decoded(parts[1]) : "")
    }
  }

  /// Reads a form, and refuses it unless a page of this server sent it.
  ///
  /// A form of somebody signed in carries the session's token; one of a stranger (sign-in, joining) is told by the
  /// header that browsers send and pages cannot forge.
  /// - Throws: `Refusal.forgedForm`, `Refusal.tooLarge`.
  static func read(_ request: Request, _ visit: Visit, most: Int = 1 << 20) async throws -> Form {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > most {
      throw Refusal.tooLarge(limit: most)
    }
    let body: ByteBuffer
    do {
      body = try await request.body.collect(upTo: most)
    } catch {
      throw Refusal.tooLarge(limit: most)
    }
    let form = Form(encoded: String(buffer: body))
    try check(form["csrf"], request, visit)
    return form
  }

  /// - Parameter token: What the form carries; a script may send it in a header.
  static func check(_ token: String?, _ request: Request, _ visit: Visit) throws {
    if visit.hasToken { return }
    if let session = visit.session {
      let given = token ?? request.headers[.csrf] ?? ""
      // Both are random; nothing is learnt from the time of the comparison.
      if given != session.csrf { throw Refusal.forgedForm }
    } else if let from = request.headers[.fetchSite], from != "same-origin", from != "none" {
      throw Refusal.forgedForm
    } else if let origin = request.headers[.origin], let host = request.head.authority,
      URL(string: origin)?.authority != host
    {
      throw Refusal.forgedForm
    }
  }
}

extension URL {
  /// Host and port as in the header `Host`.
  fileprivate var authority: String? {
    guard let host = host() else { return nil }
    return port.map { "\(host):\($0)" } ?? host
  }
}
