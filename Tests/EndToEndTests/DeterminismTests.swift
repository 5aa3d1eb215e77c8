import Foundation
import LichenTestSupport
import Testing

/// Same input, same bytes.
struct DeterminismTests {
  @Test("Shuffled rows and another number of threads change no byte of any result")
  func shuffled() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let park = folder.appendingPathComponent("shuffled")
    try FileManager.default.copyItem(at: Repository.park("kalundborg"), to: park)
    var random = SeededGenerator(seed: 7)
    for name in try FileManager.default.contentsOfDirectory(atPath: park.path)
    where name.hasSuffix(".csv") {
      let url = park.appendingPathComponent(name)
      var rows = try Self.records(String(contentsOf: url, encoding: .utf8))
      let header = rows.removeFirst()
      rows.shuffle(using: &random)
      try ([header] + rows).joined().write(to: url, atomically: true, encoding: .utf8)
    }
    let first = folder.appendingPathComponent("first")
    let second = folder.appendingPathComponent("second")
    let plain = try CommandRun([
      "match", Repository.park("kalundborg").path, "-o", first.path, "--threads", "2",
    ])
    let mixed = try CommandRun(["match", park.path, "-o", second.path, "--threads", "1"])
    #expect(plain.status == 0, "\(plain.error)")
    #expect(mixed.status == 0, "\(mixed.error)")
    for name in ["plan.json", "candidates.csv", "exchanges.csv", "report.html"] {
      #expect(
        try Data(contentsOf: first.appendingPathComponent(name))
          == Data(contentsOf: second.appendingPathComponent(name)), "\(name)")
    }
  }

  /// Splits CSV text into records, line ends kept; a line end inside quotes belongs to its record.
  private static func records(_ text: String) -> [String] {
    var records: [String] = []
    var current = ""
    var isQuoted = false
    for character in text {
      current.append(character)
      if character == "\"" { isQuoted.toggle() }
      if character.isNewline, !isQuoted {
        records.append(current)
        current = ""
      }
    }
    if !current.isEmpty { records.append(current + "\n") }
    return records
  }
}
