import LichenDomain
import LichenGraph
import LichenLaw
import LichenReport

/// The legal reasoning on one case, for programs.
struct LawExplanationDocument: Encodable {
  struct Hazard: Encodable {
    var isHazardous: Bool
    var basis: String
    var reasons: [String]
    var contradictions: [String]
    var open: [String]
    var confidence: Confidence?
  }

  struct Party: Encodable {
    var enterprise: EnterpriseID
    var jurisdiction: String
    var licences: [String]
  }

  struct Rule: Encodable {
    var id: RuleID
    var instrument: String
    var article: String
    var effect: LegalEffect
    var outcome: String
    var detail: String?
    var confidence: Confidence
  }

  struct Point: Encodable {
    var rule: RuleID
    var question: String
    var settledBy: String?
    var confidence: Confidence
  }

  struct Step: Encodable {
    var rule: RuleID
    var step: String
    var holder: String
    var days: Estimate?
    var cost: Money?
  }

  var notLegalAdvice = true
  var output: StreamID
  var input: StreamID
  var route: RouteID
  var date: String
  var effect: LegalEffect
  var decidingRules: [RuleID]
  var noRuleDecides: Bool
  var status: LegalStatus
  var use: RouteUse
  var wasteCode: String?
  var hazard: Hazard
  var donor: Party
  var receiver: Party
  var steps: [Step]
  var days: Estimate?
  var stepsOfUnknownTime: [RuleID]
  var costs: [Money]
  var stepsOfUnknownCost: [RuleID]
  var weakestConfidence: Confidence?
  var checklist: [Point]
  var rules: [Rule]

  init(_ legalCase: LegalCase, _ park: Park, _ words: LawText) {
    let verdict = legalCase.verdict
    let facts = verdict.facts
    output = legalCase.output.id
    input = legalCase.input.id
    route = legalCase.route.id
    date = park.settings.lawDate.description
    effect = verdict.effect
    decidingRules = verdict.deciding.map(\.id)
    noRuleDecides = verdict.isUnregulated
    status = facts.status
    use = facts.use
    wasteCode = facts.wasteCode
    hazard = Hazard(
      isHazardous: facts.isHazardous, basis: facts.hazard.basis.rawValue,
      reasons: facts.hazard.reasons.map { words.hazard($0) },
      contradictions: facts.hazard.contradictions.map { words.hazard($0) },
      open: facts.hazard.open.map { words.hazard($0) }, confidence: facts.hazard.confidence)
    donor = Self.party(legalCase.output.enterprise, facts.donor)
    receiver = Self.party(legalCase.input.enterprise, facts.receiver)
    steps = verdict.steps.map {
      Step(
        rule: $0.id, step: $0.step, holder: $0.holder.rawValue, days: $0.days, cost: $0.cost)
    }
    days = verdict.days
    stepsOfUnknownTime = verdict.untimedSteps.map(\.id)
    costs = verdict.costs
    stepsOfUnknownCost = verdict.unpricedSteps.map(\.id)
    weakestConfidence = verdict.confidence
    checklist = legalCase.checklist.map {
      Point(
        rule: $0.point.rule, question: $0.point.question,
        settledBy: $0.settledBy?.description, confidence: $0.point.confidence)
    }
    rules = verdict.trace.map {
      Rule(
        id: $0.rule.id, instrument: $0.rule.instrument, article: $0.rule.article,
        effect: $0.rule.effect, outcome: $0.outcome.code, detail: $0.outcome.detail,
        confidence: $0.rule.confidence)
    }
  }

  private static func party(_ enterprise: EnterpriseID, _ party: LegalParty) -> Party {
    Party(
      enterprise: enterprise, jurisdiction: party.jurisdiction,
      licences: party.licences.sorted())
  }
}
