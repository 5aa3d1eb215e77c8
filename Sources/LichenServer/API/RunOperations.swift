import Foundation
import Hummingbird
import LichenEngine
import LichenStore

/// Searches in the background.
struct RunOperations: Sendable {
  let parks: Parks
  let runner: Runner
  /// Longest search that this server makes [s].
  let mostSeconds: Double

  var operations: [APIOperation] {
    [
      .get("/parks/{park}/runs", query: APICall.pageFields, list),
      .write(.post, "/parks/{park}/runs", ask),
      .get("/parks/{park}/runs/{run}") { call in try .json(RunView(try await run(call))) },
      .write(.post, "/parks/{park}/runs/{run}/cancel", body: nil) { call in
        let run = try await call.desk.cancel(
          run: call.parameter("run"), of: call.parameter("park"))
        try await runner.stop(run.id)
        return try .json(RunView(run))
      },
      .get("/parks/{park}/runs/{run}/events", produces: ["text/event-stream"], events),
      .get("/parks/{park}/runs/{run}/plan.json") { call in
        let found = try await call.desk.plan(of: call.parameter("park"), run: call.parameter("run"))
        return APIAnswer(content: .bytes(Array(found.plan), type: APIAnswer.jsonType))
      },
    ]
  }

  struct RunView: Encodable {
    let id: String
    let park: String
    let version: Int
    let owner: String
    let status: String
    let changes: [ScenarioOperations.ScenarioView.Change]
    let seconds: Double
    let error: String?
    let summary: SupposeOperations.SummaryView?
    let engine: String
    let created: String
    let started: String?
    let ended: String?

    init(_ run: Run) throws {
      let decoder = JSONDecoder()
      let request = try decoder.decode(RunRequest.self, from: Data(run.request.utf8))
      id = run.id
      park = run.park
      version = run.version
      owner = run.owner
      status = run.status.rawValue
      changes = request.changes.map { .init(key: $0.key, value: $0.value) }
      seconds = request.seconds
      error = run.error
      summary = try run.summary.map {
        .init(try decoder.decode(RunSummary.self, from: Data($0.utf8)))
      }
      engine = run.engine
      created = run.created.timestamp
      started = run.started?.timestamp
      ended = run.ended?.timestamp
    }
  }

  private func run(_ call: APICall) async throws -> Run {
    try await call.desk.run(call.parameter("run"), of: call.parameter("park"))
  }

  /// Pages of runs begin behind a run, so that new ones do not move them.
  @Sendable private func list(_ call: APICall) async throws -> APIAnswer {
    let limit = try call.limit()
    let runs = try await call.desk.runs(
      of: call.parameter("park"), limit: limit + 1, before: call.cursor()?.id)
    let next = runs.count > limit ? APICursor(id: runs[limit - 1].id, place: 0).text : nil
    return try .json(APIPage(items: runs.prefix(limit).map(RunView.init), next: next))
  }

  @Sendable private func ask(_ call: APICall) async throws -> APIAnswer {
    let name = try call.parameter("park")
    let key = try Self.key(call)
    let body = try call.body()
    let changes = body.changes()
    let scenario = body.text("scenario", least: 1, most: 64)
    let seconds = body.number("seconds", 0.1...3600) ?? 60
    let version = body.ordinal("version")
    if changes != nil, scenario != nil {
      body.note("contradiction", "scenario", expected: "either a scenario or changes")
    }
    try body.finish()
    let desk = try call.desk
    guard try await desk.park(name).deeds.contains(.run) else { throw StoreError.forbidden }
    var request = RunRequest(changes: changes ?? [], seconds: min(seconds, mostSeconds))
    if let scenario {
      request.changes = try await desk.scenario(scenario, of: name).changes
    }
    // Told at once, not by a run that fails.
    let subject = try await APISubject(call, park: name, version: version)
    let parks = parks
    let asked = request.changes
    _ = try await BlockingWork.shared.run { try subject.scenario(asked, parks: parks) }
    let run = try await desk.ask(
      try request.text(), of: name, version: version, engine: Engine.version, key: key)
    await runner.wake()
    return try .json(
      RunView(run), status: .accepted, location: call.location("/parks/\(name)/runs/\(run.id)"))
  }

  /// - Throws: `ValidationError` for a key that is none.
  private static func key(_ call: APICall) throws -> String? {
    guard let key = call.request.headers[.idempotencyKey] else { return nil }
    guard key.wholeMatch(of: #/[!-~]{1,100}/#) != nil else {
      throw APIQuery.refusal(
        "wrong-value", "Idempotency-Key", found: key,
        expected: "1 to 100 visible ASCII characters", at: "headers")
    }
    return key
  }

  /// Events of a search that is under way; of a run that waits or is over, the one that says so.
  @Sendable private func events(_ call: APICall) async throws -> APIAnswer {
    let run = try await run(call)
    if !run.status.isOver, let events = try await runner.events(run.id) {
      let desk = try call.desk
      let runner = runner
      return APIAnswer(
        content: .stream(
          .events(events, keys: .convertToSnakeCase) { _ in
            await runner.settled(run.id)
            let ended = try? await desk.run(run.id, of: run.park)
            return Self.told(ended ?? run)
          }))
    }
    // The reader asks again by itself after so many milliseconds.
    let name = run.status.isOver ? run.status.rawValue : "waiting"
    let text = "retry: 1000\nevent: \(name)\ndata: \(Self.told(run))\n\n"
    return APIAnswer(
      content: .stream(
        Response(
          status: .ok,
          headers: [
            .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
          ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))))
  }

  private static func told(_ run: Run) -> String {
    (try? APITag.encode(RunView(run))).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

extension RunRequest {
  /// Equal requests give equal texts: they are compared when a key comes twice.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
