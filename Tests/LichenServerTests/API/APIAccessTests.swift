import Foundation
import Hummingbird
import HummingbirdTesting
import LichenIO
import LichenStore
import LichenTestSupport
import Testing

@testable import LichenServer

/// Every operation, asked by every role, about a park that is theirs, one that is somebody else's and one that never was.
@Suite struct APIAccessTests {
  private enum Rule {
    case everybody, signedIn, administrators
    /// Those who may do it to a park that they were given.
    case park(Set<Role>)

    static let whole = Rule.park([.administrator, .expert, .researcher])
    static let editors = Rule.park([.administrator, .expert])
    static let sight = Rule.park(Set(Role.allCases))
    static let supposers = Rule.park([.administrator, .expert, .researcher, .board])
    static let parties = Rule.park([.administrator, .expert, .researcher, .enterprise])
    static let enterprises = Rule.park([.enterprise])
  }

  /// Written by hand: an operation that is not here fails the test.
  private static let rules: [String: Rule] = [
    "GET /openapi.json": .everybody, "GET /me": .signedIn, "PATCH /me": .signedIn,
    "GET /me/tokens": .signedIn, "DELETE /me/tokens/{token}": .signedIn,
    "GET /parks": .signedIn, "POST /parks": .signedIn, "GET /parks/{park}": .sight,
    "GET /parks/{park}/versions": .whole, "POST /parks/{park}/versions": .editors,
    "GET /parks/{park}/versions/{number}": .whole,
    "GET /parks/{park}/versions/{number}/declarations": .whole,
    "GET /parks/{park}/declarations": .whole, "GET /parks/{park}/scenarios": .supposers,
    "POST /parks/{park}/scenarios": .supposers,
    "GET /parks/{park}/scenarios/{scenario}": .supposers,
    "PATCH /parks/{park}/scenarios/{scenario}": .supposers,
    "DELETE /parks/{park}/scenarios/{scenario}": .supposers,
    "POST /parks/{park}/what-if": .supposers, "GET /parks/{park}/runs": .whole,
    "POST /parks/{park}/runs": .whole, "GET /parks/{park}/runs/{run}": .whole,
    "POST /parks/{park}/runs/{run}/cancel": .whole, "GET /parks/{park}/runs/{run}/events": .whole,
    "GET /parks/{park}/runs/{run}/plan.json": .whole,
    "GET /parks/{park}/runs/{run}/report": .whole, "GET /parks/{park}/report": .sight,
    "GET /parks/{park}/agreements": .parties, "POST /parks/{park}/agreements": .enterprises,
    "PATCH /parks/{park}/agreements/{agreement}": .enterprises,
    "GET /catalogue/materials": .signedIn, "GET /catalogue/materials/{material}": .signedIn,
    "GET /catalogue/routes": .signedIn, "GET /catalogue/routes/{route}": .signedIn,
    "GET /catalogue/rules": .signedIn, "GET /catalogue/rules/{rule}": .signedIn,
    "GET /benchmarks": .signedIn, "GET /benchmarks/{instance}": .signedIn,
    "GET /people": .administrators, "GET /people/{person}": .administrators,
    "PATCH /people/{person}": .administrators, "PUT /people/{person}/grants": .administrators,
    "DELETE /people/{person}/grants": .administrators, "GET /invitations": .administrators,
    "POST /invitations": .administrators, "DELETE /invitations/{invitation}": .administrators,
    "GET /audit": .administrators,
  ]

  private static func path(_ path: String, park: String) -> String {
    path.replacing("{park}", with: park).replacing("{number}", with: "1")
      .replacing("{person}", with: "999999").replacing(/\{[a-z]+\}/, with: "nothing-there")
      + (path.hasSuffix("/grants") ? "?park=\(park)" : "")
  }

  @Test func nobodyLearnsOfWhatIsNotTheirs() async throws {
    let fixture = try APIFixture()
    for park in ["ours", "theirs"] {
      try await fixture.server.add(park: "kalundborg", as: park)
    }
    var programs: [Role: APIFixture.Program] = [:]
    for role in Role.allCases {
      programs[role] = try await fixture.program(
        role, park: role == .administrator ? nil : "ours",
        enterprise: role == .enterprise ? "gyproc" : nil)
    }
    let all = programs
    let operations = try API(fixture.server.server).operations
    #expect(Set(operations.map { "\($0.method) \($0.path)" }) == Set(Self.rules.keys))
    let document = try APIDocument(Repository.data.appendingPathComponent("serve"))
    try await fixture.server.test { client in
      let client = APIFixture.Client(fixture: fixture, client: client)
      for operation in operations {
        let name = "\(operation.method) \(operation.path)"
        let rule = try #require(Self.rules[name])
        let method = operation.method.rawValue.lowercased()
        let example = document.value["paths"]?[operation.path]?[method]?["requestBody"]?[
          "content"]?[
            "application/json"]?["example"]?.text
        func ask(_ park: String, _ program: APIFixture.Program?) async throws -> TestResponse {
          var body = operation.mostBody == nil ? nil : example ?? "{}"
          // The example makes a park; its name must be free each time.
          if operation.path == "/parks" {
            body = body?.replacing("two-mills", with: "p-\(UUID().uuidString.lowercased())")
          }
          return try await client.call(
            operation.method, Self.path(operation.path, park: park), program, body)
        }
        let stranger = try await ask("ours", nil)
        if case .everybody = rule {
          #expect(stranger.status == .ok, "\(name)")
        } else {
          let never = try await ask("never", nil)
          #expect(stranger.status == .unauthorized && stranger.text == never.text, "\(name)")
        }
        for role in Role.allCases where operation.path != "/me/tokens/{token}" {
          let program = all[role]
          let about = "\(name), \(role)"
          let ours = try await ask("ours", program)
          #expect(ours.status.code < 500, "\(about): \(ours.text)")
          switch rule {
          case .everybody: #expect(ours.status == .ok, "\(about)")
          case .signedIn: #expect(ours.status != .unauthorized, "\(about)")
          case .administrators:
            if role != .administrator { #expect(ours.status == .notFound, "\(about)") }
          case .park(let roles):
            let mayNot = ours.status == .forbidden || (ours.status == .notFound)
            if !roles.contains(role) { #expect(mayNot, "\(about): \(ours.text)") }
            if role == .administrator { continue }
            // What is not theirs is as what never was, to the last letter.
            let theirs = try await ask("theirs", program)
            let never = try await ask("never", program)
            #expect(theirs.status == .notFound && theirs.text == never.text, "\(about)")
          }
        }
      }
    }
  }
}
