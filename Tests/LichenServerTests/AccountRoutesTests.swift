import Foundation
import Hummingbird
import HummingbirdTesting
import LichenStore
import Testing

@testable import LichenServer

/// Joining, signing in and out, language, forms of other sites.
@Suite struct AccountRoutesTests {
  private let fixture: ServerFixture

  init() throws { fixture = try ServerFixture() }

  @Test func whoHoldsTheSetUpLinkBecomesAdministrator() async throws {
    let link = try #require(try await fixture.server.prepare())
    try await fixture.test { client in
      let page = try await client.get("/join/\(link)?lang=vi")
      #expect(page.status == .ok && page.text.contains("quản trị viên"))
      let weak = try await client.post(
        "/join/\(link)", ["name": "Ada", "email": "ada@example.org", "password": "short"])
      #expect(
        weak.status == .unprocessableContent && weak.text.contains("The password is too short"))
      #expect(weak.text.contains("value=\"ada@example.org\""), "nothing typed is lost")
      let joined = try await client.post(
        "/join/\(link)",
        ["name": "Ada <b>", "email": "ada@example.org", "password": ServerFixture.password])
      #expect(joined.status == .seeOther)
      let cookie = try #require(joined.headers[.setCookie])
      #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
      let secret = try #require(cookie.firstMatch(of: #/lichen=([^;]+)/#)?.1)
      let home = try await client.get("/", headers: [.cookie: "lichen=\(secret)"])
      #expect(home.text.contains("Welcome, Ada &lt;b&gt;."))
      #expect(home.text.contains("Kalundborg"), "the example parks are there")
      #expect(try await client.get("/join/\(link)").status == .notFound)
    }
    #expect(try await fixture.server.prepare() == nil)
  }

  @Test func signingInLeadsWhereOneWantedToGoButNowhereElse() async throws {
    let ada = try await fixture.browser(.expert)
    try await fixture.test { client in
      let page = try await client.get("/people?before=3")
      #expect(page.status == .seeOther)
      #expect(page.headers[.location] == "/sign-in?next=/people%3Fbefore%3D3")
      for (next, expected) in [
        ("/drafts?x=1", "/drafts?x=1"), ("//evil.example", "/"), ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
      ] {
        let answer = try await client.post(
          "/sign-in",
          ["email": "expert@example.org", "password": ServerFixture.password, "next": next])
        #expect(answer.status == .seeOther && answer.headers[.location] == expected, "\(next)")
      }
      let wrong = try await client.post(
        "/sign-in", ["email": "expert@example.org", "password": "something else"])
      #expect(wrong.status == .unauthorized)
      let nobody = try await client.post(
        "/sign-in", ["email": "nobody@example.org", "password": "something else"])
      #expect(
        nobody.text.replacing("nobody@", with: "expert@") == wrong.text,
        "nobody learns who has an account")
      let out = try await client.post("/sign-out", [:], ada)
      #expect(out.status == .seeOther)
      #expect(try await client.get("/", ada).status == .seeOther)
    }
  }

  @Test func formsOfOtherSitesAreRefused() async throws {
    let boss = try await fixture.browser(.administrator)
    let other = try await fixture.browser(.expert)
    try await fixture.test { client in
      for csrf in ["", "guess", other.csrf] {
        let answer = try await client.post(
          "/people/invite", ["role": "administrator"], boss, csrf: csrf)
        #expect(answer.status == .forbidden)
      }
      for headers: HTTPFields in [
        [.fetchSite: "cross-site"], [.fetchSite: "same-site"], [.origin: "https://evil.example"],
      ] {
        let answer = try await client.post(
          "/sign-in", ["email": "expert@example.org", "password": ServerFixture.password],
          headers: headers)
        #expect(answer.status == .forbidden, "\(headers)")
      }
      let own = try await client.post(
        "/sign-in", ["email": "expert@example.org", "password": ServerFixture.password],
        headers: [.origin: "http://localhost", .fetchSite: "same-origin"])
      #expect(own.status == .seeOther)
    }
    #expect(try await Desk(fixture.store, for: boss.viewer).invitations().isEmpty)
  }

  @Test func guessingIsSlowedDownAndToldHowLong() async throws {
    _ = try await fixture.browser(.expert)
    try await fixture.test { client in
      for _ in 0..<Store.mostFailures {
        _ = try await client.post("/sign-in", ["email": "expert@example.org", "password": "x"])
      }
      let answer = try await client.post(
        "/sign-in", ["email": "expert@example.org", "password": ServerFixture.password])
      #expect(answer.status == .tooManyRequests)
      let seconds = try #require(answer.headers[.retryAfter].flatMap { Int($0) })
      #expect((800...900).contains(seconds))
    }
  }

  @Test func aLargeFormIsRefusedUnread() async throws {
    try await fixture.test { client in
      let answer = try await client.post(
        "/sign-in", ["email": String(repeating: "x", count: 2 << 20)])
      #expect(answer.status == .contentTooLarge)
    }
  }

  @Test func theLanguageIsKeptForUsersAndStandsInTheAddressForStrangers() async throws {
    let ada = try await fixture.browser(.expert)
    try await fixture.test { client in
      let stranger = try await client.post(
        "/language", ["language": "vi", "next": "/sign-in?next=/&lang=en"])
      #expect(stranger.headers[.location] == "/sign-in?next=/&lang=vi")
      let page = try await client.get("/sign-in", headers: [.acceptLanguage: "fr, vi;q=0.9"])
      #expect(page.text.contains("<html lang=\"vi\">"))
      _ = try await client.post("/language", ["language": "vi", "next": "/"], ada)
      #expect(try await client.get("/", ada).text.contains("Xin chào"))
      let unknown = try await client.post("/language", ["language": "xx"], ada)
      #expect(unknown.status == .unprocessableContent)
    }
  }

  @Test func behindAProxyEveryLinkCarriesThePrefix() async throws {
    let fixture = try ServerFixture {
      $0.prefix = "/lichen"
      $0.origin = "https://parks.example.org"
    }
    let boss = try await fixture.browser(.administrator)
    try await fixture.test { client in
      #expect(try await client.get("/", boss).status == .notFound)
      let home = try await client.get("/lichen/", boss)
      #expect(home.status == .ok)
      for match in home.text.matches(of: #/(?:href|src|action)="([^"]*)"/#) {
        #expect(match.1.hasPrefix("/lichen/") || match.1.hasPrefix("#"), "\(match.1)")
      }
      let made = try await client.post("/lichen/people/invite", ["role": "expert"], boss)
      #expect(made.text.contains("https://parks.example.org/lichen/join/"))
      let signed = try await client.post(
        "/lichen/sign-in",
        ["email": "administrator@example.org", "password": ServerFixture.password])
      let cookie = try #require(signed.headers[.setCookie])
      #expect(cookie.contains("Secure") && cookie.contains("Path=/lichen/"))
      #expect(signed.headers[.location] == "/lichen/")
      #expect(home.headers[.strictTransportSecurity] != nil)
    }
  }

  @Test func pagesCarryAPolicyThatLetsNothingStrangeIn() async throws {
    let boss = try await fixture.browser(.administrator)
    try await fixture.test { client in
      for path in ["/", "/people", "/log", "/sign-in", "/nowhere"] {
        let page = try await client.get(path, boss)
        let policy = try #require(page.headers[.contentSecurityPolicy])
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
        #expect(page.headers[.xContentTypeOptions] == "nosniff")
        #expect(page.headers[.cacheControl] == "no-store")
        #expect(!page.text.contains(" style=") && !page.text.contains(" onclick="))
        #expect(!page.text.contains("{{"))
      }
    }
  }
}
