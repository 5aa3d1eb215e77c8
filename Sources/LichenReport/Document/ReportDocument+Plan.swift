import LichenDomain
import LichenGraph
import LichenLaw
import LichenMatching

/// What a report adds to the parts of a plan: names, confidence, law.
extension ReportDocument {
  struct ExchangeFacts: Encodable, Sendable {
    let fromName: String
    let toName: String
    let outputName: String
    let inputName: String
    let materialName: String
    let replacedMaterialName: String
    /// Absent for what has no mass.
    let tonnes: Double?
    let quantityBasis: Basis
    /// Weakest level on which a material part of the money rests.
    let moneyConfidence: Confidence
    let lawConfidence: Confidence?
    let hazardous: Bool
    let hazardBasis: HazardFinding.Basis
    /// Longest known wait of all legal steps.
    let days: Estimate?
    let stepsOfUnknownTime: Int
    let openPoints: [String]
    let unknownMoney: [LedgerTerm]
    let unknownCarbon: [LedgerTerm]
    let unmeasured: [PropertyID]
    /// The link is documented and taken as built.
    let exists: Bool

    init(_ exchange: RankedExchange, _ context: ReportContext) {
      let candidate = exchange.candidate
      let verdict = candidate.verdict
      fromName = context.donor(candidate)
      toName = context.receiver(candidate)
      outputName = context.stream(candidate.output)
      inputName = context.stream(candidate.input)
      materialName = context.material(candidate.output.material)
      replacedMaterialName = context.material(candidate.input.material)
      tonnes = exchange.tonnes
      quantityBasis = candidate.quantityBasis
      moneyConfidence = exchange.shares.level
      lawConfidence = verdict.confidence
      hazardous = verdict.facts.hazard.isHazardous
      hazardBasis = verdict.facts.hazard.basis
      days = verdict.days
      stepsOfUnknownTime = verdict.untimedSteps.count
      let words = LawText(context.language, catalogue: context.park.catalogue)
      openPoints =
        verdict.facts.hazard.open.map { words.hazard($0) }
        + context.checklist(of: candidate).filter(\.isOpen).map {
          "\($0.point.rule): \(context.language.term($0.point.question))"
        }
      unknownMoney = candidate.ledger.unknownMoney
      unknownCarbon = candidate.ledger.unknownCarbon
      unmeasured = candidate.unmeasured
      exists = context.existsAlready(candidate)
    }
  }

  struct FacilityFacts: Encodable, Sendable {
    let enterpriseName: String
    let productName: String
    let confidence: Confidence?

    init(_ plant: PlannedFacility, _ context: ReportContext) {
      enterpriseName = context.names.short(plant.facility.site)
      productName = context.material(plant.facility.product)
      confidence = plant.facility.provenance.confidence
    }
  }

  struct ClosedFacilityFacts: Encodable, Sendable {
    let id: FacilityID
    let name: String
    let enterprise: EnterpriseID
    let enterpriseName: String
    let reason: String
    let moneyChange: Double?
    let carbonKgChange: Double?

    init(_ row: PlantRow, _ context: ReportContext) {
      id = row.priced.facility.id
      name = row.priced.facility.name
      enterprise = row.priced.facility.site
      enterpriseName = context.names.short(enterprise)
      reason = row.fate
      moneyChange = row.closed?.moneyChange
      carbonKgChange = row.closed?.carbonChange
    }
  }

  struct LegFacts: Encodable, Sendable {
    let fromName: String
    let toName: String
    let materialName: String

    init(_ leg: PlannedLeg, _ context: ReportContext) {
      fromName = context.names.short(leg.leg.giver)
      toName = context.names.short(leg.leg.taker)
      materialName = context.material(leg.leg.material)
    }
  }

  struct MeasureFacts: Encodable, Sendable {
    let name: String
    let enterpriseName: String
    let confidence: Confidence?

    init(_ measure: PlannedMeasure, _ context: ReportContext) {
      name = measure.option.name
      enterpriseName = context.names.short(measure.option.enterprise)
      confidence = measure.option.provenance.confidence
    }
  }

  struct IdleMeasureFacts: Encodable, Sendable {
    let id: OptionID
    let name: String
    let enterprise: EnterpriseID
    let enterpriseName: String
    let status: MeasureStatus
    let reason: String
    /// Absent when a part of it is unknown.
    let money: Estimate?
    let carbonKg: Estimate?
    let capital: Estimate?

    init(_ row: MeasureRow, _ context: ReportContext) {
      let option = row.priced.option
      id = option.id
      name = option.name
      enterprise = option.enterprise
      enterpriseName = context.names.short(option.enterprise)
      status = option.status
      reason = row.fate
      money = row.isKnown ? row.priced.money : nil
      carbonKg = option.co2 == nil ? nil : row.priced.carbon
      capital = row.isCapitalKnown ? row.priced.capital : nil
    }
  }

  struct PermitFacts: Encodable, Sendable {
    let holderName: String
    let materialName: String
    let instrument: String
    let article: String
    let step: String
    let effect: LegalEffect
    let ruleConfidence: Confidence
    let costConfidence: Confidence?
    let usedBy: [String]

    init(_ permit: PermitNeed, _ context: ReportContext) {
      holderName = context.names.short(permit.key.holder)
      materialName = context.material(permit.key.material)
      instrument = permit.rule.instrument
      article = permit.rule.article
      step = permit.rule.step
      effect = permit.rule.effect
      ruleConfidence = permit.rule.confidence
      costConfidence = permit.oneOff.confidence
      usedBy = context.labels(needing: permit)
    }
  }

  struct EnterpriseFacts: Encodable, Sendable {
    let name: String
    let sector: String

    init(_ enterprise: Enterprise) {
      name = enterprise.name
      sector = enterprise.sector
    }
  }

  struct Law: Encodable, Sendable {
    struct Rule: Encodable, Sendable {
      let id: RuleID
      let instrument: String
      let article: String
      let effect: LegalEffect
      let step: String
      let confidence: Confidence
      let source: String
      let usedBy: [String]
    }

    let disclaimer: String
    /// Those that apply to the plan, strictest first.
    let rules: [Rule]

    init(_ context: ReportContext) {
      disclaimer = context.language.text("law.disclaimer")
      rules = RuleUses(context).rules.map {
        Rule(
          id: $0.rule.id, instrument: $0.rule.instrument, article: $0.rule.article,
          effect: $0.rule.effect, step: $0.rule.step, confidence: $0.rule.confidence,
          source: $0.rule.source, usedBy: $0.labels)
      }
    }
  }
}
