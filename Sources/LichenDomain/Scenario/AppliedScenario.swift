/// A park's rows after the changes of a scenario, with what each of them did.
public struct AppliedScenario: Sendable, Hashable {
  public let scenario: CombinedScenario
  public let declaration: ParkDeclaration
  public let planning: PlanningChanges
  /// In order of key.
  public let changes: [AppliedChange]
  /// What is worth knowing and is no error.
  public let warnings: [ValidationIssue]
}

/// What a scenario asks of the planner rather than of the park.
public struct PlanningChanges: Sendable, Hashable {
  /// A word of the planner's objectives.
  public internal(set) var objective: String?
  /// Exchanges by `OUTPUT:INPUT` or `OUTPUT:INPUT:ROUTE`, ascending.
  public internal(set) var required: [String] = []
  public internal(set) var forbidden: [String] = []
  /// Neither required nor forbidden, whatever was asked for the baseline.
  public internal(set) var freed: [String] = []
  /// Efficiency measures that the plan must take, ascending.
  public internal(set) var measures: [OptionID] = []
}

/// One change that holds, what it found and what it left.
public struct AppliedChange: Sendable, Hashable {
  public let key: String
  /// As written.
  public let value: ScenarioValue
  public let origin: String
  public let location: SourceLocation
  /// What the park said before; `nil` if nothing.
  public let before: String?
  /// What it says now.
  public let after: String
  /// Changes of the same key that this one wrote over, first laid first.
  public let replaced: [ScenarioChange]
}
