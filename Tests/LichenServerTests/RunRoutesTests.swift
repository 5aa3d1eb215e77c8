import Foundation
import Hummingbird
import HummingbirdTesting
import LichenEngine
import LichenIO
import LichenMatching
import LichenReport
import LichenStore
import LichenTestSupport
import Testing

@testable import LichenServer

/// Runs of a park: asked for, followed, cancelled, repeated, reported.
@Suite struct RunRoutesTests {
  /// Asks for a run and follows it to its end.
  private func run(
    _ client: any TestClientProtocol, _ fields: [String: String], park: String,
    _ browser: ServerFixture.Browser
  ) async throws -> String {
    let asked = try await client.post("/parks/\(park)/runs", fields, browser)
    try #require(asked.status == .seeOther, "\(asked.text)")
    let path = try #require(asked.headers[.location])
    try await end(client, path, browser)
    return path
  }

  /// Reads the events of a run until its page says that it is over: each answer ends with the search.
  private func end(
    _ client: any TestClientProtocol, _ path: String, _ browser: ServerFixture.Browser
  )
    async throws
  {
    for _ in 0..<10_000 {
      let events = try await client.get("\(path)/events", browser)
      try #require(events.status == .ok)
      #expect(events.headers[.contentType]?.hasPrefix("text/event-stream") == true)
      let page = try await client.get(path, browser).text
      if !page.contains("data-events") { return }
      await Task.yield()
    }
    Issue.record("the run does not end")
  }

  @Test func aRunEndsInReportsThatTheCommandLineWritesToo() async throws {
    let fixture = try ServerFixture()
    try await fixture.add(park: "deep-c")
    let ada = try await fixture.browser(.researcher)
    let engine = fixture.server.engine
    try await fixture.test { client in
      let path = try await run(
        client, ["seconds": "20", "changes": "carbon_price=60"], park: "deep-c", ada)
      let page = try await client.get(path, ada)
      #expect(page.text.contains("carbon_price=60"))
      let id = String(path.split(separator: "/").last ?? "")
      let desk = Desk(fixture.store, for: ada.viewer)
      let (found, plan, content) = try await desk.plan(of: "deep-c", run: id)
      #expect(found.version == 1 && found.engine == Engine.version)

      // What `lichen report` does with a result's folder.
      let park = try fixture.server.parks.scenario(
        [.init("carbon_price", "60")], of: ParkArchive(data: content), named: "x"
      ).park
      let folder = try Repository.temporaryFolder()
      defer { try? FileManager.default.removeItem(at: folder) }
      try ParkWriter.write(park.declaration, to: folder.appendingPathComponent("park"))
      try plan.write(to: folder.appendingPathComponent("plan.json"))
      let result = try engine.result(plan: folder.appendingPathComponent("plan.json"))
      let extras = try engine.reportExtras(of: result)
      let reader = try #require(park.enterprises.first)
      for (format, language, audience) in [
        (ReportFormat.html, "en", "full"), (.html, "vi", "board"), (.json, "en", "full"),
        (.xlsx, "vi", "full"), (.geojson, "en", "board"), (.dot, "en", "full"),
        (.mermaid, "en", "enterprise:\(reader.id)"),
      ] {
        let publisher = try ReportPublisher(
          ReportRequest(
            formats: [format], languages: [language],
            audiences: [try #require(Audience(audience))]), engine: engine)
        let files = try publisher.files(of: result, extras: extras)
        let answer = try await client.get(
          "\(path)/report?format=\(format.rawValue)&language=\(language)&audience=\(audience)", ada)
        #expect(answer.status == .ok)
        #expect(Array(answer.body.readableBytesView) == files[0].content, "\(format) \(audience)")
        #expect(answer.headers[.contentDisposition]?.contains(files[0].name) == true)
      }
      // Tables are several files: listed, then one by one.
      let list = try await client.get("\(path)/report?format=csv", ada)
      let name = try #require(list.text.firstMatch(of: /file=(report-csv\/[a-z_]+\.csv)/)).1
      let table = try await client.get("\(path)/report?format=csv&file=\(name)", ada)
      #expect(table.status == .ok && table.headers[.contentType] == "text/csv; charset=utf-8")
      #expect(try await client.get("\(path)/report?format=csv&file=../x", ada).status == .notFound)
    }
  }

  @Test func aReportThatIsOpenedIsShutIn() async throws {
    let fixture = try ServerFixture()
    try await fixture.add(park: "deep-c")
    let ada = try await fixture.browser(.expert)
    try await fixture.test { client in
      let path = try await run(client, ["seconds": "20"], park: "deep-c", ada)
      let opened = try await client.get("\(path)/report?format=html&open=1", ada)
      let policy = try #require(opened.headers[.contentSecurityPolicy])
      #expect(policy.hasPrefix("sandbox allow-scripts "))
      #expect(!policy.contains("allow-same-origin"))
      #expect(opened.headers[.contentDisposition] == nil)
      for query in [
        "format=exe", "language=xx", "audience=all", "audience=enterprise:", "template=../../parks",
        "template=/etc",
      ] {
        #expect(
          try await client.get("\(path)/report?\(query)", ada).status == .badRequest, "\(query)")
      }
      #expect(
        try await client.get("\(path)/report?audience=enterprise:nobody", ada).status
          == .unprocessableContent)
      #expect(
        try await client.get("\(path)/report?format=json&template=academic", ada).status == .ok)
    }
  }

  @Test func aRunIsRepeatedOnItsOwnVersion() async throws {
    let fixture = try ServerFixture()
    try await fixture.add(park: "deep-c", as: "own")
    let ada = try await fixture.browser(.expert, park: "own")
    let desk = Desk(fixture.store, for: ada.viewer)
    try await fixture.test { client in
      let first = try await run(client, ["seconds": "20"], park: "own", ada)
      let content = try await desk.content(of: "own").content
      _ = try await desk.declare("own", title: "Own", content: content, note: "", on: 1)
      let again = try await client.post("\(first)/repeat", [:], ada)
      let second = try #require(again.headers[.location])
      try await end(client, second, ada)
      let runs = try await desk.runs(of: "own")
      #expect(runs.map(\.version) == [1, 1] && Set(runs.map(\.request)).count == 1)
      #expect(Set(runs.map(\.status)) == [.done])
      let plans = try await [
        desk.plan(of: "own", run: runs[0].id), desk.plan(of: "own", run: runs[1].id),
      ]
      #expect(plans[0].plan == plans[1].plan)
      // A form that is sent twice asks once.
      let fields = ["seconds": "20", "key": "once"]
      let one = try await client.post("/parks/own/runs", fields, ada)
      let two = try await client.post("/parks/own/runs", fields, ada)
      #expect(one.headers[.location] == two.headers[.location])
    }
  }

  @Test func whatIsWrongWithARequestIsTold() async throws {
    let fixture = try ServerFixture()
    try await fixture.add(park: "deep-c")
    let ada = try await fixture.browser(.expert)
    try await fixture.test { client in
      for fields in [
        ["seconds": "0"], ["seconds": "nan"], ["seconds": "1e9"], ["seconds": ""],
        ["seconds": "5", "changes": "carbon_prize=60"], ["seconds": "5", "changes": "nothing"],
        ["seconds": "5", "changes": "carbon_price=60\nclosed=nobody"],
      ] {
        let refused = try await client.post("/parks/deep-c/runs", fields, ada)
        #expect(refused.status == .unprocessableContent, "\(fields)")
        #expect(refused.text.contains("class=\"issue bad\""), "\(fields)")
      }
      let unknown = try await client.post(
        "/parks/deep-c/runs", ["seconds": "5", "scenario": "nothing"], ada)
      #expect(unknown.status == .notFound)
      #expect(try await Desk(fixture.store, for: ada.viewer).runs(of: "deep-c").isEmpty)
    }
  }

  @Test func aRunThatAKillCutShortIsTakenUpAgain() async throws {
    let fixture = try ServerFixture()
    try await fixture.add(park: "deep-c")
    let ada = try await fixture.browser(.expert)
    let desk = Desk(fixture.store, for: ada.viewer)
    let asked = try await desk.ask(
      RunRequest(changes: [], seconds: 20).json(), of: "deep-c", engine: Engine.version)
    // An earlier server took it and is gone.
    _ = try #require(try await fixture.store.next())
    #expect(try await desk.run(asked.id, of: "deep-c").status == .running)
    try await fixture.server.runner.start()
    try await fixture.test { client in
      try await end(client, "/parks/deep-c/runs/\(asked.id)", ada)
    }
    #expect(try await desk.run(asked.id, of: "deep-c").status == .done)
  }

  @Test func aRunThatWaitsOrIsOverIsToldAndCancelledOnce() async throws {
    let fixture = try ServerFixture()
    try await fixture.add(park: "deep-c")
    let ada = try await fixture.browser(.expert)
    let desk = Desk(fixture.store, for: ada.viewer)
    let run = try await desk.ask(
      RunRequest().json(), of: "deep-c", engine: Engine.version)
    try await fixture.test { client in
      let path = "/parks/deep-c/runs/\(run.id)"
      #expect(try await client.get("\(path)/events", ada).text.hasPrefix("event: waiting\n"))
      #expect(try await client.post("\(path)/cancel", [:], ada).status == .seeOther)
      #expect(try await client.get("\(path)/events", ada).text.hasPrefix("event: cancelled\n"))
      #expect(try await client.post("\(path)/cancel", [:], ada).status == .conflict)
      #expect(try await client.get("\(path)/report", ada).status == .notFound)
      // What failed tells why, line by line.
      let failed = try await desk.ask(
        "{\"changes\":[{\"key\":\"x\",\"value\":\"1\"}],\"seconds\":1}", of: "deep-c", engine: "0")
      _ = try await fixture.store.next()
      try await fixture.store.fail(failed.id, error: "first <line>\nsecond")
      let page = try await client.get("/parks/deep-c/runs/\(failed.id)", ada).text
      #expect(page.contains("first &lt;line&gt;</p>") && page.contains("second</p>"))
    }
  }

  @Test func aPlanThatNoLongerHoldsIsToldAndNotShown() async throws {
    let fixture = try ServerFixture()
    try await fixture.add(park: "deep-c")
    try await fixture.add(park: "kwinana")
    let ada = try await fixture.browser(.researcher)
    let desk = Desk(fixture.store, for: ada.viewer)
    try await fixture.test { client in
      let done = try await run(client, ["seconds": "20"], park: "deep-c", ada)
      let id = String(done.split(separator: "/").last ?? "")
      let (plan, summary) = try await (
        desk.plan(of: "deep-c", run: id).plan, desk.run(id, of: "deep-c").summary ?? ""
      )
      // Of another park, of a later form, and none at all.
      let later = String(decoding: plan, as: UTF8.self)
        .replacing(/"version" ?: ?\d+/, with: "\"version\": 99")
      for (park, text) in [("kwinana", plan), ("deep-c", Data(later.utf8)), ("deep-c", Data())] {
        let asked = try await desk.ask(RunRequest().json(), of: park, engine: Engine.version)
        _ = try await fixture.store.next()
        try await fixture.store.end(asked.id, plan: text, summary: summary)
        let path = "/parks/\(park)/runs/\(asked.id)"
        #expect(try await client.get(path, ada).status == .ok)
        let page = try await client.get("\(path)/report?format=html", ada)
        #expect(page.status == .conflict && page.text.contains("Repeat the run"))
        let program = try await client.get("/api/v1\(path)/report?format=json", ada)
        #expect(program.status == .conflict, "\(program.text)")
      }
    }
  }

  @Test func tablesAreGivenAsTheyAreDeclared() async throws {
    let fixture = try ServerFixture()
    try await fixture.add(park: "deep-c")
    let ada = try await fixture.browser(.expert)
    let board = try await fixture.browser(.board, park: "deep-c")
    try await fixture.test { client in
      let csv = try await client.get("/parks/deep-c/tables/outputs.csv", ada)
      #expect(
        try csv.text
          == String(
            contentsOf: Repository.park("deep-c").appendingPathComponent("outputs.csv"),
            encoding: .utf8))
      let book = try await client.get("/parks/deep-c/tables/park.xlsx", ada)
      let draft = try ParkDraft(
        [.init(name: "p.xlsx", bytes: Array(book.body.readableBytesView))],
        vocabulary: fixture.server.engine.vocabulary())
      #expect(try fixture.server.engine.review(draft).errorCount == 0)
      #expect(try await client.get("/parks/deep-c/tables/nothing.csv", ada).status == .notFound)
      for path in ["", "/tables/outputs.csv", "/tables/park.xlsx", "/runs/x", "/runs/x/report"] {
        let answer = try await client.get("/parks/deep-c\(path)", board)
        #expect(answer.status == .forbidden, "\(path)")
        #expect(!answer.text.contains("version"), "\(path)")
      }
    }
  }
}
