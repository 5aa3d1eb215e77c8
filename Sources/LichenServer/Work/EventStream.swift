import Foundation
import HTTPTypes
import Hummingbird

extension Response {
  /// Server-sent events (WHATWG HTML, 9.2) of a job: `event: progress`, `data: {...}`; ends with the job.
  /// - Parameters:
  ///   - keys: How the names of figures are written.
  ///   - last: Gives what the last event carries, such as where the result is.
  static func events(
    _ events: AsyncStream<JobEvent>,
    keys: JSONEncoder.KeyEncodingStrategy = .useDefaultKeys,
    last: @escaping @Sendable (JobEvent) async -> String = { _ in "{}" }
  ) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
        // Proxies must not hold events back.
        .accelBuffering: "no",
      ],
      body: ResponseBody { writer in
        for await event in events {
          try await writer.write(ByteBuffer(string: try await text(event, keys, last: last)))
        }
        try await writer.finish(nil)
      })
  }

  private static func text(
    _ event: JobEvent, _ keys: JSONEncoder.KeyEncodingStrategy,
    last: @Sendable (JobEvent) async -> String
  ) async throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.keyEncodingStrategy = keys
    switch event {
    case .waiting(let place): return "event: waiting\ndata: {\"before\":\(place)}\n\n"
    case .progress(let progress):
      return
        "event: progress\ndata: \(String(decoding: try encoder.encode(progress), as: UTF8.self))\n\n"
    case .done: return "event: done\ndata: \(await last(event))\n\n"
    case .cancelled: return "event: cancelled\ndata: \(await last(event))\n\n"
    case .failed: return "event: failed\ndata: \(await last(event))\n\n"
    }
  }
}

extension HTTPField.Name {
  static let accelBuffering = HTTPField.Name("X-Accel-Buffering").unsafelyUnwrapped
}
