import LichenDomain

extension RowReader {
  /// An identifier, or `nil` when blank or against the rule.
  func identifier<Subject>(_ column: String, as type: Identifier<Subject>.Type = Identifier.self)
    -> Identifier<Subject>?
  {
    let text = text(column)
    if text.isEmpty { return nil }
    guard let identifier = Identifier<Subject>(text) else {
      error("invalid-identifier", column, found: text, expected: Identifier<Subject>.rule)
      return nil
    }
    return identifier
  }

  /// As `identifier`, and blank is an error.
  func requiredIdentifier<Subject>(
    _ column: String, as type: Identifier<Subject>.Type = Identifier.self
  ) -> Identifier<Subject>? {
    if text(column).isEmpty { reportMissing(column) }
    return identifier(column)
  }

  /// Text of an identifier; empty when blank or wrong.
  func identifierText(_ column: String, required: Bool = false) -> String {
    if required, text(column).isEmpty { reportMissing(column) }
    return identifier(column, as: StreamID.self)?.rawValue ?? ""
  }

  /// Identifiers parted by `;`.
  func identifiers<Subject>(_ column: String, as type: Identifier<Subject>.Type = Identifier.self)
    -> [Identifier<Subject>]
  {
    list(column).compactMap { word in
      let identifier = Identifier<Subject>(word)
      if identifier == nil {
        error("invalid-identifier", column, found: word, expected: Identifier<Subject>.rule)
      }
      return identifier
    }
  }

  /// One of a fixed set of words, in any case.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ column: String, of type: Choice.Type = Choice.self
  ) -> Choice? where Choice.RawValue == String {
    let text = text(column)
    return text.isEmpty ? nil : choice(text, column)
  }

  func requiredChoice<Choice: RawRepresentable & CaseIterable>(
    _ column: String, of type: Choice.Type = Choice.self
  ) -> Choice? where Choice.RawValue == String {
    if text(column).isEmpty { reportMissing(column) }
    return choice(column)
  }

  /// Words of a fixed set, parted by `;`.
  func choices<Choice: RawRepresentable & CaseIterable>(
    _ column: String, of type: Choice.Type = Choice.self
  ) -> [Choice] where Choice.RawValue == String {
    list(column).compactMap { choice($0, column) }
  }

  private func choice<Choice: RawRepresentable & CaseIterable>(_ word: String, _ column: String)
    -> Choice? where Choice.RawValue == String
  {
    if let choice = Choice(rawValue: word) ?? Choice(rawValue: word.lowercased()) { return choice }
    reportUnknown(word, column, accepted: Choice.allCases.map(\.rawValue))
    return nil
  }

  /// One of `accepted`, in any case; empty when blank or wrong.
  func word(_ column: String, among accepted: [String]) -> String {
    let text = text(column)
    if text.isEmpty || accepted.contains(text) { return text }
    let lowered = text.lowercased()
    if accepted.contains(lowered) { return lowered }
    reportUnknown(text, column, accepted: accepted)
    return ""
  }

  func reportUnknown(_ word: String, _ column: String, accepted: [String]) {
    error(
      "unknown-value", column, found: word, expected: accepted.joined(separator: ", "),
      hint: Spelling.suggestion(for: word, among: accepted))
  }

  func currency(_ column: String) -> Currency? {
    let text = text(column)
    if text.isEmpty { return nil }
    guard let currency = Currency(text) else {
      error(
        "invalid-currency", column, found: text, expected: "a code of three letters, such as EUR")
      return nil
    }
    return currency
  }

  var provenance: Provenance {
    Provenance(source: text("source"), confidence: choice("confidence"))
  }

  /// Three columns of a figure; `nil` when all are blank or one is wrong. Without a typical value the
  /// middle of the range stands in; a missing end is the typical value.
  func estimate(low: String, typical: String?, high: String, in range: NumberRange = .any)
    -> Estimate?
  {
    let names = [low, typical, high]
    let values = names.map { $0.flatMap { number($0, in: range) } }
    let isWrong = zip(names, values).contains { name, value in
      value == nil && name.map { !text($0).isEmpty } ?? false
    }
    if isWrong { return nil }
    let bounds = [values[0], values[2]].compactMap(\.self)
    let derived = Self.middle(values[0], values[2]) ?? singleBound(typical, bounds)
    guard let middle = values[1] ?? derived else {
      if let typical, !bounds.isEmpty { reportMissing(typical) }
      return nil
    }
    guard
      let estimate = Estimate(
        low: values[0] ?? middle, typical: middle, high: values[2] ?? middle)
    else {
      reportReversed(low: values[0], typical: values[1], high: values[2], column: typical ?? low)
      return nil
    }
    return estimate
  }

  /// In tables without a typical value, one end alone is the figure.
  private func singleBound(_ typical: String?, _ bounds: [Double]) -> Double? {
    typical == nil ? bounds.first : nil
  }

  static func middle(_ low: Double?, _ high: Double?) -> Double? {
    guard let low, let high else { return nil }
    return low / 2 + high / 2
  }

  func reportReversed(low: Double?, typical: Double?, high: Double?, column: String) {
    let found = [("low", low), ("typical", typical), ("high", high)].compactMap { name, value in
      value.map { "\(name) \(NumberText.shortest($0))" }
    }
    error(
      "reversed-range", column, found: found.joined(separator: ", "),
      expected: "low ≤ typical ≤ high")
  }

  /// Checks that a first year does not come after the last.
  func checkOrder(_ first: Int?, _ last: Int?, columns: (String, String)) {
    guard let first, let last, first > last else { return }
    error(
      "reversed-years", columns.0, found: "\(first) to \(last)",
      expected: "\(columns.0) not after \(columns.1)")
  }

  /// The cell checked by its column's kind, numbers in normal form; for rows kept as text.
  func normalisedText(_ column: TableSchema.Column) -> String {
    let text = column.isRequired ? requiredText(column.name) : text(column.name)
    if text.isEmpty { return "" }
    switch column.kind {
    case .text, .list: return text
    case .identifier: return identifierText(column.name)
    case .number(let range):
      return number(column.name, in: range).map(NumberText.shortest) ?? ""
    case .year: return year(column.name).map(String.init) ?? ""
    case .boolean: return boolean(column.name).map { $0 ? "yes" : "no" } ?? ""
    case .choice(let words): return word(column.name, among: words)
    }
  }
}
