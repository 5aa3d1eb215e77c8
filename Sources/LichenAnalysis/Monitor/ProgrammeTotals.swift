import LichenDomain

/// Sums of effects, each with the number of subjects of which it is not known.
public struct EffectTotal: Sendable {
  /// Of what is known.
  public private(set) var sum = SubjectEffect.none
  /// By effect: subjects left out.
  public private(set) var unknown: [Int]

  init() { unknown = SubjectEffect.all.map { _ in 0 } }

  mutating func add(_ effect: SubjectEffect) {
    for (index, path) in SubjectEffect.all.enumerated() {
      if let amount = effect[keyPath: path] {
        sum[keyPath: path] = (sum[keyPath: path] ?? 0) + amount
      } else {
        unknown[index] += 1
      }
    }
  }
}

/// How far a group of subjects has come, counted as the Vietnamese programme does.
public struct StageCounts: Sendable {
  public let found: Int
  /// Subjects that have reached a stage or a later one and have not stopped, from `prioritised` to
  /// `running`.
  public let reached: [(stage: ProgressStatus, count: Int)]
  public let stopped: Int
  /// Firms that take part in what runs.
  public let firms: Int

  init(_ subjects: [MonitoredSubject]) {
    found = subjects.count
    let live = subjects.filter { $0.stage != .stopped }
    reached = [ProgressStatus.prioritised, .agreed, .permitted, .built, .running].map { stage in
      (stage, live.count { $0.stage >= stage })
    }
    stopped = subjects.count - live.count
    firms = Set(subjects.filter(\.isRunning).flatMap(\.subject.enterprises)).count
  }

  public var running: Int { reached.last?.count ?? 0 }
  /// Running of found, 0...1; `nil` when nothing was found.
  public var realisedShare: Double? { found > 0 ? Double(running) / Double(found) : nil }
}

/// What a programme reports: found, done, by whom, saved.
public struct ProgrammeTotals: Sendable {
  public struct Sector: Sendable {
    /// As the enterprise writes it; empty when it writes none.
    public let name: String
    public let measures: StageCounts
    /// Counted with the sector of the donor.
    public let exchanges: StageCounts
    /// Yearly, as planned, declared or documented, of what runs.
    public let running: EffectTotal
  }

  public let measures: StageCounts
  public let exchanges: StageCounts
  public let all: StageCounts
  /// Yearly, as planned or declared, of all that the plan holds and of every measure, stopped ones apart.
  public let promised: EffectTotal
  /// The same of what runs.
  public let running: EffectTotal
  /// For the year's forecast quantities, of what reports them.
  public let expected: EffectTotal
  /// Running subjects that report nothing for the year: they are in `running`, not in `expected`.
  public let unreported: Int
  /// In order of name.
  public let sectors: [Sector]

  init(_ subjects: [MonitoredSubject], park: Park) {
    func part(_ kind: MonitorSubject.Kind, _ list: [MonitoredSubject]) -> StageCounts {
      StageCounts(list.filter { $0.subject.kind == kind })
    }
    measures = part(.measure, subjects)
    exchanges = part(.exchange, subjects)
    all = StageCounts(subjects)
    promised = Self.total(
      subjects.filter { $0.plannedEffect != nil && $0.stage != .stopped }, \.plannedEffect)
    running = Self.total(subjects.filter(\.isRunning), \.statedEffect)
    expected = Self.total(subjects.filter { $0.expectedEffect != nil }, \.expectedEffect)
    unreported = subjects.count { $0.isRunning && $0.expectedEffect == nil }
    let bySector = Dictionary(
      grouping: subjects,
      by: { $0.subject.enterprises.first.flatMap { park.enterprise($0)?.sector } ?? "" })
    sectors = bySector.sorted { $0.key < $1.key }.map { name, list in
      Sector(
        name: name, measures: part(.measure, list), exchanges: part(.exchange, list),
        running: Self.total(list.filter(\.isRunning), \.statedEffect))
    }
  }

  private static func total(
    _ subjects: [MonitoredSubject], _ effect: (MonitoredSubject) -> SubjectEffect?
  ) -> EffectTotal {
    subjects.reduce(into: EffectTotal()) { $0.add(effect($1) ?? .unknown) }
  }
}
