import Foundation
import GRDB
import Hummingbird
import HummingbirdTesting
import LichenTestSupport
import Synchronization
import Testing

@testable import LichenServer
@testable import LichenStore

/// Every route, asked by every role, about a park that is theirs, one that is somebody else's and one that never was.
@Suite struct AccessMatrixTests {
  /// Who may have a route at all; everybody else gets what is not there, or a hint that they may only look.
  enum Rule {
    /// Strangers too.
    case everybody
    case signedIn
    case administrators
    /// Those who see the park in this way, of the park `ours`.
    case park(Set<Role>)
  }

  private static let whole: Set<Role> = [.administrator, .expert, .researcher]
  private static let supposing: Set<Role> = [.administrator, .expert, .board, .researcher]

  /// Written by hand: a route that is not here fails the test.
  static let rules: [String: Rule] = [
    "GET /assets/{name}": .everybody, "GET /health": .everybody, "GET /metrics": .everybody,
    "GET /sign-in": .everybody, "POST /sign-in": .everybody, "POST /sign-out": .everybody,
    "GET /join/{secret}": .everybody, "POST /join/{secret}": .everybody,
    "POST /language": .everybody, "GET /": .signedIn, "GET /api": .everybody,
    "GET /me": .signedIn, "POST /me/tokens": .signedIn, "POST /me/tokens/{token}/revoke": .signedIn,
    "GET /benchmarks": .signedIn, "GET /benchmarks/{file}": .signedIn,
    "GET /people": .administrators, "POST /people/invite": .administrators,
    "POST /people/invitations/{id}/revoke": .administrators,
    "POST /people/{id}/parks": .administrators, "POST /people/{id}/lock": .administrators,
    "GET /log": .administrators,
    "GET /drafts": .signedIn,
    "POST /drafts": .signedIn,
    "POST /drafts/list": .signedIn,
    "POST /drafts/new": .signedIn,
    "GET /drafts/{id}": .signedIn,
    "GET /drafts/{id}/words": .signedIn,
    "POST /drafts/{id}/adopt": .signedIn,
    "POST /drafts/{id}/fill": .signedIn,
    "POST /drafts/{id}/remove": .signedIn,
    "POST /drafts/{id}/settings": .signedIn,
    "POST /drafts/{id}/tables/{table}": .signedIn,
    "POST /drafts/{id}/words": .signedIn,
    "GET /parks/{park}": .park(whole),
    "GET /parks/{park}/tables/{file}": .park(whole),
    "POST /parks/{park}/draft": .park(whole),
    "POST /parks/{park}/runs": .park(whole),
    "GET /parks/{park}/runs/{run}": .park(whole),
    "GET /parks/{park}/runs/{run}/events": .park(whole),
    "GET /parks/{park}/runs/{run}/report": .park(whole),
    "POST /parks/{park}/runs/{run}/cancel": .park(whole),
    "POST /parks/{park}/runs/{run}/repeat": .park(whole),
    "GET /parks/{park}/own": .park([.enterprise]),
    "POST /parks/{park}/own/ask": .park([.enterprise]),
    "POST /parks/{park}/own/answer": .park([.enterprise]),
    "GET /parks/{park}/own/{enterprise}/{format}": .park([.enterprise]),
    "GET /parks/{park}/room": .park(supposing), "POST /parks/{park}/room": .park(supposing),
    "POST /parks/{park}/room/ask/{question}": .park(supposing),
    "GET /parks/{park}/room/preparation": .park(supposing),
    "GET /parks/{park}/room/jobs/{job}": .park(supposing),
    "GET /parks/{park}/room/jobs/{job}/events": .park(supposing),
    "POST /parks/{park}/room/jobs/{job}/cancel": .park(supposing),
    "GET /parks/{park}/room/compare": .park(supposing),
    "GET /parks/{park}/room/report": .park(supposing),
    "GET /parks/{park}/room/s/{scenario}": .park(supposing),
    "POST /parks/{park}/room/scenarios": .park(supposing),
    "POST /parks/{park}/room/scenarios/{scenario}": .park(supposing),
    "POST /parks/{park}/room/scenarios/{scenario}/delete": .park(supposing),
  ]

  private static func routes(_ server: Server) throws -> [(
    method: HTTPRequest.Method, path: String
  )] {
    // The programming interface has a matrix of its own: `APIAccessTests`.
    try server.router().routes.map { ($0.method, "\($0.path)") }
      .filter { !$0.path.hasPrefix("/api/") }
  }

  @Test func everyRouteHasARule() throws {
    let fixture = try ServerFixture()
    let there = Set(try Self.routes(fixture.server).map { "\($0.method) \($0.path)" })
    #expect(there == Set(Self.rules.keys))
  }

  /// A path of a route, about one park.
  private static func path(_ route: String, park: String) -> String {
    route.replacing("{park}", with: park).replacing("{enterprise}", with: "gyproc")
      .replacing("{format}", with: "json").replacing("{id}", with: "999999")
      .replacing("{name}", with: "site.css").replacing(/\{[a-z]+\}/, with: "nothing-there")
  }

  /// The text of an answer without what differs between any two: names of parks and random values.
  private static func told(_ response: TestResponse, park: String) -> String {
    "\(response.status.code) "
      + response.text.replacing(park, with: "PARK").replacing(/nonce="[^"]*"/, with: "")
  }

  @Test func nobodyLearnsOfWhatIsNotTheirs() async throws {
    let fixture = try ServerFixture()
    try await fixture.add(park: "kalundborg", as: "ours")
    try await fixture.add(park: "kalundborg", as: "theirs")
    var browsers: [Role?: ServerFixture.Browser] = [:]
    for role in Role.allCases {
      browsers[role] = try await fixture.browser(
        role, park: role == .administrator ? nil : "ours",
        enterprise: role == .enterprise ? "novo" : nil)
    }
    let all = browsers
    try await fixture.test { client in
      for (method, route) in try Self.routes(fixture.server) {
        let rule = try #require(Self.rules["\(method) \(route)"])
        func ask(_ park: String, _ browser: ServerFixture.Browser?) async throws -> TestResponse {
          let path = Self.path(route, park: park)
          return method == .get
            ? try await client.get(path, browser) : try await client.post(path, [:], browser)
        }
        let stranger = try await ask("ours", nil)
        if case .everybody = rule {
        } else {
          // Pages lead to the sign-in, forms are refused; nothing else is told.
          #expect(
            [.seeOther, .unauthorized, .forbidden].contains(stranger.status), "\(method) \(route)")
          let never = try await ask("never", nil)
          #expect(Self.told(stranger, park: "ours") == Self.told(never, park: "never"))
        }
        for role in Role.allCases {
          let browser = all[role]
          let about = "\(method) \(route), \(role)"
          switch rule {
          case .everybody, .signedIn: break
          case .administrators:
            if role != .administrator {
              #expect(try await ask("ours", browser).status == .notFound, "\(about)")
            }
          case .park(let roles):
            // What is not theirs is as what never was, to the last letter.
            let theirs = try await ask("theirs", browser)
            let never = try await ask("never", browser)
            if role != .administrator {
              #expect(theirs.status == .notFound, "\(about)")
              #expect(
                Self.told(theirs, park: "theirs") == Self.told(never, park: "never"), "\(about)")
            }
            let ours = try await ask("ours", browser)
            if !roles.contains(role) {
              #expect([.notFound, .forbidden].contains(ours.status), "\(about)")
            }
            #expect(ours.status.code < 500, "\(about)")
          }
        }
      }
    }
  }

  /// What is asked of the database, statement by statement.
  private final class Statements: Sendable {
    private let kept = Mutex<[String]>([])

    /// Follows every connection that the store has opened.
    func follow(_ store: Store) throws {
      let note: @Sendable (Database.TraceEvent) -> Void = { [self] event in
        if case .statement(let statement) = event { kept.withLock { $0.append(statement.sql) } }
      }
      try store.pool.barrierWriteWithoutTransaction { $0.trace(options: .statement, note) }
      try store.pool.read { $0.trace(options: .statement, note) }
    }

    func taken() -> [String] {
      kept.withLock { kept in
        defer { kept = [] }
        return kept
      }
    }
  }

  /// Time tells what is there if more is done for it: so exactly the same is to be done.
  @Test func whatIsNotTheirsTakesTheSameWorkAsWhatNeverWas() async throws {
    let fixture = try ServerFixture()
    try await fixture.add(park: "kalundborg", as: "theirs")
    try await fixture.add(park: "kalundborg", as: "ours")
    var browsers: [Role: ServerFixture.Browser] = [:]
    for role in Role.allCases where role != .administrator {
      browsers[role] = try await fixture.browser(
        role, park: "ours", enterprise: role == .enterprise ? "novo" : nil)
    }
    let all = browsers
    try await fixture.test { client in
      var told = 0
      for (method, route) in try Self.routes(fixture.server) {
        guard case .park = try #require(Self.rules["\(method) \(route)"]) else { continue }
        for (role, browser) in all {
          func work(_ park: String) async throws -> [String] {
            let statements = Statements()
            try statements.follow(fixture.store)
            let path = Self.path(route, park: park)
            _ =
              method == .get
              ? try await client.get(path, browser) : try await client.post(path, [:], browser)
            return statements.taken()
          }
          // The first of all may find a session to prolong.
          _ = try await work("never")
          let (theirs, never) = try await (work("theirs"), work("never"))
          told += never.count
          #expect(theirs == never, "\(method) \(route), \(role)")
        }
      }
      #expect(told > 100, "the statements are seen")
    }
  }
}
