import LichenDomain
import LichenGraph
import LichenMatching

/// Appraises a plan: cash flows of what it builds, of every firm and of the park, without planning anew.
///
/// Year 0 holds the first investments, permits among them; years 1 to the horizon what the ledger's lines
/// bring, their annuities left out; assets are bought anew at the end of their lives and count with their
/// residual value at the horizon.
public struct FinanceAnalysis: Sendable {
  private let plan: Plan
  private let project: FinanceProject
  private let terms: FinanceTerms

  /// - Throws: `FinanceError` for options out of range, an unknown discount rate or an unknown life.
  public init(plan: Plan, options: FinanceOptions = FinanceOptions()) throws(FinanceError) {
    self.plan = plan
    project = FinanceProject(plan: plan)
    let homeless = project.itemsWithoutLife
    if !homeless.isEmpty { throw .unknownLives(homeless) }
    terms = try FinanceTerms(
      options, horizon: options.horizon ?? project.usualHorizon(plan.park),
      park: FigureBook(park: plan.park).discountRate, invested: project.invested)
  }

  /// - Complexity: O(items · firms · horizon), and O(horizon³) per account for its internal rates.
  public func run() -> FinanceResult {
    let (park, enterprises) = Self.accounts(of: project, terms)
    return FinanceResult(
      plan: plan, terms: terms, park: park, enterprises: enterprises,
      items: project.items.map { item in
        Self.account(
          id: item.id, kind: item.kind, enterprises: item.enterprises,
          unknown: item.unknownTerms, Settled(item.money(of: nil, terms), terms), terms)
      },
      sensitivity: Sensitivity(project: project, terms: terms).bars(),
      abatement: AbatementCurve(plan: plan, project: project, terms: terms))
  }

  /// Net present value of a whole project, each firm taxed by itself.
  static func value(of project: FinanceProject, _ terms: FinanceTerms) -> Double {
    let flows = project.enterprises.map { firm in
      CashFlow(terms.projectFlow(money(of: firm, project, terms)))
        .netPresentValue(rate: terms.rate)
    }
    return flows.reduce(0, +)
  }

  private static func accounts(of project: FinanceProject, _ terms: FinanceTerms)
    -> (FinanceAccount, [FinanceAccount])
  {
    var whole = Settled(terms)
    var firms: [FinanceAccount] = []
    for firm in project.enterprises {
      let settled = Settled(money(of: firm, project, terms), terms)
      whole.add(settled)
      let unknown = project.items.filter { $0.enterprises.contains(firm) }.flatMap { item in
        item.lines.filter { line in
          (line.money == nil || line.carbon == nil)
            && line.bearers.contains { $0.enterprise == firm }
        }.map(\.term)
      }
      firms.append(
        account(
          id: firm.rawValue, kind: nil, enterprises: [firm], unknown: unknown, settled, terms))
    }
    let unknown = project.items.flatMap(\.unknownTerms)
    return (
      account(id: "", kind: nil, enterprises: [], unknown: unknown, whole, terms), firms
    )
  }

  private static func money(
    of firm: EnterpriseID, _ project: FinanceProject, _ terms: FinanceTerms
  ) -> MoneyByYear {
    project.items.filter { item in
      item.investors.contains { $0.enterprise == firm }
        || item.lines.contains { $0.bearers.contains { $0.enterprise == firm } }
    }.reduce(into: MoneyByYear(horizon: terms.horizon)) { $0.add($1.money(of: firm, terms)) }
  }

  /// Money with taxes and financing worked out; the park's is the sum of its firms'.
  private struct Settled {
    var money: MoneyByYear
    var project: [Double]
    var equity: EquityFlows

    init(_ money: MoneyByYear, _ terms: FinanceTerms) {
      self.money = money
      project = terms.projectFlow(money)
      equity = terms.equityFlows(money)
    }

    init(_ terms: FinanceTerms) { self.init(MoneyByYear(horizon: terms.horizon), terms) }

    mutating func add(_ other: Settled) {
      money.add(other.money)
      project = zip(project, other.project).map { $0 + $1 }
      equity.add(other.equity)
    }
  }

  private static func account(
    id: String, kind: ProjectItem.Kind?, enterprises: [EnterpriseID], unknown: [LedgerTerm],
    _ settled: Settled, _ terms: FinanceTerms
  ) -> FinanceAccount {
    let money = settled.money
    func present(_ amounts: [Double], _ rate: Double) -> Double {
      CashFlow(amounts).netPresentValue(rate: rate)
    }
    var end = [Double](repeating: 0, count: terms.horizon + 1)
    end[terms.horizon] = money.residual
    let gains = present(money.gains, terms.rate)
    let costs =
      present(money.investments, terms.rate) - present(money.costs, terms.rate)
      - present(end, terms.rate)
    let carbon = present(money.carbonIncome, terms.rate)
    let (allGains, allCosts) = (gains + max(0, carbon), costs + max(0, -carbon))
    // Tonnes have no price that could rise.
    let tonnes = present(money.tonnes, terms.realRate)
    return FinanceAccount(
      id: id, kind: kind, enterprises: enterprises, capital: money.initial,
      firstGain: money.operating[1],
      project: Appraisal(settled.project, rate: terms.rate, realRate: terms.realRate),
      equity: terms.isFinanced ? settled.equity.view(terms) : nil,
      benefitCostRatio: allCosts > 0 ? allGains / allCosts : nil, tonnes: money.tonnes[1],
      costPerTonne: tonnes > 0 ? costs / tonnes : nil,
      netCostPerTonne: tonnes > 0 && costs > gains ? (costs - gains) / tonnes : nil,
      unknownTerms: LedgerTerm.allCases.filter(unknown.contains))
  }
}
