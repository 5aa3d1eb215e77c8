import ArgumentParser
import Foundation
import LichenEngine
import LichenServer
import LichenStore
import Logging

@main
struct LichenServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lichen-server",
    abstract: "Serves the what-if room, the expert desk and the programming interface.",
    discussion: """
      'lichen serve' starts this. The first start makes the database, loads the example parks and prints \
      a link with which the first administrator signs in. Ends on SIGTERM or Ctrl-C; runs that have not \
      ended are taken up by the next start.
      """)

  @Option(help: "Folder of the database; made if it is missing.", completion: .directory)
  var data = "lichen-data"

  @Option(help: "Port; 0 takes any free one.") var port = 8733

  @Option(help: "Address to listen on; anything but loopback needs a proxy with TLS before it.")
  var host = "127.0.0.1"

  @Option(help: "Path under which a proxy hands requests on, as /lichen.") var prefix = ""

  @Option(help: "Address by which people reach the server, as https://parks.example.org.")
  var origin: String?

  @Option(help: "Searches at one time.") var workers = 2

  @Option(help: "Longest search of a run [s].") var longest = 600.0

  @Option(help: "Time after which the what-if room shows the best plan so far [s].")
  var roomSeconds = SiteConfiguration().roomSeconds

  @Option(
    help: "A connection on which so long nothing comes, or next to nothing is taken, is ended [s].")
  var patience = SiteConfiguration().idleSeconds

  func validate() throws {
    if !(0.1...3600).contains(roomSeconds) {
      throw ValidationError("--room-seconds is \(roomSeconds); expected 0.1 to 3600.")
    }
    if !(0.1...3600).contains(patience) {
      throw ValidationError("--patience is \(patience); expected 0.1 to 3600.")
    }
    if !(0...65_535).contains(port) {
      throw ValidationError("--port is \(port); expected 0 to 65535.")
    }
    if !(1...64).contains(workers) {
      throw ValidationError("--workers is \(workers); expected 1 to 64.")
    }
    if prefix.wholeMatch(of: #/(\/[a-z0-9\-]+)*/#) == nil {
      throw ValidationError("--prefix is \(prefix); expected a path such as /lichen.")
    }
    if let origin, origin.wholeMatch(of: #/https?:\/\/[^\/\s]+/#) == nil {
      throw ValidationError(
        "--origin is \(origin); expected one such as https://parks.example.org.")
    }
  }

  func run() async throws {
    LoggingSystem.bootstrap(StreamLogHandler.standardError)
    let shipped = try DataFolder.locate(
      explicit: nil, environment: ProcessInfo.processInfo.environment,
      executable: URL(
        fileURLWithPath: (try? FileManager.default.destinationOfSymbolicLink(
          atPath: "/proc/self/exe"))
          ?? CommandLine.arguments[0]),
      workingFolder: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
    let engine = try Engine(data: shipped)
    let store = try Store(at: URL(fileURLWithPath: data).appendingPathComponent(Store.fileName))
    var configuration = SiteConfiguration()
    configuration.host = host
    configuration.port = port
    configuration.prefix = prefix
    configuration.origin = origin
    configuration.workers = workers
    configuration.mostSeconds = longest
    configuration.roomSeconds = roomSeconds
    configuration.idleSeconds = patience
    configuration.stallSeconds = patience
    let server = try Server(store: store, engine: engine, configuration: configuration)
    let link = try await server.prepare()
    try await server.run { [origin, host, prefix] port in
      let base = (origin ?? "http://\(host):\(port)") + prefix
      var text = "Lichen answers at \(base)/\n"
      if let link { text += "Set it up once, within 14 days, at \(base)/join/\(link)\n" }
      FileHandle.standardOutput.write(Data(text.utf8))
    }
  }
}
