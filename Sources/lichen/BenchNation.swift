import ArgumentParser
import Foundation
import LichenBench
import LichenEngine

struct BenchNation: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nation", abstract: "Makes up the industrial zones of a nation from a seed.",
    discussion: """
      Writes a folder of parks, one per zone: towns, numbers and sizes of zones after a real country, plants \
      drawn from a mix of sectors, their streams from sector blueprints. Every firm is invented. Equal options \
      give equal bytes; a few zones are in memory at a time. lichen shard takes the folder.

      EXAMPLES
        lichen bench nation --enterprises 20000 --seed 1 -o nation
        lichen shard nation -o work --units 64
      """)

  @Option(help: "Country: a folder of data/nations.") var country = "viet-nam"
  @Option(help: "How many enterprises.") var enterprises: Int
  @Option(help: "Start of the random numbers, a whole number.") var seed: UInt64
  @Option(name: .shortAndLong, help: "Folder to write.", completion: .directory)
  var output: String
  @OptionGroup var data: DataOptions

  func validate() throws {
    if !(2...10_000_000).contains(enterprises) {
      throw UsageError("--enterprises is \(enterprises); accepted: 2 to 10,000,000.")
    }
  }

  func run() throws {
    let engine = try data.engine()
    guard engine.nationNames.contains(country) else {
      throw UsageError(
        "--country is '\(country)'; accepted: \(engine.nationNames.joined(separator: ", ")).")
    }
    var count = 0
    try engine.writeNation(
      engine.nationMix(country), named: country, enterprises: enterprises, seed: seed,
      to: URL(fileURLWithPath: output)
    ) { zones in
      count = zones
      if Console.showsProgress { Console.progress("\(zones) zones written") }
    }
    if Console.showsProgress { Console.endProgress() }
    Console.say("\(enterprises) enterprises in \(count) zones: \(output)")
  }
}
