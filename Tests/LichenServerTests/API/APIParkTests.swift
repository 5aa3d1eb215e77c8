import Foundation
import Hummingbird
import HummingbirdTesting
import LichenEngine
import LichenIO
import LichenStore
import LichenTestSupport
import Testing

@testable import LichenServer

/// Parks, versions and declarations.
@Suite struct APIParkTests {
  private let fixture: APIFixture

  init() throws { fixture = try APIFixture() }

  private static func body(_ park: String, name: String? = nil, note: String = "") throws -> String
  {
    let archive = try ParkArchive(folder: Repository.park(park))
    var members = [
      JSONValue.Member(
        "files",
        .object(archive.files.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })),
      JSONValue.Member("note", .string(note)),
    ]
    if let name { members.append(.init("name", .string(name))) }
    return JSONValue.object(members).text
  }

  @Test func aParkIsMadeReadAndDeclaredAnew() async throws {
    let expert = try await fixture.program(.expert)
    try await fixture.test { client in
      let made = try await client.call(
        .post, "/parks", expert, Self.body("kalundborg", name: "ours", note: "first"))
      #expect(made.status == .created, "\(made.text)")
      #expect(made.headers[.location] == "/api/v1/parks/ours/versions/1")
      #expect(try await client.get("/parks/ours/versions/1", expert).text("note") == "first")
      let again = try await client.call(
        .post, "/parks", expert, Self.body("kalundborg", name: "ours"))
      #expect(again.status == .conflict)

      let path = "/parks/ours/versions"
      let tag = try #require(try await client.get("/parks/ours", expert).headers[.eTag])
      let blind = try await client.call(.post, path, expert, Self.body("kalundborg"))
      #expect(blind.status == .preconditionRequired)
      let stale = try await client.call(
        .post, path, expert, Self.body("kalundborg"), headers: [.ifMatch: "\"other\""])
      #expect(stale.status == .preconditionFailed)
      let second = try await client.call(
        .post, path, expert, Self.body("kalundborg", note: "second"), headers: [.ifMatch: tag])
      #expect(second.status == .created, "\(second.text)")
      let late = try await client.call(
        .post, path, expert, Self.body("kalundborg"), headers: [.ifMatch: tag])
      #expect(late.status == .preconditionFailed)
      let versions = try await client.get(path, expert).items()
      #expect(versions.map { $0["note"] as? String } == ["second", "first"])
    }
  }

  /// What is read as tables is what a new park can be made of.
  @Test func tablesComeBackAsTheyWereGiven() async throws {
    let expert = try await fixture.program(.expert)
    try await fixture.server.add(park: "kalundborg")
    try await fixture.test { client in
      let read = try await client.get("/parks/kalundborg/declarations?form=tables", expert)
      let given = try JSONParser.parse(Array(buffer: read.body))
      let members = (given.members ?? []).filter { ["settings", "tables"].contains($0.key) }
      let body = JSONValue.object(members + [.init("name", .string("copy"))]).text
      let made = try await client.call(.post, "/parks", expert, body)
      #expect(made.status == .created, "\(made.text.prefix(2000))")
      let again = try JSONParser.parse(
        Array(
          buffer: try await client.get("/parks/copy/declarations?form=tables", expert).body))
      let tables = given["tables"]?.members ?? []
      #expect(tables.count >= 5)
      for table in tables {
        let rows = table.value.elements
        let found = again["tables"]?[table.key]?.elements ?? []
        #expect(found.count == rows.count, "\(table.key)")
        for (one, other) in zip(rows, found) { #expect(one["id"] == other["id"]) }
      }
      let old = try await client.get(
        "/parks/copy/versions/1/declarations?form=tables", expert)
      #expect(try JSONParser.parse(Array(buffer: old.body)) == again)
      let files = try await client.get("/parks/copy/declarations", expert)
      let names = try #require(files.json()["files"] as? [String: String]).keys
      #expect(names.contains("enterprises.csv") && names.contains("datapackage.json"))
    }
  }

  @Test func everythingWrongWithTablesIsToldWithItsPlace() async throws {
    let expert = try await fixture.program(.expert)
    try await fixture.test { client in
      var archive = try ParkArchive(folder: Repository.park("kalundborg")).files
      archive["inputs.csv"] = archive["inputs.csv"]?
        .replacing(",asnaes,", with: ",asnas,", maxReplacements: 1)
      archive["outputs.csv"] = archive["outputs.csv"]?
        .replacing("170000", with: "a lot", maxReplacements: 1)
      let files = JSONValue.object(
        archive.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
      let body = JSONValue.object([.init("name", .string("bad")), .init("files", files)]).text
      let refused = try await client.call(.post, "/parks", expert, body)
      #expect(refused.status == .unprocessableContent)
      let issues = try refused.issues()
      #expect(issues.contains { $0.hasPrefix("inputs.csv|enterprise|") }, "\(issues)")
      #expect(issues.contains { $0.hasPrefix("outputs.csv|quantity|") }, "\(issues)")
      #expect(!refused.text.contains("/tmp/"), "paths of the machine are nobody's business")
      #expect(try await client.get("/parks/bad", expert).status == .notFound)
    }
  }

  @Test(arguments: [
    "../x.csv", "a/b.csv", "scenarios/../../x.yaml", ".hidden.csv", "x.exe", "scenarios/x.csv", "",
    "x\\u0000.csv",
  ])
  func namesNeverLeadElsewhere(name: String) async throws {
    let expert = try await fixture.program(.expert)
    try await fixture.test { client in
      let refused = try await client.call(
        .post, "/parks", expert, "{\"name\":\"bad\",\"files\":{\"\(name)\":\"id\\n\"}}")
      #expect(refused.status == .unprocessableContent)
      #expect(try refused.issues().contains("body|files|bad-name"), "\(refused.text)")
    }
  }

  @Test func whoMayDoWhat() async throws {
    try await fixture.server.add(park: "kalundborg")
    try await fixture.server.add(park: "kalundborg", as: "ours")
    let firm = try await fixture.program(.enterprise, park: "ours", enterprise: "novo-nordisk")
    let board = try await fixture.program(.board, park: "ours")
    let researcher = try await fixture.program(.researcher)
    let stranger = try await fixture.program(.expert)
    let own = try await fixture.program(.expert, park: "ours")
    try await fixture.test { client in
      func status(_ path: String, _ program: APIFixture.Program) async throws -> Int {
        Int(try await client.get(path, program).status.code)
      }
      for (path, expected) in [
        ("/parks/ours", [200, 200, 404, 404, 200]),
        ("/parks/ours/declarations", [403, 403, 404, 404, 200]),
        ("/parks/ours/versions/1", [403, 403, 404, 404, 200]),
        ("/parks/ours/scenarios", [403, 200, 404, 404, 200]),
        ("/parks/ours/runs", [403, 403, 404, 404, 200]),
        ("/parks/ours/agreements", [200, 403, 404, 404, 200]),
        ("/parks/ours/report", [404, 404, 404, 404, 404]),
        ("/parks/none", [404, 404, 404, 404, 404]),
        ("/parks/kalundborg/declarations", [404, 404, 200, 200, 200]),
        ("/audit", [404, 404, 404, 404, 404]), ("/invitations", [404, 404, 404, 404, 404]),
      ] {
        for (program, code) in zip([firm, board, researcher, stranger, own], expected) {
          let found = try await status(path, program)
          #expect(found == code, "\(path), \(program.viewer.role)")
        }
      }
      // What one may not see and what is not there are told alike.
      let hidden = try await client.get("/parks/ours", researcher)
      let absent = try await client.get("/parks/none", researcher)
      #expect(hidden.text == absent.text)
      let park = try await client.get("/parks/ours", firm).json()
      #expect(park["sight"] as? String == "enterprises")
      #expect(park["enterprises"] as? [String] == ["novo-nordisk"])
      let refused = try await client.call(
        .post, "/parks", researcher, Self.body("kalundborg", name: "mine"))
      #expect(refused.status == .forbidden)
      let example = try await client.call(
        .post, "/parks/kalundborg/versions", own, Self.body("kalundborg"), headers: [.ifMatch: "*"])
      #expect(example.status == .forbidden)
    }
  }
}
