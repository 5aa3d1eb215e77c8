import Foundation

/// Results as they come, one JSON object a line, so that a benchmark that was killed goes on where it
/// stopped.
public struct RunJournal: Sendable {
  private let url: URL

  public init(url: URL) { self.url = url }

  /// Finished runs; a line that was cut short by a kill is passed over.
  public func records() -> [RunRecord.Key: RunRecord] {
    guard let data = try? Data(contentsOf: url) else { return [:] }
    var records: [RunRecord.Key: RunRecord] = [:]
    for line in data.split(separator: UInt8(ascii: "\n")) {
      if let record = try? JSONDecoder().decode(RunRecord.self, from: Data(line)) {
        records[record.key] = record
      }
    }
    return records
  }

  /// Appends a finished run and makes it safe on disk.
  /// - Throws: What the file system says.
  public func append(_ record: RunRecord) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var line = try encoder.encode(record)
    line.append(UInt8(ascii: "\n"))
    if !FileManager.default.fileExists(atPath: url.path) { try Data().write(to: url) }
    let file = try FileHandle(forUpdating: url)
    defer { try? file.close() }
    // What a kill cut short ends here, so that it cannot swallow the new line.
    let end = try file.seekToEnd()
    if end > 0 {
      try file.seek(toOffset: end - 1)
      if try file.read(upToCount: 1) != Data([UInt8(ascii: "\n")]) {
        line.insert(UInt8(ascii: "\n"), at: 0)
      }
    }
    try file.seekToEnd()
    try file.write(contentsOf: line)
    try file.synchronize()
  }
}
