/// Applies the changes of a scenario to the rows of a park.
///
/// Works on a declaration, not on a park, so that the changed rows pass every check that rows of a
/// file pass. Two steps, because a new enterprise is filled from its blueprint in between and its
/// streams may then be named: `addEnterprises()`, then `applyOthers()`. Changes hold in the order
/// settings, enterprises, streams, figures, rules, ways and plants, closures; keys of one kind in
/// order of key.
public struct ScenarioApplier {
  /// Changed so far.
  public var declaration: ParkDeclaration
  public let scenario: CombinedScenario
  /// Enterprises that the scenario adds, in order of id.
  public internal(set) var newEnterprises: [EnterpriseID] = []
  /// Everything found wrong or worth knowing so far.
  public var issues: [ValidationIssue] = []
  /// Rows as they were.
  let base: ParkDeclaration
  /// The park's catalogue, with its local rows.
  let catalogue: Catalogue
  /// Words of the planner.
  let objectives: [String]
  var planning = PlanningChanges()
  /// What was shut or dropped, with the change that did it; changes of its figures come to nothing.
  var closed: [String: ScenarioChange] = [:]
  /// Names under which the scenario describes new enterprises, sound or not.
  var addedNames: Set<String> = []
  private var outcomes: [String: Outcome] = [:]

  struct Outcome {
    let before: String?
    let after: String
  }

  /// - Parameters:
  ///   - declaration: Of a sound park.
  ///   - catalogue: Of the same park.
  ///   - objectives: Words that the key `objective` accepts.
  public init(
    _ scenario: CombinedScenario, to declaration: ParkDeclaration, catalogue: Catalogue,
    objectives: [String]
  ) {
    self.scenario = scenario
    self.declaration = declaration
    base = declaration
    self.catalogue = catalogue
    self.objectives = objectives
  }

  /// Applies everything but new enterprises.
  /// - Complexity: O(changes · rows of their tables).
  public mutating func applyOthers() {
    let keys = ScenarioKeys(declaration: declaration, catalogue: catalogue)
    var targets: [(target: ScenarioTarget, change: ScenarioChange)] = []
    for change in scenario.changes.map(\.change) {
      switch keys.target(of: change.key, added: addedNames) {
      case .success(let target): targets.append((target, change))
      case .failure(let problem): report(problem, change)
      case nil: break
      }
    }
    targets.sort { ($0.target.stage, $0.change.key) < ($1.target.stage, $1.change.key) }
    for (target, change) in targets {
      if let outcome = outcome(of: target, change) { record(outcome, of: change) }
    }
    warnAboutIdleChanges(targets)
  }

  /// The changed rows and what each change did.
  /// - Throws: `ValidationError` with everything found wrong.
  public func result() throws(ValidationError) -> AppliedScenario {
    if issues.hasErrors { throw ValidationError(issues) }
    var planning = planning
    planning.required.sort()
    planning.forbidden.sort()
    planning.freed.sort()
    planning.measures.sort()
    return AppliedScenario(
      scenario: scenario, declaration: declaration, planning: planning,
      changes: scenario.changes.compactMap { effective in
        guard let outcome = outcomes[effective.change.key] else { return nil }
        return AppliedChange(
          key: effective.change.key, value: effective.change.value,
          origin: effective.change.origin, location: effective.change.location,
          before: outcome.before, after: outcome.after, replaced: effective.replaced)
      }, warnings: issues.sortedByPlace())
  }

  /// The change behind what a check of the changed rows found, if one touched that row or setting.
  public func origin(of issue: ValidationIssue) -> ScenarioChange? {
    scenario.changes.lazy.map(\.change).first { $0.location == issue.location }
  }

  private mutating func outcome(of target: ScenarioTarget, _ change: ScenarioChange) -> Outcome? {
    switch target {
    case .setting(let key): setting(key, change)
    case .enterprise(let id): enterprise(id, change)
    case .enterpriseField(let id, let field): enterpriseField(id, field, change)
    case .stream(let id): stream(id, change)
    case .streamField(let id, let field): streamField(id, field, change)
    case .role(let role, let material): self.role(role, material, change)
    case .figure(let id): figure(id, change)
    case .rule(let id): rule(id, change)
    case .ruleDate(let id, let end): ruleDate(id, end, change)
    case .distance(let from, let to, let mode): distance(from, to, mode, change)
    case .exchange(let selector): exchange(selector, change)
    case .option(let id): option(id, change)
    case .facility(let id): facility(id, change)
    case .facilityField(let id, let field): facilityField(id, field, change)
    }
  }

  mutating func record(_ outcome: Outcome, of change: ScenarioChange) {
    outcomes[change.key] = outcome
  }

  private mutating func warnAboutIdleChanges(
    _ targets: [(target: ScenarioTarget, change: ScenarioChange)]
  ) {
    for (target, change) in targets {
      guard let subject = target.subject, let closing = closed[subject], closing != change else {
        continue
      }
      report(
        "idle-change", change, .warning,
        hint: "\(closing.key) is \(closing.value), so this changes nothing")
    }
  }
}

extension ScenarioApplier {
  mutating func report(
    _ code: String, _ change: ScenarioChange, _ severity: ValidationIssue.Severity = .error,
    expected: String? = nil, hint: String? = nil
  ) {
    issues.append(
      ValidationIssue(
        severity, code: code, at: change.location, field: change.key,
        found: change.value.description, expected: expected, hint: hint))
  }

  mutating func report(_ problem: ScenarioKeys.Problem, _ change: ScenarioChange) {
    issues.append(
      ValidationIssue(
        code: problem.code, at: change.location, field: change.key, found: problem.found,
        expected: problem.expected, hint: problem.hint))
  }

  /// The value as one text; `nil` with an issue for a list or an empty text.
  mutating func text(_ change: ScenarioChange, expected: String) -> String? {
    guard case .text(let text) = change.value else {
      report("wrong-type", change, expected: expected)
      return nil
    }
    let trimmed = text.trimmingSpaces()
    if trimmed.isEmpty {
      report("missing-value", change, expected: expected)
      return nil
    }
    return trimmed
  }

  /// One of a few words.
  mutating func word(_ change: ScenarioChange, among accepted: [String]) -> String? {
    let list = accepted.joined(separator: ", ")
    guard let text = text(change, expected: list) else { return nil }
    let word = text.lowercased()
    if accepted.contains(word) { return word }
    report(
      "unknown-value", change, expected: list,
      hint: Spelling.suggestion(for: text, among: accepted))
    return nil
  }

  /// What a number of a scenario must be like.
  struct NumberRule {
    /// What is accepted, in words.
    let expected: String
    var range: ClosedRange<Double> =
      -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    /// A number in the unit of the figure that stands, from one in the unit that is written; `nil` for
    /// a unit that does not fit. An empty unit is that of the figure.
    let convert: (Double, _ unit: String) -> Double?

    /// Accepts a bare number, or one of these units, which mean the same.
    init(
      _ expected: String, units: [String] = [],
      range: ClosedRange<Double> = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    ) {
      self.expected = expected
      self.range = range
      convert = { value, unit in
        unit.isEmpty || units.contains { $0.lowercased() == unit.lowercased() } ? value : nil
      }
    }

    init(
      _ expected: String, range: ClosedRange<Double>,
      convert: @escaping (Double, _ unit: String) -> Double?
    ) {
      self.expected = expected
      self.range = range
      self.convert = convert
    }
  }

  /// The number that a change leads to, in the unit of the figure that stands.
  /// - Parameter base: The figure that stands; a factor needs it.
  mutating func number(_ change: ScenarioChange, on base: Double?, _ rule: NumberRule) -> Double? {
    guard let amount = amount(change, expected: rule.expected) else { return nil }
    let value: Double
    switch amount {
    case .factor(let factor):
      guard let base else {
        reportNothingToScale(change, expected: rule.expected)
        return nil
      }
      value = base * factor
    case .absolute(let number, let unit):
      guard let converted = rule.convert(number, unit) else {
        report("wrong-unit", change, expected: rule.expected)
        return nil
      }
      value = converted
    }
    guard rule.range.contains(value), value.isFinite else {
      report("out-of-range", change, expected: rule.expected)
      return nil
    }
    return value
  }

  mutating func amount(_ change: ScenarioChange, expected: String) -> ScenarioAmount? {
    guard let text = text(change, expected: expected) else { return nil }
    if let amount = ScenarioAmount(text) { return amount }
    report("bad-number", change, expected: expected, hint: "write \(ScenarioAmount.forms)")
    return nil
  }

  mutating func reportNothingToScale(_ change: ScenarioChange, expected: String) {
    report(
      "nothing-to-scale", change, expected: expected,
      hint: "the park gives no figure here that could be multiplied; write the figure itself")
  }

  /// A supposed figure is no measurement: the row says so and its confidence falls.
  func supposed(_ provenance: Provenance, by change: ScenarioChange) -> Provenance {
    let note = "supposed by \(change.origin): \(change.key)"
    return Provenance(
      source: provenance.source.isEmpty ? note : "\(provenance.source); \(note)",
      confidence: .estimated)
  }
}
