/// A named list of changes to a park: the answer to "what if" begins with one.
public struct Scenario: Sendable, Hashable {
  /// Stem of its file.
  public let name: String
  /// One line for a reader; the name when none is given.
  public let title: String
  /// Why it is worth a look, and what its figures rest on.
  public let summary: String
  /// Scenarios whose changes come first, in this order.
  public let includes: [Inclusion]
  /// In the order of the file.
  public let changes: [ScenarioChange]
  public let location: SourceLocation

  /// Another scenario by name.
  public struct Inclusion: Sendable, Hashable {
    public let name: String
    public let location: SourceLocation

    public init(name: String, location: SourceLocation) {
      self.name = name
      self.location = location
    }
  }

  public init(
    name: String, title: String = "", summary: String = "", includes: [Inclusion] = [],
    changes: [ScenarioChange], location: SourceLocation
  ) {
    self.name = name
    self.title = title.isEmpty ? name : title
    self.summary = summary
    self.includes = includes
    self.changes = changes
    self.location = location
  }
}

/// What a change sets its key to, as written.
public enum ScenarioValue: Sendable, Hashable, CustomStringConvertible {
  case text(String)
  case list([String])

  public var description: String {
    switch self {
    case .text(let text): text
    case .list(let items): "[\(items.joined(separator: ", "))]"
    }
  }
}

/// One change: a flat dotted key and its value, with the place where it is written.
public struct ScenarioChange: Sendable, Hashable {
  public let key: String
  public let value: ScenarioValue
  /// The scenario that says it, or `--set`.
  public let origin: String
  public let location: SourceLocation

  /// Origin of what a flag says.
  public static let flag = "--set"

  public init(key: String, value: ScenarioValue, origin: String, location: SourceLocation) {
    self.key = key
    self.value = value
    self.origin = origin
    self.location = location
  }
}

/// Scenarios laid on top of each other: every key once, with what it replaced.
public struct CombinedScenario: Sendable, Hashable {
  /// Names joined by `+`, and `set` for flags.
  public let name: String
  public let title: String
  public let summary: String
  /// Scenarios in the order in which they were laid down, inclusions before what includes them.
  public let parts: [String]
  /// In order of key.
  public let changes: [EffectiveChange]

  /// A change that holds, and those that it replaced.
  public struct EffectiveChange: Sendable, Hashable {
    public let change: ScenarioChange
    /// Changes of the same key that were written over, first laid first.
    public let replaced: [ScenarioChange]

    public init(change: ScenarioChange, replaced: [ScenarioChange] = []) {
      self.change = change
      self.replaced = replaced
    }
  }

  public init(
    name: String, title: String, summary: String = "", parts: [String], changes: [EffectiveChange]
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.parts = parts
    self.changes = changes
  }

  /// The park as declared.
  public static let baseline = CombinedScenario(
    name: "baseline", title: "As declared", parts: [], changes: [])
}
