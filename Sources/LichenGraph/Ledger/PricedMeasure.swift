import LichenDomain

/// An efficiency measure with its yearly balance in the park's currency.
public struct PricedMeasure: Sendable {
  /// Why a measure is listed and not planned.
  public enum Obstacle: String, Sendable, Codable, CaseIterable {
    case capitalUnknown = "capital-unknown"
    case savingUnknown = "saving-unknown"
    case alreadyDone = "already-done"
    case stopped, rejected
  }

  public let option: EfficiencyOption
  /// Per year; gain positive.
  public let lines: [LedgerLine]
  /// Investment [park currency]; zero once the measure is being built.
  public let capital: Estimate
  /// `nil` when the plan may take the measure.
  public let obstacle: Obstacle?
  /// The measure is being built: the plan keeps it.
  public let isCommitted: Bool

  /// Sum of the lines [park currency/a], unknown ones left out.
  public var money: Estimate { lines.compactMap(\.money.value).sum() }
  /// Sum of the lines [kg CO2e/a avoided].
  public var carbon: Estimate { lines.compactMap(\.carbon.value).sum() }
}

/// Prices the efficiency measures of a park.
///
/// Per year: saving − annuity(capital, lifetime); CO2e as declared. What a measure leaves of a stream
/// for exchanges is the planner's business: a tonne that is no longer wasted cannot be exchanged.
public struct MeasureBook: Sendable {
  private let figures: FigureBook
  private let usualLifetime: LedgerAmount
  private let options: [EfficiencyOption]

  public init(park: Park) {
    figures = FigureBook(park: park)
    usualLifetime = figures.parameter("measure_lifetime_years")
    options = park.options
  }

  /// All measures, in order of id.
  public var measures: [PricedMeasure] { options.map(priced) }

  private func priced(_ option: EfficiencyOption) -> PricedMeasure {
    let isCommitted = option.status == .building
    let invested = amount(option.capital, option)
    let saving = amount(option.saving, option)
    var lines = [
      LedgerLine(.saving, bearer: .donor, money: saving, carbon: carbon(option))
    ]
    if isCommitted {
      lines.append(
        LedgerLine(.capital, bearer: .donor, money: spent(option), remark: "remark.exists-already"))
    } else if invested.value != .zero {
      lines.append(LedgerLine(.capital, bearer: .donor, money: yearly(invested, option)))
    }
    return PricedMeasure(
      option: option, lines: lines, capital: isCommitted ? .zero : invested.value ?? .zero,
      obstacle: obstacle(option, lines), isCommitted: isCommitted)
  }

  private func obstacle(_ option: EfficiencyOption, _ lines: [LedgerLine])
    -> PricedMeasure.Obstacle?
  {
    switch option.status {
    case .done: return .alreadyDone
    case .stopped: return .stopped
    case .rejected: return .rejected
    // It comes whatever it brings: an unknown saving is left out, its effect on streams is not.
    case .building: return nil
    case .proposed, .planned: break
    }
    if lines.contains(where: { $0.term == .capital && $0.money.value == nil }) {
      return .capitalUnknown
    }
    return lines.contains { $0.term == .saving && $0.money.value == nil } ? .savingUnknown : nil
  }

  private func amount(_ money: Money?, _ option: EfficiencyOption) -> LedgerAmount {
    money.map {
      figures.declared($0, provenance: option.provenance, reference: option.reference)
    } ?? .unknown
  }

  private func carbon(_ option: EfficiencyOption) -> LedgerAmount {
    option.co2.map {
      LedgerAmount(
        value: Estimate($0 * 1000), basis: .declared,
        confidence: option.provenance.confidence ?? .verified, references: [option.reference])
    } ?? .unknown
  }

  private func spent(_ option: EfficiencyOption) -> LedgerAmount {
    LedgerAmount(
      value: .zero, basis: .declared, confidence: option.provenance.confidence ?? .verified,
      references: [option.reference])
  }

  private func yearly(_ invested: LedgerAmount, _ option: EfficiencyOption) -> LedgerAmount {
    let years =
      option.lifetime.map {
        LedgerAmount(
          value: Estimate($0), basis: .declared,
          confidence: option.provenance.confidence ?? .verified, references: [option.reference])
      } ?? usualLifetime
    let annuity = LedgerBuilder.annuity(rate: figures.discountRate, years: years)
    guard let value = invested.value, let factor = annuity.value else { return .unknown }
    return LedgerAmount(
      value: -(value * factor), basis: invested.basis,
      confidence: [invested.confidence, annuity.confidence].compactMap { $0 }.min(),
      references: invested.references + annuity.references)
  }
}
