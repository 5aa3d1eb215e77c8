import LichenDomain
import LichenLaw

/// A legal step that one enterprise takes once for one material; exchanges share it.
public struct PermitNeed: Sendable, Hashable {
  /// Two needs with the same key are one permit.
  public struct Key: Hashable, Comparable, Sendable {
    public let holder: EnterpriseID
    public let material: MaterialID
    public let rule: RuleID

    public static func < (left: Self, right: Self) -> Bool {
      (left.holder, left.material, left.rule) < (right.holder, right.material, right.rule)
    }
  }

  public let key: Key
  public let rule: LegalRule
  /// Paid once [park currency].
  public let oneOff: LedgerAmount
  /// Its annuity over the permit's lifetime [park currency/a].
  public let annual: LedgerAmount

  public static func == (left: Self, right: Self) -> Bool { left.key == right.key }
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

/// Prices the steps that a verdict asks for.
struct PermitBook: Sendable {
  private let figures: FigureBook
  private let annuity: LedgerAmount
  private let usual: LedgerAmount

  /// Nothing on top of the transaction line.
  private let inTransaction: LedgerAmount

  init(park: Park) {
    figures = FigureBook(park: park)
    annuity = LedgerBuilder.annuity(
      rate: figures.discountRate, years: figures.parameter("permit_lifetime_years"))
    usual = figures.lumpSum("permit_cost")
    let transaction = figures.lumpSum("transaction_cost")
    inTransaction = LedgerAmount(
      value: .zero, basis: transaction.basis, confidence: transaction.confidence,
      references: transaction.references)
  }

  /// - Returns: One need per step, in order of key. A rule without a cost takes the region's usual
  ///   cost of a permit, because unknown is not free; a mere notice or record without a cost is part
  ///   of the yearly transaction line, which pays for records and meetings.
  func needs(
    _ verdict: LegalVerdict, output: OutputStream, donor: Enterprise, receiver: Enterprise
  ) -> [PermitNeed] {
    verdict.steps.flatMap { rule in
      Self.holders(of: rule, donor: donor.licences, receiver: receiver.licences).map { holder in
        let (oneOff, annual) = prices(of: rule)
        return PermitNeed(
          key: PermitNeed.Key(
            holder: holder == .donor ? donor.id : receiver.id, material: output.material,
            rule: rule.id),
          rule: rule, oneOff: oneOff, annual: annual)
      }
    }.sorted { $0.key < $1.key }
  }

  /// What a step costs once and per year, whoever takes it.
  func prices(of rule: LegalRule) -> (oneOff: LedgerAmount, annual: LedgerAmount) {
    let oneOff =
      rule.cost.map { cost in
        figures.declared(
          cost,
          provenance: Provenance(
            source: rule.source, confidence: rule.costConfidence ?? rule.confidence),
          reference: "rules.csv: \(rule.id)")
      } ?? (rule.effect == .notification ? inTransaction : usual)
    return (asCatalogue(oneOff, of: rule), annual(oneOff, of: rule))
  }

  /// An end of an exchange that has to obtain a paper.
  enum Holder: Sendable, Hashable { case donor, receiver }

  /// Who has to obtain the paper; of two, only those who lack it.
  static func holders(of rule: LegalRule, donor: Set<String>, receiver: Set<String>) -> [Holder] {
    func lacks(_ licences: Set<String>) -> Bool {
      rule.unlessLicence.map { !licences.contains($0) } ?? true
    }
    switch rule.holder {
    case .donor: return [.donor]
    case .receiver: return [.receiver]
    case .both: return (lacks(donor) ? [.donor] : []) + (lacks(receiver) ? [.receiver] : [])
    }
  }

  private func asCatalogue(_ amount: LedgerAmount, of rule: LegalRule) -> LedgerAmount {
    LedgerAmount(
      value: amount.value, basis: rule.cost == nil ? amount.basis : .catalogue,
      confidence: amount.confidence, references: amount.references)
  }

  private func annual(_ oneOff: LedgerAmount, of rule: LegalRule) -> LedgerAmount {
    guard let value = oneOff.value else { return .unknown }
    // A free step needs no annuity.
    if value == .zero { return asCatalogue(oneOff, of: rule) }
    guard let factor = annuity.value else { return .unknown }
    return LedgerAmount(
      value: value * factor, basis: asCatalogue(oneOff, of: rule).basis,
      confidence: [oneOff.confidence, annuity.confidence].compactMap { $0 }.min(),
      references: oneOff.references + annuity.references)
  }
}
