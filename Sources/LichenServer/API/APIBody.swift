import LichenDomain
import LichenIO
import LichenStore

/// Reads the fields of a JSON object and notes everything that is wrong with it, fields that nobody reads included.
final class APIBody {
  private let members: [String: JSONValue]
  private let place: String
  private var known: Set<String> = []
  private var children: [APIBody] = []
  private var issues: [ValidationIssue] = []

  /// - Parameter place: For messages, as `body` or `body.changes[0]`.
  /// - Throws: `ValidationError` if the value is no object.
  init(_ value: JSONValue, at place: String) throws {
    guard let members = value.members else {
      throw ValidationError([
        ValidationIssue(
          code: "wrong-type", at: SourceLocation(file: place), found: value.shown,
          expected: "an object in { }")
      ])
    }
    self.place = place
    self.members = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
  }

  /// - Throws: `ValidationError` with everything that was found wrong, here and in objects within.
  func finish() throws {
    let all = allIssues()
    if !all.isEmpty { throw ValidationError(all) }
  }

  private func allIssues() -> [ValidationIssue] {
    let unknown = members.keys.filter { !known.contains($0) }.sorted().map { key in
      ValidationIssue(
        code: "unknown-field", at: SourceLocation(file: place), field: String(key.prefix(100)),
        hint: Spelling.suggestion(for: key, among: known.sorted()))
    }
    return issues + unknown + children.flatMap { $0.allIssues() }
  }

  func note(
    _ code: String, _ field: String, found: String? = nil, expected: String? = nil,
    hint: String? = nil
  ) {
    issues.append(
      ValidationIssue(
        code: code, at: SourceLocation(file: place), field: field, found: found,
        expected: expected, hint: hint))
  }

  func has(_ name: String) -> Bool {
    known.insert(name)
    return members[name] != nil
  }

  private func value(_ name: String, required: Bool, _ expected: String) -> JSONValue? {
    known.insert(name)
    if let value = members[name] { return value }
    if required { note("missing-field", name, expected: expected) }
    return nil
  }

  /// A text of some characters, none of them NUL; empty if it is required and not there.
  func text(_ name: String, required: Bool = false, least: Int = 0, most: Int = 200) -> String? {
    let expected = "a text of \(least) to \(most) characters"
    guard let value = value(name, required: required, expected) else { return required ? "" : nil }
    guard let text = value.string, (least...most).contains(text.unicodeScalars.count),
      !text.unicodeScalars.contains("\0")
    else {
      note("wrong-value", name, found: value.shown, expected: expected)
      return required ? "" : nil
    }
    return text
  }

  func required(_ name: String, least: Int = 1, most: Int = 200) -> String {
    text(name, required: true, least: least, most: most) ?? ""
  }

  func number(_ name: String, _ range: ClosedRange<Double>) -> Double? {
    let expected = "a number from \(range.lowerBound) to \(range.upperBound)"
    guard let value = value(name, required: false, expected) else { return nil }
    guard case .number(let number) = value, range.contains(number) else {
      note("wrong-value", name, found: value.shown, expected: expected)
      return nil
    }
    return number
  }

  /// A whole number from 1 on.
  func ordinal(_ name: String) -> Int? {
    guard let number = number(name, 1...1e9) else { return nil }
    guard let whole = Int(exactly: number) else {
      note("wrong-value", name, found: NumberText.shortest(number), expected: "a whole number")
      return nil
    }
    return whole
  }

  func flag(_ name: String, required: Bool = false) -> Bool? {
    guard let value = value(name, required: required, "true or false") else { return nil }
    guard case .bool(let flag) = value else {
      note("wrong-value", name, found: value.shown, expected: "true or false")
      return nil
    }
    return flag
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _ type: Choice.Type)
    -> Choice? where Choice.RawValue == String
  {
    let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    guard let value = value(name, required: true, words) else { return nil }
    guard let choice = value.string.flatMap(Choice.init(rawValue:)) else {
      note("not-accepted", name, found: value.shown, expected: words)
      return nil
    }
    return choice
  }

  /// An object, kept as it is.
  func object(_ name: String, required: Bool = false) -> [JSONValue.Member]? {
    guard let value = value(name, required: required, "an object in { }") else { return nil }
    guard let members = value.members else {
      note("wrong-type", name, found: value.shown, expected: "an object in { }")
      return nil
    }
    return members
  }

  /// A list of objects, each read on its own.
  func list<Item>(
    _ name: String, required: Bool = false, most: Int, _ read: (APIBody) throws -> Item
  ) rethrows -> [Item]? {
    let expected = "a list of at most \(most) objects"
    guard let value = value(name, required: required, expected) else { return nil }
    guard case .array(let elements) = value, elements.count <= most else {
      note("wrong-type", name, found: value.shown, expected: expected)
      return nil
    }
    return try elements.enumerated().compactMap { index, element in
      guard let body = try? APIBody(element, at: "\(place).\(name)[\(index)]") else {
        note("wrong-type", name, found: element.shown, expected: "objects in { }")
        return nil
      }
      children.append(body)
      return try read(body)
    }
  }

  /// A text or a number as text, as scenario files write values.
  func scalar(_ name: String, most: Int = 200) -> String {
    let expected = "a text of 1 to \(most) characters, or a number"
    switch value(name, required: true, expected) {
    case .number(let number)? where number.isFinite: return NumberText.shortest(number)
    case .string(let text)?
    where (1...most).contains(text.unicodeScalars.count) && !text.unicodeScalars.contains("\0"):
      return text
    case let value?:
      note("wrong-value", name, found: value.shown, expected: expected)
      return ""
    case nil: return ""
    }
  }

  /// Changes of a scenario: a list of key and value.
  func changes(required: Bool = false) -> [SavedScenario.Change]? {
    list("changes", required: required, most: 500) { body in
      SavedScenario.Change(body.required("key"), body.scalar("value"))
    }
  }
}
