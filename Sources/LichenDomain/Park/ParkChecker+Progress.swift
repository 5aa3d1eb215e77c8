extension ParkChecker {
  /// Stages with their days, in order of subject, day and stage; every subject exists and no stage
  /// is followed by an earlier one, unless the subject stopped in between.
  mutating func progress() -> [ProgressEntry] {
    let subjects = SubjectNames(declaration)
    var entries: [ProgressEntry] = []
    for row in declaration.progress {
      checkSubject(row.subject, row.location, among: subjects)
      let status = stage(row)
      if row.date == nil {
        report(
          "missing-value", at: row.location, field: "date", expected: "a day written YYYY-MM-DD")
      }
      guard let status, let date = row.date else { continue }
      entries.append(
        ProgressEntry(
          subject: row.subject, status: status, date: date, notes: row.notes,
          provenance: row.provenance, location: row.location))
    }
    entries.sort { ($0.subject, $0.date, $0.status) < ($1.subject, $1.date, $1.status) }
    for (earlier, later) in zip(entries, entries.dropFirst()) where earlier.subject == later.subject
    {
      checkOrder(earlier, later)
    }
    warnOfContradictions(entries)
    return entries
  }

  private mutating func stage(_ row: ProgressRow) -> ProgressStatus? {
    if let status = ProgressStatus(rawValue: row.status.lowercased()) { return status }
    let accepted = ProgressStatus.allCases.map(\.rawValue)
    report(
      row.status.isEmpty ? "missing-value" : "unknown-status", at: row.location, field: "status",
      found: row.status.isEmpty ? nil : row.status, expected: accepted.joined(separator: ", "),
      hint: Spelling.suggestion(for: row.status, among: accepted))
    return nil
  }

  private mutating func checkOrder(_ earlier: ProgressEntry, _ later: ProgressEntry) {
    if earlier.date == later.date, earlier.status == later.status {
      report(
        "duplicate-key", at: later.location, field: "status", found: later.status.rawValue,
        expected: "one row per subject, day and status", hint: "first used at \(earlier.location)")
    } else if later.status < earlier.status, earlier.status != .stopped {
      report(
        "status-order", at: later.location, field: "status",
        found: "\(later.status.rawValue) on \(later.date)",
        expected: "\(earlier.status.rawValue), reached on \(earlier.date), or a later status",
        hint: "if \(later.subject) was given up in between, add a row with the status stopped")
    }
  }

  /// options.csv has one word for a measure; the last row of progress.csv should mean the same.
  private mutating func warnOfContradictions(_ entries: [ProgressEntry]) {
    let last = Dictionary(entries.map { ($0.subject, $0) }) { _, later in later }
    for row in declaration.options {
      guard let entry = last[row.id], let status = MeasureStatus(rawValue: row.status.lowercased()),
        !entry.status.agrees(with: status)
      else { continue }
      report(
        "status-differs", .warning, at: entry.location, field: "status",
        found: entry.status.rawValue, expected: "what options.csv says: \(status.rawValue)",
        hint: "lichen match goes by options.csv, lichen monitor by progress.csv")
    }
  }
}

/// Everything that actuals.csv and progress.csv may speak of.
struct SubjectNames {
  fileprivate let named: Set<String>
  fileprivate let outputs: Set<String>
  fileprivate let inputs: Set<String>

  init(_ declaration: ParkDeclaration) {
    named = Set(declaration.exchanges.map(\.id) + declaration.options.map(\.id))
    outputs = Set(declaration.outputs.map(\.id))
    inputs = Set(declaration.inputs.map(\.id))
  }
}

extension ParkChecker {
  /// Reports a subject that is no exchange, option or pair of streams, with the nearest that is.
  mutating func checkSubject(
    _ subject: String, _ location: SourceLocation, among names: SubjectNames
  ) {
    if names.named.contains(subject) { return }
    let parts = subject.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let isPair = (2...3).contains(parts.count)
    if isPair, names.outputs.contains(parts[0]), names.inputs.contains(parts[1]) { return }
    let hint =
      isPair
      ? (names.outputs.contains(parts[0])
        ? Spelling.suggestion(for: parts[1], among: names.inputs)
        : Spelling.suggestion(for: parts[0], among: names.outputs))
      : Spelling.suggestion(for: subject, among: names.named)
    report(
      "unknown-subject", at: location, field: "subject", found: subject,
      expected: "an id of exchanges.csv or options.csv, or OUTPUT:INPUT", hint: hint)
  }
}
