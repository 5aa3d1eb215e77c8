import LichenIO

/// What is known of the optima of a set, in a text file that only ever improves.
///
/// One line per instance: `instance objective bound proved_by`, the unknown as `-`; `proved_by` is the
/// rest of the line. `#` begins a comment line; comments at the top are kept.
public struct KnownValues: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    /// Value of the best plan that a judge has accepted.
    public var objective: Double?
    /// Least bound that was proved.
    public var bound: Double?
    public var provedBy: String

    public init(objective: Double? = nil, bound: Double? = nil, provedBy: String = "-") {
      self.objective = objective
      self.bound = bound
      self.provedBy = provedBy
    }

    /// Takes over a better objective or a tighter bound; anything else changes nothing.
    mutating func improve(by other: Entry) {
      if let value = other.objective, value > objective ?? -.infinity { objective = value }
      if let value = other.bound, value < bound ?? .infinity {
        // A proof of what is reached is no better by the last digits of its rounding.
        bound = max(value, objective ?? -.infinity)
        provedBy = other.provedBy
      }
      if let objective, let bound, objective > bound { self.bound = objective }
    }
  }

  public private(set) var entries: [String: Entry]
  private var comments: [String] = []

  public init(_ entries: [String: Entry] = [:]) { self.entries = entries }

  /// - Throws: `KnownValuesError` at the first line that is none.
  public init(text: String) throws(KnownValuesError) {
    entries = [:]
    for (offset, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line.hasPrefix("#") {
        comments.append(String(line))
        continue
      }
      let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: true)
      if words.isEmpty { continue }
      guard words.count >= 3 else { throw .badLine(offset + 1, String(line)) }
      let name = String(words[0])
      let entry = Entry(
        objective: try Self.number(words[1], offset + 1),
        bound: try Self.number(words[2], offset + 1),
        provedBy: words.count > 3 ? String(words[3]) : "-")
      if let objective = entry.objective, let bound = entry.bound,
        WrongAnswer.isAbove(objective, bound)
      {
        throw .boundBelowObjective(offset + 1, name)
      }
      if entries.updateValue(entry, forKey: name) != nil { throw .twice(offset + 1, name) }
    }
  }

  private static func number(_ text: Substring, _ line: Int) throws(KnownValuesError) -> Double? {
    if text == "-" { return nil }
    guard let value = Double(text), value.isFinite else { throw .badNumber(line, String(text)) }
    return value
  }

  public subscript(instance: String) -> Entry { entries[instance] ?? Entry() }

  /// Takes over a better objective or a tighter bound; anything else changes nothing.
  ///
  /// - Parameters:
  ///   - objective: Of a plan that was accepted.
  ///   - provedBy: Whoever proved the bound.
  public mutating func improve(
    _ instance: String, objective: Double? = nil, bound: Double? = nil, provedBy: String = "-"
  ) {
    improve(instance, by: Entry(objective: objective, bound: bound, provedBy: provedBy))
  }

  /// The same with what another file has.
  mutating func improve(_ instance: String, by other: Entry) {
    var entry = self[instance]
    entry.improve(by: other)
    if entry != Entry() { entries[instance] = entry }
  }

  /// Text of the file, instances in order of name.
  public var text: String {
    func told(_ value: Double?) -> String { value.map(NumberText.shortest) ?? "-" }
    let lines = entries.sorted { $0.key < $1.key }.map { name, entry in
      "\(name) \(told(entry.objective)) \(told(entry.bound)) \(entry.provedBy)"
    }
    return (comments + lines).joined(separator: "\n") + "\n"
  }
}

/// A file of known values that is none.
public enum KnownValuesError: Error, Hashable, Sendable, CustomStringConvertible {
  case badLine(Int, String)
  case badNumber(Int, String)
  case twice(Int, String)
  case boundBelowObjective(Int, String)

  public var description: String {
    switch self {
    case .badLine(let line, let text):
      "Known values, line \(line): found '\(text)'; expected instance, objective, bound, proved_by."
    case .badNumber(let line, let text):
      "Known values, line \(line): found '\(text)'; expected a number or '-'."
    case .twice(let line, let name): "Known values, line \(line): \(name) stands there twice."
    case .boundBelowObjective(let line, let name):
      "Known values, line \(line): the bound of \(name) is below its objective."
    }
  }
}
