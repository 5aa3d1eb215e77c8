/// The stages through which an exchange or a measure passes, in order; `stopped` may follow any.
public enum ProgressStatus: String, Sendable, Codable, CaseIterable, Comparable {
  case identified, prioritised, agreed, permitted, built, running, stopped

  /// 0 for `identified`.
  public var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Money has been spent on it that no plan gives back.
  public var isBuilt: Bool { self == .built || self == .running }

  /// What the one-word status of options.csv says in these stages: proposed is identified, planned is
  /// agreed, building is permitted (it may be built and is not yet), done is running, stopped and
  /// rejected are stopped.
  public init(_ status: MeasureStatus) {
    switch status {
    case .proposed: self = .identified
    case .planned: self = .agreed
    case .building: self = .permitted
    case .done: self = .running
    case .stopped, .rejected: self = .stopped
    }
  }

  /// Whether options.csv may say so of a measure whose last stage is this one.
  func agrees(with status: MeasureStatus) -> Bool {
    switch self {
    case .identified, .prioritised: status == .proposed
    case .agreed: status == .planned
    case .permitted: status == .planned || status == .building
    case .built: status == .building || status == .done
    case .running: status == .done
    case .stopped: status == .stopped || status == .rejected
    }
  }

  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// On which day an exchange or measure reached a stage. Rows are added and never changed.
public struct ProgressEntry: Sendable, Hashable {
  /// Id of an exchange or option, or `OUTPUT:INPUT` with or without `:ROUTE`.
  public let subject: String
  public let status: ProgressStatus
  public let date: CalendarDate
  public let notes: String
  public let provenance: Provenance
  public let location: SourceLocation
}

/// A row of progress.csv as written.
public struct ProgressRow: Sendable, Hashable {
  public var subject: String
  public var status = ""
  /// `nil` when blank or unreadable.
  public var date: CalendarDate?
  public var notes = ""
  public var provenance = Provenance()
  public var location: SourceLocation

  public init(subject: String, location: SourceLocation) {
    self.subject = subject
    self.location = location
  }
}
