import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A language file cannot be used.
public enum LanguageError: Error, Equatable, CustomStringConvertible {
  case notFlatJSON(String)
  case missingKey(String)

  public var description: String {
    switch self {
    case .notFlatJSON(let reason):
      "The language file is not a flat JSON object of texts: \(reason)"
    case .missingKey(let key):
      "The language file lacks the key \(key)."
    }
  }
}

/// All words of a report in one language, and how it writes numbers and dates.
///
/// A language is a flat JSON object of keys and texts. `{name}` in a text is replaced by the argument
/// of that name. A text that depends on a count has two keys, `key.one` and `key.other`; a language
/// without that difference needs only `key.other`. What the catalogue says in English, such as names of
/// figures and legal steps, is translated by terms.
public struct Language: Sendable {
  /// ISO 639-1 code, as in `en`.
  public let code: String
  private var texts: [String: String]
  /// Texts that name sections of a report, as the file has them.
  private let naming: [String: String]
  private let terms: [String: String]
  private let missing = MissingKeys()

  let decimalMark: String
  let groupMark: String
  let minus: String

  /// Reads a language file.
  /// - Parameter terms: Translations of the catalogue's English texts.
  /// - Throws: `LanguageError` unless it is a flat object of texts with the keys of the format.
  public init(json: Data, terms: [String: String] = [:]) throws {
    self.terms = terms
    do {
      texts = try JSONDecoder().decode([String: String].self, from: json)
    } catch {
      throw LanguageError.notFlatJSON("\(error)")
    }
    naming = texts.filter { $0.value.contains("{section-") }
    let texts = texts
    func need(_ key: String) throws -> String {
      guard let text = texts[key] else { throw LanguageError.missingKey(key) }
      return text
    }
    code = try need("language.code")
    decimalMark = try need("format.decimal")
    groupMark = try need("format.group")
    minus = try need("format.minus")
    for (key, text) in naming {
      self.texts[key] = Self.named(
        text, ReportSection.allCases.map { ($0.anchor, $0.anchor.uppercased()) }, in: texts)
    }
  }

  /// The same language with its texts naming sections by their letters: `{section-d}` becomes `section D`.
  /// - Parameter letters: By `a` to `h`; `nil` for a section that the report leaves out.
  func naming(_ letters: [String: String?]) -> Language {
    var named = self
    let letters = letters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    for (key, text) in naming { named.texts[key] = Self.named(text, letters, in: texts) }
    return named
  }

  private static func named(
    _ text: String, _ letters: [(anchor: String, letter: String?)], in texts: [String: String]
  ) -> String {
    letters.reduce(text) { text, section in
      let name =
        section.letter.map { fill(texts["section.named"] ?? "{letter}", ["letter": $0]) }
        ?? texts["section.left-out"] ?? ""
      return text.replacing("{section-\(section.anchor)}", with: name)
    }
  }

  /// Reads a language file from its text.
  public init(json: String) throws { try self.init(json: Data(json.utf8)) }

  /// A text of the catalogue in this language; as it stands where nobody has translated it.
  public func term(_ english: String) -> String { terms[english] ?? english }

  /// All keys of the file, in order.
  public var keys: [String] { texts.keys.sorted() }

  /// Whether the language has a text for `key`.
  public func has(_ key: String) -> Bool { texts[key] != nil }

  /// The text for `key` with `{name}` replaced by `arguments[name]`; the key itself when missing.
  public func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    guard let text = texts[key] else {
      missing.insert(key)
      return key
    }
    return arguments.isEmpty ? text : Self.fill(text, arguments)
  }

  /// The text for a count: `key.one` for 1 where the language has it, else `key.other`. The count
  /// stands in the text as `{count}`.
  public func plural(_ key: String, count: Int, _ arguments: [String: String] = [:]) -> String {
    var arguments = arguments
    if arguments["count"] == nil { arguments["count"] = number(Double(count)) }
    let one = "\(key).one"
    return text(count == 1 && has(one) ? one : "\(key).other", arguments)
  }

  /// Keys that were asked for and are missing, in order; empty after a complete report.
  public var missingKeys: [String] { missing.sorted() }

  private static func fill(_ text: String, _ arguments: [String: String]) -> String {
    var result = ""
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else { break }
      let name = String(rest[rest.index(after: open)..<close])
      result += arguments[name] ?? "{\(name)}"
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}

/// Remembers missing keys, so that a test can name them.
private final class MissingKeys: Sendable {
  private let keys = Mutex<Set<String>>([])

  func insert(_ key: String) { keys.withLock { _ = $0.insert(key) } }

  func sorted() -> [String] { keys.withLock { $0.sorted() } }
}
