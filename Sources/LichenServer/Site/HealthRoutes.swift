import Hummingbird
import LichenStore

/// Whether the server works, for machines that watch it. Open to everybody: it tells numbers only.
struct HealthRoutes: Sendable {
  let store: Store
  let runner: Runner
  let rooms: Jobs
  let counts: RequestCounts
  let connections: OpenConnections

  func add(to router: RouterGroup<Visit>) {
    router.get("health", use: health)
    router.get("metrics", use: metrics)
  }

  private struct Health: Encodable {
    let status: String
    let queued: Int
    let running: Int
  }

  /// 200 if the database answers, 503 if not.
  @Sendable private func health(_ request: Request, _ visit: Visit) async throws -> Response {
    do {
      let (queued, running) = try await store.queueLength()
      return try .json(Health(status: "ok", queued: queued, running: running))
    } catch {
      return try .json(
        Health(status: "database", queued: 0, running: 0), status: .serviceUnavailable)
    }
  }

  /// Text that Prometheus reads.
  @Sendable private func metrics(_ request: Request, _ visit: Visit) async throws -> Response {
    let (queued, running) = try await store.queueLength()
    let rooms = await rooms.counts
    let requests = counts.now
    var lines = ["# TYPE lichen_requests_total counter"]
    for (status, count) in requests.byClass.sorted(by: { $0.key < $1.key }) {
      lines.append("lichen_requests_total{status=\"\(status)xx\"} \(count)")
    }
    lines += [
      "# TYPE lichen_request_seconds_total counter",
      "lichen_request_seconds_total \(requests.seconds)",
      "# TYPE lichen_connections gauge", "lichen_connections \(connections.now)",
      "# TYPE lichen_runs gauge", "lichen_runs{state=\"queued\"} \(queued)",
      "lichen_runs{state=\"running\"} \(running)",
      "# TYPE lichen_room_searches gauge",
      "lichen_room_searches{state=\"running\"} \(rooms.running)",
      "lichen_room_searches{state=\"waiting\"} \(rooms.waiting)",
    ]
    return Response(
      status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: lines.joined(separator: "\n") + "\n")))
  }
}
