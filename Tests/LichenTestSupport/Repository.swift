import Foundation
import LichenDomain
import LichenEngine

/// Where the shipped data and the independent judges of this checkout are.
public enum Repository {
  /// The package's root, four folders up from this file.
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  public static let data = root.appendingPathComponent("data")

  public static func park(_ name: String) -> URL {
    data.appendingPathComponent("parks").appendingPathComponent(name)
  }

  /// Shipped parks, in order of name.
  public static let parkNames: [String] = {
    let parks = data.appendingPathComponent("parks")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parks.path)) ?? []
    return names.sorted().filter {
      FileManager.default.fileExists(
        atPath: parks.appendingPathComponent("\($0)/datapackage.json").path)
    }
  }()

  /// An engine over the shipped catalogue, read once.
  public static let engine: Engine = {
    do {
      return try Engine(data: DataFolder(url: data))
    } catch {
      preconditionFailure("the shipped catalogue must load:\n\(error)")
    }
  }()

  /// Python with the judges of Tests/judges/requirements.txt, if `make test` installed it.
  public static let judgesPython: URL? = {
    let python = root.appendingPathComponent(".venv-judges/bin/python")
    return FileManager.default.isExecutableFile(atPath: python.path) ? python : nil
  }()

  /// A command on the search path.
  public static func command(_ name: String) -> URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").map { URL(fileURLWithPath: "\($0)/\(name)") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  public static var isCI: Bool { ProcessInfo.processInfo.environment["CI"] == "true" }

  /// A fresh folder that the caller removes.
  public static func temporaryFolder() throws -> URL {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("lichen-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  /// Runs a body with a fresh folder that is gone afterwards.
  public static func inFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}

/// What a finished process said.
public struct ProcessOutcome: Sendable {
  public let status: Int32
  public let output: String
  public let error: String
}

extension Repository {
  /// Runs a command to its end; both streams go through files, so neither can block the other.
  public static func run(
    _ command: URL, _ arguments: [String], environment: [String: String] = [:],
    workingFolder: URL? = nil
  ) throws -> ProcessOutcome {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let out = folder.appendingPathComponent("out")
    let err = folder.appendingPathComponent("err")
    for url in [out, err] { try Data().write(to: url) }
    let process = Process()
    process.executableURL = command
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    if let workingFolder { process.currentDirectoryURL = workingFolder }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    try process.run()
    process.waitUntilExit()
    return ProcessOutcome(
      status: process.terminationStatus,
      output: try String(decoding: Data(contentsOf: out), as: UTF8.self),
      error: try String(decoding: Data(contentsOf: err), as: UTF8.self))
  }
}
