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
  /// A rule is looked at if it belongs to the donor's or receiver's jurisdiction, to a parent of it, or
  /// to a convention. It applies if it is in force and all its conditions hold; rules displaced by an
  /// applying rule drop out. The strictest remaining effect wins.
  /// - Complexity: O(r) for r rules, plus O(d) for displacements.
  public func verdict(on facts: LegalFacts) -> LegalVerdict {
    let places = Places(facts, catalogue)
    var trace: [RuleTrace] = []
    for rule in catalogue.rules where places.concern(rule.jurisdiction) {
      trace.append(RuleTrace(rule: rule, outcome: outcome(of: rule, on: facts, places)))
    }
    trace = withoutDisplaced(trace)
    let effect = trace.filter { $0.outcome == .applies }.map(\.rule.effect).max() ?? .allowed
    return LegalVerdict(effect: effect, facts: facts, trace: trace)
  }

  /// Where the two ends of an exchange are.
  private struct Places {
    let donorChain: Set<String>
    let receiverChain: Set<String>
    /// Chains with the groups of states that they belong to.
    let donorNames: Set<String>
    let receiverNames: Set<String>
    let isDomestic: Bool
    let donorList: String?
    let conventions: Set<String>

    init(_ facts: LegalFacts, _ catalogue: Catalogue) {
      let donor = facts.donor.jurisdiction
      let receiver = facts.receiver.jurisdiction
      donorChain = Set(catalogue.regionChain(of: donor))
      receiverChain = Set(catalogue.regionChain(of: receiver))
      donorNames = catalogue.names(of: donor)
      receiverNames = catalogue.names(of: receiver)
      isDomestic =
        donor == receiver || catalogue.country(of: donor) == catalogue.country(of: receiver)
      donorList = catalogue.wasteListName(of: donor)
      conventions = Set(catalogue.conventions)
    }

    func concern(_ jurisdiction: String) -> Bool {
      donorChain.contains(jurisdiction) || receiverChain.contains(jurisdiction)
        || conventions.contains(jurisdiction)
    }

    /// Whether the border that a rule speaks of is crossed.
    func cross(_ border: BorderCrossing?, of jurisdiction: String) -> Bool {
      switch border {
      case nil: true
      case .domestic: isDomestic
      // What stays inside a union neither enters nor leaves it.
      case .import:
        !isDomestic && receiverChain.contains(jurisdiction) && !donorChain.contains(jurisdiction)
      case .export:
        !isDomestic && (donorChain.contains(jurisdiction) || conventions.contains(jurisdiction))
          && !receiverChain.contains(jurisdiction)
      case .withinUnion:
        !isDomestic && donorChain.contains(jurisdiction) && receiverChain.contains(jurisdiction)
      }
    }
  }

  private func outcome(of rule: LegalRule, on facts: LegalFacts, _ places: Places) -> RuleOutcome {
    if switchedOff.contains(rule.id) { return .switchedOff }
    if !rule.isInForce(on: date) { return .notInForce }
    if !places.cross(rule.border, of: rule.jurisdiction) { return .otherBorder }
    if !NamedCondition.hold(rule.donorIn, for: places.donorNames)
      || !NamedCondition.hold(rule.receiverIn, for: places.receiverNames)
    {
      return .otherPlace
    }
    if !speaks(rule, ofPartiesOf: facts) { return .otherParties }
    if !rule.statuses.isEmpty, !rule.statuses.contains(facts.status) { return .otherStatus }
    if let hazardous = rule.hazardous, hazardous != facts.isHazardous { return .otherHazard }
    if !rule.uses.isEmpty, !rule.uses.contains(facts.use) { return .otherUse }
    if !speaks(rule, ofMaterialOf: facts, donorList: places.donorList) { return .otherMaterial }
    if !rule.inputs.isEmpty, !rule.inputs.contains(where: { facts.inputMaterials.contains($0) }) {
      return .otherInput
    }
    guard rule.decides else { return .informs }
    if let licence = rule.unlessLicence, isHeld(licence, by: rule.holder, in: facts) {
      return .licenceHeld(licence)
    }
    return .applies
  }

  private func speaks(_ rule: LegalRule, ofPartiesOf facts: LegalFacts) -> Bool {
    if let parties = rule.parties, (parties == .same) != facts.isOwnUse { return false }
    return NamedCondition.hold(rule.donorLicences, for: facts.donor.licences)
      && NamedCondition.hold(rule.receiverLicences, for: facts.receiver.licences)
  }

  private func isHeld(_ licence: String, by holder: LegalRule.Holder, in facts: LegalFacts) -> Bool
  {
    let donor = facts.donor.licences.contains(licence)
    let receiver = facts.receiver.licences.contains(licence)
    switch holder {
    case .donor: return donor
    case .receiver: return receiver
    case .both: return donor && receiver
    }
  }

  /// A rule that names materials and codes means both; a code condition needs a declared code of the
  /// list that the rule's own jurisdiction uses, because other lists use the same numbers for other
  /// wastes.
  private func speaks(
    _ rule: LegalRule, ofMaterialOf facts: LegalFacts, donorList: String?
  ) -> Bool {
    if !rule.materials.isEmpty, !rule.materials.contains(where: { facts.materials.contains($0) }) {
      return false
    }
    if rule.codePrefixes.isEmpty { return true }
    guard let code = facts.wasteCode,
      donorList == catalogue.wasteListName(of: rule.jurisdiction)
    else { return false }
    return rule.codePrefixes.contains { code.hasPrefix($0) }
  }

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
