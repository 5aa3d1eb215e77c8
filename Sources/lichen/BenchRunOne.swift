import ArgumentParser
import Foundation
import LichenBench

/// One run of the benchmark in its own process; started by `lichen bench`, not by people.
struct BenchRunOne: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run-one", abstract: "Does one run of a benchmark.", shouldDisplay: false)

  @Argument(help: "What to run.") var request: String
  @Argument(help: "Where the record goes.") var result: String

  func run() throws {
    Self.endWithParent()
    let asked = try JSONDecoder().decode(
      RunRequest.self, from: Data(contentsOf: URL(fileURLWithPath: request)))
    let answer = URL(fileURLWithPath: result)
    let record = SingleRun(asked, algorithms: BenchAlgorithms.shipped).run { late in
      Self.write(late, to: answer)
      // Whatever the algorithm started belongs to this group and ends with it.
      kill(0, SIGKILL)
    }
    Self.write(record, to: answer)
  }

  private static func write(_ record: RunRecord, to url: URL) {
    do {
      try JSONEncoder().encode(record).write(to: url, options: .atomic)
    } catch {
      Console.note("error: \(error)")
    }
  }

  /// Standard input is a pipe that the parent holds open; its end is the parent's end.
  private static func endWithParent() {
    Thread.detachNewThread {
      var byte: UInt8 = 0
      while read(STDIN_FILENO, &byte, 1) > 0 {}
      kill(0, SIGKILL)
    }
  }
}
