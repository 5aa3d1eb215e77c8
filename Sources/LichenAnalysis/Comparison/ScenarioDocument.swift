import LichenDomain
import LichenGraph
import LichenMatching

/// What a scenario changes and what comes of it, for programs.
struct ScenarioDocument: Encodable, Sendable {
  let name: String
  let title: String
  let description: String
  /// Scenarios laid on top of each other, the first laid first.
  let parts: [String]
  let changes: [Change]
  let figures: Figures
  let difference: Difference

  struct Park: Encodable {
    let name: String
    let title: String
    let currency: String
    let baseYear: Int
    let lawDate: String

    init(_ planned: PlannedScenario) {
      let settings = planned.plan.park.settings
      name = settings.name
      title = settings.title
      currency = settings.currency.code
      baseYear = settings.baseYear
      lawDate = settings.lawDate.description
    }
  }

  struct Change: Encodable {
    let key: String
    let value: String
    let origin: String
    let file: String
    let line: Int?
    let before: String?
    let after: String
    let replaced: [Replaced]
  }

  struct Replaced: Encodable {
    let value: String
    let origin: String
    let file: String
    let line: Int?
  }

  struct Figures: Encodable {
    let objective: String
    let status: String
    /// The rest is absent without a plan.
    let moneyPerYear: Estimate?
    let carbonKgPerYear: Estimate?
    let capital: Estimate?
    let paybackYears: Double?
    let exchanges: Int?
    let facilities: Int?
    let measures: Int?
    let permits: Int?
    let longestPermitDays: Double?
    let value: Double?
    let bound: Double?
    let gap: Double?

    init(_ planned: PlannedScenario) {
      objective = planned.plan.options.objective.rawValue
      status = planned.plan.certificate.status.rawValue
      let figures = planned.figures
      moneyPerYear = figures?.money
      carbonKgPerYear = figures?.carbon
      capital = figures?.capital
      paybackYears = figures?.payback
      exchanges = figures?.exchanges
      facilities = figures?.facilities
      measures = figures?.measures
      permits = figures?.permits
      longestPermitDays = figures?.longestDays
      value = figures?.value
      bound = figures?.bound
      gap = figures?.gap
    }
  }

  struct Difference: Encodable {
    /// Absent where one of the two has no plan.
    let moneyPerYear: Double?
    let carbonKgPerYear: Double?
    let capital: Double?
    let exchanges: [Link]
    let enterprises: [Balance]
    let verdictsChanged: Int
    let verdicts: [Verdict]
    let permitsGained: [Permit]
    let permitsLost: [Permit]
  }

  struct Link: Encodable {
    let id: String
    let kind: LinkChange.Kind
    let from: EnterpriseID
    let to: EnterpriseID
    let stream: String
    let unit: String
    let before: Double?
    let after: Double?
  }

  struct Balance: Encodable {
    let enterprise: EnterpriseID
    let state: String
    let moneyPerYearBefore: Double
    let moneyPerYearAfter: Double
    let moneyPerYearChange: Double
    let carbonKgPerYearChange: Double
  }

  struct Verdict: Encodable {
    let exchange: String
    let before: String
    let after: String
    let rulesBefore: [RuleID]
    let rulesAfter: [RuleID]
    let planned: Bool
  }

  struct Permit: Encodable {
    let holder: EnterpriseID
    let material: MaterialID
    let rule: RuleID
    let oneOff: Double?
    let days: Double?

    init(_ need: PermitNeed) {
      holder = need.key.holder
      material = need.key.material
      rule = need.key.rule
      oneOff = need.oneOff.value?.typical
      days = need.rule.days?.typical
    }
  }

  init(_ planned: PlannedScenario, _ difference: NetworkDifference, baseline: PlannedScenario) {
    name = planned.scenario.name
    title = planned.scenario.title
    description = planned.scenario.summary
    parts = planned.scenario.parts
    changes = planned.changes.map { change in
      Change(
        key: change.key, value: change.value.description, origin: change.origin,
        file: change.location.file, line: change.location.row, before: change.before,
        after: change.after,
        replaced: change.replaced.map {
          Replaced(
            value: $0.value.description, origin: $0.origin, file: $0.location.file,
            line: $0.location.row)
        })
    }
    figures = Figures(planned)
    let (before, after) = (baseline.figures, planned.figures)
    func change(_ figure: (PlanFigures) -> Double) -> Double? {
      guard let before, let after else { return nil }
      return figure(after) - figure(before)
    }
    self.difference = Difference(
      moneyPerYear: change(\.money.typical), carbonKgPerYear: change(\.carbon.typical),
      capital: change(\.capital.typical),
      exchanges: difference.links.map {
        Link(
          id: $0.id, kind: $0.kind, from: $0.from, to: $0.to, stream: $0.stream, unit: $0.unit,
          before: $0.before, after: $0.after)
      },
      enterprises: difference.enterprises.map {
        Balance(
          enterprise: $0.enterprise, state: $0.isClosed ? "closed" : $0.isNew ? "new" : "open",
          moneyPerYearBefore: $0.before, moneyPerYearAfter: $0.after,
          moneyPerYearChange: $0.change, carbonKgPerYearChange: $0.carbonChange)
      },
      verdictsChanged: difference.verdictCount,
      verdicts: difference.verdicts.map {
        Verdict(
          exchange: $0.exchange, before: $0.before.rawValue, after: $0.after.rawValue,
          rulesBefore: $0.rulesBefore, rulesAfter: $0.rulesAfter, planned: $0.isPlanned)
      }, permitsGained: difference.permitsGained.map(Permit.init),
      permitsLost: difference.permitsLost.map(Permit.init))
  }
}
