import Foundation
import LichenTestSupport

/// Runs the built command as a user would.
struct CommandRun {
  /// The command lies beside the test bundle.
  static let lichen = Bundle.main.executableURL?.deletingLastPathComponent()
    .appendingPathComponent("lichen")

  let status: Int32
  let output: String
  let error: String

  /// - Parameter workingFolder: Where relative paths begin; the package's root by default.
  init(_ arguments: [String], in workingFolder: URL = Repository.root) throws {
    let candidates = [
      Self.lichen, Repository.root.appendingPathComponent(".build/debug/lichen"),
    ].compactMap { $0 }
    guard
      let command = candidates.first(where: {
        FileManager.default.isExecutableFile(atPath: $0.path)
      })
    else { throw CocoaError(.fileNoSuchFile) }
    let outcome = try Repository.run(
      command, arguments, environment: ["LICHEN_DATA": Repository.data.path],
      workingFolder: workingFolder)
    status = outcome.status
    output = outcome.output
    error = outcome.error
  }
}
