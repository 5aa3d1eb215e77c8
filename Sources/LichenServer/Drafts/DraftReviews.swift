import Foundation
import LichenEngine
import LichenIO
import LichenStore
import Synchronization

/// Checks of drafts, off the threads that answer requests; the last few are remembered.
final class DraftReviews: Sendable {
  struct Key: Hashable, Sendable {
    let draft: String
    let changed: Int64
  }

  let engine: Engine
  /// Words of tables and lists of the catalogue, by jurisdiction only for waste codes.
  let vocabulary: WorkbookVocabulary
  let work = BlockingWork(workers: 2)
  private let kept = Mutex<[(key: Key, review: DraftReview)]>([])
  private static let mostKept = 8

  /// - Throws: `ValidationError` if a file of the language folder is missing or malformed.
  init(engine: Engine) throws {
    self.engine = engine
    vocabulary = try engine.vocabulary()
  }

  func review(_ draft: Draft, _ content: ParkDraft) async throws -> DraftReview {
    let key = Key(draft: draft.id, changed: draft.changed)
    if let found = kept.withLock({ $0.first { $0.key == key }?.review }) { return found }
    let review = try await work.run { [engine] in try engine.review(content) }
    kept.withLock {
      $0.append((key, review))
      if $0.count > Self.mostKept { $0.removeFirst() }
    }
    return review
  }
}
