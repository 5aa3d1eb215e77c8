import LichenDomain

/// Why a rule did or did not bear on an exchange.
public enum RuleOutcome: Hashable, Sendable {
  /// All conditions hold; the rule counts towards the verdict.
  case applies
  /// All conditions hold, but the rule only informs.
  case informs
  case notInForce
  case switchedOff
  case otherStatus
  case otherHazard
  case otherUse
  /// Neither material nor waste code is one that the rule names.
  case otherMaterial
  /// What the receiver replaces is not what the rule names, or is not known.
  case otherInput
  case otherBorder
  /// Donor or receiver is in another place or group of states.
  case otherPlace
  /// The ends are, or are not, one enterprise, or lack the status that the rule speaks of.
  case otherParties
  /// The holder of the rule's paper has the licence that satisfies the rule.
  case licenceHeld(String)
  /// A more special rule takes its place.
  case displaced(by: RuleID)

  /// Stable name for machines and for the catalogue of strings.
  public var code: String {
    switch self {
    case .applies: "applies"
    case .informs: "informs"
    case .notInForce: "not-in-force"
    case .switchedOff: "switched-off"
    case .otherStatus: "other-status"
    case .otherHazard: "other-hazard"
    case .otherUse: "other-use"
    case .otherMaterial: "other-material"
    case .otherInput: "other-input"
    case .otherBorder: "other-border"
    case .otherPlace: "other-place"
    case .otherParties: "other-parties"
    case .licenceHeld: "licence-held"
    case .displaced: "displaced"
    }
  }

  /// The licence or rule that the outcome speaks of.
  public var detail: String? {
    switch self {
    case .licenceHeld(let licence): licence
    case .displaced(let rule): rule.rawValue
    default: nil
    }
  }
}

/// One rule that was looked at.
public struct RuleTrace: Hashable, Sendable {
  public let rule: LegalRule
  public let outcome: RuleOutcome
}

/// The strictest effect of all applying rules, with everything that was looked at.
public struct LegalVerdict: Sendable {
  /// `allowed` when no rule applies.
  public let effect: LegalEffect
  public let facts: LegalFacts
  /// Every rule of the jurisdictions concerned, in order of id.
  public let trace: [RuleTrace]

  /// Rules that count, in order of id.
  public var applying: [LegalRule] {
    trace.filter { $0.outcome == .applies }.map(\.rule)
  }

  /// Rules whose effect is the verdict's.
  public var deciding: [LegalRule] { applying.filter { $0.effect == effect } }

  /// What has to be done before the exchange may run: applying rules that ask for something.
  public var steps: [LegalRule] {
    applying.filter { $0.effect != .allowed && $0.effect != .prohibited }
  }

  /// Weakest confidence among the applying rules, and of the hazard finding where one of them turns on
  /// hazard; `nil` when none applies.
  public var confidence: Confidence? {
    var confidences = applying.map(\.confidence)
    if applying.contains(where: { $0.hazardous != nil }), let hazard = facts.hazard.confidence {
      confidences.append(hazard)
    }
    return confidences.min()
  }

  /// Whether no rule that decides was found: a gap in the tables, not a clearance.
  public var isUnregulated: Bool {
    !trace.contains { entry in
      switch entry.outcome {
      case .applies, .licenceHeld, .displaced: true
      default: false
      }
    }
  }

  /// Longest wait [days]; steps are assumed to run side by side. `nil` if no step has a known time.
  public var days: Estimate? { steps.compactMap(\.days).max { $0.high < $1.high } }

  /// Steps whose waiting time is not known: `days` may be too short by any of them.
  public var untimedSteps: [LegalRule] { steps.filter { $0.days == nil } }

  /// Known cost of all steps, summed in each currency, in order of currency.
  public var costs: [Money] {
    var sums: [Currency: Estimate] = [:]
    for cost in steps.compactMap(\.cost) {
      sums[cost.currency, default: .zero] = sums[cost.currency, default: .zero] + cost.amount
    }
    return sums.sorted { $0.key.code < $1.key.code }.map { Money($0.value, $0.key, year: nil) }
  }

  /// Steps whose cost is not known: `costs` is too low by all of them.
  public var unpricedSteps: [LegalRule] { steps.filter { $0.cost == nil } }
}
