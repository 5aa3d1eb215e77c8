import Foundation

/// The chunks in which a unit is worked on: each is kept by itself, until all are there and become the unit's result.
///
/// A worker that is killed has lost one chunk at most, and workers that meet on one unit divide it among themselves: each
/// takes the chunks in an order of chance and leaves out those that are there. What a chunk gives does not depend on it.
struct UnitChunks {
  let folder: WorkFolder
  let entry: UnitEntry

  /// Most of a unit: a straggler gains by more, every chunk is a file more.
  static let most = 8

  /// The line of a unit whose chunks give JSON arrays with something in them: one array of all, in order.
  static func spliced(_ arrays: [Data]) -> Data {
    Data("[".utf8) + arrays.map { $0.dropFirst().dropLast() }.joined(separator: Data(",".utf8))
      + Data("]".utf8)
  }

  /// Works on what is not there until the unit has its result, by this worker or another.
  /// - Parameters:
  ///   - line: What a chunk gives, in one line; `nil` if work was stopped.
  ///   - joined: The unit's line, of those of its chunks in order.
  /// - Returns: Whether the unit has its result.
  /// - Throws: What `line` and `joined` throw; `FileWritingError`.
  func work(_ line: (Int) throws -> Data?, joined: ([Data]) throws -> Data) throws -> Bool {
    if entry.chunks == 1 {
      guard let whole = try line(0) else { return false }
      try folder.write(line: joined([whole]), of: entry)
      return true
    }
    while !folder.isDone(entry.index) {
      for chunk in (0..<entry.chunks).shuffled() where !isThere(chunk) {
        if folder.isDone(entry.index) { break }
        guard let made = try line(chunk) else { return false }
        try folder.write(line: made, of: entry, chunk: chunk)
      }
      let lines = (0..<entry.chunks).compactMap { try? folder.body(of: entry, chunk: $0) }
      // Another worker may have joined them, and taken them away.
      if lines.count == entry.chunks { try folder.write(line: joined(lines), of: entry) }
    }
    for chunk in 0..<entry.chunks {
      try? FileManager.default.removeItem(at: folder.resultFile(entry.index, chunk: chunk))
    }
    return true
  }

  /// Whether a chunk is there; one that is damaged is not.
  private func isThere(_ chunk: Int) -> Bool {
    (try? folder.body(of: entry, chunk: chunk)) != nil
  }
}

extension WorkFolder {
  /// How many chunks of a unit nobody has worked on to the end; 0 for one that is done or has no chunks.
  func openChunks(_ index: Int) -> Int {
    guard let stage = manifest.stage(of: index), !isDone(index),
      let entry = try? entries(of: stage)?.first(where: { $0.index == index }), entry.chunks > 1
    else { return 0 }
    return (0..<entry.chunks).count {
      !FileManager.default.fileExists(atPath: resultFile(index, chunk: $0).path)
    }
  }

  /// Of the units, those that another worker can take a good deal of: what one worker has before it is left to it.
  /// - Parameter workers: How many work on a unit already.
  /// - Returns: The one with most to do first.
  func stragglers(among indices: some Sequence<Int>, workers: (Int) -> Int = { _ in 1 }) -> [Int] {
    indices.map { (index: $0, open: openChunks($0)) }
      .filter { $0.open >= workers($0.index) + 2 }
      .sorted { ($1.open, $0.index) < ($0.open, $1.index) }.map(\.index)
  }
}
