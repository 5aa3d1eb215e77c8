import Foundation
import Hummingbird
import HummingbirdTesting
import LichenStore
import Testing

@testable import LichenServer

/// Tokens: made on one's own page, shown once, and revoked.
@Suite struct APITokenTests {
  private let fixture: APIFixture

  init() throws { fixture = try APIFixture() }

  @Test func aTokenIsShownOnceAndOpensTheInterfaceUntilItIsRevoked() async throws {
    let browser = try await fixture.server.browser(.researcher)
    let secret = try await fixture.server.test { client in
      let empty = try await client.get("/me", browser)
      #expect(empty.text.contains("You have no token."))
      let made = try await client.post("/me/tokens", ["name": "my <script>"], browser)
      #expect(made.status == .ok && made.text.contains("my &lt;script&gt;"))
      let secret = try #require(made.text.firstMatch(of: #/<code class="token">([^<]+)</#)?.1)
      #expect(try await !client.get("/me", browser).text.contains(secret))
      let nameless = try await client.post("/me/tokens", ["name": " "], browser)
      #expect(nameless.status == .unprocessableContent)
      return String(secret)
    }
    let program = APIFixture.Program(viewer: browser.viewer, token: secret)
    try await fixture.test { client in
      let tokens = try await client.get("/me/tokens", program).items()
      #expect(tokens.map { $0["name"] as? String } == ["my <script>"])
      #expect(!(try await client.get("/me/tokens", program).text.contains(secret)))
      let id = try #require(tokens.first?["id"] as? Int)
      #expect(try await client.call(.delete, "/me/tokens/\(id)", program).status == .noContent)
      #expect(try await client.get("/me", program).status == .unauthorized)
    }
  }

  @Test func nobodyRevokesTheTokensOfOthers() async throws {
    let one = try await fixture.program(.researcher)
    let other = try await fixture.program(.expert)
    try await fixture.test { client in
      let id = try #require(try await client.get("/me/tokens", one).items().first?["id"] as? Int)
      #expect(try await client.call(.delete, "/me/tokens/\(id)", other).status == .notFound)
      #expect(try await client.call(.delete, "/me/tokens/x", other).status == .notFound)
      #expect(try await client.get("/me", one).status == .ok)
    }
  }

  @Test func aTokenMakesNoTokens() async throws {
    let program = try await fixture.program(.expert)
    let made = try await fixture.server.test {
      try await $0.post(
        "/me/tokens", ["name": "more"], headers: [.authorization: "Bearer \(program.token)"])
    }
    #expect(made.status == .forbidden)
  }
}
