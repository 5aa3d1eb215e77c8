import LichenDomain
import LichenMatching
import LichenPlanning

/// What an edition may tell of the whole plan.
extension ReportDocument {
  /// The proof; its values are the whole plan's, so that an edition that leaves something out tells the gap only.
  struct Certificate: Encodable, Sendable {
    let status: MIPResult.Status
    let stopReason: MIPResult.StopReason
    let gap: Double
    let solver: String
    let incumbent: Double?
    let bound: Double?
    let candidates: Int?
    let links: Int?
    let components: [ComponentSummary]?

    init(_ proof: PlanDocument.Certificate, isWhole: Bool) {
      status = proof.status
      stopReason = proof.stopReason
      gap = proof.gap
      solver = proof.solver
      incumbent = isWhole ? proof.incumbent : nil
      bound = isWhole ? proof.bound : nil
      candidates = isWhole ? proof.candidates : nil
      links = isWhole ? proof.links : nil
      components = isWhole ? proof.components : nil
    }
  }

  struct WithheldFacts: Encodable, Sendable {
    struct Range: Encodable, Sendable {
      let low: Double
      let high: Double

      init(_ range: ClosedRange<Double>) {
        low = range.lowerBound
        high = range.upperBound
      }
    }

    struct Exchange: Encodable, Sendable {
      let fromName: String
      let toName: String
      let material: MaterialID
      let materialName: String
      let replacedMaterial: MaterialID
      let replacedMaterialName: String
      let legalEffect: LegalEffect
      let permits: [RuleID]
    }

    let firms: Int
    let plants: Int
    let measures: Int
    let candidates: Int
    let money: Range
    let carbonKg: Range
    let capital: Range
    let exchanges: [Exchange]

    init(_ withheld: Withheld, _ context: ReportContext) {
      firms = withheld.firms
      plants = withheld.plants
      measures = withheld.measures
      candidates = withheld.candidates
      money = Range(withheld.money)
      carbonKg = Range(withheld.carbon)
      capital = Range(withheld.capital)
      exchanges = withheld.exchanges.map {
        Exchange(
          fromName: context.name($0.from), toName: context.name($0.to), material: $0.material,
          materialName: context.material($0.material), replacedMaterial: $0.replaced,
          replacedMaterialName: context.material($0.replaced), legalEffect: $0.effect,
          permits: $0.permits)
      }
    }
  }
}
