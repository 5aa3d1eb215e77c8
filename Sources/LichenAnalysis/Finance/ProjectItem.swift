import LichenDomain
import LichenGraph

/// One thing that a plan builds or obtains, with its money by term and by who bears it.
public struct ProjectItem: Sendable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case exchange
    /// A leg of an exchange through a shared plant.
    case leg
    case facility, permit, measure
  }

  /// A firm's share of a line or an investment, 0...1.
  struct Share: Sendable, Hashable {
    let enterprise: EnterpriseID
    let part: Double
  }

  /// A yearly term, the annuity of the investment left out.
  struct Line: Sendable {
    let term: LedgerTerm
    /// Gain positive [park currency/a]; `nil` when unknown.
    var money: Estimate?
    /// Avoided positive [kg CO2e/a]; `nil` when unknown.
    var carbon: Estimate?
    let bearers: [Share]
    /// Rises and falls with the quantity.
    let isPerUnit: Bool
  }

  public let kind: Kind
  public let id: String
  /// Who gives and who takes, or who owns it.
  public let enterprises: [EnterpriseID]
  var lines: [Line]
  /// First investment [park currency].
  public internal(set) var capital: Estimate
  /// [a]; `nil` when unknown.
  public let life: Double?
  let investors: [Share]
  /// Smallest and largest quantity over the planned one; `nil` where no range is declared, and for legs,
  /// which must go on balancing at their plants.
  let quantityRange: (low: Double, high: Double)?

  /// Terms whose money or CO2e is unknown and left out.
  public var unknownTerms: [LedgerTerm] {
    lines.filter { $0.money == nil || $0.carbon == nil }.map(\.term)
  }

  /// What happens year by year, as far as one firm bears it; `nil` for all firms together.
  func money(of enterprise: EnterpriseID?, _ terms: FinanceTerms) -> MoneyByYear {
    func part(_ shares: [Share]) -> Double {
      shares.reduce(0) { $0 + (enterprise == nil || $1.enterprise == enterprise ? $1.part : 0) }
    }
    var money = MoneyByYear(horizon: terms.horizon)
    for line in lines {
      let share = part(line.bearers)
      let tonnes = (line.carbon?.typical ?? 0) / 1000 * share
      let amount = (line.money?.typical ?? 0) * share
      for year in 1..<(terms.horizon + 1) {
        let index = terms.priceIndex(year)
        if amount > 0 {
          money.gains[year] += amount * index
        } else {
          money.costs[year] += amount * index
        }
        money.tonnes[year] += tonnes
        money.carbonIncome[year] += tonnes * terms.options.carbonPrice * index
      }
    }
    add(capital.typical * part(investors), to: &money, terms)
    return money
  }

  /// Purchases, renewals, depreciation and residual value of the asset.
  private func add(_ capital: Double, to money: inout MoneyByYear, _ terms: FinanceTerms) {
    guard capital != 0, let life else { return }
    let schedule = AssetSchedule(life: life, horizon: terms.horizon)
    for year in schedule.purchases { money.investments[year] += capital * terms.priceIndex(year) }
    let last = schedule.purchases[schedule.purchases.count - 1]
    let share = schedule.residualShare(terms.options.residual, rate: terms.realRate)
    money.residual = capital * share * terms.priceIndex(terms.horizon)
    money.book = capital * schedule.bookShare * terms.priceIndex(last)
    money.firstBook = last == 0 ? capital * schedule.bookShare : 0
    let shares = schedule.depreciation(index: terms.priceIndex)
    money.depreciation = shares.all.map { $0 * capital }
    money.firstDepreciation = shares.first.map { $0 * capital }
  }
}

extension ProjectItem {
  static func shares(_ bearer: Bearer, _ donor: EnterpriseID, _ receiver: EnterpriseID) -> [Share] {
    bearer.shares(donor: donor, receiver: receiver).map { Share(enterprise: $0.0, part: $0.1) }
  }

  /// Yearly lines of a flow or a thing, annuities left out.
  /// - Parameter perUnit: How many of the first lines depend on the quantity.
  static func lines(
    _ lines: [LedgerLine], perUnit: Int, _ donor: EnterpriseID, _ receiver: EnterpriseID
  ) -> [Line] {
    lines.enumerated().compactMap { place, line in
      line.term == .capital
        ? nil
        : Line(
          term: line.term, money: line.money.value, carbon: line.carbon.value,
          bearers: shares(line.bearer, donor, receiver), isPerUnit: place < perUnit)
    }
  }
}
