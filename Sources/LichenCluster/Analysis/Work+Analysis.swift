import Foundation
import LichenBench
import LichenIO

/// Pieces of an analysis as work.
extension Work {
  /// A folder of work of pieces. One that is there and is about the same is gone on with, in as many units as it has;
  /// what was damaged in it is made anew. Anything else there is taken away.
  /// - Parameters:
  ///   - name: Of what is asked about.
  ///   - source: What is asked, for the `Analyst`.
  ///   - units: How many units there should be; fewer if pieces are fewer.
  /// - Throws: `FileWritingError`.
  public func shard(
    _ pieces: AnalysisPieces, name: String, source: [(name: String, bytes: [UInt8])], to url: URL,
    units: Int
  ) throws -> WorkFolder {
    let hash = WorkFolder.hash(source)
    if let earlier = try? WorkFolder(url, engine: engine), earlier.manifest.purpose == .analysis,
      let known = try? earlier.entries(of: 0)
    {
      let sharder = try AnalysisSharder(pieces, source: hash, units: known.count)
      if sharder.units.map(\.entry) == known {
        try write(source, hash: hash, sharder, to: earlier)
        for entry in known { earlier.removeIfDamaged(entry.index) }
        return earlier
      }
    }
    try? FileManager.default.removeItem(at: url)
    let sharder = try AnalysisSharder(pieces, source: hash, units: units)
    let manifest = WorkManifest(
      engine: engine, purpose: .analysis, name: name, limits: pieces.limits,
      stages: [.init(kind: .answer, first: 0, count: sharder.units.count)])
    let folder = WorkFolder(url, manifest: manifest)
    try FileManager.default.createDirectory(at: folder.units, withIntermediateDirectories: true)
    try write(source, hash: hash, sharder, to: folder)
    try folder.write(sharder.units.map(\.entry), stage: 0)
    try WorkFolder.write(manifest, to: url)
    return folder
  }

  /// Does something with a folder that holds folders of work, unless another process does; takes the folder away once that
  /// is done.
  /// - Throws: `WorkError.inUse`, what the body throws.
  public static func alone(in folder: URL, _ body: () throws -> Void) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FolderLock.ifFree(folder.appendingPathComponent("lock")) {
      try body()
      try FileManager.default.removeItem(at: folder)
    }
  }

  private func write(
    _ source: [(name: String, bytes: [UInt8])], hash: String, _ sharder: AnalysisSharder,
    to folder: WorkFolder
  ) throws {
    if (try? folder.sourceFiles()).map(WorkFolder.hash) != hash {
      try? FileManager.default.removeItem(at: folder.source)
      try FileManager.default.createDirectory(at: folder.source, withIntermediateDirectories: true)
      for file in source {
        try AtomicFile.write(file.bytes, to: folder.source.appendingPathComponent(file.name))
      }
    }
    try sharder.write(to: folder)
  }

  /// What came of all pieces, in order; nothing for those that have no answer.
  /// - Throws: `WorkError` naming units without a result, or with one that is damaged.
  public func values<Value: Decodable>(_ type: Value.Type, of folder: WorkFolder) throws -> [Value?]
  {
    let found = try folder.gathered(of: 0) { entry -> [(piece: Int, value: Value?)]? in
      guard let body = try folder.body(of: entry) else { return nil }
      let pieces = try folder.task(AnalysisTask.self, of: entry).task.pieces
      guard let values = try? PieceValues.values(type, in: body), values.count == pieces.count
      else {
        throw WorkError.damagedResult(
          index: entry.index, path: folder.resultFile(entry.index).path,
          reason: "it is of another kind")
      }
      return zip(pieces, values).map { (piece: $0, value: $1) }
    }
    return found.flatMap(\.self).sorted { $0.piece < $1.piece }.map(\.value)
  }

  /// Works out the pieces of a unit.
  /// - Throws: `WorkError.damagedUnit` also where the source is not what the unit is about.
  func answer(_ entry: UnitEntry, in folder: WorkFolder, threads: Int) throws {
    guard let analyst else {
      throw WorkError.engine("Pieces of an analysis need an engine that asks them.")
    }
    let task = try folder.task(AnalysisTask.self, of: entry).task
    let files = try folder.sourceFiles()
    guard WorkFolder.hash(files) == task.source else {
      throw WorkError.damagedUnit(index: entry.index, path: folder.source.path)
    }
    let source = Dictionary(uniqueKeysWithValues: files.map { ($0.name, Data($0.bytes)) })
    try analyst.ask(named: task.name, source: source, threads: threads) { values in
      _ = try UnitChunks(folder: folder, entry: entry).work { chunk in
        try values(Array(task.pieces[entry.items(ofChunk: chunk, among: task.pieces.count)]))
      } joined: {
        UnitChunks.spliced($0)
      }
    }
  }
}

extension WorkFolder {
  /// - Throws: `CocoaError` if one cannot be read.
  fileprivate func sourceFiles() throws -> [(name: String, bytes: [UInt8])] {
    try FileManager.default.contentsOfDirectory(atPath: source.path).map {
      ($0, Array(try Data(contentsOf: source.appendingPathComponent($0))))
    }
  }
}
