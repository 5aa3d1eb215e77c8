import LichenDomain
import LichenLaw

/// Legal findings in the words of a language, for the report and the command alike.
public struct LawText: Sendable {
  private let language: Language
  private let catalogue: Catalogue

  public init(_ language: Language, catalogue: Catalogue) {
    self.language = language
    self.catalogue = catalogue
  }

  /// One reason or open point about hazard.
  public func hazard(_ reason: HazardReason) -> String {
    var values = reason.values
    if let property = values["property"] {
      values["property"] = language.word("property.\(property)", catalogue: catalogue)
    }
    if let id = values["material"].flatMap({ MaterialID($0) }) { values["material"] = material(id) }
    if values["unit"] == "unit" { values["unit"] = "" }
    if values["list"] == "" { values["list"] = language.text("law.no-list") }
    let text = language.text("hazard.\(reason.kind.rawValue)", values)
    return text.replacing("  ", with: " ").replacing(" ;", with: ";").replacing(" )", with: ")")
  }

  /// `hazardous (assumed)`.
  public func hazard(_ finding: HazardFinding) -> String {
    language.text(
      finding.isHazardous ? "hazard.yes" : "hazard.no",
      ["basis": language.text("hazard.basis.\(finding.basis.rawValue)")])
  }

  public func material(_ id: MaterialID) -> String {
    (catalogue.materials[id]?.names ?? catalogue.categories[id]?.names).map { language.name($0) }
      ?? id.rawValue
  }

  /// `VN-042 Law on …, Art. 83(1)`.
  public func title(_ rule: LegalRule) -> String {
    "\(rule.id) \(language.instrument(rule))"
  }

  /// Why a rule does or does not count; the licence or rule that it turns on is its `detail`.
  public func outcome(_ outcome: RuleOutcome) -> String { language.text("outcome.\(outcome.code)") }

  /// The longest wait, with the number of steps whose time nobody knows; blank without steps.
  public func days(_ verdict: LegalVerdict) -> String {
    if verdict.steps.isEmpty { return "" }
    let unknown = verdict.untimedSteps.count
    guard let days = verdict.days else { return language.text("word.unknown") }
    let text = language.days(days)
    return unknown == 0 ? text : text + language.plural("law.days-open", count: unknown)
  }

  /// The known costs, summed in each currency, with the number of steps whose cost nobody knows;
  /// blank without steps.
  public func costs(_ verdict: LegalVerdict) -> String {
    if verdict.steps.isEmpty { return "" }
    let unknown = verdict.unpricedSteps.count
    if verdict.costs.isEmpty { return language.text("word.unknown") }
    let text = language.list(verdict.costs.map { cost($0) })
    return unknown == 0 ? text : text + language.plural("law.costs-open", count: unknown)
  }

  /// `20–60 M VND`.
  public func cost(_ cost: Money) -> String {
    if cost.amount == .zero { return language.text("law.free-of-charge") }
    return language.moneyRange(cost.amount, cost.currency)
  }

  /// The wait for one rule's paper; unknown is said so.
  public func days(_ rule: LegalRule) -> String {
    rule.days.map { marked(language.days($0), rule.daysConfidence) }
      ?? language.text("word.unknown")
  }

  /// `recalled: check before relying on it`.
  public func confidence(_ confidence: Confidence?) -> String {
    guard let confidence else { return "" }
    let word = language.text("confidence.\(confidence.rawValue)")
    return confidence == .verified ? word : "\(word): \(language.text("law.check-first"))"
  }

  /// Names the declaration that settled a point of a checklist.
  public func settlement(_ settlement: ChecklistPoint.Settlement) -> String {
    switch settlement {
    case .receiverLicence(let key): language.text("settled.licence", ["licence": key])
    case .donorLicence(let key): language.text("settled.donor-licence", ["licence": key])
    case .property(let id):
      language.text(
        "settled.property",
        ["property": language.word("property.\(id)", catalogue: catalogue)])
    case .exchange: language.text("settled.exchange")
    case .wasteCode: language.text("settled.code")
    }
  }

  private func marked(_ text: String, _ confidence: Confidence?) -> String {
    guard let confidence, confidence != .verified else { return text }
    return "\(text) (\(language.text("confidence.\(confidence.rawValue)")))"
  }
}

extension Language {
  /// `Law on …, Art. 83(1)`.
  func instrument(_ rule: LegalRule) -> String {
    rule.article.isEmpty
      ? term(rule.instrument) : "\(term(rule.instrument)), \(term(rule.article))"
  }
}
