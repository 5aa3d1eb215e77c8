import Foundation

/// The command-line solver of GLPK, as a reader of files that is not ours.
enum Glpsol {
  enum Format: String, CaseIterable, Sendable {
    case freeMPS = "--freemps"
    case cplexLP = "--lp"
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Path of the command; `nil` if it is not installed.
  static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { "\($0)/glpsol" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static var isInstalled: Bool { path != nil }

  /// Solves a file's text and returns the objective value as the file states it, or `nil` if the
  /// program has no optimum.
  static func objective(of text: String, format: Format) throws -> Double? {
    guard let path else { throw Failure(description: "glpsol is not installed") }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lichen-glpsol-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appendingPathComponent("model")
    let output = folder.appendingPathComponent("solution")
    try text.write(to: input, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = [format.rawValue, input.path, "--write", output.path]
    let log = Pipe()
    process.standardOutput = log
    process.standardError = log
    try process.run()
    let words = log.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0,
      let solution = try? String(contentsOf: output, encoding: .utf8)
    else {
      throw Failure(description: String(decoding: words, as: UTF8.self))
    }
    return try objective(inSolution: solution)
  }

  /// The line `s bas rows columns f f objective` or `s mip rows columns o objective`.
  private static func objective(inSolution text: String) throws -> Double? {
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("s ") }) else {
      throw Failure(description: "no status line in \(text)")
    }
    let fields = line.split(separator: " ")
    let isOptimal = fields[1] == "mip" ? fields[4] == "o" : fields[4] == "f" && fields[5] == "f"
    return isOptimal ? fields.last.flatMap { Double($0) } : nil
  }
}
