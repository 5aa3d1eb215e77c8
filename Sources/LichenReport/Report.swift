import LichenDomain
import LichenMatching

/// One report before it takes a format: what an audience may see, in one language.
///
/// Every format is written from this value, so that all of them say the same.
public struct Report: Sendable {
  public let edition: Edition
  public let extras: ReportExtras
  /// Its words name the sections by the letters of this report.
  public let language: Language
  public let template: ReportTemplate
  /// Answers to questions about the plan, in the report's language.
  public let sections: [AnalysisSection]
  /// Names of all sections, in their order.
  let order: [String]
  /// Letters of sections by name.
  let letters: [String: String]

  /// - Parameter extras: Of the whole match; an edition that withholds something carries none of what speaks of the
  ///   whole plan.
  public init(
    _ edition: Edition, extras: ReportExtras = ReportExtras(), language: Language,
    template: ReportTemplate = .standard
  ) {
    let extras =
      edition.isWhole ? extras : extras.limited(to: edition.result.plan.park)
    let order = template.order(
      of: extras.sections.map(\.id),
      absent: edition.enterprise == nil ? [] : [.whyNot])
    var letters: [String: String] = [:]
    for name in order where name != ReportTemplate.prefaceName {
      letters[name] = Alphabet.letters(letters.count)
    }
    let lettered = language.naming(
      Dictionary(
        uniqueKeysWithValues: ReportSection.allCases.map { ($0.anchor, letters[$0.rawValue]) }))
    self.edition = edition
    self.extras = extras
    self.template = template
    self.language = lettered
    self.order = order
    self.letters = letters
    sections = extras.sections.map { $0.write(lettered) }
  }
}
