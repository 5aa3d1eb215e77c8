import Foundation
import Hummingbird
import HummingbirdTesting
import LichenTestSupport
import Testing

@testable import LichenServer

#if canImport(Glibc)
  import Glibc
#endif

/// Clients that say less than they announced, over real connections.
@Suite struct SlowUploadTests {
  /// Sends bytes, says nothing more, and gives what is answered until the connection ends.
  private static func answer(to bytes: [UInt8], port: Int) throws -> String {
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(client >= 0)
    defer { close(client) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(connected == 0)
    try #require(send(client, bytes, bytes.count, 0) == bytes.count)
    var answer: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(client, &piece, piece.count, 0)
      if count <= 0 { return String(decoding: answer, as: UTF8.self) }
      answer += piece.prefix(count)
    }
  }

  @Test func anUploadThatStopsIsAnsweredAndItsConnectionEnds() async throws {
    let fixture = try ServerFixture {
      $0.uploadSeconds = 0.2
      $0.mostUploads = 1
    }
    let ada = try await fixture.browser(.expert)
    let application = Application(
      router: try fixture.server.router(),
      configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      logger: fixture.server.logger)
    try await application.test(.live) { client in
      let port = try #require(client.port)
      let head =
        "POST /drafts HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: lichen=\(ada.cookie)\r\n"
        + "Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 100000\r\n\r\n"
      let begun =
        "--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.csv\"\r\n\r\nid,"
      let answer = try await BlockingWork.shared.run {
        try Self.answer(to: Array((head + begun).utf8), port: port)
      }
      #expect(answer.hasPrefix("HTTP/1.1 408 "), "\(answer.prefix(100))")
      // The one place for uploads is free again.
      let next = try await client.upload("/drafts", [:], [("a.csv", [65])], ada)
      #expect(next.status == .unprocessableContent)
    }
  }
}
