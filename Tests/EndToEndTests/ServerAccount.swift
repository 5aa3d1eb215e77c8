import Foundation
import LichenTestSupport

/// Somebody with an account on a server, through `curl` as a stranger would do it.
struct ServerAccount {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  static let password = "correct horse battery"
  let server: ServerRun
  /// Cookies of the session, as `curl` keeps them.
  private let jar: URL

  /// Joins by a link.
  init(joining link: URL, of server: ServerRun, name: String) throws {
    self.server = server
    jar = server.data.appendingPathComponent("\(name).cookies")
    _ = try curl(
      "-d", "name=\(name)", "-d", "email=\(name)@example.org", "-d", "password=\(Self.password)",
      link.absoluteString)
  }

  /// Runs `curl` with the cookies; what it was given back.
  @discardableResult
  func curl(_ arguments: String...) throws -> String {
    guard let curl = Repository.command("curl") else { throw CocoaError(.fileNoSuchFile) }
    let run = try Repository.run(curl, ["-fsS", "-b", jar.path, "-c", jar.path] + arguments)
    guard run.status == 0 else { throw Failure(description: run.error) }
    return run.output
  }

  /// Makes a token on one's own page.
  func token() throws -> String {
    let page = try curl("\(server.address)/me")
    guard let csrf = page.firstMatch(of: #/name="csrf" value="([^"]+)"/#)?.output.1 else {
      throw Failure(description: "no token of the session on the page")
    }
    let made = try curl(
      "--data-urlencode", "csrf=\(csrf)", "-d", "name=test", "\(server.address)/me/tokens")
    guard let token = made.firstMatch(of: #/<code class="token">([^<]+)</#)?.output.1 else {
      throw Failure(description: "no token was shown")
    }
    return String(token)
  }
}
