/// A change as forms, links and stores hold it: the text of its key and of its value.
public struct PlainChange: Sendable, Hashable, Comparable {
  public let key: String
  public let value: String

  public init(_ key: String, _ value: String) {
    self.key = key
    self.value = value
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.key, left.value) < (right.key, right.value)
  }
}

extension CombinedScenario {
  /// A scenario of plain changes; of two of one key the later holds.
  /// - Parameter name: Also says in messages and tables where a change comes from.
  public init(_ changes: [PlainChange], name: String, title: String) {
    var laid: [String: [ScenarioChange]] = [:]
    for change in changes {
      // A place of its own for each key, by which a message finds its change.
      laid[change.key, default: []].append(
        ScenarioChange(
          key: change.key, value: .text(change.value), origin: name,
          location: SourceLocation(file: "\(name), \(change.key)")))
    }
    self.init(
      name: name, title: title, parts: [],
      changes: laid.sorted { $0.key < $1.key }.compactMap { _, changes in
        changes.last.map { EffectiveChange(change: $0, replaced: Array(changes.dropLast())) }
      })
  }
}
