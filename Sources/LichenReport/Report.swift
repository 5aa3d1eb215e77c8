import LichenMatching

/// One report before it takes a format: what an audience may see, in one language.
///
/// Every format is written from this value, so that all of them say the same.
public struct Report: Sendable {
  public let edition: Edition
  public let extras: ReportExtras
  public let language: Language

  /// - Parameter extras: Of the whole match; an edition that withholds something carries none of what speaks of the
  ///   whole plan.
  public init(_ edition: Edition, extras: ReportExtras = ReportExtras(), language: Language) {
    self.edition = edition
    self.extras = edition.isWhole ? extras : extras.limited(to: edition.result.plan.park)
    self.language = language
  }

  /// Answers to questions about the plan, in the report's language and order.
  var sections: [AnalysisSection] { extras.sections.map { $0(language) } }
}
