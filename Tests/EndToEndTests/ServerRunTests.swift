import Foundation
import LichenTestSupport
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// The server as an operator starts and ends it.
struct ServerRunTests {
  @Test("The first start offers a link to set the server up; it ends when it is told to")
  func start() async throws {
    let server = try ServerRun()
    defer { server.stop() }
    let link = try #require(server.setUpLink)
    #expect(link.path.hasPrefix("/join/"))
    let (_, response) = try await URLSession.shared.data(
      from: server.address.appendingPathComponent("health"))
    #expect((response as? HTTPURLResponse)?.statusCode == 200)
    server.end(by: SIGTERM)
    #expect(!server.isRunning)
  }

  @Test("Under a prefix every address carries it")
  func prefix() throws {
    let server = try ServerRun(arguments: ["--prefix", "/lichen"])
    defer { server.stop() }
    #expect(server.address.path == "/lichen")
    #expect(server.setUpLink?.path.hasPrefix("/lichen/join/") == true)
  }
}
