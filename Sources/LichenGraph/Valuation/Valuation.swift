import LichenDomain

/// The typical figures of a balance: all that planning, ranking and screening ask of it.
struct Valuation: Sendable, Hashable {
  /// Per reference unit of output moved, in the order of the ledger's lines.
  var perUnit: [TermFigure] = []
  /// Per year, in the order of the ledger's lines.
  var fixed: [TermFigure] = []
  /// Investment [park currency].
  var capital = 0.0

  init() {}

  init(_ ledger: Ledger) {
    perUnit = ledger.perUnit.map { TermFigure($0) }
    fixed = ledger.fixed.map { TermFigure($0) }
    capital = ledger.capital.typical
  }

  mutating func removeAll() {
    perUnit.removeAll(keepingCapacity: true)
    fixed.removeAll(keepingCapacity: true)
    capital = 0
  }

  /// Net gain per reference unit [park currency], unknown terms left out.
  var moneyPerUnit: Double { perUnit.reduce(0) { $0 + ($1.money ?? 0) } }
  /// Net CO2e avoided per reference unit [kg], unknown terms left out.
  var carbonPerUnit: Double { perUnit.reduce(0) { $0 + ($1.carbon ?? 0) } }
  /// Yearly cost of keeping the link open [park currency/a]; not negative.
  var fixedCost: Double { 0 - fixed.reduce(0) { $0 + ($1.money ?? 0) } }

  /// What the unknown terms of a balance stand against.
  enum Obstacle: Sendable, Hashable {
    case costUnknown(LedgerTerm)
    case valueUnknown
  }

  /// Unknown costs keep a candidate from being planned; unknown gains only if nothing else is known.
  /// - Parameters:
  ///   - isIncome: The output is sold today, so that its first line is a cost: the income it loses.
  ///   - hasUnknownPermit: What a permit costs is not known.
  func obstacle(isIncome: Bool, hasUnknownPermit: Bool) -> Obstacle? {
    for lines in [perUnit, fixed] {
      for line in lines
      where line.money == nil
        && (!line.term.isBenefit || (line.term == .avoidedDisposal && isIncome))
      {
        return .costUnknown(line.term)
      }
    }
    if hasUnknownPermit { return .costUnknown(.permit) }
    return perUnit.contains { $0.term.isBenefit && $0.money != nil } ? nil : .valueUnknown
  }

  /// Notes what the balance says about how good a candidate is.
  /// - Parameter maximumFlow: Over which fixed costs are spread; `nil` when unquantified.
  func note(in sheet: inout ScoreSheet, maximumFlow: Double?) {
    var money = (net: 0.0, gross: 0.0, weight: 0.0, trusted: 0.0)
    var carbon = (net: 0.0, gross: 0.0)
    for line in perUnit {
      if let value = line.money {
        money.net += value
        if value > 0 { money.gross += value }
        if value != 0 {
          money.weight += abs(value)
          money.trusted += abs(value) * line.weight
        }
      }
      if let value = line.carbon {
        carbon.net += value
        if value > 0 { carbon.gross += value }
      }
    }
    if money.gross > 0 {
      let fixed = maximumFlow.flatMap { $0 > 0 ? fixedCost / $0 : nil } ?? 0
      sheet.value = (money.net - fixed) / money.gross
    }
    if carbon.gross > 0 { sheet.carbon = carbon.net / carbon.gross }
    if money.weight > 0 { sheet.data = money.trusted / money.weight }
  }
}
