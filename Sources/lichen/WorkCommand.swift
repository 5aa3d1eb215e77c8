import ArgumentParser
import Foundation
import LichenCluster
import LichenEngine

struct WorkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Works on one unit of a folder of work.",
    discussion: """
      The result appears whole or not at all. Working twice on a unit, at any time and anywhere, gives the \
      same result once; a damaged result is made anew, a damaged unit is refused.

      EXAMPLES
        lichen work work 0
        seq 0 63 | xargs -P 8 -I{} lichen work work {}
      """)

  @Argument(help: "Folder of work that lichen shard made.", completion: .directory)
  var folder: String
  @Argument(help: "Index of the unit, from 0.") var index: Int
  @Option(help: "Threads; the result does not depend on it.") var threads = 1
  @OptionGroup var data: DataOptions

  func validate() throws {
    if threads < 1 { throw UsageError("--threads must be at least 1.") }
  }

  func run() throws {
    let engine = try data.engine()
    let work = try WorkFolder(URL(fileURLWithPath: folder), engine: Engine.version)
    switch try engine.work(runner: BenchPlaces.executable, threads: threads).work(
      index, in: work, threads: threads)
    {
    case .done: Console.say("unit \(index): done")
    case .alreadyDone: Console.say("unit \(index): was done already")
    case .cancelled: Console.say("unit \(index): stopped; nothing was kept")
    }
  }
}
