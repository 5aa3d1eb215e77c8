import Foundation
import Hummingbird
import HummingbirdTesting
import LichenStore
import Testing

@testable import LichenServer

/// Scenarios and plans under changes.
@Suite struct APIScenarioTests {
  private let fixture: APIFixture

  init() throws { fixture = try APIFixture() }

  private static let carbon = """
    {"title": "Carbon at 60", "changes": [{"key": "carbon_price", "value": 60}]}
    """

  @Test func aScenarioIsKeptChangedSharedAndDeleted() async throws {
    try await fixture.server.add(park: "kalundborg")
    let one = try await fixture.program(.expert)
    let other = try await fixture.program(.researcher)
    try await fixture.test { client in
      let all = "/parks/kalundborg/scenarios"
      let made = try await client.call(.post, all, one, Self.carbon)
      #expect(made.status == .created, "\(made.text)")
      let path = "\(all)/\(try made.text("id"))"
      #expect(made.headers[.location] == "/api/v1\(path)")
      #expect(try await client.get(path, other).status == .notFound)
      let tag = try #require(try await client.get(path, one).headers[.eTag])
      let shared = try await client.call(
        .patch, path, one, "{\"is_shared\":true}", headers: [.ifMatch: tag])
      #expect(shared.status == .ok, "\(shared.text)")
      #expect(try await client.get(path, other).status == .ok)
      #expect(try await client.get(all, other).items().count == 1)
      let stale = try await client.call(
        .patch, path, one, "{\"title\":\"Late\"}", headers: [.ifMatch: tag])
      #expect(stale.status == .preconditionFailed)
      #expect(try await client.get(path, one).text("title") == "Carbon at 60")
      #expect(
        try await client.call(.patch, path, other, "{\"title\":\"x\"}").status == .forbidden)
      #expect(try await client.call(.delete, path, other).status == .forbidden)
      let kept = try await client.call(.delete, path, one, headers: [.ifMatch: tag])
      #expect(kept.status == .preconditionFailed)
      #expect(try await client.call(.delete, path, one).status == .noContent)
      #expect(try await client.get(path, one).status == .notFound)
    }
  }

  @Test func changesThatCannotBePlannedAreNotKept() async throws {
    try await fixture.server.add(park: "kalundborg")
    let expert = try await fixture.program(.expert)
    try await fixture.test { client in
      let body = """
        {"title": "x", "changes": [{"key": "carbon_prise", "value": 60}, {"key": "enterprise.nobody", "value": "closed"}]}
        """
      let refused = try await client.call(.post, "/parks/kalundborg/scenarios", expert, body)
      #expect(refused.status == .unprocessableContent)
      #expect(refused.text.contains("carbon_price"), "the nearest key is told")
      #expect(refused.text.contains("nobody"))
      #expect(try await client.get("/parks/kalundborg/scenarios", expert).items().isEmpty)
    }
  }

  @Test func aPlanUnderChangesIsToldAtOnce() async throws {
    try await fixture.server.add(park: "kalundborg")
    let researcher = try await fixture.program(.researcher)
    try await fixture.test { client in
      let path = "/parks/kalundborg/what-if"
      let plain = try await client.call(.post, path, researcher, "{}")
      let closed = try await client.call(
        .post, path, researcher,
        "{\"changes\":[{\"key\":\"enterprise.gyproc\",\"value\":\"closed\"}]}")
      #expect(plain.status == .ok && closed.status == .ok, "\(closed.text)")
      #expect(plain.text.contains("\"gyproc\"") && !closed.text.contains("\"gyproc\""))
      let summary = try #require(plain.json()["summary"] as? [String: Any])
      let exchanges = try #require(plain.json()["exchanges"] as? [[String: Any]])
      #expect(exchanges.count == summary["exchanges"] as? Int && exchanges.count > 3)
      let long = try await client.call(.post, path, researcher, "{\"seconds\":11}")
      #expect(try long.issues() == ["body|seconds|wrong-value"])
      let old = try await client.call(.post, path, researcher, "{\"version\":2}")
      #expect(old.status == .notFound)
    }
  }

  /// A board's answers speak of the open park only, whatever is asked and however it fails.
  @Test func aBoardLearnsNothingOfFirmsThatAskedNotToBeShown() async throws {
    try await fixture.server.add(park: "kwinana", as: "ours", hiding: "kwrp")
    let board = try await fixture.program(.board, park: "ours")
    let expert = try await fixture.program(.expert, park: "ours")
    try await fixture.test { client in
      let path = "/parks/ours/what-if"
      let whole = try await client.call(.post, path, expert, "{}")
      #expect(whole.text.contains("kwrp"))
      let open = try await client.call(.post, path, board, "{}")
      #expect(open.status == .ok && !open.text.contains("kwrp"))
      #expect(try open.json()["is_open"] as? Bool == true)
      let real = try await client.call(
        .post, path, board, "{\"changes\":[{\"key\":\"enterprise.kwrp\",\"value\":\"closed\"}]}")
      let invented = try await client.call(
        .post, path, board, "{\"changes\":[{\"key\":\"enterprise.qwrq\",\"value\":\"closed\"}]}")
      #expect(real.status == .unprocessableContent)
      #expect(real.text.replacing("kwrp", with: "qwrq") == invented.text)
      #expect(
        try await client.call(.post, path, board, "{\"version\":1}").status == .notFound,
        "versions are for those who see the whole")
    }
  }

  @Test func nobodyKeepsTheOthersOut() async throws {
    let gate = PlanningGate(mostOfOne: 1, most: 2)
    @Sendable func viewer(_ id: Int64) -> Viewer {
      Viewer(id: id, name: "", role: .expert, language: "en", grants: [])
    }
    try await gate.pass(viewer(1)) {
      await #expect(throws: Refusal.self) { try await gate.pass(viewer(1)) {} }
      try await gate.pass(viewer(2)) {
        await #expect(throws: Refusal.self) { try await gate.pass(viewer(3)) {} }
      }
      try await gate.pass(viewer(3)) {}
    }
    try await gate.pass(viewer(1)) {}
    let many = Refusal.meaning(of: Refusal.tooMany(seconds: 1))
    #expect(many.status == .tooManyRequests && many.retryAfter == 1)
    #expect(Refusal.meaning(of: Refusal.overloaded).retryAfter != nil)
  }
}
