import Foundation
import LichenBench
import LichenIO

/// Where sets and known values of the benchmark are.
enum BenchPlaces {
  /// This program itself.
  static var executable: URL {
    let path =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: path)
  }

  /// The folder `Benchmarks` of the working folder or of the program; `nil` if there is none.
  static var root: BenchmarkFolder? {
    BenchmarkFolder(near: [
      URL(fileURLWithPath: FileManager.default.currentDirectoryPath),
      executable.deletingLastPathComponent(),
    ])
  }

  /// Sets by path, or by name in `Benchmarks/sets`.
  /// - Throws: `BenchmarkSetError`, `UsageError` for a name that is neither.
  static func sets(_ names: [String]) throws -> [BenchmarkSet] {
    if names.isEmpty { throw UsageError("--set names no set.") }
    return try names.map { name in
      if FileManager.default.fileExists(atPath: name) { return try BenchmarkSet(path: name) }
      let file = root?.set(name)
      guard let file, FileManager.default.fileExists(atPath: file.path) else {
        throw UsageError("'\(name)' is no file or folder, and no set in Benchmarks/sets.")
      }
      return try BenchmarkSet(path: file.path)
    }
  }

  /// The file of known values to use, if there is one.
  static func known(explicit: String?, set: String) -> URL? {
    if let explicit { return URL(fileURLWithPath: explicit) }
    let file = root?.known(set)
    return file.flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }
  }

  /// Where known values of a set go that has none yet.
  static func newKnown(set: String) -> URL {
    root?.known(set) ?? URL(fileURLWithPath: "Benchmarks/known/\(set).known")
  }

  static func write(_ known: KnownValues, to file: URL) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try AtomicFile.write(known.text, to: file)
  }

  /// Commit of the sources around the program, with `+` if they were changed since.
  static func commit() -> String? {
    let log = FileManager.default.temporaryDirectory
      .appendingPathComponent("lichen-commit-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: log) }
    let git = ChildProcess(
      executable: URL(fileURLWithPath: "/usr/bin/env"),
      arguments: [
        "git", "-C", executable.deletingLastPathComponent().path, "describe", "--always",
        "--dirty=+", "--exclude", "*",
      ], log: log)
    guard let outcome = try? git.run(timeLimit: 5), outcome.exitCode == 0,
      let text = try? String(contentsOf: log, encoding: .utf8)
    else { return nil }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
