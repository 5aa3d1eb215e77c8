import Foundation
import Hummingbird
import HummingbirdTesting
import LichenStore
import Testing

@testable import LichenServer

/// Runs: asked for once, followed, cancelled, reported in the sight of whoever asks.
@Suite struct APIRunTests {
  private let fixture: APIFixture

  init() throws { fixture = try APIFixture { $0.mostSeconds = 5 } }

  private static func key(_ text: String) -> HTTPFields { [.idempotencyKey: text] }

  /// Follows a run to its end.
  private static func end(
    of run: String, in park: String, _ program: APIFixture.Program, _ client: APIFixture.Client
  ) async throws -> [String: Any] {
    while true {
      let events = try await client.get("/parks/\(park)/runs/\(run)/events", program)
      #expect(events.headers[.contentType] == "text/event-stream; charset=utf-8")
      if events.text.contains("event: done") || events.text.contains("event: failed") { break }
    }
    return try await client.get("/parks/\(park)/runs/\(run)", program).json()
  }

  @Test func aRunIsFollowedToItsPlanAndReport() async throws {
    try await fixture.server.add(park: "kalundborg")
    let expert = try await fixture.program(.expert)
    try await fixture.test { client in
      let asked = try await client.call(
        .post, "/parks/kalundborg/runs", expert,
        "{\"changes\":[{\"key\":\"carbon_price\",\"value\":60}],\"seconds\":3000}")
      #expect(asked.status == .accepted, "\(asked.text)")
      let id = try asked.text("id")
      #expect(asked.headers[.location] == "/api/v1/parks/kalundborg/runs/\(id)")
      #expect(try asked.json()["seconds"] as? Double == 5, "no longer than the server allows")
      let run = try await Self.end(of: id, in: "kalundborg", expert, client)
      #expect(run["status"] as? String == "done", "\(run)")
      let summary = try #require(run["summary"] as? [String: Any])
      let plan = try await client.get("/parks/kalundborg/runs/\(id)/plan.json", expert).json()
      #expect(plan["format"] as? String == "lichen-plan")
      #expect((plan["exchanges"] as? [Any])?.count == summary["exchanges"] as? Int)
      for format in ["json", "csv", "sources", "geojson", "html", "mermaid", "xlsx"] {
        let report = try await client.get(
          "/parks/kalundborg/runs/\(id)/report?format=\(format)&language=vi", expert)
        #expect(report.status == .ok && report.body.readableBytes > 100, "\(format)")
      }
      let refused = try await client.get(
        "/parks/kalundborg/runs/\(id)/report?format=html", expert,
        headers: [.accept: "application/json"])
      #expect(refused.status == .notAcceptable)
      // A supposition is not the plan of the park.
      #expect(try await client.get("/parks/kalundborg/report", expert).status == .notFound)
      let over = try await client.call(.post, "/parks/kalundborg/runs/\(id)/cancel", expert)
      #expect(over.status == .conflict)
    }
  }

  @Test func oneKeyAsksForOneRun() async throws {
    try await fixture.server.add(park: "kalundborg")
    let expert = try await fixture.program(.expert)
    let other = try await fixture.program(.researcher)
    try await fixture.test { client in
      let path = "/parks/kalundborg/runs"
      // Two at once, as when a program has lost its patience.
      async let one = client.call(.post, path, expert, "{}", headers: Self.key("k"))
      async let two = client.call(.post, path, expert, "{}", headers: Self.key("k"))
      let first = try await one
      #expect(first.status == .accepted, "\(first.text)")
      #expect(try await two.text("id") == first.text("id"))
      let again = try await client.call(
        .post, path, expert, " {\"changes\" : []}", headers: Self.key("k"))
      #expect(try again.text("id") == first.text("id"), "said otherwise, but the same")
      let changed = try await client.call(
        .post, path, expert, "{\"seconds\":1}", headers: Self.key("k"))
      #expect(changed.status == .conflict)
      let fresh = try await client.call(.post, path, other, "{}", headers: Self.key("k"))
      #expect(try fresh.text("id") != first.text("id"), "keys are one's own")
      let bad = try await client.call(.post, path, expert, "{}", headers: Self.key("a b"))
      #expect(try bad.issues() == ["headers|Idempotency-Key|wrong-value"])
      #expect(try await client.get(path, expert).items().count == 2)
    }
  }

  @Test func runsComeInPagesTheLatestFirst() async throws {
    try await fixture.server.add(park: "kalundborg")
    let expert = try await fixture.program(.expert)
    let desk = Desk(fixture.server.store, for: expert.viewer)
    var asked: [String] = []
    for _ in 0..<5 {
      asked.append(
        try await desk.ask(RunRequest().text(), of: "kalundborg", engine: "test").id)
    }
    let all = Set(asked)
    try await fixture.test { client in
      var found: [String] = []
      var path = "/parks/kalundborg/runs?limit=2"
      while true {
        let page = try await client.get(path, expert)
        found += try page.items().compactMap { $0["id"] as? String }
        guard let next = try page.json()["next"] as? String else { break }
        path = "/parks/kalundborg/runs?limit=2&cursor=\(next)"
      }
      #expect(found.count == 5 && Set(found) == all)
      let waiting = try await client.get("/parks/kalundborg/runs/\(found[0])/events", expert)
      #expect(waiting.text.hasPrefix("retry: 1000\nevent: waiting\ndata: {"))
      let cancelled = try await client.call(
        .post, "/parks/kalundborg/runs/\(found[0])/cancel", expert)
      #expect(try cancelled.text("status") == "cancelled")
      let over = try await client.get("/parks/kalundborg/runs/\(found[0])/events", expert)
      #expect(over.text.contains("event: cancelled\n"))
      #expect(
        try await client.get("/parks/kalundborg/runs/\(found[1])/plan.json", expert).status
          == .notFound)
    }
  }

  @Test func nobodyFillsTheQueue() async throws {
    try await fixture.server.add(park: "kalundborg")
    let expert = try await fixture.program(.expert)
    let desk = Desk(fixture.server.store, for: expert.viewer)
    for _ in 0..<Desk.mostWaiting {
      _ = try await desk.ask(RunRequest().text(), of: "kalundborg", engine: "test")
    }
    try await fixture.test { client in
      let crowded = try await client.call(.post, "/parks/kalundborg/runs", expert, "{}")
      #expect(crowded.status == .tooManyRequests && crowded.headers[.retryAfter] == "10")
    }
  }

  @Test func reportsStayInTheSightOfWhoeverAsks() async throws {
    try await fixture.server.add(park: "kalundborg", as: "ours", hiding: "gyproc")
    let expert = try await fixture.program(.expert, park: "ours")
    let board = try await fixture.program(.board, park: "ours")
    let firm = try await fixture.program(.enterprise, park: "ours", enterprise: "asnaes")
    try await fixture.test { client in
      let asked = try await client.call(.post, "/parks/ours/runs", expert, "{}")
      let run = try asked.text("id")
      #expect(
        try await Self.end(of: run, in: "ours", expert, client)["status"] as? String == "done")
      let report = "/parks/ours/report"
      let whole = try await client.get(report, expert)
      #expect(whole.status == .ok && whole.text.contains("Gyproc"), "\(whole.text.prefix(300))")
      for (program, own) in [(board, "board"), (firm, "enterprise:asnaes")] {
        let seen = try await client.get(report, program)
        let same = try await client.get("\(report)?audience=\(own)", program)
        #expect(seen.status == .ok && seen.text == same.text, "\(own)")
        #expect(!seen.text.contains("Gyproc") && !seen.text.contains("gyproc"), "\(own)")
        let beyond = ["full", "board", "enterprise:gyproc", "enterprise:nobody"]
        for audience in beyond where audience != own {
          let refused = try await client.get("\(report)?audience=\(audience)", program)
          #expect(refused.status == .notFound, "\(own) asks for \(audience)")
        }
        for path in ["runs/\(run)", "runs/\(run)/plan.json", "runs/\(run)/report", "runs"] {
          let refused = try await client.get("/parks/ours/\(path)", program)
          #expect(refused.status == .forbidden, "\(own) asks for \(path)")
        }
      }
      #expect(
        try await client.get("\(report)?audience=everybody", board).status == .unprocessableContent
      )
      #expect(
        try await client.get("\(report)?audience=enterprise:nobody", expert).status == .notFound)
    }
  }

  @Test func twoEnterprisesAgreeToKnowEachOther() async throws {
    try await fixture.server.add(park: "kalundborg", as: "ours")
    let expert = try await fixture.program(.expert, park: "ours")
    let asker = try await fixture.program(.enterprise, park: "ours", enterprise: "asnaes")
    try await fixture.test { client in
      let asked = try await client.call(.post, "/parks/ours/runs", expert, "{}")
      _ = try await Self.end(of: try asked.text("id"), in: "ours", expert, client)
      let plan = try await client.get(
        "/parks/ours/runs/\(try asked.text("id"))/plan.json", expert
      ).json()
      let all = try #require(plan["exchanges"] as? [[String: Any]])
      let given = try #require(
        all.first { $0["from"] as? String == "asnaes" && $0["to"] as? String != "asnaes" })
      let partner = try #require(given["to"] as? String)
      let own = try await client.get("/parks/ours/report", asker)
      let place = try #require(own.text.range(of: "partner-[A-Z]", options: .regularExpression))
      #expect(!own.text[place].isEmpty)

      let path = "/parks/ours/agreements"
      let edition = try Self.exchanges(own.json())
      let id = try #require(edition.first)
      let request = try await client.call(
        .post, path, asker, "{\"enterprise\":\"asnaes\",\"exchange\":\"\(id)\"}")
      #expect(request.status == .created, "\(request.text)")
      #expect(try request.json()["asked"] == nil, "who they are is the question")
      let foreign = try await client.call(
        .post, path, asker, "{\"enterprise\":\"\(partner)\",\"exchange\":\"\(id)\"}")
      #expect(foreign.status == .notFound)
      let none = try await client.call(
        .post, path, asker, "{\"enterprise\":\"asnaes\",\"exchange\":\"none\"}")
      #expect(none.status == .notFound)
      let meant = try #require(
        try await client.get(path, expert).items().first?["asked"] as? String)
      let other = try await fixture.program(.enterprise, park: "ours", enterprise: meant)
      let agreement = "\(path)/\(try request.text("id"))"
      let hasty = try await client.call(.patch, agreement, asker, "{\"status\":\"accepted\"}")
      #expect(hasty.status == .forbidden)
      #expect(try await client.get(path, other).items().first?["is_to_me"] as? Bool == true)
      let accepted = try await client.call(.patch, agreement, other, "{\"status\":\"accepted\"}")
      #expect(try accepted.text("status") == "accepted")
      #expect(try await client.get(path, asker).items().first?["asked"] as? String == meant)
    }
  }

  /// Ids of the exchanges in a report, wherever it has them.
  private static func exchanges(_ report: [String: Any]) throws -> [String] {
    let found = (report["exchanges"] as? [[String: Any]]) ?? []
    return found.compactMap { $0["id"] as? String }
  }
}
