import Foundation
import LichenTestSupport
import Testing

/// Two enterprises in a browser, from strangers to partners who know each other's names.
@Suite struct ServeOwnTests {
  private struct Seen: Decodable {
    let before: [String]
    let forms: Int
    let asked: [String]
    let askerRequests: [String]
    let toMe: [String]
    let accepted: [String]
    let after: [String]
    let vietnamese: String
    let complaints: [String]
  }

  @Test(
    "One enterprise asks, the other accepts, and only then are they named",
    .enabled(
      if: Repository.isCI
        || (Repository.judgesPython != nil && Repository.command("chromedriver") != nil)))
  func agreement() throws {
    let python = try #require(Repository.judgesPython)
    let server = try ServerRun()
    defer { server.stop() }
    let link = try #require(server.setUpLink)
    let outcome = try Repository.run(
      python,
      [
        Repository.root.appendingPathComponent("Tests/judges/serve_own.py").path,
        link.absoluteString,
      ])
    try #require(outcome.status == 0, "\(outcome.error)")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let seen = try decoder.decode(Seen.self, from: Data(outcome.output.utf8))
    #expect(!seen.before.isEmpty && seen.forms == seen.before.count)
    #expect((seen.before + seen.asked + seen.askerRequests).allSatisfy { !$0.contains("Asn") })
    #expect(seen.askerRequests.count == 1)
    #expect(seen.toMe.count == 1 && seen.toMe[0].contains("Gyproc"))
    #expect(seen.accepted.count == 1)
    #expect(seen.after.contains { $0.contains("Asnæs") })
    #expect(seen.vietnamese == "Trao đổi của tôi")
    #expect(seen.complaints == [])
  }
}
