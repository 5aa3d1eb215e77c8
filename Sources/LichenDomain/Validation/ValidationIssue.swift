/// Where a statement stands: a file and, if it is a table, the line of the row (header is line 1).
///
/// In a workbook also the sheet and, once the column is known, the cell.
public struct SourceLocation: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  public let file: String
  /// Sheet of a workbook; `nil` for other files.
  public let sheet: String?
  /// Line on which the row begins, counted from 1 with the header; `nil` for a whole file.
  public let row: Int?
  /// Cell of a sheet, such as `D7`.
  public let cell: String?
  /// Letters of the sheet's columns by field; not written out.
  private var columns: [String: String]?

  private enum CodingKeys: CodingKey { case file, sheet, row, cell }

  public init(file: String, row: Int? = nil) {
    self.file = file
    self.row = row
    sheet = nil
    cell = nil
  }

  /// A place in a workbook.
  /// - Parameters:
  ///   - columns: Letters of the columns by the field that stands in them.
  ///   - cell: The cell, where it is known without a field.
  public init(
    file: String, sheet: String, row: Int? = nil, columns: [String: String]? = nil,
    cell: String? = nil
  ) {
    self.file = file
    self.sheet = sheet
    self.row = row
    self.cell = cell
    self.columns = columns
  }

  /// The same file and sheet at another row.
  public func at(row: Int) -> SourceLocation {
    guard let sheet else { return SourceLocation(file: file, row: row) }
    return SourceLocation(file: file, sheet: sheet, row: row, columns: columns)
  }

  /// The place with the cell of `field`, where a sheet has a column for it.
  public func naming(_ field: String?) -> SourceLocation {
    guard let sheet, let row, cell == nil, let field, let column = columns?[field] else {
      return self
    }
    return SourceLocation(file: file, sheet: sheet, row: row, cell: "\(column)\(row)")
  }

  public var description: String {
    let place = sheet.map { "\(file), sheet \($0)" } ?? file
    if let cell { return "\(place), cell \(cell)" }
    return row.map { "\(place), row \($0)" } ?? place
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.file, left.sheet ?? "", left.row ?? 0) < (right.file, right.sheet ?? "", right.row ?? 0)
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
    self.location = location.naming(field)
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
