import LichenDomain

/// Makes typical options of rows.
struct OptionReader {
  func option(_ row: RowReader) -> TypicalOption? {
    let id = row.identifierText("id", required: true)
    let sector = sector(row)
    let names = LocalisedText(
      english: row.requiredText("name_en"), vietnamese: row.optionalText("name_vi"))
    let target = row.requiredChoice("acts_on", of: TypicalOption.Target.self)
    for column in ["share_low", "share_typical", "share_high"] where row.text(column).isEmpty {
      row.reportMissing(column)
    }
    let share = row.estimate(
      low: "share_low", typical: "share_typical", high: "share_high", in: .share)
    let payback = row.estimate(
      low: "payback_low", typical: "payback_typical", high: "payback_high", in: .notNegative)
    let lifetime = row.number("lifetime_years", in: .positive)
    let source = row.requiredText("source")
    let confidence = row.requiredConfidence()
    let paybackConfidence: Confidence = row.choice("payback_confidence") ?? confidence
    guard !id.isEmpty, let target, let share else { return nil }
    return TypicalOption(
      id: id, sector: sector, names: names, actsOn: target, share: share, payback: payback,
      capitalBasis: row.text("capital_basis"), lifetimeYears: lifetime,
      carbonNote: row.text("co2_note"), source: source, confidence: confidence,
      paybackConfidence: paybackConfidence, notes: row.text("notes"))
  }

  /// Digits are an ISIC division, group or class; other words name a sector of the blueprints.
  private func sector(_ row: RowReader) -> String {
    let text = row.identifierText("sector", required: true)
    let isNumber = text.utf8.allSatisfy { (48...57).contains($0) }
    if !text.isEmpty, isNumber, !(2...4).contains(text.utf8.count) {
      row.error(
        "unknown-value", "sector", found: text,
        expected: "any, two to four digits of ISIC, or a sector of the blueprints")
    }
    return text
  }
}
