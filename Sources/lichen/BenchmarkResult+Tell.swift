import ArgumentParser
import Foundation
import LichenBench
import LichenIO

extension BenchmarkResult {
  /// Writes results and report, if there is a folder for them, and prints the table.
  /// - Parameter json: Prints all results instead.
  /// - Throws: `FileWritingError`.
  func tell(in output: String?, json: Bool = false) throws {
    if let output {
      let folder = URL(fileURLWithPath: output)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      encoder.keyEncodingStrategy = .convertToSnakeCase
      try AtomicFile.write(csv(), to: folder.appendingPathComponent("results.csv"))
      try AtomicFile.write(encoder.encode(self), to: folder.appendingPathComponent("results.json"))
      try AtomicFile.write(
        BenchmarkReport(self).html(), to: folder.appendingPathComponent("report.html"))
    }
    if json { return try Console.sayJSON(self) }
    let (header, rows) = table()
    Console.say(Console.table(header, rows, right: BenchmarkResult.rightColumns))
    Console.say("\n\(machine.text)")
    if let output { Console.say("Report: \(output)/report.html") }
  }

  /// Names wrong answers.
  /// - Throws: `ExitCode` if there are any.
  func checkAnswers() throws {
    for wrong in wrong { Console.note("\(wrong)") }
    if !wrong.isEmpty { throw ExitCode(1) }
  }
}
