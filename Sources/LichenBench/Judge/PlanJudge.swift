import LichenPlanning

/// Adds a plan up anew and checks every constraint of its model, in exact arithmetic.
///
/// It shares no code with the planners. A row may be missed by 1e-9 of its scale, the largest of its
/// limit and its terms, and the balance of a facility by 1e-9 of its capacity; there is no other
/// slack, and whole things (openings, partners, permits) have none at all.
/// - Complexity: O(links + rows), each addition exact.
public struct PlanJudge: Sendable {
  /// Share of a row's scale by which it may be missed.
  public static let tolerance = 1e-9

  let model: PlanningModel
  private let isFinite: Bool

  public init(_ model: PlanningModel) {
    self.model = model
    isFinite = Self.isFinite(model)
  }

  public func judge(_ plan: NetworkPlan) -> PlanVerdict {
    if let fault = fault(in: plan) {
      return PlanVerdict(
        objective: 0, carbon: 0, capital: 0, openLinks: 0, violations: [fault])
    }
    var audit = PlanAudit(model: model, plan: plan)
    audit.checkLinks()
    audit.checkMeasures()
    audit.checkStreams()
    audit.checkFacilities()
    audit.checkBlends()
    audit.checkLimits()
    return audit.verdict()
  }

  /// What makes a plan no plan of this model at all.
  private func fault(in plan: NetworkPlan) -> PlanViolation? {
    func violation(_ family: PlanViolation.Family, _ subject: String) -> PlanViolation {
      PlanViolation(family: family, subject: subject, amount: .infinity, exactAmount: "inf")
    }
    if plan.flows.count != model.links.count {
      return violation(.shape, "\(plan.flows.count) flows for \(model.links.count) links")
    }
    if plan.isTaken.count != model.measures.count {
      return violation(.shape, "\(plan.isTaken.count) choices for \(model.measures.count) measures")
    }
    if !isFinite { return violation(.number, "the model") }
    if let link = plan.flows.firstIndex(where: { !$0.isFinite }) {
      return violation(.number, "link \(model.linkNames[link])")
    }
    return nil
  }

  private static func isFinite(_ model: PlanningModel) -> Bool {
    let links = model.links.allSatisfy {
      $0.ratio.isFinite && $0.money.isFinite && $0.carbon.isFinite && $0.fixedCost.isFinite
        && $0.capital.isFinite && $0.lower.isFinite && $0.upper.isFinite
    }
    let measures = model.measures.allSatisfy {
      $0.shift.isFinite && $0.money.isFinite && $0.carbon.isFinite && $0.capital.isFinite
    }
    let facilities = model.facilities.allSatisfy {
      $0.capacity.isFinite && $0.openingCost.isFinite && $0.capital.isFinite
    }
    return links && measures && facilities
      && model.permits.allSatisfy { $0.annualCost.isFinite }
      && model.blends.allSatisfy { $0.excess.allSatisfy(\.isFinite) }
      && (model.supplies + model.needs + model.leastNeeds).allSatisfy(\.isFinite)
      && (model.capitalBudget?.isFinite ?? true) && (model.carbonFloor?.isFinite ?? true)
  }
}
