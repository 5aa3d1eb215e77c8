/// What a programme makes of a report: its logo, words, order of sections and looks.
public struct ReportTemplate: Sendable {
  /// A text by language code.
  public typealias Texts = [String: String]

  /// Name of the template, in the line at the top.
  public var header: Texts = [:]
  public var footer: Texts = [:]
  /// Picture as a `data:` address, and what it shows.
  public var logo: String?
  public var logoText: Texts = [:]
  public var prefaceTitle: Texts = [:]
  /// Paragraphs by language code.
  public var preface: [String: [String]] = [:]
  /// Names of sections in their order; empty for all sections of the match, then the answers. Answers that are there
  /// and not named follow at the end.
  public var sections: [String] = []
  /// Rules of style behind the report's own.
  public var css = ""

  /// Stands among the sections for the preface.
  public static let prefaceName = "preface"
  /// Stands among the sections for the indicator sheet.
  public static let sheetName = "sheet"

  public init() {}

  /// The report as it is without a template.
  public static let standard = ReportTemplate()

  /// A text in a language; in English where it has no other.
  func text(_ texts: Texts, _ language: Language) -> String? {
    texts[language.code] ?? texts["en"] ?? texts.sorted { $0.key < $1.key }.first?.value
  }

  /// Names of sections in their order, those of the match that an edition leaves out apart.
  func order(of answers: [String], absent: Set<ReportSection>) -> [String] {
    let named =
      sections.isEmpty
      ? (preface.isEmpty ? [] : [Self.prefaceName]) + ReportSection.allCases.map(\.rawValue)
      : sections
    let known = named.filter { name in
      if let section = ReportSection(rawValue: name) { return !absent.contains(section) }
      return name == Self.prefaceName ? !preface.isEmpty : answers.contains(name)
    }
    return known + answers.filter { !known.contains($0) }
  }
}
