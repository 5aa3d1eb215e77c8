import LichenDomain

/// The kinds of line that a ledger may have, in the order in which they stand.
public enum LedgerTerm: String, Sendable, Codable, CaseIterable {
  case avoidedDisposal = "avoided-disposal"
  case avoidedPurchase = "avoided-purchase"
  case avoidedCombustion = "avoided-combustion"
  case transport
  case handling
  case treatment
  case treatmentEnergy = "treatment-energy"
  case supplyPower = "supply-power"
  case combustion
  case residueDisposal = "residue-disposal"
  case pumping
  case capital
  case maintenance
  /// Running cost of a shared plant, whatever flows.
  case operation
  case transaction
  case permit
  /// What an efficiency measure saves, running costs deducted.
  case saving

  /// A gain when its money is positive: left out, and said so, when unknown. An unknown cost, on the
  /// other hand, keeps an exchange from being planned.
  public var isBenefit: Bool {
    self == .avoidedDisposal || self == .avoidedPurchase || self == .saving
  }
}

/// Who feels a line, before any payment between the partners.
public enum Bearer: String, Sendable, Codable {
  case donor, receiver
  /// Half each, until the partners agree otherwise.
  case both
}

/// An amount with its origin; unknown amounts say why.
public struct LedgerAmount: Sendable, Hashable {
  /// `nil` when unknown.
  public let value: Estimate?
  /// Weakest basis of what went into it.
  public let basis: Basis?
  /// Weakest confidence of what went into it.
  public let confidence: Confidence?
  /// Rows used: `outputs.csv, row 5` or `costs.csv: truck_eu_tkm`.
  public let references: [String]

  public init(
    value: Estimate?, basis: Basis? = nil, confidence: Confidence? = nil, references: [String] = []
  ) {
    self.value = value
    self.basis = basis
    self.confidence = confidence
    self.references = references
  }

  public static let unknown = LedgerAmount(value: nil)
  /// Nothing by definition, so that no source is needed.
  public static let none = LedgerAmount(value: .zero)

  public func scaled(by factor: Double) -> LedgerAmount {
    LedgerAmount(
      value: value.map { $0 * factor }, basis: basis, confidence: confidence,
      references: references)
  }
}

/// One term of a candidate's balance.
public struct LedgerLine: Sendable, Hashable {
  public let term: LedgerTerm
  public let bearer: Bearer
  /// Gain positive, in the park's currency: per reference unit of output, or per year if fixed.
  public let money: LedgerAmount
  /// kg CO2e avoided positive: per reference unit of output, or per year if fixed.
  public let carbon: LedgerAmount
  /// Key of a remark in the catalogue of strings, if the line needs one.
  public let remark: String?

  public init(
    _ term: LedgerTerm, bearer: Bearer, money: LedgerAmount, carbon: LedgerAmount = .none,
    remark: String? = nil
  ) {
    self.term = term
    self.bearer = bearer
    self.money = money
    self.carbon = carbon
    self.remark = remark
  }
}

/// The itemised yearly balance of a candidate.
public struct Ledger: Sendable, Hashable {
  /// Per reference unit of output moved.
  public let perUnit: [LedgerLine]
  /// Per year, once the link is open, whatever the quantity. Permits are shared and stand apart.
  public let fixed: [LedgerLine]
  /// Investment [park currency]; its annuity is a fixed line.
  public let capital: Estimate

  public init(perUnit: [LedgerLine], fixed: [LedgerLine], capital: Estimate) {
    self.perUnit = perUnit
    self.fixed = fixed
    self.capital = capital
  }

  /// Net gain per reference unit [park currency], unknown benefits left out.
  public var netMoneyPerUnit: Estimate { perUnit.compactMap(\.money.value).sum() }
  /// Net CO2e avoided per reference unit [kg], unknown terms left out.
  public var netCarbonPerUnit: Estimate { perUnit.compactMap(\.carbon.value).sum() }
  /// Yearly cost of keeping the link open [park currency/a]; not negative.
  public var fixedCost: Estimate { -fixed.compactMap(\.money.value).sum() }

  /// Terms whose money is unknown.
  public var unknownMoney: [LedgerTerm] {
    (perUnit + fixed).filter { $0.money.value == nil }.map(\.term)
  }

  /// Terms whose CO2e is unknown.
  public var unknownCarbon: [LedgerTerm] {
    (perUnit + fixed).filter { $0.carbon.value == nil }.map(\.term)
  }

  /// Weakest confidence of everything that was counted.
  public var confidence: Confidence {
    (perUnit + fixed).flatMap { [$0.money, $0.carbon] }
      .filter { $0.value != nil && $0.value != .zero }.compactMap(\.confidence).min() ?? .verified
  }
}
