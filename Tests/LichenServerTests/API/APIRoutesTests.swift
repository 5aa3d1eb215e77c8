import Foundation
import Hummingbird
import HummingbirdTesting
import LichenIO
import LichenStore
import LichenTestSupport
import Testing

@testable import LichenServer

/// The interface as a whole: its description, its refusals, its pages.
@Suite struct APIRoutesTests {
  private let fixture: APIFixture

  init() throws { fixture = try APIFixture { $0.mostUpload = 1 << 19 } }

  @Test func routesAndDescriptionAreTheSame() throws {
    let routes = try fixture.server.server.router().routes
    let registered = routes.map { "\($0.method.rawValue) \($0.path)" }
      .filter { $0.contains(" /api/") && !$0.hasPrefix("HEAD ") }
    let document = try APIDocument(Repository.data.appendingPathComponent("serve"))
    let described = (document.value["paths"]?.members ?? []).flatMap { path in
      (path.value.members ?? []).map { method in
        let colons = path.key.replacing("{", with: ":").replacing("}", with: "")
        return "\(method.key.uppercased()) \(APIOperation.root)\(colons)"
      }
    }
    #expect(described.count > 40)
    #expect(Set(registered.map(Self.plain)) == Set(described))
    #expect(registered.count == described.count)
  }

  /// Some routers write parameters as `{park}`, some as `:park`.
  private static func plain(_ route: String) -> String {
    route.replacing("${", with: ":").replacing("{", with: ":").replacing("}", with: "")
  }

  @Test func theDescriptionNamesThePrefix() async throws {
    let server = try ServerFixture { $0.prefix = "/lichen" }
    let served = try await server.test { try await $0.get("/lichen/api/v1/openapi.json") }
    let document = try JSONParser.parse(Array(buffer: served.body))
    #expect(document["servers"]?.elements.first?["url"]?.string == "/lichen/api/v1")
    let lost = try await server.test { try await $0.get("/lichen/api/v1/nothing") }
    #expect(lost.headers[.contentType] == "application/problem+json")
    let method = try await server.test {
      try await $0.execute(uri: "/lichen/api/v1/parks", method: .delete)
    }
    #expect(method.headers[.allow] == "GET, HEAD, POST")
  }

  @Test(.enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func descriptionIsValid() throws {
    let judge = try Repository.run(
      try #require(Repository.judgesPython),
      [
        Repository.root.appendingPathComponent("Tests/judges/serve_api.py").path, "document",
        Repository.data.appendingPathComponent("serve/openapi.json").path,
      ])
    #expect(judge.status == 0, "\(judge.output)\(judge.error)")
  }

  @Test func everyRefusalIsAProblem() async throws {
    let expert = try await fixture.program(.expert)
    try await fixture.server.add(park: "kalundborg")
    let json: HTTPFields = [.contentType: "application/json"]
    try await fixture.test { client in
      func check(
        _ response: TestResponse, _ status: Int, _ code: String, line: Int = #line
      ) throws {
        let body = try response.json()
        #expect(Int(response.status.code) == status, "line \(line): \(response.text)")
        #expect(response.headers[.contentType] == "application/problem+json", "line \(line)")
        #expect(body["status"] as? Int == status && body["code"] as? String == code, "line \(line)")
        #expect(body["type"] as? String == "about:blank", "line \(line)")
      }
      let stranger = try await client.get("/parks", nil)
      try check(stranger, 401, "stranger")
      #expect(stranger.headers[.wwwAuthenticate] == "Bearer")
      let wrong = APIFixture.Program(viewer: expert.viewer, token: "wrong")
      try check(try await client.get("/parks", wrong), 401, "stranger")
      try check(try await client.get("/nothing", expert), 404, "missing")
      try check(try await client.get("/parks/nothing", expert), 404, "missing")
      let method = try await client.call(.delete, "/parks/kalundborg", expert)
      try check(method, 405, "method")
      #expect(method.headers[.allow] == "GET, HEAD")
      let both = try await client.call(.put, "/parks", expert)
      #expect(both.headers[.allow] == "GET, HEAD, POST")
      try check(
        try await client.get("/parks", expert, headers: [.accept: "text/csv"]), 406, "unacceptable")
      let path = "/parks/kalundborg/what-if"
      try check(try await client.call(.post, path, expert, "{"), 400, "bad")
      try check(
        try await client.call(.post, path, expert, "{}", headers: [.contentType: "text/plain"]),
        415, "type")
      try check(try await client.call(.post, path, expert, headers: json), 400, "bad")
      let large = "{\"x\":\"\(String(repeating: "a", count: 1 << 18))\"}"
      try check(try await client.call(.post, path, expert, large), 413, "large")
      try check(try await client.call(.post, path, expert, "[]"), 422, "invalid")
      try check(try await client.get("/parks?limit=0", expert), 422, "invalid")
      try check(try await client.get("/people", expert), 404, "missing")
    }
  }

  @Test func unknownFieldsAreNamed() async throws {
    let expert = try await fixture.program(.expert)
    try await fixture.server.add(park: "kalundborg")
    try await fixture.test { client in
      let body = """
        {"titel": "x", "changes": [{"key": "carbon_price", "value": 60, "unit": "EUR"}], "is_open": 1}
        """
      let answer = try await client.call(.post, "/parks/kalundborg/scenarios", expert, body)
      #expect(answer.status == .unprocessableContent)
      #expect(
        Set(try answer.issues()) == [
          "body|title|missing-field", "body|is_open|wrong-value", "body|titel|unknown-field",
          "body.changes[0]|unit|unknown-field",
        ])
      #expect(answer.text.contains("did you mean title?"))
      let query = try await client.get("/parks?limti=3&limit=3&limit=4", expert)
      #expect(
        Set(try query.issues()) == ["query|limti|unknown-field", "query|limit|duplicate-field"])
      let twice = try await client.call(
        .post, "/parks/kalundborg/scenarios", expert, "{\"title\":\"a\",\"title\":\"b\"}")
      #expect(twice.status == .badRequest && twice.text.contains("twice"))
    }
  }

  @Test func pagesFollowEachOtherWithoutGapOrOverlap() async throws {
    let researcher = try await fixture.program(.researcher)
    try await fixture.test { client in
      for list in ["catalogue/materials", "catalogue/rules", "benchmarks"] {
        var ids: [String] = []
        var path = "/\(list)?limit=37"
        while true {
          let page = try await client.get(path, researcher)
          let items = try page.items()
          #expect(items.count <= 37)
          ids += items.compactMap { ($0["id"] ?? $0["name"]) as? String }
          guard let next = try page.json()["next"] as? String else { break }
          path = "/\(list)?limit=37&cursor=\(next)"
        }
        #expect(ids.count > 40 && Set(ids).count == ids.count && ids == ids.sorted(), "\(list)")
      }
      let bad = try await client.get("/catalogue/rules?cursor=x", researcher)
      #expect(try bad.issues() == ["query|cursor|bad-cursor"])
      let found = try await client.get("/catalogue/materials?q=tro%20bay", researcher)
      #expect(try found.items().map { $0["id"] as? String } == ["apc_residue", "coal_fly_ash"])
    }
  }

  /// A page that begins behind something that has gone meanwhile begins where it was.
  @Test func cursorsOutliveWhatTheyName() throws {
    let cursor = try APICursor(APICursor(id: "a scenario of two words", place: 7).text)
    #expect(cursor.id == "a scenario of two words" && cursor.place == 7)
    for text in ["", "x", "AAAA", APICursor(id: "a", place: -1).text] {
      #expect(throws: (any Error).self) { try APICursor(text) }
    }
  }

  @Test func whatIsKnownIsNotSentAgain() async throws {
    let expert = try await fixture.program(.expert)
    try await fixture.server.add(park: "kalundborg")
    try await fixture.test { client in
      let first = try await client.get("/parks/kalundborg", expert)
      let tag = try #require(first.headers[.eTag])
      #expect(first.headers[.cacheControl] == "private, no-cache")
      for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
        let again = try await client.get(
          "/parks/kalundborg", expert, headers: [.ifNoneMatch: known])
        #expect(again.status == .notModified && again.text.isEmpty, "\(known)")
        #expect(again.headers[.eTag] == tag)
      }
      let other = try await client.get(
        "/parks/kalundborg", expert, headers: [.ifNoneMatch: "\"other\""])
      #expect(other.status == .ok && other.text == first.text)
      let head = try await client.call(.head, "/parks/kalundborg", expert)
      #expect(head.status == .ok && head.text.isEmpty && head.headers[.eTag] == tag)
    }
  }

  @Test func readersSayWhatTheyTake() {
    for header in [nil, "", "*/*", "application/*", "text/html, application/json;q=0.1"] {
      #expect(APIGate.accepts(header, ["application/json"]), "\(header ?? "none")")
    }
    for header in ["text/html", "application/json;q=0", "image/*", "application/jsonx"] {
      #expect(!APIGate.accepts(header, ["application/json"]), "\(header)")
    }
  }

  /// A browser's calls need the session's token; reading does not.
  @Test func browsersSendTheSessionsToken() async throws {
    let browser = try await fixture.server.browser(.expert)
    let cookie: HTTPFields = [.cookie: "lichen=\(browser.cookie)"]
    try await fixture.test { client in
      let body = "{\"language\":\"vi\"}"
      #expect(try await client.get("/me", nil, headers: cookie).status == .ok)
      let forged = try await client.call(.patch, "/me", nil, body, headers: cookie)
      #expect(forged.status == .forbidden)
      var headers = cookie
      headers[.csrf] = browser.csrf
      let sent = try await client.call(.patch, "/me", nil, body, headers: headers)
      #expect(try sent.text("language") == "vi")
      let problem = try await client.get("/parks/none", nil, headers: cookie)
      #expect(try problem.text("title") != "Not here", "problems speak the caller's language")
    }
  }

  @Test func aPageTellsOfEveryCall() async throws {
    let page = try await fixture.server.test { try await $0.get("/api") }
    let document = try APIDocument(Repository.data.appendingPathComponent("serve"))
    for path in document.value["paths"]?.members ?? [] {
      for method in path.value.members ?? [] {
        let call = "\(method.key.uppercased()) /api/v1\(path.key)"
        #expect(page.text.contains("<code>\(call)</code>"), "\(call)")
      }
    }
    #expect(!page.text.contains("<script"))
  }
}
