import Foundation
import LichenIO

/// Divides the pieces of an analysis into units, dealt out like cards, the largest first: no unit has more work than
/// another by more than one piece.
struct AnalysisSharder: Sendable {
  /// A unit before it is written.
  struct Unit: Sendable {
    let files: [(name: String, bytes: [UInt8])]
    let entry: UnitEntry
  }

  let units: [Unit]

  /// - Parameters:
  ///   - source: Hash of what is asked.
  ///   - count: How many units there should be; fewer if pieces are fewer.
  /// - Throws: `EncodingError`.
  init(_ pieces: AnalysisPieces, source: String, units count: Int) throws {
    let sizes = pieces.sizes
    let largestFirst = sizes.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    let count = max(1, min(count, sizes.count))
    units = try (0..<count).map { unit in
      let own = stride(from: unit, to: largestFirst.count, by: count)
        .map { largestFirst[$0] }.sorted()
      let task = AnalysisTask(name: pieces.name, pieces: own, source: source)
      let files = [(WorkFolder.taskFile, Array(try WorkFolder.encoder.encode(task)))]
      let estimate = WorkEstimate(pieces: own.map { sizes[$0] }, of: pieces)
      return Unit(
        files: files,
        entry: UnitEntry(
          index: unit, hash: WorkFolder.hash(files), links: own.reduce(0) { $0 + sizes[$1] },
          bytes: files.reduce(0) { $0 + $1.1.count }, seconds: estimate.seconds,
          megabytes: estimate.megabytes, chunks: min(UnitChunks.most, max(1, own.count))))
    }
  }

  /// Writes whatever is not there as it should be.
  /// - Throws: `FileWritingError`.
  func write(to folder: WorkFolder) throws {
    for unit in units {
      if (try? folder.unit(unit.entry)) == nil {
        try? FileManager.default.removeItem(
          at: folder.units.appendingPathComponent(unit.entry.hash))
        _ = try folder.write(unit: unit.files)
      }
    }
  }
}

extension WorkEstimate {
  /// Every unit reads the park and makes its candidates; some 20 µs and 2 kB each, after two seconds of beginning.
  fileprivate init(pieces sizes: [Int], of all: AnalysisPieces) {
    let candidates = Double(all.candidates)
    self.init(
      seconds: sizes.reduce(2 + candidates * 2e-5) {
        $0 + Self.seconds(links: $1, all.limits)
      },
      megabytes: 150 + candidates * 2e-3 + Double(sizes.max() ?? 0) * 1e-2)
  }
}
