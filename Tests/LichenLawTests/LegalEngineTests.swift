import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenLaw

@Suite("LegalEngine")
struct LegalEngineTests {
  @Test("nothing applies, everything is allowed, and no confidence is claimed")
  func noRule() {
    let verdict = verdict([], on: facts())
    #expect(verdict.effect == .allowed)
    #expect(verdict.trace.isEmpty)
    #expect(verdict.confidence == nil)
    #expect(verdict.days == nil)
  }

  @Test(
    "a rule holds up to and including its last day; its successor from the next",
    arguments: [
      ("2022-07-13", LegalEffect.permit, "not-in-force"), ("2022-07-14", .permit, "not-in-force"),
      ("2022-07-15", .notification, "applies"), ("2030-01-01", .notification, "applies"),
    ])
  func succession(date: String, effect: LegalEffect, successor: String) {
    let verdict = verdict(Fixtures.rules, on: facts(from: "VN", to: "VN"), date: date)
    #expect(verdict.effect == effect)
    #expect(verdict.outcomes["VN-2"] == successor)
    #expect(verdict.outcomes["VN-1"] == (successor == "applies" ? "not-in-force" : "applies"))
  }

  @Test("the strictest applying effect wins, whatever the order of rows", arguments: UInt64(0)..<10)
  func strictest(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let effects = LegalEffect.allCases.filter { _ in random.chance(0.6) }
    let rules = effects.map { Fixtures.rule("R-\($0.rawValue)", "DK", $0) }
    let verdict = verdict(random.shuffled(rules), on: facts())
    // Mildest to strictest: nothing to do, a notice, a statement, a permit, a ban.
    let severity: [LegalEffect] = [.allowed, .notification, .endOfWaste, .permit, .prohibited]
    let strictest = severity.last { effects.contains($0) } ?? .allowed
    #expect(verdict.effect == strictest, "seed \(seed)")
    #expect(verdict.deciding.map(\.effect) == effects.filter { $0 == strictest }, "seed \(seed)")
    #expect(verdict.applying.count == rules.count, "seed \(seed)")
  }

  @Test("steps are what has to be obtained: neither permission nor ban is one")
  func steps() {
    let rules = LegalEffect.allCases.map { Fixtures.rule("R-\($0.rawValue)", "DK", $0) }
    #expect(
      Set(verdict(rules, on: facts()).steps.map(\.effect))
        == [.notification, .endOfWaste, .permit])
  }

  @Test("steps run side by side, so the longest wait counts")
  func days() {
    let rules = [
      Fixtures.rule("A", "DK", .permit, days: .of(30, 60, 90)),
      Fixtures.rule("B", "DK", .notification, days: .of(28, 28, 28)),
      Fixtures.rule("C", "DK", .permit),
    ]
    #expect(verdict(rules, on: facts()).days == .of(30, 60, 90))
  }

  @Test("costs add up by currency; steps of unknown time or cost are named, never zero")
  func costs() {
    func money(_ amount: Estimate, _ code: String) -> Money {
      Money(amount, .of(code), year: nil)
    }
    let rules = [
      Fixtures.rule("A", "DK", .permit, days: .of(1, 2, 3), cost: money(.of(1, 2, 3), "EUR")),
      Fixtures.rule("B", "DK", .permit, cost: money(.of(10, 20, 30), "EUR")),
      Fixtures.rule("C", "DK", .notification, cost: money(.of(5, 5, 5), "DKK")),
      Fixtures.rule("D", "DK", .notification),
      // A ban asks for no step, whatever its licence would cost.
      Fixtures.rule("E", "DK", .prohibited, days: .of(9, 9, 9), cost: money(.of(7, 7, 7), "USD")),
    ]
    let verdict = verdict(rules, on: facts())
    #expect(
      verdict.costs == [money(.of(5, 5, 5), "DKK"), money(.of(11, 22, 33), "EUR")])
    #expect(verdict.unpricedSteps.map(\.id.rawValue) == ["D"])
    #expect(verdict.untimedSteps.map(\.id.rawValue) == ["B", "C", "D"])
    #expect(verdict.days == .of(1, 2, 3))
  }

  @Test("a verdict without any deciding rule is a gap, one met by licence is not")
  func gap() {
    #expect(verdict([], on: facts()).isUnregulated)
    #expect(
      verdict([Fixtures.rule("A", "DK", .permit, decides: false)], on: facts()).isUnregulated)
    let held = Fixtures.rule("A", "DK", .permit, unlessLicence: "x")
    #expect(!verdict([held], on: facts(licences: ["x"])).isUnregulated)
    #expect(!verdict([Fixtures.rule("A", "DK", .allowed)], on: facts()).isUnregulated)
  }

  @Test("a recalled hazard weakens the verdict of a rule that turns on hazard, and of no other")
  func hazardConfidence() {
    let hazard = HazardFinding(
      isHazardous: true, basis: .code, reasons: [], confidence: .recalled)
    let facts = LegalFacts(
      materials: [.of("fly_ash")], status: .waste, hazard: hazard, wasteCode: nil, use: .reuse,
      donor: LegalParty(jurisdiction: "DK"), receiver: LegalParty(jurisdiction: "DK"))
    #expect(
      verdict([Fixtures.rule("A", "DK", .permit, hazardous: true)], on: facts).confidence
        == .recalled)
    #expect(verdict([Fixtures.rule("A", "DK", .permit)], on: facts).confidence == .verified)
  }

  @Test("confidence is the weakest of the applying rules only")
  func confidence() {
    let rules = [
      Fixtures.rule("A", "DK", .permit, confidence: .recalled),
      Fixtures.rule("B", "DK", .permit, confidence: .verified),
      Fixtures.rule("C", "DK", .permit, uses: [.feed], confidence: .estimated),
    ]
    #expect(verdict(rules, on: facts()).confidence == .recalled)
  }

  /// A condition, facts that meet it and facts that do not, and the reason given then.
  struct Condition: Sendable, CustomTestStringConvertible {
    let rule: LegalRule
    let met: LegalFacts
    let unmet: LegalFacts
    let reason: String
    var testDescription: String { rule.id.rawValue }
  }

  static let conditions = [
    Condition(
      rule: Fixtures.rule("status", "DK", .permit, statuses: [.waste, .water]),
      met: facts(status: .water), unmet: facts(status: .byProduct), reason: "other-status"),
    Condition(
      rule: Fixtures.rule("hazard", "DK", .permit, hazardous: true),
      met: facts(hazardous: true), unmet: facts(), reason: "other-hazard"),
    Condition(
      rule: Fixtures.rule("harmless", "DK", .permit, hazardous: false),
      met: facts(), unmet: facts(hazardous: true), reason: "other-hazard"),
    Condition(
      rule: Fixtures.rule("use", "DK", .permit, uses: [.fuel, .feed]),
      met: facts(use: .feed), unmet: facts(use: .heat), reason: "other-use"),
    Condition(
      rule: Fixtures.rule("category", "DK", .permit, materials: ["ash"]),
      met: facts("bottom_ash"), unmet: facts("fgd_gypsum"), reason: "other-material"),
    Condition(
      rule: Fixtures.rule("codes", "DK", .permit, codes: ["1001", "190113"]),
      met: facts(code: "100102"), unmet: facts(code: "190112"), reason: "other-material"),
    Condition(
      rule: Fixtures.rule("code-needed", "DK", .permit, codes: ["100102"]),
      met: facts(code: "100102"), unmet: facts(code: nil), reason: "other-material"),
    Condition(
      rule: Fixtures.rule("material-and-code", "DK", .permit, materials: ["ash"], codes: ["1001"]),
      met: facts(code: "100102"), unmet: facts("fgd_gypsum", code: "100105"),
      reason: "other-material"),
    Condition(
      rule: Fixtures.rule("input", "DK", .permit, inputs: ["products"]),
      met: facts(replacing: "clinker"), unmet: facts(replacing: "fly_ash"), reason: "other-input"),
    Condition(
      rule: Fixtures.rule("input-known", "DK", .permit, inputs: ["clinker"]),
      met: facts(replacing: "clinker"), unmet: facts(), reason: "other-input"),
    Condition(
      rule: Fixtures.rule("donor-place", "EU", .permit, donorIn: ["DK"]),
      met: facts(from: "DK-84", to: "DE"), unmet: facts(from: "DE", to: "DK"),
      reason: "other-place"),
    Condition(
      rule: Fixtures.rule("receiver-place", "EU", .permit, receiverIn: ["OECD", "!US"]),
      met: facts(to: "DE"), unmet: facts(to: "US"), reason: "other-place"),
    Condition(
      rule: Fixtures.rule("one-enterprise", "DK", .permit, parties: .same),
      met: facts(isOwnUse: true), unmet: facts(), reason: "other-parties"),
    Condition(
      rule: Fixtures.rule("two-enterprises", "DK", .permit, parties: .different),
      met: facts(), unmet: facts(isOwnUse: true), reason: "other-parties"),
    Condition(
      rule: Fixtures.rule(
        "customs", "DK", .permit, donorLicences: ["zone"], receiverLicences: ["!zone"]),
      met: facts(donorLicences: ["zone"]),
      unmet: facts(licences: ["zone"], donorLicences: ["zone"]), reason: "other-parties"),
    Condition(
      rule: Fixtures.rule("donor-licence", "DK", .permit, unlessLicence: "plan", holder: .donor),
      met: facts(licences: ["plan"]), unmet: facts(donorLicences: ["plan"]),
      reason: "licence-held"),
    Condition(
      rule: Fixtures.rule("both-licences", "DK", .permit, unlessLicence: "plan", holder: .both),
      met: facts(licences: ["plan"]), unmet: facts(licences: ["plan"], donorLicences: ["plan"]),
      reason: "licence-held"),
    Condition(
      rule: Fixtures.rule("licence", "DK", .permit, unlessLicence: "co-processing"),
      met: facts(licences: ["landfill"]), unmet: facts(licences: ["co-processing", "landfill"]),
      reason: "licence-held"),
  ]

  @Test("a condition that does not hold keeps the rule out and is named", arguments: conditions)
  func condition(_ condition: Condition) {
    let met = verdict([condition.rule], on: condition.met)
    #expect(met.effect == .permit)
    #expect(met.trace.map(\.outcome) == [.applies])
    let unmet = verdict([condition.rule], on: condition.unmet)
    #expect(unmet.effect == .allowed)
    #expect(unmet.trace.map(\.outcome.code) == [condition.reason])
  }

  @Test("the licence that satisfies a rule is named")
  func licenceDetail() {
    let rule = Fixtures.rule("A", "DK", .permit, unlessLicence: "co-processing")
    let verdict = verdict([rule], on: facts(licences: ["co-processing"]))
    #expect(verdict.trace.first?.outcome.detail == "co-processing")
  }

  @Test("a rule that only informs is shown but never decides")
  func informs() {
    let verdict = verdict(
      [Fixtures.rule("A", "DK", .prohibited, decides: false)], on: facts())
    #expect(verdict.effect == .allowed)
    #expect(verdict.outcomes == ["A": "informs"])
  }

  @Test("a rule that is switched off does nothing, and the trace says so")
  func switchedOff() {
    let rules = [
      Fixtures.rule("A", "DK", .prohibited), Fixtures.rule("B", "DK", .permit, displaces: ["C"]),
      Fixtures.rule("C", "DK", .notification),
    ]
    #expect(verdict(rules, on: facts(), off: ["A"]).effect == .permit)
    // A rule that is switched off displaces nothing either.
    let verdict = verdict(rules, on: facts(), off: ["A", "B"])
    #expect(verdict.effect == .notification)
    #expect(verdict.outcomes == ["A": "switched-off", "B": "switched-off", "C": "applies"])
  }

  // MARK: Displacement

  private let general = Fixtures.rule("general", "EU", .permit)

  @Test("a special rule takes the place of a general, stricter one")
  func displacement() {
    let special = Fixtures.rule(
      "special", "DK", .notification, uses: [.buildingMaterial], displaces: ["general"])
    let displaced = verdict([general, special], on: facts())
    #expect(displaced.effect == .notification)
    #expect(displaced.trace.first?.outcome == .displaced(by: .of("special")))
    #expect(displaced.trace.first?.outcome.detail == "special")
    // Where the special rule does not apply, the general one does.
    #expect(verdict([general, special], on: facts(use: .fuel)).effect == .permit)
  }

  @Test("a special rule whose licence is held still displaces the general one")
  func displacementByLicence() {
    let special = Fixtures.rule(
      "special", "DK", .permit, unlessLicence: "co-processing", displaces: ["general"])
    let held = verdict([general, special], on: facts(licences: ["co-processing"]))
    #expect(held.effect == .allowed)
    #expect(held.outcomes == ["general": "displaced", "special": "licence-held"])
    #expect(verdict([general, special], on: facts()).deciding.map(\.id.rawValue) == ["special"])
  }

  @Test("a rule that did not bear anyway keeps its own reason when displaced")
  func displacedWithReason() {
    let heat = Fixtures.rule("heat", "EU", .permit, uses: [.heat])
    let special = Fixtures.rule("special", "DK", .notification, displaces: ["heat"])
    #expect(verdict([heat, special], on: facts()).outcomes["heat"] == "other-use")
  }

  @Test("two rules that displace each other do not both vanish")
  func mutualDisplacement() {
    let rules = [
      Fixtures.rule("A", "DK", .prohibited, displaces: ["B"]),
      Fixtures.rule("B", "DK", .permit, displaces: ["A"]),
    ]
    #expect(verdict(rules, on: facts()).effect != .allowed)
  }

  // MARK: Trace

  @Test("every rule of the jurisdictions concerned is in the trace, in order of id, and no other")
  func trace() {
    let domestic = verdict(Fixtures.rules.reversed(), on: facts())
    #expect(
      domestic.trace.map(\.rule.id.rawValue) == ["BASEL-1", "DK-1", "EU-1", "EU-2", "EU-3", "EU-4"])
    let export = verdict(Fixtures.rules, on: facts(to: "VN"))
    #expect(export.trace.count == Fixtures.rules.count)
    #expect(
      verdict(Fixtures.rules, on: facts(from: "US", to: "US")).trace.map(\.rule.id.rawValue)
        == ["BASEL-1"])
  }

  @Test("the trace gives each rule's own reason")
  func reasons() {
    let verdict = verdict(
      Fixtures.rules, on: facts(hazardous: true, use: .fuel, licences: ["hazardous-waste"]))
    #expect(
      verdict.outcomes == [
        "BASEL-1": "other-border", "DK-1": "other-hazard", "EU-1": "other-hazard",
        "EU-2": "licence-held", "EU-3": "other-use", "EU-4": "other-status",
      ])
  }

  @Test("a jurisdiction works by rows alone: its own rules, its parent's, and no other's")
  func newJurisdiction() {
    let jurisdictions = [
      Fixtures.jurisdiction("ATL", in: nil, nil),
      Fixtures.jurisdiction("ATL-N", in: "ATL", nil, .region),
      Fixtures.jurisdiction("LEM", in: nil, nil),
    ]
    let rules = [
      Fixtures.rule("ATL-1", "ATL", .permit, codes: ["1001"]),
      Fixtures.rule("ATL-2", "ATL-N", .notification, border: .domestic),
      Fixtures.rule("ATL-3", "ATL", .prohibited, border: .export),
      Fixtures.rule("LEM-1", "LEM", .endOfWaste, border: .import),
    ]
    func outcomes(_ donor: String, _ receiver: String) -> [String: String] {
      verdict(
        rules, on: facts(code: "100102", from: donor, to: receiver), jurisdictions: jurisdictions
      ).outcomes
    }
    #expect(
      outcomes("ATL-N", "ATL") == [
        "ATL-1": "applies", "ATL-2": "applies", "ATL-3": "other-border",
      ])
    #expect(
      outcomes("ATL-N", "LEM") == [
        "ATL-1": "applies", "ATL-2": "other-border", "ATL-3": "applies", "LEM-1": "applies",
      ])
    #expect(outcomes("LEM", "LEM") == ["LEM-1": "other-border"])
  }
}
