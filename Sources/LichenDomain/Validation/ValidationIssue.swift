/// Where a statement stands: a file and, if it is a table, the line of the row (header is line 1).
public struct SourceLocation: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  public let file: String
  /// Line on which the row begins, counted from 1 with the header; `nil` for a whole file.
  public let row: Int?

  public init(file: String, row: Int? = nil) {
    self.file = file
    self.row = row
  }

  public var description: String { row.map { "\(file), row \($0)" } ?? file }

  public static func < (left: Self, right: Self) -> Bool {
    (left.file, left.row ?? 0) < (right.file, right.row ?? 0)
  }
}

/// One thing found wrong, or worth knowing, in what was read.
public struct ValidationIssue: Hashable, Sendable, Codable, CustomStringConvertible {
  public enum Severity: String, Sendable, Codable {
    case error, warning
  }

  public let severity: Severity
  /// Stable kebab-case name of the kind of issue, for machines.
  public let code: String
  public let location: SourceLocation
  /// Column or key; `nil` when the issue is about the whole row or file.
  public let field: String?
  /// What was found, as written.
  public let found: String?
  /// What is accepted.
  public let expected: String?
  /// How to mend it, nearest spelling included.
  public let hint: String?

  public init(
    _ severity: Severity = .error, code: String, at location: SourceLocation, field: String? = nil,
    found: String? = nil, expected: String? = nil, hint: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.location = location
    self.field = field
    self.found = found.map { $0.count > 120 ? $0.prefix(117) + "..." : $0 }
    self.expected = expected
    self.hint = hint
  }

  public var description: String {
    var text = "\(severity.rawValue): \(location)"
    if let field { text += ", column \(field)" }
    text += ": " + code.replacing("-", with: " ")
    if let found { text += "; found '\(found)'" }
    if let expected { text += "; accepted: \(expected)" }
    if let hint { text += "; \(hint)" }
    return text
  }
}

/// Everything that was wrong with one piece of input, at once.
public struct ValidationError: Error, Sendable, CustomStringConvertible {
  /// Errors and warnings, in order of file, row and field; at least one is an error.
  public let issues: [ValidationIssue]

  public init(_ issues: [ValidationIssue]) {
    self.issues = issues.sortedByPlace()
  }

  public var description: String {
    issues.map(\.description).joined(separator: "\n")
  }
}

extension Sequence where Element == ValidationIssue {
  /// Order of file, row, field and code, so that messages do not depend on the order of checks.
  public func sortedByPlace() -> [ValidationIssue] {
    sorted {
      ($0.location, $0.field ?? "", $0.code, $0.found ?? "")
        < ($1.location, $1.field ?? "", $1.code, $1.found ?? "")
    }
  }

  public var hasErrors: Bool { contains { $0.severity == .error } }
}
