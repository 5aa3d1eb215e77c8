import LichenDomain

/// Collects what is found while reading. Belongs to one reading; not shared between threads.
package final class IssueLog {
  /// A file of a million bad rows must not become a million messages.
  static let maximumPerFile = 1000

  private struct Key: Hashable {
    let file: String
    let severity: ValidationIssue.Severity
  }

  package init() {}

  private var kept: [ValidationIssue] = []
  private var counts: [Key: Int] = [:]
  /// Cells about which everything is said.
  private var refused: Set<SourceLocation> = []

  /// Whether further errors about `file` are only counted; saves the search for suggestions.
  package func isFull(_ file: String) -> Bool {
    counts[Key(file: file, severity: .error), default: 0] >= Self.maximumPerFile
  }

  /// Reports a cell that cannot be read at all; what later checks say of it is not kept.
  func refuse(_ issue: ValidationIssue) {
    add(issue)
    refused.insert(issue.location)
  }

  package func add(_ issue: ValidationIssue) {
    if issue.location.cell != nil, refused.contains(issue.location) { return }
    let key = Key(file: issue.location.file, severity: issue.severity)
    counts[key, default: 0] += 1
    if counts[key, default: 0] <= Self.maximumPerFile { kept.append(issue) }
  }

  package func error(
    _ code: String, at location: SourceLocation, field: String? = nil, found: String? = nil,
    expected: String? = nil, hint: String? = nil
  ) {
    add(
      ValidationIssue(
        .error, code: code, at: location, field: field, found: found, expected: expected,
        hint: hint))
  }

  package func warning(
    _ code: String, at location: SourceLocation, field: String? = nil, found: String? = nil,
    expected: String? = nil, hint: String? = nil
  ) {
    add(
      ValidationIssue(
        .warning, code: code, at: location, field: field, found: found, expected: expected,
        hint: hint))
  }

  /// Everything found, in order of place, with a note for each file whose list was cut short.
  package var issues: [ValidationIssue] {
    var all = kept
    for (key, count) in counts where count > Self.maximumPerFile {
      all.append(
        ValidationIssue(
          key.severity, code: "further-issues", at: SourceLocation(file: key.file),
          found: "\(count - Self.maximumPerFile) more",
          hint: "only the first \(Self.maximumPerFile) are listed"))
    }
    return all.sortedByPlace()
  }

  /// - Throws: `ValidationError` if one of the issues is an error.
  package func throwIfErrors() throws(ValidationError) {
    if counts.contains(where: { $0.key.severity == .error }) { throw ValidationError(issues) }
  }
}
