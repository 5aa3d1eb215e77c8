import Foundation
import LichenBench
import LichenDomain
import LichenIO
import LichenSketch

/// Nations: folders of parks.
extension Engine {
  /// What made-up nations are drawn from.
  /// - Parameter name: A folder of `data/nations`.
  /// - Throws: `ValidationError` if its tables are unsound.
  public func nationMix(_ name: String) throws -> NationMix {
    try NationReader.read(
      folder: data.nations.appendingPathComponent(name), book: catalogue.sectorBook)
  }

  /// Names of the nations that can be made up.
  public var nationNames: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: data.nations.path)) ?? []).sorted()
      .filter { !$0.hasPrefix(".") && !$0.contains(".") }
  }

  /// Makes up a nation zone by zone; sixteen zones are in memory at a time.
  /// - Parameters:
  ///   - enterprises: How many there are in all.
  ///   - onZones: Told how many zones are written; called one at a time.
  /// - Throws: `FileWritingError`, `folderNotEmpty` for a folder that holds something.
  public func writeNation(
    _ mix: NationMix, named name: String, enterprises: Int, seed: UInt64, year: Int = 2023,
    threads: Int = 2,
    to folder: URL, onZones: (Int) -> Void = { _ in }
  ) throws {
    try StagedFolder.checkEmpty(folder)
    let sketch = NationSketch(
      mix, enterprises: enterprises, seed: seed, book: catalogue.sectorBook)
    let zones = sketch.zones.filter { $0.enterprises > 0 }
    let currency = catalogue.jurisdictions[mix.jurisdiction]?.currency?.code ?? "USD"
    // A few zones at a time, in order.
    let batch = 16
    for first in stride(from: 0, to: zones.count, by: batch) {
      let some = zones[first..<min(first + batch, zones.count)]
      let written = Threads.map(some.count, threads: threads) { place in
        Result {
          let zone = some[first + place]
          var declaration = try emptyPark(
            name: zone.id, title: zone.name, jurisdiction: mix.jurisdiction, currency: currency,
            year: year)
          declaration.enterprises = sketch.enterprises(of: zone)
          let filled = ParkFiller(park: try park(declaration)).filled().declaration
          try ParkWriter.write(filled, to: NationFolder.park(zone.id, in: folder))
        }
      }
      for zone in written { try zone.get() }
      onZones(first + some.count)
    }
    try NationFolder.write(
      name: name, title: "Made-up nation, \(enterprises) enterprises, seed \(seed)",
      zones: zones.map(\.id), to: folder)
  }
}
