extension ParkChecker {
  /// Warns about licences that no rule and no checklist can know.
  mutating func checkLicences(_ row: EnterpriseRow) {
    let known = catalogue.law.licences.map(\.key)
    if known.isEmpty { return }
    for licence in row.licences where !known.contains(licence) {
      report(
        "unknown-licence", .warning, at: row.location, field: "licences", found: licence,
        expected: "a key of licences.csv",
        hint: Spelling.suggestion(for: licence, among: known)
          ?? "the licence is kept, but no rule asks for it")
    }
  }
}
