import LichenDomain

/// The sources of a report's figures as BibTeX entries, one for each source as it is written.
public struct Bibliography {
  struct Entry {
    /// Says who and when, with a fingerprint of the source's words: equal sources have equal keys in
    /// every report.
    let key: String
    let source: SourceText
    let rows: [ReportSource]
  }

  /// In order of key.
  let entries: [Entry]
  private let language: Language

  public init(_ report: Report) { self.init(ReportContext(report)) }

  init(_ context: ReportContext) {
    language = context.language
    var rows: [String: [ReportSource]] = [:]
    for source in context.sources() {
      let text = SourceText(source.source).text
      if !text.isEmpty { rows[text, default: []].append(source) }
    }
    var owners: [String: String] = [:]
    entries = rows.keys.sorted().map { text in
      let source = SourceText(text)
      var digits = 6
      // Two sources with one fingerprint are told apart by more of its digits.
      while let owner = owners[Self.key(of: source, digits: digits)], owner != text, digits < 16 {
        digits += 2
      }
      let key = Self.key(of: source, digits: digits)
      owners[key] = text
      return Entry(key: key, source: source, rows: rows[text] ?? [])
    }.sorted { $0.key < $1.key }
  }

  /// Keys by the source's words.
  var keys: [String: String] {
    Dictionary(uniqueKeysWithValues: entries.map { ($0.source.text, $0.key) })
  }

  /// The entries as a `.bib` file.
  public var text: String { entries.map(text).joined(separator: "\n") }

  /// Every row behind the figures with its source, as a table for programs.
  public static func table(_ report: Report) -> ReportTable {
    ReportTables.sources(ReportContext(report))
  }

  private func text(_ entry: Entry) -> String {
    let source = entry.source
    let title = source.words.isEmpty ? source.urls.first.map(Self.page) ?? "" : source.words
    var fields = [("title", "{\(Self.escaped(title))}")]
    if let year = source.year { fields.append(("year", String(year))) }
    if let url = source.urls.first { fields.append(("url", Self.address(url))) }
    fields.append(("note", Self.escaped(note(entry))))
    let lines = fields.map { "  \($0.0) = {\($0.1)}" }.joined(separator: ",\n")
    return "@misc{\(entry.key),\n\(lines)\n}\n"
  }

  /// Rows that a note names; the table of sources has all.
  private static let most = 12

  private func note(_ entry: Entry) -> String {
    let shown = entry.rows.prefix(Self.most).map { row in
      row.confidence.map {
        "\(row.reference) (\(language.text("confidence.\($0.rawValue)")))"
      } ?? row.reference
    }
    let rest = entry.rows.count - shown.count
    let more = rest > 0 ? [language.plural("list.more", count: rest)] : []
    return language.text(
      "sources.basis-of", ["rows": (shown + more).joined(separator: "; ")])
  }

  // MARK: Keys

  private static func key(of source: SourceText, digits: Int) -> String {
    let words = source.words.isEmpty ? source.urls.first.map(host) ?? "" : source.words
    var parts: [String] = []
    var word = ""
    for scalar in words.lowercased().unicodeScalars.map(Character.init) + [" "] {
      if scalar.isASCII, scalar.isLetter {
        word.append(scalar)
      } else {
        if word.count > 2, parts.count < 2, !["the", "and", "read", "www"].contains(word) {
          parts.append(word)
        }
        word = ""
      }
    }
    if parts.isEmpty { parts = ["source"] }
    if let year = source.year { parts.append(String(year)) }
    return (parts + [fingerprint(source.text, digits: digits)]).joined(separator: "-")
  }

  /// FNV-1a, 64 bits, in hexadecimal.
  private static func fingerprint(_ text: String, digits: Int) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    let all = String(hash, radix: 16)
    return String((String(repeating: "0", count: 16 - all.count) + all).suffix(digits))
  }

  /// `odense dk` of `https://www.odense.dk/page`.
  private static func host(_ url: String) -> String {
    let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    return rest.prefix { $0 != "/" }.split(separator: ".").joined(separator: " ")
  }

  /// The address without its scheme, to stand for a title.
  private static func page(_ url: String) -> String {
    url.firstRange(of: "://").map { String(url[$0.upperBound...]) } ?? url
  }

  // MARK: Escapes

  /// Characters that TeX would take for commands, as text.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\textbackslash{}"
      case "{", "}", "&", "%", "$", "#", "_": result += "\\\(character)"
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case "\n", "\r", "\t": result += " "
      default: result.append(character)
      }
    }
    return result
  }

  /// Braces and backslashes would end the field.
  private static func address(_ url: String) -> String {
    url.replacing("\\", with: "%5C").replacing("{", with: "%7B").replacing("}", with: "%7D")
  }
}
