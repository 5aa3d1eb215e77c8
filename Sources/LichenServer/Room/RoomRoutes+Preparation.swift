import Hummingbird
import LichenEngine
import LichenStore

/// The park as declared, which a room plans before anything else: once, however many wait for it.
extension RoomRoutes {
  struct WaitView {
    let park: String
    /// An expert looks as the board does.
    let isOpen: Bool
  }

  /// The preparation belongs to the server, like what it makes.
  private static let everybody: Int64 = 0

  /// - Returns: `nil` if it takes longer than somebody waits.
  /// - Throws: What the preparation failed with, `Refusal.overloaded`.
  func base(_ visitor: Visitor, within time: Duration) async throws -> WhatIfBase? {
    let place = visitor.subject.place
    if let base = planner.memory.base(place) { return base }
    _ = try await wait(try await prepare(visitor), Self.everybody, for: time)
    return planner.memory.base(place)
  }

  private func prepare(_ visitor: Visitor) async throws -> String {
    let (planner, subject) = (planner, visitor.subject)
    return try await jobs.begin(
      owner: Self.everybody, purpose: "room \(subject.place.version) \(subject.place.isOpen)"
    ) { control, tell in
      _ = try planner.base(of: subject, control: control, tell: tell)
    }
  }

  /// How far the preparation is, as events.
  @Sendable func preparation(_ request: Request, _ visit: Visit) async throws -> Response {
    let visitor = try await enter(visit, Form(encoded: request.uri.query ?? "").fields)
    if planner.memory.base(visitor.subject.place) != nil {
      let (stream, continuation) = AsyncStream.makeStream(of: JobEvent.self)
      continuation.yield(.done)
      continuation.finish()
      return .events(stream)
    }
    return .events(
      try await jobs.events(try await prepare(visitor), owner: Self.everybody))
  }
}
