import Foundation
import Hummingbird
import LichenDomain
import LichenEngine
import LichenReport
import LichenStore

/// Words of streams that nobody has explained: proposals, and a person's answer.
extension DraftPages {
  struct WordsView {
    struct Stream {
      let stream: String
      let words: String
      let enterprise: String
      let kind: String
      let quantity: [String]
      let materials: [Choice]
      let codes: [Choice]
      let hasCodes: Bool
      let hasNone: Bool
    }

    struct Choice {
      let choice: String
      let choiceName: String
      let score: String
      let isFirst: Bool
    }

    let id: String
    let base: String
    let isDone: Bool
    let isSound: Bool
    let streams: [Stream]
    let materialList: DraftGrid.List
  }

  @Sendable func words(_ request: Request, _ visit: Visit) async throws -> Response {
    let opened = try await open(visit)
    let language = pages.language(visit)
    let review = try await reviews.review(opened.draft, opened.content)
    let meanings = try await reviews.work.run { [engine = reviews.engine] in
      try review.park.map { try engine.meanings(of: $0) } ?? []
    }
    let view = WordsView(
      id: opened.draft.id, base: "\(opened.draft.changed)",
      isDone: review.park != nil && meanings.isEmpty, isSound: review.park != nil,
      streams: review.park.map { park in
        meanings.compactMap { meaning in
          park.unmatched.first { $0.id == meaning.stream }.map {
            Self.stream($0, meaning, of: park, language)
          }
        }
      } ?? [],
      materialList: DraftGrid.List(
        listID: "materials",
        options: (review.park?.catalogue ?? reviews.engine.catalogue).materials.values.map {
          .init(
            option: $0.id.rawValue,
            optionName: language.code == "vi"
              ? $0.names.vietnamese ?? $0.names.english
              : $0.names.english)
        }.sorted { $0.option < $1.option }))
    return pages.page(
      "draft-words", view, title: opened.draft.title, visit, styles: ["desk.css"])
  }

  private static func stream(
    _ stream: UnmatchedStream, _ meaning: SuggestedMeanings, of park: Park, _ language: Language
  ) -> WordsView.Stream {
    func choices(_ meanings: [SuggestedMeanings.Meaning]) -> [WordsView.Choice] {
      meanings.enumerated().map { place, found in
        WordsView.Choice(
          choice: found.id, choiceName: found.name, score: language.percent(found.score),
          isFirst: place == 0)
      }
    }
    let name = park.enterprise(stream.enterprise)?.name ?? stream.enterprise.rawValue
    return WordsView.Stream(
      stream: stream.id.rawValue, words: stream.text, enterprise: name,
      kind: language.text(stream.isOutput ? "serve.desk.output" : "serve.desk.input"),
      quantity: stream.quantity.isEmpty ? [] : [stream.quantity],
      materials: choices(meaning.materials), codes: choices(meaning.codes),
      hasCodes: !meaning.codes.isEmpty, hasNone: meaning.materials.isEmpty)
  }

  @Sendable func confirm(_ request: Request, _ visit: Visit) async throws -> Response {
    var opened = try await open(visit)
    let form = try await Form.read(request, visit)
    let material = form.text("other").isEmpty ? form.text("material") : form.text("other")
    let code = form.text("code")
    let text = "\(form.text("stream"))=\(material)" + (code.isEmpty ? "" : ",\(code)")
    guard let confirmation = Confirmation(text) else { throw Refusal.bad("confirmation") }
    let viewer = try visit.signedIn()
    let content = opened.content
    let day = Self.day(store.instant)
    opened.content = try await reviews.work.run { [engine = reviews.engine] in
      try engine.confirm(
        [confirmation], in: content, date: day, by: viewer.name, source: "confirmed by a person")
    }
    try await keep(opened, form)
    return pages.redirect("/drafts/\(opened.draft.id)/words")
  }

  /// `2025-06-30`, in UTC.
  private static func day(_ date: Date) -> String {
    date.formatted(.iso8601.year().month().day())
  }
}
