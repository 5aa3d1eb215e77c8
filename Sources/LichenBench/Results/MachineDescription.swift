import Foundation

/// On what a benchmark ran.
public struct MachineDescription: Sendable, Hashable, Codable {
  public let processor: String
  public let cores: Int
  /// [GB]
  public let memoryGigabytes: Double
  public let system: String
  /// Versions of the programs compared, by name.
  public let versions: [String: String]
  /// Commit of the sources, with `+` behind it if they were changed; `nil` if unknown.
  public let commit: String?
  /// Day and time of the start, ISO 8601.
  public let started: String

  public init(versions: [String: String], commit: String?, started: Date) {
    func lines(_ path: String) -> [Substring] {
      ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: "\n")
    }
    func value(_ path: String, _ key: String, _ separator: Character) -> String? {
      lines(path).first { $0.hasPrefix(key) }?.split(separator: separator, maxSplits: 1).last
        .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t\"")) }
    }
    processor = value("/proc/cpuinfo", "model name", ":") ?? "unknown processor"
    cores = ProcessInfo.processInfo.activeProcessorCount
    let bytes = Double(ProcessInfo.processInfo.physicalMemory)
    memoryGigabytes = (bytes / 1e9 * 10).rounded() / 10
    system =
      value("/etc/os-release", "PRETTY_NAME", "=")
      ?? ProcessInfo.processInfo.operatingSystemVersionString
    self.versions = versions
    self.commit = commit
    self.started = started.ISO8601Format()
  }

  /// One line for people.
  public var text: String {
    let programs = versions.sorted { $0.key < $1.key }.map { "\($0) \($1)" }
    return
      ([
        "\(processor), \(cores) cores, \(memoryGigabytes) GB", system,
        "commit \(commit ?? "unknown")",
      ] + programs).joined(separator: " · ")
  }
}
