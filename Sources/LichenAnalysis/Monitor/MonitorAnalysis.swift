import LichenDomain
import LichenGraph
import LichenMatching

/// Of which year, and what counts as stopped.
public struct MonitorOptions: Sendable {
  /// `nil` takes the last year with a report.
  public var year: Int?
  /// Months of reported zeros after which a flow has stopped.
  public var quietMonths = 2

  public init(year: Int? = nil) { self.year = year }
}

/// One period of a subject beside the plan's share of it.
public struct MonitoredPeriod: Sendable {
  public let period: ReportingPeriod
  /// The plan's yearly amount times months / 12 [reference units]; `nil` without a plan.
  public let planned: Double?
  /// [reference units]; `nil` when not reported.
  public let delivered: Double?
  /// The plan's, in the same proportion.
  public let plannedEffect: SubjectEffect?
  /// By the plan's ledger for what was delivered; unknown when no quantity was reported.
  public let effect: SubjectEffect
  /// As reported [park currency]; `nil` when not reported.
  public let reportedMoney: Double?
}

/// Everything that is known of one subject.
public struct MonitoredSubject: Sendable {
  /// Where the stage was read.
  public enum StageBasis: String, Sendable, Codable, CaseIterable {
    case progress, actuals, options, exchanges, plan
  }

  /// Something that has to be looked at.
  public enum Alarm: String, Sendable, Codable, CaseIterable {
    /// A start year has passed before the first flow that is reported.
    case lateStart = "late-start"
    /// Zeros were reported last.
    case stopped
    /// Nothing for a period as long as its last one, while others report.
    case silent
    /// Said to be running, and nothing was ever reported.
    case unreported
    /// The year stays more than 5 % below the plan's amount, at the highest of the forecast's rates.
    case behind
  }

  public let subject: MonitorSubject
  public let stage: ProgressStatus
  public let stageBasis: StageBasis
  /// On which day each stage was reached; in order of day.
  public let history: [ProgressEntry]
  /// In order of period.
  public let periods: [MonitoredPeriod]
  /// Quantity at the end of the year [reference units].
  public let forecast: YearForecast?
  /// Money at the end of the year, as reported [park currency].
  public let moneyForecast: YearForecast?
  /// For a year as planned; `nil` when the plan does not hold it.
  public let plannedEffect: SubjectEffect?
  /// For a year as planned, else as exchanges.csv states; `nil` when neither says.
  public let statedEffect: SubjectEffect?
  /// For the forecast quantity; `nil` when nothing is reported.
  public let expectedEffect: SubjectEffect?
  /// Years between the start year and the first flow; `nil` when not late.
  public let yearsLate: Int?
  public let alarms: [Alarm]

  public var isRunning: Bool { stage == .running }
}

/// The plan beside what really happened.
public struct MonitorAnalysis: Sendable {
  public let plan: Plan
  /// Year of the forecast; `nil` when nothing was ever reported.
  public let year: Int?
  /// In order of kind and id.
  public let subjects: [MonitoredSubject]
  /// Rows of actuals.csv that stand in no figure, in order of id.
  public let unused: [UnusedActual]
  public let totals: ProgrammeTotals
  /// Legs through shared plants, which the tables cannot name.
  public let legCount: Int

  /// - Complexity: O(subjects · rows).
  public init(plan: Plan, options: MonitorOptions = MonitorOptions()) {
    let park = plan.park
    let book = SubjectBook(plan: plan)
    let year = options.year ?? park.actuals.map(\.period.year).max()
    var actuals = ActualBook(park: park)
    let reader = SubjectReader(
      park: park, effects: EffectBook(park: park), year: year, quietMonths: options.quietMonths,
      firstMonth: park.actuals.map(\.period.span.lowerBound).min(),
      endMonth: park.actuals.map(\.period.span.upperBound).max(),
      progress: Dictionary(grouping: park.progress, by: \.subject))
    subjects = book.subjects.map { reader.read($0, flows: actuals.flows($0)) }
    self.plan = plan
    self.year = year
    unused = actuals.unused.sorted { ($0.id, $0.reason.rawValue) < ($1.id, $1.reason.rawValue) }
    totals = ProgrammeTotals(subjects, park: park)
    legCount = plan.legs.count
  }
}

/// Reads one subject.
private struct SubjectReader {
  let park: Park
  let effects: EffectBook
  let year: Int?
  let quietMonths: Int
  /// First month for which anything was reported, and the one behind the last.
  let firstMonth: Int?
  let endMonth: Int?
  /// By name of the subject.
  let progress: [String: [ProgressEntry]]

  /// Share of the plan's amount by which a year may fall short without a word.
  private static let tolerance = 0.05

  func read(_ subject: MonitorSubject, flows: [ReportedFlow]) -> MonitoredSubject {
    let history = subject.names.flatMap { progress[$0] ?? [] }
      .sorted { ($0.date, $0.status) < ($1.date, $1.status) }
    let quantities = flows.compactMap { flow in
      flow.quantity.map { (period: flow.period, amount: $0) }
    }
    let (stage, basis) = stage(subject, history, quantities)
    let planned = effects.plannedEffect(subject)
    let held = subject.isPlanned || subject.kind == .measure ? planned : nil
    let forecast = year.flatMap {
      YearForecast(quantities, in: $0, yearly: subject.isPlanned ? subject.plannedQuantity : nil)
    }
    let money = flows.compactMap { flow in flow.money.map { (period: flow.period, amount: $0) } }
    let late = yearsLate(subject, history, quantities)
    return MonitoredSubject(
      subject: subject, stage: stage, stageBasis: basis, history: history,
      periods: flows.map { period($0, of: subject, planned: held) }, forecast: forecast,
      moneyForecast: year.flatMap { YearForecast(money, in: $0, yearly: held?.money) },
      plannedEffect: held, statedEffect: held ?? effects.documentedEffect(subject),
      expectedEffect: forecast.map { effects.effect(subject, quantity: $0.typical, share: 1) },
      yearsLate: late,
      alarms: alarms(subject, stage, flows: flows, quantities, forecast, isLate: late != nil))
  }

  private func period(_ flow: ReportedFlow, of subject: MonitorSubject, planned: SubjectEffect?)
    -> MonitoredPeriod
  {
    let share = Double(flow.period.months) / 12
    return MonitoredPeriod(
      period: flow.period,
      planned: subject.isPlanned ? subject.plannedQuantity.map { $0 * share } : nil,
      delivered: flow.quantity,
      plannedEffect: planned.map { whole in
        SubjectEffect.all.reduce(into: whole) { effect, path in
          effect[keyPath: path] = effect[keyPath: path].map { $0 * share }
        }
      },
      effect: flow.quantity.map { effects.effect(subject, quantity: $0, share: share) } ?? .unknown,
      reportedMoney: flow.money)
  }

  /// The last stage told; without one, what the other tables say. A flow after it says that it runs.
  private func stage(
    _ subject: MonitorSubject, _ history: [ProgressEntry],
    _ flows: [(period: ReportingPeriod, amount: Double)]
  ) -> (ProgressStatus, MonitoredSubject.StageBasis) {
    let lastFlow = flows.last { $0.amount > 0 }?.period
    if let last = history.last {
      let month = last.date.year * 12 + last.date.month - 1
      if last.status < .running, let lastFlow, lastFlow.span.upperBound > month {
        return (.running, .actuals)
      }
      if last.status == .stopped, let lastFlow, lastFlow.span.lowerBound > month {
        return (.running, .actuals)
      }
      return (last.status, .progress)
    }
    if let measure = subject.measure { return (ProgressStatus(measure.option.status), .options) }
    if lastFlow != nil { return (.running, .actuals) }
    let isDocumented =
      subject.row.map { row in park.exchanges.contains { $0.id == row.id } } ?? false
    if isDocumented { return (.running, .exchanges) }
    return subject.row == nil ? (.identified, .plan) : (.stopped, .exchanges)
  }

  /// Years from the start year to the first flow. Nobody is late whose first report is the park's
  /// first, or who is told to have run in time.
  private func yearsLate(
    _ subject: MonitorSubject, _ history: [ProgressEntry],
    _ flows: [(period: ReportingPeriod, amount: Double)]
  ) -> Int? {
    guard let start = subject.row?.startYear, let first = flows.first(where: { $0.amount > 0 }),
      first.period.year > start, let firstMonth, first.period.span.lowerBound > firstMonth,
      !history.contains(where: { $0.status == .running && $0.date.year <= start })
    else { return nil }
    return first.period.year - start
  }

  private func alarms(
    _ subject: MonitorSubject, _ stage: ProgressStatus, flows: [ReportedFlow],
    _ quantities: [(period: ReportingPeriod, amount: Double)], _ forecast: YearForecast?,
    isLate: Bool
  ) -> [MonitoredSubject.Alarm] {
    var alarms: [MonitoredSubject.Alarm] = []
    if isLate { alarms.append(.lateStart) }
    let zeros = quantities.reversed().prefix { $0.amount == 0 }
    let hasFlowed = quantities.contains { $0.amount > 0 }
    if stage != .stopped, hasFlowed,
      zeros.reduce(0, { $0 + $1.period.months }) >= quietMonths
    {
      alarms.append(.stopped)
    }
    if stage == .running {
      // Who reports by the year is not missed in March.
      if let last = flows.last, let endMonth,
        endMonth - last.period.span.upperBound >= last.period.months
      {
        alarms.append(.silent)
      }
      if flows.isEmpty, firstMonth != nil { alarms.append(.unreported) }
    }
    if let forecast, let planned = subject.plannedQuantity, subject.isPlanned,
      forecast.high < planned * (1 - Self.tolerance)
    {
      alarms.append(.behind)
    }
    return alarms
  }
}
