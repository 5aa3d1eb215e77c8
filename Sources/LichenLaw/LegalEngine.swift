import LichenDomain

/// Reads dated rules for exchanges. Rules are data; this is the only code that interprets them.
///
/// No verdict is legal advice.
public struct LegalEngine: Sendable {
  private let catalogue: Catalogue
  private let date: CalendarDate
  private let switchedOff: Set<RuleID>

  /// - Parameters:
  ///   - catalogue: Rules and jurisdictions.
  ///   - date: Day on which the rules are read.
  ///   - switchedOff: Rules that the park or a scenario ignores; the trace says so.
  public init(catalogue: Catalogue, date: CalendarDate, switchedOff: Set<RuleID> = []) {
    self.catalogue = catalogue
    self.date = date
    self.switchedOff = switchedOff
  }

  /// The verdict on an exchange with these facts.
  ///
  /// A rule applies if it belongs to the donor's or receiver's jurisdiction or a parent of it, is in
  /// force, and all its conditions hold; rules displaced by an applying rule drop out. The strictest
  /// remaining effect wins.
  /// - Complexity: O(r) for r rules, plus O(d) for displacements.
  public func verdict(on facts: LegalFacts) -> LegalVerdict {
    let donorChain = catalogue.regionChain(of: facts.donorJurisdiction)
    let receiverChain = catalogue.regionChain(of: facts.receiverJurisdiction)
    let concerned = Set(donorChain + receiverChain + ["BASEL"])
    var trace: [RuleTrace] = []
    for rule in catalogue.rules where concerned.contains(rule.jurisdiction) {
      let outcome = outcome(
        of: rule, on: facts, donorChain: donorChain, receiverChain: receiverChain)
      trace.append(RuleTrace(rule: rule, outcome: outcome))
    }
    trace = withoutDisplaced(trace)
    let effect = trace.filter { $0.outcome == .applies }.map(\.rule.effect).max() ?? .allowed
    return LegalVerdict(effect: effect, facts: facts, trace: trace)
  }

  private func outcome(
    of rule: LegalRule, on facts: LegalFacts, donorChain: [String], receiverChain: [String]
  ) -> RuleOutcome {
    if switchedOff.contains(rule.id) { return .switchedOff }
    if !rule.isInForce(on: date) { return .notInForce }
    if !crosses(rule, donorChain: donorChain, receiverChain: receiverChain) { return .otherBorder }
    if !rule.statuses.isEmpty, !rule.statuses.contains(facts.status) { return .otherStatus }
    if let hazardous = rule.hazardous, hazardous != facts.isHazardous { return .otherHazard }
    if !rule.uses.isEmpty, !rule.uses.contains(facts.use) { return .otherUse }
    if !speaks(rule, of: facts, donorChain: donorChain) { return .otherMaterial }
    guard rule.decides else { return .informs }
    if let licence = rule.unlessLicence, facts.receiverLicences.contains(licence) {
      return .licenceHeld(licence)
    }
    return .applies
  }

  /// A rule that names materials and codes means both; a code condition needs a declared code of the
  /// list that the rule's own jurisdiction uses, because other lists use the same numbers for other
  /// wastes.
  private func speaks(_ rule: LegalRule, of facts: LegalFacts, donorChain: [String]) -> Bool {
    if !rule.materials.isEmpty, !rule.materials.contains(where: { facts.materials.contains($0) }) {
      return false
    }
    if rule.codePrefixes.isEmpty { return true }
    let ruleChain = catalogue.regionChain(of: rule.jurisdiction)
    guard let code = facts.wasteCode, Self.wasteList(donorChain) == Self.wasteList(ruleChain) else {
      return false
    }
    return rule.codePrefixes.contains { code.hasPrefix($0) }
  }

  private func crosses(_ rule: LegalRule, donorChain: [String], receiverChain: [String]) -> Bool {
    let isDomestic =
      donorChain.first == receiverChain.first
      || Self.country(donorChain) == Self.country(receiverChain)
    switch rule.border {
    case nil: return true
    case .domestic: return isDomestic
    // What stays inside a union neither enters nor leaves it.
    case .import:
      return !isDomestic && receiverChain.contains(rule.jurisdiction)
        && !donorChain.contains(rule.jurisdiction)
    case .export:
      return !isDomestic && leaves(rule, donorChain) && !receiverChain.contains(rule.jurisdiction)
    case .exportWithinEU:
      return !isDomestic && donorChain.contains("EU") && receiverChain.contains("EU")
    case .exportNonOECD:
      let isMember =
        receiverChain.contains("EU") || receiverChain.contains { Self.oecd.contains($0) }
      return !isDomestic && leaves(rule, donorChain) && !isMember
    }
  }

  /// The country of a place, or its broadest jurisdiction if no code of the chain is a country's.
  private static func country(_ chain: [String]) -> String? {
    chain.first { $0.utf8.count == 2 && $0 != "EU" } ?? chain.last { $0 != "GLOBAL" }
  }

  /// The union or country whose waste list is used in a place.
  private static func wasteList(_ chain: [String]) -> String? {
    chain.contains("EU") ? "EU" : country(chain)
  }

  private func leaves(_ rule: LegalRule, _ donorChain: [String]) -> Bool {
    rule.jurisdiction == "BASEL" || donorChain.contains(rule.jurisdiction)
  }

  /// OECD members outside the European Union, ISO 3166 codes (membership list of 2024).
  private static let oecd: Set<String> = [
    "AU", "CA", "CH", "CL", "CO", "CR", "GB", "IL", "IS", "JP", "KR", "MX", "NO", "NZ", "TR", "US",
  ]

  /// Marks rules whose place a more special rule takes. A special rule whose licence is held still
  /// displaces the general one: a kiln licensed to co-process needs no second permit.
  private func withoutDisplaced(_ trace: [RuleTrace]) -> [RuleTrace] {
    func holds(_ outcome: RuleOutcome) -> Bool {
      switch outcome {
      case .applies, .licenceHeld: true
      default: false
      }
    }
    let holding = trace.filter { holds($0.outcome) }.map(\.rule)
    let displaces = Dictionary(uniqueKeysWithValues: holding.map { ($0.id, Set($0.displaces)) })
    var displacedBy: [RuleID: RuleID] = [:]
    for special in holding {
      for id in special.displaces where displacedBy[id] == nil {
        // Two rules that name each other cannot both give way: the first by id stands.
        if displaces[id]?.contains(special.id) == true, id < special.id { continue }
        displacedBy[id] = special.id
      }
    }
    return trace.map { entry in
      guard holds(entry.outcome), let special = displacedBy[entry.rule.id] else { return entry }
      return RuleTrace(rule: entry.rule, outcome: .displaced(by: special))
    }
  }
}
