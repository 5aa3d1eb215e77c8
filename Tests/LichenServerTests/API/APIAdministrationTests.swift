import Foundation
import Hummingbird
import HummingbirdTesting
import LichenStore
import Testing

@testable import LichenServer

/// People, invitations and the log, for administrators.
@Suite struct APIAdministrationTests {
  private let fixture: APIFixture

  init() throws { fixture = try APIFixture() }

  @Test func somebodyIsInvitedGivenAParkAndLockedOut() async throws {
    try await fixture.server.add(park: "kalundborg", as: "ours")
    let ada = try await fixture.program(.administrator)
    let expert = try await fixture.program(.expert)
    try await fixture.test { client in
      let made = try await client.call(
        .post, "/invitations", ada, "{\"role\":\"board\",\"park\":\"ours\",\"note\":\"Bo\"}")
      #expect(made.status == .created)
      #expect(try made.text("link").contains("/join/"))
      let open = try await client.get("/invitations", ada)
      let invitation = try #require(
        try open.items().first { $0["note"] as? String == "Bo" }?["id"] as? Int)
      #expect(!open.text.contains("/join/"), "told once")
      #expect(
        try await client.call(.delete, "/invitations/\(invitation)", ada).status == .noContent)
      #expect(
        try await client.call(.delete, "/invitations/\(invitation)", ada).status == .notFound)
      for body in [
        "{\"role\":\"board\"}", "{\"role\":\"enterprise\",\"park\":\"ours\"}",
        "{\"role\":\"expert\",\"enterprise\":\"x\"}", "{\"role\":\"king\"}", "{}",
      ] {
        let refused = try await client.call(.post, "/invitations", ada, body)
        #expect(refused.status == .unprocessableContent, "\(body)")
      }

      let path = "/people/\(expert.viewer.id)"
      #expect(try await client.get("/parks/ours", expert).status == .notFound)
      let given = try await client.call(.put, "\(path)/grants", ada, "{\"park\":\"ours\"}")
      #expect(try #require(given.json()["grants"] as? [[String: Any]]).count == 1, "\(given.text)")
      #expect(try await client.get("/parks/ours", expert).status == .ok)
      let taken = try await client.call(.delete, "\(path)/grants?park=ours", ada)
      #expect(try #require(taken.json()["grants"] as? [Any]).isEmpty)
      #expect(try await client.get("/parks/ours", expert).status == .notFound)
      #expect(
        try await client.call(.put, "\(path)/grants", ada, "{\"park\":\"none\"}").status
          == .notFound)

      let tag = try #require(try await client.get(path, ada).headers[.eTag])
      let locked = try await client.call(
        .patch, path, ada, "{\"is_disabled\":true}", headers: [.ifMatch: tag])
      #expect(try locked.json()["is_disabled"] as? Bool == true)
      #expect(try await client.get("/me", expert).status == .unauthorized)
      let late = try await client.call(
        .patch, path, ada, "{\"is_disabled\":false}", headers: [.ifMatch: tag])
      #expect(late.status == .preconditionFailed)
      let oneself = try await client.call(
        .patch, "/people/\(ada.viewer.id)", ada, "{\"is_disabled\":true}")
      #expect(oneself.status == .conflict)
    }
  }

  @Test func theLogComesInPagesTheLatestFirst() async throws {
    try await fixture.server.add(park: "kalundborg", as: "ours")
    let ada = try await fixture.program(.administrator)
    try await fixture.test { client in
      var ids: [Int] = []
      var path = "/audit?limit=2"
      while true {
        let page = try await client.get(path, ada)
        ids += try page.items().compactMap { $0["id"] as? Int }
        guard let next = try page.json()["next"] as? String else { break }
        path = "/audit?limit=2&cursor=\(next)"
      }
      #expect(ids.count >= 4 && ids == ids.sorted(by: >) && Set(ids).count == ids.count)
      let foreign = APICursor(id: "x", place: 0).text
      #expect(try await client.get("/audit?cursor=\(foreign)", ada).status == .unprocessableContent)
    }
  }

  @Test func toEverybodyElseNoneOfItIsThere() async throws {
    let expert = try await fixture.program(.expert)
    try await fixture.test { client in
      let nothing = try await client.get("/nothing", expert)
      for path in ["/people", "/people/1", "/invitations", "/audit?limit=0"] {
        let answer = try await client.get(path, expert)
        #expect(answer.status == .notFound && answer.text == nothing.text, "\(path)")
      }
      let invited = try await client.call(.post, "/invitations", expert, "nonsense")
      #expect(invited.text == nothing.text, "nothing is read before it is known who asks")
    }
  }
}
