import LichenAnalysis
import LichenDomain

/// What a report may carry beside the match itself.
public struct ReportExtras: Sendable {
  /// How far the plan's value may move and what to measure first.
  public var uncertainty: UncertaintyResult?
  /// What the words of unmatched streams may mean.
  public var meanings: [SuggestedMeanings]
  /// Answers to questions about the plan, in the order of the report.
  public var sections: [Section]

  /// An answer before it takes a language.
  public struct Section: Sendable {
    /// Name of the question, as of the section that is written.
    public let id: String
    public let write: @Sendable (Language) -> AnalysisSection

    public init(_ id: String, write: @escaping @Sendable (Language) -> AnalysisSection) {
      self.id = id
      self.write = write
    }
  }

  public init(
    uncertainty: UncertaintyResult? = nil, meanings: [SuggestedMeanings] = [],
    sections: [Section] = []
  ) {
    self.uncertainty = uncertainty
    self.meanings = meanings
    self.sections = sections
  }
}

extension ReportExtras {
  /// Nothing but what speaks of the streams of a park.
  func limited(to park: Park) -> ReportExtras {
    let shown = Set(park.unmatched.map(\.id))
    return ReportExtras(meanings: meanings.filter { shown.contains($0.stream) })
  }
}

/// What the words of one stream may mean, most likely first.
public struct SuggestedMeanings: Sendable {
  public struct Meaning: Sendable {
    public let name: String
    public let id: String
    /// Estimated probability, 0...1.
    public let score: Double

    public init(name: String, id: String, score: Double) {
      self.name = name
      self.id = id
      self.score = score
    }
  }

  public let stream: StreamID
  public let materials: [Meaning]
  public let codes: [Meaning]

  public init(stream: StreamID, materials: [Meaning], codes: [Meaning]) {
    self.stream = stream
    self.materials = materials
    self.codes = codes
  }
}
