/// The scenarios that are at hand, by name, and how they combine.
public struct ScenarioBook: Sendable {
  /// In order of name.
  public let scenarios: [Scenario]
  private let byName: [String: Scenario]

  /// - Parameter scenarios: Each name once.
  public init(_ scenarios: [Scenario]) {
    self.scenarios = scenarios.sorted { $0.name < $1.name }
    byName = Dictionary(scenarios.map { ($0.name, $0) }) { first, _ in first }
  }

  public var names: [String] { scenarios.map(\.name) }

  public subscript(name: String) -> Scenario? { byName[name] }

  /// Lays scenarios on top of each other.
  ///
  /// The order is that of `names`; each scenario's inclusions come before its own changes, in the
  /// order in which it lists them; flags come last. Of two changes of one key the later holds.
  /// - Parameters:
  ///   - place: Where the names were given, for messages.
  ///   - flags: Changes of `--set`, in their order.
  /// - Throws: `ValidationError` naming every unknown name and every circle of inclusions.
  /// - Complexity: O(changes), each inclusion as often as it is reached.
  public func combined(
    _ names: [String], at place: SourceLocation, flags: [ScenarioChange] = []
  ) throws(ValidationError) -> CombinedScenario {
    var stack = Stack(book: self)
    for name in names { stack.lay(Scenario.Inclusion(name: name, location: place)) }
    for flag in flags { stack.lay(flag) }
    if !stack.issues.isEmpty { throw ValidationError(Array(Set(stack.issues))) }
    let chosen = names.compactMap { self[$0] }
    let setting = flags.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    return CombinedScenario(
      name: (names + (flags.isEmpty ? [] : ["set"])).joined(separator: "+"),
      title: (chosen.map(\.title) + (flags.isEmpty ? [] : [setting])).joined(separator: "; "),
      summary: chosen.map(\.summary).filter { !$0.isEmpty }.joined(separator: " "),
      parts: stack.parts, changes: stack.changes)
  }

  private struct Stack {
    let book: ScenarioBook
    var issues: [ValidationIssue] = []
    var parts: [String] = []
    private var laid: [String: [ScenarioChange]] = [:]
    private var open: [String] = []

    init(book: ScenarioBook) { self.book = book }

    mutating func lay(_ inclusion: Scenario.Inclusion) {
      if let start = open.firstIndex(of: inclusion.name) {
        let circle = (open[start...] + [inclusion.name]).joined(separator: " > ")
        issues.append(
          ValidationIssue(
            code: "circular-inclusion", at: inclusion.location, field: "includes", found: circle,
            expected: "scenarios that do not include themselves"))
        return
      }
      guard let scenario = book[inclusion.name] else {
        issues.append(
          ValidationIssue(
            code: "unknown-scenario", at: inclusion.location,
            field: open.isEmpty ? nil : "includes", found: inclusion.name,
            expected: book.names.isEmpty
              ? "the path of a scenario file (.yaml); the park has no scenarios"
              : book.names.joined(separator: ", "),
            hint: Spelling.suggestion(for: inclusion.name, among: book.names)))
        return
      }
      open.append(scenario.name)
      for inclusion in scenario.includes { lay(inclusion) }
      open.removeLast()
      parts.removeAll { $0 == scenario.name }
      parts.append(scenario.name)
      for change in scenario.changes { lay(change) }
    }

    mutating func lay(_ change: ScenarioChange) {
      // A scenario that is reached twice says nothing new the second time.
      laid[change.key, default: []].removeAll { $0 == change }
      laid[change.key, default: []].append(change)
    }

    var changes: [CombinedScenario.EffectiveChange] {
      laid.sorted { $0.key < $1.key }.compactMap { _, changes in
        changes.last.map { .init(change: $0, replaced: Array(changes.dropLast())) }
      }
    }
  }
}
