import Foundation
import LichenTestSupport
import Testing

/// Judges in Python that use a running server, most of them in a browser, and say what they saw as JSON.
enum BrowserJudge {
  /// In CI a missing judge is a failure, elsewhere its tests are left out.
  static let canRun =
    Repository.isCI
    || (Repository.judgesPython != nil && Repository.command("chromedriver") != nil)

  /// Runs a judge of `Tests/judges` and reads what it saw.
  static func seen<Seen: Decodable>(
    _ judge: String, _ arguments: [String], environment: [String: String] = [:],
    as type: Seen.Type = Seen.self
  ) throws -> Seen {
    let script = Repository.root.appendingPathComponent("Tests/judges/\(judge)").path
    let outcome = try Repository.run(
      try #require(Repository.judgesPython), [script] + arguments, environment: environment)
    try #require(outcome.status == 0, "\(outcome.error.suffix(4000))")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Seen.self, from: Data(outcome.output.utf8))
  }

  /// A made-up region whose plan is not proven within the time that a room searches.
  static func region(in folder: URL) throws {
    let made = try Repository.run(
      try #require(Repository.judgesPython),
      [
        Repository.root.appendingPathComponent("Benchmarks/region_park.py").path, "400",
        folder.path, "--km2", "300", "--streams", "3",
      ])
    try #require(made.status == 0, "\(made.error)")
  }
}
