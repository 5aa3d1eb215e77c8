import LichenDomain
import LichenGraph

/// Figures that are moved together in a sensitivity.
public enum SensitivityGroup: String, Sendable, Codable, CaseIterable {
  case disposal, purchase, saving, transport, treatment, energy, operation, transaction
  /// Investments and renewals, and the upkeep of pipes, which is a share of them.
  case capital
  case permits
  case carbonPrice = "carbon-price"
  /// All that depends on how much flows.
  case quantity
  case discountRate = "discount-rate"

  /// The group of a term; `nil` for terms that are never money.
  init?(_ term: LedgerTerm) {
    switch term {
    case .avoidedDisposal, .residueDisposal: self = .disposal
    case .avoidedPurchase: self = .purchase
    case .saving: self = .saving
    case .transport, .handling: self = .transport
    case .treatment: self = .treatment
    case .treatmentEnergy, .supplyPower, .pumping: self = .energy
    case .operation: self = .operation
    case .transaction: self = .transaction
    case .capital, .maintenance: self = .capital
    case .permit: self = .permits
    case .avoidedCombustion, .combustion: return nil
    }
  }
}

/// What the plan is worth at the two ends of one group of figures.
public struct SensitivityBar: Sendable, Hashable {
  /// Where the ends are from.
  public enum Basis: String, Sendable, Codable, CaseIterable {
    /// Ranges of the figures themselves.
    case range
    /// The same share up and down, because no range is known.
    case span
    /// Ranges where they are known, else the span.
    case mixed
  }

  public let group: SensitivityGroup
  public let basis: Basis
  /// Net present value with all figures of the group at their low ends [park currency].
  public let atLow: Double
  /// The same at their high ends [park currency].
  public let atHigh: Double
  /// How many times their typical values all figures of the group would have to be for the plan to be worth
  /// nothing; `nil` where no factor from 0 on does it, or where the value is not linear in them.
  public let breakEvenFactor: Double?

  public var swing: Double { abs(atHigh - atLow) }
}

/// Moves one group of figures at a time, the rest typical, and adds the plan's own lines up again: flows
/// and links stay as planned.
struct Sensitivity: Sendable {
  enum End { case low, high }

  let project: FinanceProject
  let terms: FinanceTerms

  private var span: Double { terms.options.span }

  /// Widest swing first; ties in order of the groups. Groups that touch nothing are left out.
  func bars() -> [SensitivityBar] {
    let bars = SensitivityGroup.allCases.compactMap(bar)
    let order = Dictionary(
      uniqueKeysWithValues: SensitivityGroup.allCases.enumerated().map { ($0.element, $0.offset) })
    return bars.sorted {
      ($1.swing, order[$0.group] ?? 0) < ($0.swing, order[$1.group] ?? 0)
    }
  }

  private func bar(_ group: SensitivityGroup) -> SensitivityBar? {
    guard let basis = basis(of: group) else { return nil }
    return SensitivityBar(
      group: group, basis: basis, atLow: value(group, .low), atHigh: value(group, .high),
      breakEvenFactor: breakEvenFactor(group))
  }

  /// Where the ends of a group are from; `nil` if it has no figure.
  private func basis(of group: SensitivityGroup) -> SensitivityBar.Basis? {
    var (ranged, bare) = (false, false)
    func note(_ value: Estimate) {
      if value == .zero { return }
      if value.isExact { bare = true } else { ranged = true }
    }
    switch group {
    case .discountRate: terms.rateOrigin?.value.map(note) ?? note(Estimate(terms.realRate))
    case .carbonPrice: note(Estimate(terms.options.carbonPrice))
    case .quantity:
      for item in project.items where item.lines.contains(where: \.isPerUnit) {
        if item.quantityRange == nil { bare = true } else { ranged = true }
      }
    default:
      for item in project.items {
        item.lines.filter { SensitivityGroup($0.term) == group }.compactMap(\.money).forEach(note)
        if group == Self.capitalGroup(of: item) { note(item.capital) }
      }
    }
    if !ranged && !bare { return nil }
    return ranged && bare ? .mixed : ranged ? .range : .span
  }

  private static func capitalGroup(of item: ProjectItem) -> SensitivityGroup {
    item.kind == .permit ? .permits : .capital
  }

  private func value(_ group: SensitivityGroup, _ end: End) -> Double {
    switch group {
    case .discountRate:
      let range = terms.rateOrigin?.value ?? Estimate(terms.realRate)
      return FinanceAnalysis.value(
        of: project, terms.replacing(realRate: moved(range, end).typical))
    case .carbonPrice:
      let price = moved(Estimate(terms.options.carbonPrice), end).typical
      return FinanceAnalysis.value(of: project, terms.replacing(carbonPrice: price))
    case .quantity:
      return FinanceAnalysis.value(
        of: project.changing { item in
          let range = item.quantityRange ?? (1 - span, 1 + span)
          item.scaleQuantity(by: end == .low ? range.low : range.high)
        }, terms)
    default: return value(group) { moved($0, end) }
    }
  }

  /// The value with every figure of a group of lines changed.
  private func value(_ group: SensitivityGroup, change: (Estimate) -> Estimate) -> Double {
    FinanceAnalysis.value(
      of: project.changing { item in
        for place in item.lines.indices where SensitivityGroup(item.lines[place].term) == group {
          item.lines[place].money = item.lines[place].money.map(change)
        }
        if group == Self.capitalGroup(of: item) { item.capital = change(item.capital) }
      }, terms)
  }

  /// The end of a figure: a cost stands as a negative gain, so that its low end is the nearer to zero.
  private func moved(_ value: Estimate, _ end: End) -> Estimate {
    if value.isExact { return value * (end == .low ? 1 - span : 1 + span) }
    return Estimate((end == .low) == (value.typical >= 0) ? value.low : value.high)
  }

  private func breakEvenFactor(_ group: SensitivityGroup) -> Double? {
    guard terms.options.tax?.carryForwardYears == nil, group != .discountRate else { return nil }
    let now = FinanceAnalysis.value(of: project, terms)
    let without: Double
    switch group {
    case .carbonPrice:
      without = FinanceAnalysis.value(of: project, terms.replacing(carbonPrice: 0))
    case .quantity:
      without = FinanceAnalysis.value(
        of: project.changing { $0.scaleQuantity(by: 0) }, terms)
    default: without = value(group) { _ in .zero }
    }
    if now == without { return nil }
    let factor = without / (without - now)
    return factor >= 0 && factor.isFinite ? factor : nil
  }
}

extension ProjectItem {
  /// Moves money and CO2e of all that depends on the quantity.
  mutating func scaleQuantity(by factor: Double) {
    for place in lines.indices where lines[place].isPerUnit {
      lines[place].money = lines[place].money.map { $0 * factor }
      lines[place].carbon = lines[place].carbon.map { $0 * factor }
    }
  }
}
