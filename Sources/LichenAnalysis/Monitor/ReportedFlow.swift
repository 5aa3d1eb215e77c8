import LichenDomain

/// What was reported of one subject for one period, in reference units and the park's currency.
public struct ReportedFlow: Sendable {
  public let period: ReportingPeriod
  /// [reference units]; `nil` when not reported.
  public let quantity: Double?
  /// [park currency]; `nil` when not reported.
  public let money: Double?
}

/// Why a row of actuals.csv stands in no figure.
public struct UnusedActual: Sendable, Hashable {
  public enum Reason: String, Sendable, Codable, CaseIterable {
    /// Its unit cannot be joined to the stream's, or neither is known.
    case unit
    /// It lies within a longer period that is reported too.
    case overlap
    /// Its currency cannot be joined to the park's.
    case currency
  }

  public let id: String
  public let reason: Reason
}

/// Turns rows of actuals.csv into flows.
struct ActualBook {
  let park: Park
  private(set) var unused: [UnusedActual] = []
  private let rows: [String: [Actual]]

  init(park: Park) {
    self.park = park
    rows = Dictionary(grouping: park.actuals, by: \.subject)
  }

  /// Flows of one subject in order of period: rows of one period add up, rows within a longer one are
  /// left out and told.
  mutating func flows(_ subject: MonitorSubject) -> [ReportedFlow] {
    let rows = subject.names.flatMap { self.rows[$0] ?? [] }
      .sorted { ($1.period.months, $0.period, $0.id) < ($0.period.months, $1.period, $1.id) }
    var flows: [ReportingPeriod: ReportedFlow] = [:]
    for row in rows {
      if flows.keys.contains(where: { $0 != row.period && $0.overlaps(row.period) }) {
        unused.append(UnusedActual(id: row.id, reason: .overlap))
        continue
      }
      var quantity = row.quantity
      if let amount = quantity {
        quantity = factor(row, of: subject).map { amount * $0 }
        if quantity == nil { unused.append(UnusedActual(id: row.id, reason: .unit)) }
      }
      let money = row.money.flatMap { paid($0, row) }
      if quantity == nil, money == nil { continue }
      let known = flows[row.period]
      flows[row.period] = ReportedFlow(
        period: row.period, quantity: Self.sum(known?.quantity, quantity),
        money: Self.sum(known?.money, money))
    }
    return flows.values.sorted { $0.period < $1.period }
  }

  private static func sum(_ left: Double?, _ right: Double?) -> Double? {
    left.map { $0 + (right ?? 0) } ?? right
  }

  private mutating func paid(_ money: Money, _ row: Actual) -> Double? {
    // Money of the day is not turned into money of another year.
    guard
      let rate = try? park.catalogue.exchangeRates.conversion(
        from: money.currency, to: park.settings.currency, year: row.period.year)
    else {
      unused.append(UnusedActual(id: row.id, reason: .currency))
      return nil
    }
    return money.amount.typical * rate.factor
  }

  /// Reference units in the period per written unit; a unit with a period is a rate.
  private func factor(_ row: Actual, of subject: MonitorSubject) -> Double? {
    let found: (factor: Double, period: Period?)?
    if let output = subject.output {
      found = park.flowFactor(row.unit, of: output)
    } else if let stream = subject.stream, let material = park.material(stream.material),
      let rate = park.catalogue.units.rate(parsing: row.unit)
    {
      let conversion = FlowConversion(
        material: material.id.rawValue, basis: material.conversion, isGas: material.phase == .gas)
      let factor = try? conversion.yearlyFactor(
        from: rate.unit, per: rate.period ?? .year, operatingHours: nil, to: material.referenceUnit)
      found = factor.map { ($0, rate.period) }
    } else {
      found = nil
    }
    return found.map { $0.period == nil ? $0.factor : $0.factor * Double(row.period.months) / 12 }
  }
}

extension ReportingPeriod {
  /// Months since the year 0, from its first to the one behind its last.
  var span: Range<Int> {
    let first = year * 12 + firstMonth - 1
    return first..<(first + months)
  }

  func overlaps(_ other: Self) -> Bool { span.overlaps(other.span) }
}
