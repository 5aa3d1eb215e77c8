import Foundation

/// Why a solver that is not part of this package cannot be used on this machine.
public struct SolverNotInstalled: Error, Hashable, Sendable, CustomStringConvertible {
  /// Name of the solver.
  public let solver: String
  /// What was looked for, and how to get it.
  public let reason: String

  public init(solver: String, reason: String) {
    self.solver = solver
    self.reason = reason
  }

  public var description: String { "\(solver) is not available: \(reason)" }
}

/// A command that answers questions about itself.
struct InstalledCommand: Sendable {
  let url: URL

  init(url: URL) { self.url = url }

  /// The first command of this name on the search path; `nil` if there is none.
  init?(named name: String) {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let places = path.split(separator: ":").map { URL(fileURLWithPath: "\($0)/\(name)") }
    guard let url = places.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) })
    else { return nil }
    self.url = url
  }

  /// What the command prints for these arguments, both streams; `nil` if it fails or hangs.
  func reply(to arguments: [String]) -> String? {
    guard let folder = try? WorkFolder() else { return nil }
    defer { folder.remove() }
    let run = CommandRun(
      command: url, arguments: arguments, folder: folder.url, stopSignal: SIGTERM)
    let end = try? run.wait(until: .now + .seconds(20), control: nil) { _ in }
    guard let end, end.exitCode == 0 else { return nil }
    return end.log
  }
}

/// A folder of its own for the files of one solve.
struct WorkFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("lichen-solve-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  func remove() { try? FileManager.default.removeItem(at: url) }
}
