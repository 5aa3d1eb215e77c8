import Foundation
import LichenIO

/// Writes the units of a nation table by table, while its zones pass by one after the other.
///
/// Memory does not grow with the nation: rows are put behind each other on the disk.
public struct CandidateUnits {
  private let staging: URL
  private let target: URL
  private var tables: [Set<String>]

  /// - Throws: `folderNotEmpty` for a folder that holds something, `CocoaError`.
  public init(_ url: URL, count: Int) throws {
    try StagedFolder.checkEmpty(url)
    target = url
    staging = url.appendingPathComponent("units/.staging")
    tables = Array(repeating: [], count: count)
    for unit in 0..<count {
      try FileManager.default.createDirectory(
        at: place(unit), withIntermediateDirectories: true)
    }
  }

  private func place(_ unit: Int) -> URL { staging.appendingPathComponent("\(unit)") }

  /// The tables that a unit has so far.
  public func tables(of unit: Int) -> Set<String> { tables[unit] }

  /// Puts rows behind those that a unit's table has.
  /// - Throws: `FileWritingError`.
  public mutating func append(_ table: ParkWriter.Table, to unit: Int) throws(FileWritingError) {
    let path = place(unit).appendingPathComponent(table.fileName).path
    let isNew = tables[unit].insert(table.fileName).inserted
    guard let file = fopen(path, "ab") else {
      throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    defer { fclose(file) }
    for bytes in isNew ? [table.header, table.rows] : [table.rows] {
      guard fwrite(bytes, 1, bytes.count, file) == bytes.count, fflush(file) == 0 else {
        throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
      }
    }
  }

  /// Ends the folder of work: units take their names, and the manifest says what is to be done.
  /// - Parameters:
  ///   - packages: By unit, its `datapackage.json`.
  ///   - pairs: By unit, how many pairs of streams there are at most.
  ///   - planUnits: How many units the plan of what comes out is divided into.
  /// - Throws: `FileWritingError`, `CocoaError`.
  public func finish(
    engine: String, name: String, record: NationRecord, task: CandidateTask, packages: [[UInt8]],
    pairs: [Int], limits: PlanLimits, planUnits: Int, rounds: Int
  ) throws -> WorkFolder {
    // A unit without streams is none.
    let filled = tables.indices.filter { !tables[$0].isEmpty }
    let count = filled.count
    var stages = [
      WorkManifest.Stage(kind: .candidates, first: 0, count: count),
      WorkManifest.Stage(kind: .join, first: count, count: 1),
      WorkManifest.Stage(kind: .plan, first: count + 1, count: planUnits),
    ]
    for round in 1..<max(1, rounds) {
      let first = count + 1 + planUnits + (round - 1) * (planUnits + 1)
      stages.append(WorkManifest.Stage(kind: .divide, first: first, count: 1))
      stages.append(WorkManifest.Stage(kind: .plan, first: first + 1, count: planUnits))
    }
    let manifest = WorkManifest(
      engine: engine, purpose: .nation, name: name, limits: limits, stages: stages)
    let folder = WorkFolder(target, manifest: manifest)
    let text = Array(try WorkFolder.encoder.encode(task))
    var entries: [UnitEntry] = []
    for (index, unit) in filled.enumerated() {
      try AtomicFile.write(text, to: place(unit).appendingPathComponent(WorkFolder.taskFile))
      try AtomicFile.write(
        packages[unit], to: place(unit).appendingPathComponent(ParkWriter.packageName))
      let (hash, bytes) = try folder.adopt(unit: place(unit))
      let estimate = WorkEstimate.candidates(pairs: pairs[unit], bytes: bytes)
      entries.append(
        UnitEntry(
          index: index, hash: hash, links: pairs[unit], bytes: bytes, seconds: estimate.seconds,
          megabytes: estimate.megabytes))
    }
    try FileManager.default.removeItem(at: staging)
    try FileManager.default.createDirectory(
      at: folder.source, withIntermediateDirectories: true)
    try AtomicFile.write(
      WorkFolder.encoder.encode(record),
      to: folder.source.appendingPathComponent(NationRecord.fileName))
    try folder.write(entries, stage: 0)
    // Last: a folder with a manifest is complete.
    try WorkFolder.write(manifest, to: target)
    return folder
  }
}
