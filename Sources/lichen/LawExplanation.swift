import LichenDomain
import LichenGraph
import LichenLaw
import LichenReport

/// The legal reasoning on one case, as plain text.
struct LawExplanation {
  private let legalCase: LegalCase
  private let park: Park
  private let words: LawText

  init(_ legalCase: LegalCase, _ park: Park, _ words: LawText) {
    self.legalCase = legalCase
    self.park = park
    self.words = words
  }

  private var verdict: LegalVerdict { legalCase.verdict }
  private var facts: LegalFacts { verdict.facts }

  var text: String {
    [heading, factSection, hazardSection, verdictSection, checklistSection, traceSection]
      .joined(separator: "\n\n")
  }

  private var heading: String {
    """
    \(legalCase.output.id) → \(legalCase.input.id) by route \(legalCase.route.id)
    Law as of \(park.settings.lawDate). This is not legal advice.
    Verdict: \(verdict.effect.rawValue.uppercased())\(deciding)
    """
  }

  private var deciding: String {
    if verdict.isUnregulated {
      return " (no rule of the catalogue decides: a gap in the tables, not a clearance)"
    }
    let rules = verdict.deciding.map { words.title($0) }
    return rules.isEmpty
      ? " (every rule that bears is met by a licence)" : ": " + rules.joined(separator: "; ")
  }

  private func lines(_ title: String, _ items: [String]) -> String {
    ([title] + (items.isEmpty ? ["none"] : items).map { "  " + $0 }).joined(separator: "\n")
  }

  private var factSection: String {
    func party(_ id: EnterpriseID, _ party: LegalParty) -> String {
      let name = park.enterprise(id)?.name ?? id.rawValue
      let licences = party.licences.sorted().joined(separator: ", ")
      return
        "\(name), \(party.jurisdiction); licences: \(licences.isEmpty ? "none declared" : licences)"
    }
    var items = [
      "material: \(facts.materials.map { "\(words.material($0)) (\($0))" }.joined(separator: " < "))",
      "replaces: \(facts.inputMaterials.first.map { "\(words.material($0)) (\($0))" } ?? "unknown")",
      "use: \(facts.use.rawValue)", "legal status: \(facts.status.rawValue)",
      "waste code: \(facts.wasteCode.map { code($0) } ?? "none declared")",
      "donor: \(party(legalCase.output.enterprise, facts.donor))",
      "receiver: \(party(legalCase.input.enterprise, facts.receiver))",
    ]
    if facts.isOwnUse { items.append("donor and receiver are one enterprise") }
    return lines("Facts", items)
  }

  private func code(_ digits: String) -> String {
    let list = park.catalogue.wasteList(of: facts.donor.jurisdiction)
    let entry = list?.entries[digits]
    let meaning = entry.map { ", \($0.description), \($0.listClass)" } ?? ""
    return WasteCode.spaced(digits) + (list.map { " in the \($0.name)" } ?? "") + meaning
  }

  private var hazardSection: String {
    let hazard = facts.hazard
    var items = hazard.reasons.map { words.hazard($0) }
    items += hazard.contradictions.map { "contradiction: \(words.hazard($0))" }
    items += hazard.open.map { "open: \(words.hazard($0))" }
    if let confidence = hazard.confidence {
      items.append("confidence: \(words.confidence(confidence))")
    }
    return lines("Hazard: \(words.hazard(hazard))", items)
  }

  private var verdictSection: String {
    var items = verdict.steps.map { rule in
      let cost = rule.cost.map { words.cost($0) } ?? "unknown"
      let step = rule.step.isEmpty ? rule.subject : rule.step
      return
        "\(rule.id): \(step) (\(rule.holder.rawValue); days: \(words.days(rule)); cost: \(cost))"
    }
    for rule in verdict.deciding where rule.effect == .prohibited {
      if let licence = rule.unlessLicence {
        items.append(
          "\(rule.id) would be met by the licence \(licence) of the \(rule.holder.rawValue): "
            + "\(rule.step) (days: \(words.days(rule)))")
      }
    }
    if !verdict.steps.isEmpty {
      items.append("days, side by side: \(words.days(verdict))")
      items.append("cost, summed: \(words.costs(verdict))")
    }
    if verdict.confidence != nil {
      items.append("weakest confidence: \(words.confidence(verdict.confidence))")
    }
    return lines("What to do", items)
  }

  private var checklistSection: String {
    func line(_ state: ChecklistState) -> String {
      let mark = state.settledBy.map { "settled by \(words.settlement($0))" } ?? "OPEN"
      return "\(state.point.rule): \(state.point.question) \(mark)"
        + (state.point.confidence == .verified ? "" : " (\(state.point.confidence.rawValue))")
    }
    var text = lines("Checklist", legalCase.checklist.map(line))
    if !legalCase.otherWays.isEmpty {
      text += "\n\n" + lines("Checklist of other ways", legalCase.otherWays.map(line))
    }
    return text
  }

  private var traceSection: String {
    let groups = Dictionary(grouping: verdict.trace) { $0.outcome.code }
    let order = groups.keys.sorted {
      (Self.rank($0), $0) < (Self.rank($1), $1)
    }
    let parts = order.map { code in
      let entries = groups[code] ?? []
      return
        (["  \(words.outcome(entries[0].outcome)):"]
        + entries.map { "    " + line($0) }).joined(separator: "\n")
    }
    return (["Rules looked at: \(verdict.trace.count)"] + parts).joined(separator: "\n")
  }

  /// What bears comes first.
  private static func rank(_ code: String) -> Int {
    ["applies", "licence-held", "displaced", "informs"].firstIndex(of: code) ?? 4
  }

  private func line(_ entry: RuleTrace) -> String {
    let rule = entry.rule
    let detail = entry.outcome.detail.map { " [\($0)]" } ?? ""
    return "\(words.title(rule)): \(rule.subject) → \(rule.effect.rawValue), "
      + "\(words.confidence(rule.confidence))\(detail)"
  }
}
