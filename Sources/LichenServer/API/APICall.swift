import Foundation
import Hummingbird
import LichenDomain
import LichenIO
import LichenStore

/// One request of a program, its head already checked.
struct APICall: Sendable {
  let request: Request
  let visit: Visit
  let store: Store
  let site: Site
  /// The body, whole.
  let content: [UInt8]

  /// What the caller may see and do.
  /// - Throws: `Refusal.signIn`.
  var desk: Desk { get throws { Desk(store, for: try visit.signedIn()) } }

  /// A parameter of the path.
  func parameter(_ name: String) throws -> String {
    let text = try visit.parameters.require(name)
    return text.removingPercentEncoding ?? text
  }

  /// A parameter of the path that is a number; anything else names nothing.
  /// - Throws: `StoreError.notFound`.
  func number<Number: FixedWidthInteger>(_ name: String) throws -> Number {
    guard let number = Number(try parameter(name)) else { throw StoreError.notFound }
    return number
  }

  /// A field of the query; `nil` if it is absent.
  func query(_ name: String) -> String? { APIQuery(request)[name] }

  /// A field of the query that is one of some words.
  /// - Throws: `ValidationError` with the words.
  func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _ type: Choice.Type) throws
    -> Choice? where Choice.RawValue == String
  {
    guard let text = query(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw APIQuery.refusal(
        "not-accepted", name, found: text,
        expected: Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }

  /// Address of something below `/api/v1`, as the header `Location` gives it.
  func location(_ path: String) -> String { site.path(APIOperation.root + path) }

  /// The body as an object.
  /// - Throws: `Refusal.bad` if it is no JSON, `ValidationError` if it is no object.
  func body() throws -> APIBody {
    let value: JSONValue
    do throws(JSONParser.Failure) {
      value = try JSONParser.parse(content)
    } catch {
      throw Refusal.bad("line \(error.line), position \(error.column): \(error.reason)")
    }
    return try APIBody(value, at: "body")
  }

  /// Refuses the call unless what the caller has seen still holds.
  /// - Parameters:
  ///   - tag: Of what holds now.
  ///   - isNeeded: A call that does not say what it has seen is refused.
  /// - Throws: `Refusal.stale`, `Refusal.unconditional`.
  func check(_ tag: String, isNeeded: Bool = false) throws {
    guard let given = request.headers[.ifMatch] else {
      if isNeeded { throw Refusal.unconditional }
      return
    }
    // A weak tag never matches here (RFC 9110, 13.1.1).
    if !APITag.list(given).contains(where: { $0 == "*" || $0 == tag }) { throw Refusal.stale }
  }
}

/// The query of a request, read strictly.
struct APIQuery {
  private let fields: [(name: String, value: String)]

  init(_ request: Request) { fields = Form(encoded: request.uri.query ?? "").fields }

  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// - Throws: `ValidationError` for a field that means nothing here, or that stands there twice.
  func check(_ known: Set<String>) throws {
    var issues: [ValidationIssue] = []
    var seen: Set<String> = []
    for field in fields {
      if field.name != "lang", !known.contains(field.name) {
        issues.append(
          Self.issue(
            "unknown-field", field.name, found: nil,
            expected: known.isEmpty ? nil : known.sorted().joined(separator: ", ")))
      } else if !seen.insert(field.name).inserted {
        issues.append(Self.issue("duplicate-field", field.name, found: nil, expected: "one value"))
      }
    }
    if !issues.isEmpty { throw ValidationError(issues) }
  }

  /// - Parameter place: Where the field stands.
  static func refusal(
    _ code: String, _ name: String, found: String?, expected: String?, at place: String = "query"
  ) -> ValidationError {
    ValidationError([issue(code, name, found: found, expected: expected, at: place)])
  }

  private static func issue(
    _ code: String, _ name: String, found: String?, expected: String?, at place: String = "query"
  ) -> ValidationIssue {
    ValidationIssue(
      code: code, at: SourceLocation(file: place), field: name, found: found, expected: expected)
  }
}
