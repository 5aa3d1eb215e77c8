import Foundation
import Hummingbird
import Synchronization

/// Reads forms with files, a few at a time, each within bounds of size and time.
final class Uploads: Sendable {
  private let configuration: SiteConfiguration
  private let open = Mutex(0)
  /// Room for names and plain fields beside the files.
  private static let slack = 1 << 20
  /// A refused client is heard so long, so that it hears the refusal [s].
  private static let grace = 10.0

  init(_ configuration: SiteConfiguration) { self.configuration = configuration }

  /// The parts of a form that a page of this server sent.
  /// - Throws: `Refusal.tooLarge`, `Refusal.tooSlow`, `Refusal.overloaded`, `Refusal.forgedForm`, `Refusal.bad` for
  ///   what is no such form.
  func read(_ request: Request, _ visit: Visit) async throws -> UploadedForm {
    let limit = configuration.mostUpload
    guard
      let parser = MultipartParser(
        contentType: request.headers[.contentType] ?? "",
        limits: MultipartParser.Limits(bytes: limit))
    else { throw Refusal.bad("form-data") }
    try enter()
    defer { open.withLock { $0 -= 1 } }
    let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
    let isTooLong = length > limit + Self.slack
    do {
      let parts = try await within(configuration.uploadSeconds) {
        try await Self.parts(
          of: request.body, parser, refusal: isTooLong ? .tooLarge(limit: limit) : nil, limit: limit
        )
      }
      let form = UploadedForm(parts: parts)
      try Form.check(form.text("csrf"), request, visit)
      return form
    } catch {
      // What is still to come belongs to a request that is answered.
      visit.stopListening()
      throw error
    }
  }

  private func enter() throws {
    let hasRoom = open.withLock { count in
      if count >= configuration.mostUploads { return false }
      count += 1
      return true
    }
    if !hasRoom { throw Refusal.overloaded }
  }

  /// Reads to the end, also what is refused: a client hears an answer only when it has said everything. One that goes
  /// on for longer than the grace is cut off.
  private static func parts(
    of body: RequestBody, _ start: MultipartParser, refusal: Refusal?, limit: Int
  ) async throws -> [MultipartParser.Part] {
    var parser = start
    var refusal = refusal
    var refused = ContinuousClock.now
    for try await piece in body {
      if refusal != nil {
        if ContinuousClock.now - refused > .seconds(grace) { break }
        continue
      }
      do throws(MultipartParser.Fault) {
        try parser.feed(piece.readableBytesView)
      } catch {
        refusal = Self.refusal(error, limit: limit)
        refused = .now
        parser = start
      }
    }
    if let refusal { throw refusal }
    do throws(MultipartParser.Fault) {
      try parser.finish()
    } catch {
      throw Self.refusal(error, limit: limit)
    }
    return parser.parts
  }

  private static func refusal(_ fault: MultipartParser.Fault, limit: Int) -> Refusal {
    switch fault {
    case .tooLarge: .tooLarge(limit: limit)
    case .malformed: .bad("form-data")
    }
  }

  /// - Throws: `Refusal.tooSlow` once time is up, or whatever the body throws.
  private func within<Value: Sendable>(
    _ seconds: Double, _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask { try await body() }
      group.addTask {
        try await Task.sleep(for: .seconds(seconds))
        return nil
      }
      defer { group.cancelAll() }
      guard let value = try await group.next() ?? nil else { throw Refusal.tooSlow }
      return value
    }
  }
}

/// Fields and files of a form.
struct UploadedForm: Sendable {
  let parts: [MultipartParser.Part]

  /// The field without spaces around it; empty if there is none.
  func text(_ name: String) -> String {
    let part = parts.last { $0.name == name && $0.fileName == nil }
    return (part?.text ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Files that were chosen; a field without a choice sends an empty one without a name.
  func files(_ name: String) -> [MultipartParser.Part] {
    parts.filter { $0.name == name && !($0.fileName ?? "").isEmpty }
  }
}
