import Foundation
import LichenDomain
import LichenIO
import LichenMatching
import LichenPlanning
import LichenReport
import LichenWords

/// What an unmatched stream may be.
public struct StreamSuggestion: Sendable {
  public let stream: UnmatchedStream
  public let proposals: Proposals
  /// Those of the list in which the stream's place codes its wastes; none for an input.
  public let codes: [Proposal]
}

extension Engine {
  /// A classifier over the catalogue and the shipped words.
  /// - Parameter catalogue: Another catalogue, such as a park's with its local materials.
  /// - Throws: `ValidationError` for unsound tables, `EngineError.unreadable` for a missing model.
  public func classifier(catalogue: Catalogue? = nil) throws -> Classifier {
    let tables = try WordTablesReader.read(folder: data.catalogue)
    let model: WordModel
    do {
      model = try WordModel(json: Data(contentsOf: data.wordModel))
    } catch {
      throw EngineError.unreadable(path: data.wordModel.path, reason: "\(error)")
    }
    return try Classifier(
      catalogue: catalogue ?? self.catalogue, tables: tables, model: model, examples: [])
  }

  /// Proposals for streams whose words nobody has explained, in the order given.
  /// - Parameters:
  ///   - catalogue: The park's catalogue, if it has local materials.
  ///   - limit: Most proposals of each list.
  /// - Throws: As `classifier(catalogue:)`.
  public func suggestions(
    for streams: [UnmatchedStream], catalogue: Catalogue? = nil, limit: Int = 3
  ) throws -> [StreamSuggestion] {
    if streams.isEmpty { return [] }
    let classifier = try classifier(catalogue: catalogue)
    return streams.map { stream in
      let proposals = classifier.proposals(
        for: stream.text, sector: stream.sector, isic: stream.isic,
        jurisdiction: stream.jurisdiction, limit: limit
      ).withEvidence
      let codes: [Proposal] =
        switch (catalogue ?? self.catalogue).wasteList(of: stream.jurisdiction)?.id {
        case "eu" where stream.isOutput: proposals.europeanCodes
        case "vn" where stream.isOutput: proposals.vietnameseCodes
        default: []
        }
      return StreamSuggestion(stream: stream, proposals: proposals, codes: codes)
    }
  }

  /// What the report of a run carries beside the match: the usual uncertainty, and proposals for the
  /// words of unmatched streams.
  /// - Throws: As `usualUncertainty(of:)` and `classifier(catalogue:)`.
  public func reportExtras(of result: MatchResult, control: SolveControl = SolveControl()) throws
    -> ReportExtras
  {
    let park = result.plan.park
    return ReportExtras(
      uncertainty: try usualUncertainty(of: result, control: control),
      meanings: try meanings(of: park))
  }

  /// Proposals for the words of a park's unmatched streams.
  /// - Throws: As `classifier(catalogue:)`.
  public func meanings(of park: Park) throws -> [SuggestedMeanings] {
    try suggestions(for: park.unmatched, catalogue: park.catalogue).map(SuggestedMeanings.init)
  }

  /// Fits the model anew on the labelled texts in `file`.
  /// - Throws: As `classifier(catalogue:)`.
  public func training(on file: URL, usesExamples: Bool = false) throws -> ModelTraining {
    try ModelTraining(
      catalogue: catalogue, tables: WordTablesReader.read(folder: data.catalogue),
      rows: LabelledTextReader.read(file: file), usesExamples: usesExamples)
  }

  /// Judges the classifier against labelled texts.
  /// - Throws: As `classifier(catalogue:)`.
  public func evaluation(on file: URL) throws -> Evaluation {
    try Evaluation(classifier: classifier(), rows: LabelledTextReader.read(file: file))
  }
}

extension SuggestedMeanings {
  init(_ suggestion: StreamSuggestion) {
    func meanings(_ proposals: [Proposal]) -> [Meaning] {
      proposals.map { Meaning(name: $0.title, id: $0.id, score: $0.score) }
    }
    self.init(
      stream: suggestion.stream.id, materials: meanings(suggestion.proposals.materials),
      codes: suggestion.codes.map {
        Meaning(name: "\($0.id) \($0.title)", id: $0.id, score: $0.score)
      })
  }
}
