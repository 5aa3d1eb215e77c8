import LichenDomain
import Yams

/// Reads a scenario from YAML: title, description, includes, and changes that may nest.
///
/// `price: {clinker: 60}` and `price.clinker: 60` are the same change. Values are kept as written, so
/// that `off` is the word and no truth value. A scenario is small: files beyond 256 kB, more than
/// 10,000 changes and nesting beyond a few dozen levels are refused before they can cost anything.
public struct ScenarioReader {
  static let maximumSize = 256_000
  static let maximumChanges = 10_000
  static let maximumDepth = 40
  static let keys = ["changes", "description", "includes", "title"]

  private let name: String
  private let file: String
  private let log: IssueLog
  private var changes: [ScenarioChange] = []
  private var lines: [String: Int] = [:]
  private var isTooMany = false

  /// - Parameters:
  ///   - bytes: Content of the file.
  ///   - name: Stem of the file.
  ///   - file: How the file is called in messages.
  /// - Returns: `nil` if the file is no scenario; every issue is in `log`.
  package static func read(_ bytes: [UInt8], name: String, file: String, log: IssueLog) -> Scenario?
  {
    guard StreamID(name) != nil else {
      log.error(
        "bad-identifier", at: SourceLocation(file: file), found: name, expected: StreamID.rule,
        hint: "the name of the file is the name of the scenario")
      return nil
    }
    guard let text = TextDecoding.utf8(from: bytes, file: file, log: log) else { return nil }
    var reader = ScenarioReader(name: name, file: file, log: log)
    return reader.scenario(String(decoding: text, as: UTF8.self))
  }

  private init(name: String, file: String, log: IssueLog) {
    self.name = name
    self.file = file
    self.log = log
  }

  private func place(_ line: Int?) -> SourceLocation { SourceLocation(file: file, row: line) }

  private mutating func scenario(_ text: String) -> Scenario? {
    guard let root = root(text) else { return nil }
    guard case .mapping(let mapping) = root else {
      log.error(
        "wrong-type", at: place(root.mark?.line), found: Self.shown(root),
        expected: "keys: \(Self.keys.joined(separator: ", "))")
      return nil
    }
    var title = ""
    var summary = ""
    var includes: [Scenario.Inclusion] = []
    for (key, value) in mapping {
      let word = key.scalar?.string ?? ""
      switch word {
      case "title": title = self.text(value, word)
      case "description": summary = self.text(value, word)
      case "includes": includes = inclusions(value)
      case "changes": read(changes: value)
      default:
        log.error(
          "unknown-key", at: place(key.mark?.line), field: word.isEmpty ? nil : word,
          found: Self.shown(key), expected: Self.keys.joined(separator: ", "),
          hint: Spelling.suggestion(for: word, among: Self.keys)
            ?? "changes of the park stand under changes:")
      }
    }
    return Scenario(
      name: name, title: title, summary: summary, includes: includes, changes: changes,
      location: SourceLocation(file: file))
  }

  /// The document, unless its syntax is broken.
  private func root(_ text: String) -> Node? {
    if let line = Self.tooDeep(text) {
      log.error(
        "too-deep", at: place(line), expected: "at most \(Self.maximumDepth) levels of nesting")
      return nil
    }
    do {
      guard let root = try Yams.compose(yaml: text) else {
        log.error("empty-file", at: place(nil), expected: "a scenario: changes: and its keys")
        return nil
      }
      return root
    } catch let error as YamlError {
      report(error)
    } catch {
      log.error("invalid-yaml", at: place(nil), found: "\(error)", expected: "YAML")
    }
    return nil
  }

  private func report(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      log.error(
        "invalid-yaml", at: place(mark.line),
        found: "line \(mark.line), position \(mark.column): \(problem)", expected: "YAML")
    case .duplicatedKeysInMapping(let duplicates, let context):
      for key in duplicates {
        log.error(
          "duplicate-key", at: place(context.mark.line), field: key, found: key,
          expected: "each key once",
          hint: "it stands twice in the list that begins on line \(context.mark.line)")
      }
    default:
      log.error("invalid-yaml", at: place(nil), found: "\(error)", expected: "YAML")
    }
  }

  /// The line that opens too many levels; the parser calls itself once per level.
  static func tooDeep(_ text: String) -> Int? {
    var open = 0
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let indent = line.prefix { " -?\t".contains($0) }
      let dashes = indent.count { $0 == "-" || $0 == "?" }
      open += line.count { $0 == "[" || $0 == "{" }
      open -= line.count { $0 == "]" || $0 == "}" }
      open = max(0, open)
      if dashes > maximumDepth || indent.count > 4 * maximumDepth || open > maximumDepth
        || line.count(where: { $0 == "[" || $0 == "{" }) > 4 * maximumDepth
      {
        return index + 1
      }
    }
    return nil
  }

  private func text(_ node: Node, _ key: String) -> String {
    guard case .scalar(let scalar) = node else {
      log.error("wrong-type", at: place(node.mark?.line), field: key, expected: "a text")
      return ""
    }
    return scalar.string.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func inclusions(_ node: Node) -> [Scenario.Inclusion] {
    let nodes: [Node]
    switch node {
    case .sequence(let sequence): nodes = Array(sequence)
    case .scalar: nodes = [node]
    default: nodes = []
    }
    if nodes.isEmpty, !Self.isEmptyList(node) {
      log.error(
        "wrong-type", at: place(node.mark?.line), field: "includes",
        expected: "a list of scenario names")
    }
    return nodes.compactMap { item in
      guard let name = item.scalar?.string, !name.isEmpty else {
        log.error(
          "wrong-type", at: place(item.mark?.line), field: "includes", found: Self.shown(item),
          expected: "the name of a scenario")
        return nil
      }
      return Scenario.Inclusion(name: name, location: place(item.mark?.line))
    }
  }

  private static func isEmptyList(_ node: Node) -> Bool {
    if case .sequence(let sequence) = node { return sequence.isEmpty }
    return false
  }

  private mutating func read(changes node: Node) {
    if case .scalar(let scalar) = node, scalar.string.isEmpty || scalar.string == "~" { return }
    guard case .mapping(let mapping) = node else {
      log.error(
        "wrong-type", at: place(node.mark?.line), field: "changes", found: Self.shown(node),
        expected: "keys with values, as in carbon_price: 60")
      return
    }
    flatten(mapping, prefix: "")
  }

  private mutating func flatten(_ mapping: Node.Mapping, prefix: String) {
    for (key, value) in mapping {
      guard changes.count < Self.maximumChanges else { return reportTooMany() }
      let line = key.mark?.line
      guard let word = key.scalar?.string.trimmingSpaces(), !word.isEmpty else {
        log.error(
          "wrong-type", at: place(line), field: "changes", found: Self.shown(key),
          expected: "a key, as in carbon_price")
        continue
      }
      let path = prefix.isEmpty ? word : "\(prefix).\(word)"
      switch value {
      case .mapping(let inner):
        if inner.isEmpty {
          log.error("missing-value", at: place(line), field: path, expected: "a value, or keys")
        }
        flatten(inner, prefix: path)
      case .scalar(let scalar): add(path, .text(scalar.string), line)
      case .sequence(let sequence): add(path, list(sequence, path), line)
      case .alias:
        log.error("wrong-type", at: place(line), field: path, expected: "a value, or keys")
      }
    }
  }

  private mutating func reportTooMany() {
    if isTooMany { return }
    isTooMany = true
    log.error(
      "too-many-changes", at: place(nil), expected: "at most \(Self.maximumChanges) changes")
  }

  private func list(_ sequence: Node.Sequence, _ path: String) -> ScenarioValue {
    .list(
      sequence.compactMap { item in
        if let text = item.scalar?.string { return text }
        log.error(
          "wrong-type", at: place(item.mark?.line), field: path, found: Self.shown(item),
          expected: "a list of words")
        return nil
      })
  }

  private mutating func add(_ key: String, _ value: ScenarioValue, _ line: Int?) {
    if let first = lines[key] {
      log.error(
        "duplicate-key", at: place(line), field: key, found: value.description,
        expected: "each key once", hint: "first used on line \(first)")
      return
    }
    lines[key] = line ?? 0
    changes.append(
      ScenarioChange(key: key, value: value, origin: name, location: place(line)))
  }

  private static func shown(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string
    case .mapping: "keys with values"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}
