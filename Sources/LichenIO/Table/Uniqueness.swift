import LichenDomain

/// Finds a key that two rows share, within one table or across several.
struct Uniqueness {
  private var seen: [String: SourceLocation] = [:]

  /// Reports `key` if an earlier row has it; blank keys are passed over.
  mutating func check(
    _ key: String, at location: SourceLocation, field: String, log: IssueLog, shown: String? = nil
  ) {
    if key.isEmpty { return }
    guard let first = seen[key] else {
      seen[key] = location
      return
    }
    log.error(
      "duplicate-id", at: location, field: field, found: shown ?? key,
      expected: "each \(field) once",
      hint: (first.file, first.sheet) == (location.file, location.sheet)
        ? "row \(first.row ?? 0) and row \(location.row ?? 0) have the same \(field)"
        : "\(first) has it already")
  }
}
