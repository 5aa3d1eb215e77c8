import ArgumentParser
import Foundation

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serves the what-if room to browsers.",
    discussion: """
      Starts lichen-server, which lies beside this command, with the options given; \
      'lichen serve --help' tells them. See docs/server.md.

      EXAMPLES
        lichen serve
        lichen serve --data /var/lib/lichen --port 8733
        lichen serve --prefix /lichen --origin https://parks.example.org
      """)

  @Argument(parsing: .captureForPassthrough, help: "Options of lichen-server.")
  var options: [String] = []

  func run() throws {
    let own =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    let server = URL(fileURLWithPath: own).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("lichen-server").path
    guard FileManager.default.isExecutableFile(atPath: server) else {
      throw UsageError(
        "There is no lichen-server beside \(own). Build it: make build-server.")
    }
    // The server takes the place of this process, so that signals reach it.
    var arguments = ([server] + options).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    execv(server, &arguments)
    throw UsageError("\(server) cannot be started: \(String(cString: strerror(errno))).")
  }
}
