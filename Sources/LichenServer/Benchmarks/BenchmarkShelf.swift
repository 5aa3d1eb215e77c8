import Foundation
import LichenBench
import LichenEngine
import Logging

/// The benchmark as it lies beside the shipped data, read when the server starts.
struct BenchmarkShelf: Sendable {
  /// Names in order.
  let sets: [String]
  let instances: [BenchmarkInstance]
  private let files: [String: String]

  /// Where no benchmark is installed the shelf is empty; one that cannot be read is told in the log and empty too.
  init(_ data: DataFolder, logger: Logger) {
    do {
      guard let folder = BenchmarkFolder(near: [data.url]) else {
        self.init(sets: [], instances: [], files: [:])
        return
      }
      let sets = try folder.sets().map(\.name)
      var files: [String: String] = [:]
      for set in sets {
        files["\(set).txt"] = try String(contentsOf: folder.set(set), encoding: .utf8)
        files["\(set).known"] = try? String(contentsOf: folder.known(set), encoding: .utf8)
      }
      self.init(sets: sets, instances: try folder.instances(), files: files)
    } catch {
      logger.warning("the benchmark cannot be read", metadata: ["error": "\(error)"])
      self.init(sets: [], instances: [], files: [:])
    }
  }

  private init(sets: [String], instances: [BenchmarkInstance], files: [String: String]) {
    self.sets = sets
    self.instances = instances
    self.files = files
  }

  /// Text of `SET.txt` or `SET.known`.
  func file(_ name: String) -> String? { files[name] }
}
