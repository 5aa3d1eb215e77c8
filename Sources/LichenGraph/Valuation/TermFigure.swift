import LichenDomain

/// What one line of a balance adds, without its range and its origin.
struct TermFigure: Sendable, Hashable {
  let term: LedgerTerm
  /// Gain positive [park currency], per unit or per year; `nil` when unknown.
  let money: Double?
  /// Avoided positive [kg CO2e], per unit or per year; `nil` when unknown.
  let carbon: Double?
  /// How far the money can be relied on, 0...1.
  let weight: Double

  init(_ term: LedgerTerm, money: Double?, carbon: Double? = 0, confidence: Confidence? = nil) {
    self.term = term
    self.money = money
    self.carbon = carbon
    weight = (confidence ?? .estimated).weight
  }

  init(_ line: LedgerLine) {
    self.init(
      line.term, money: line.money.value?.typical, carbon: line.carbon.value?.typical,
      confidence: line.money.confidence)
  }
}
