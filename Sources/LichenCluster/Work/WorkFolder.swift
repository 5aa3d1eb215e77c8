import Crypto
import Foundation
import LichenBench
import LichenIO

/// A folder of work on a disk that all workers see, or that is copied to them.
///
///     manifest.json       what is to be done
///     source/             what it is about
///     stages/N.json       the units of stage N, with their hashes
///     units/HASH/         a unit, self-contained
///     results/INDEX       what a unit gave: a line about it, a line of it
///     chunks/INDEX-K      the same of a chunk of a unit under way
///
/// Everything appears whole or not at all, so that a worker may be killed at any moment and two may do the same work.
public struct WorkFolder: Sendable {
  public let url: URL
  public let manifest: WorkManifest

  /// Opens a folder of work.
  /// - Parameter engine: This version of Lichen.
  /// - Throws: `WorkError.noWork`, `.damagedManifest`, `.otherVersion`.
  public init(_ url: URL, engine: String) throws(WorkError) {
    let path = url.appendingPathComponent("manifest.json")
    guard let data = try? Data(contentsOf: path) else { throw .noWork(path: url.path) }
    let manifest: WorkManifest
    do {
      manifest = try JSONDecoder().decode(WorkManifest.self, from: data)
    } catch {
      throw .damagedManifest(path: path.path, reason: "\(error)")
    }
    guard manifest.format == WorkManifest.format else {
      throw .damagedManifest(path: path.path, reason: "its format is '\(manifest.format)'")
    }
    guard manifest.version == WorkManifest.formatVersion, manifest.engine == engine else {
      throw .otherVersion(path: url.path, found: manifest.engine, own: engine)
    }
    self.url = url
    self.manifest = manifest
  }

  init(_ url: URL, manifest: WorkManifest) {
    self.url = url
    self.manifest = manifest
  }

  public var source: URL { url.appendingPathComponent("source") }
  var units: URL { url.appendingPathComponent("units") }
  var results: URL { url.appendingPathComponent("results") }

  /// One line, the same bytes for the same value.
  static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }

  static func write(_ manifest: WorkManifest, to url: URL) throws {
    let encoder = Self.encoder
    encoder.outputFormatting.insert(.prettyPrinted)
    try AtomicFile.write(encoder.encode(manifest), to: url.appendingPathComponent("manifest.json"))
  }

  // MARK: Stages

  private func stageFile(_ stage: Int) -> URL {
    url.appendingPathComponent("stages/\(stage).json")
  }

  /// The units of a stage; `nil` while they are not made yet.
  /// - Throws: `WorkError.damagedManifest`.
  public func entries(of stage: Int) throws(WorkError) -> [UnitEntry]? {
    let file = stageFile(stage)
    guard let data = try? Data(contentsOf: file) else { return nil }
    do {
      return try JSONDecoder().decode([UnitEntry].self, from: data)
    } catch {
      throw .damagedManifest(path: file.path, reason: "\(error)")
    }
  }

  func write(_ entries: [UnitEntry], stage: Int) throws {
    let file = stageFile(stage)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try AtomicFile.write(Self.encoder.encode(entries), to: file)
  }

  /// Where prices at the borders of blocks stand that a stage is made with.
  func divisionFile(_ stage: Int) -> URL { url.appendingPathComponent("stages/\(stage).csv") }

  // MARK: Units

  /// Writes a unit's files into a folder named by their hash.
  /// - Returns: The hash and how many bytes were written.
  func write(unit files: [(name: String, bytes: [UInt8])]) throws -> (hash: String, bytes: Int) {
    let hash = Self.hash(files)
    let folder = units.appendingPathComponent(hash)
    let bytes = files.reduce(0) { $0 + $1.bytes.count }
    // Another that wrote the same is as good.
    if FileManager.default.fileExists(atPath: folder.path) { return (hash, bytes) }
    try StagedFolder.write(
      files.map { StagedFolder.File(name: $0.name, bytes: $0.bytes) }, to: folder.path,
      replacing: true)
    return (hash, bytes)
  }

  /// What stands in a unit's `unit.json`.
  static let taskFile = "unit.json"

  /// A unit's folder, found to be as it was written, and what is to be done with it.
  /// - Throws: `WorkError.damagedUnit`, `DecodingError` for a unit of another kind.
  func task<Task: Decodable>(_ type: Task.Type, of entry: UnitEntry) throws -> (
    unit: URL, task: Task
  ) {
    let unit = try unit(entry)
    return (
      unit,
      try JSONDecoder().decode(
        type, from: Data(contentsOf: unit.appendingPathComponent(Self.taskFile)))
    )
  }

  /// Takes over a unit's folder that was written elsewhere on the same disk.
  func adopt(unit folder: URL) throws -> (hash: String, bytes: Int) {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).map { name in
      (name: name, bytes: Array(try Data(contentsOf: folder.appendingPathComponent(name))))
    }
    let hash = Self.hash(files)
    let place = units.appendingPathComponent(hash)
    if FileManager.default.fileExists(atPath: place.path) {
      try FileManager.default.removeItem(at: folder)
    } else {
      try FileManager.default.moveItem(at: folder, to: place)
    }
    return (hash, files.reduce(0) { $0 + $1.bytes.count })
  }

  /// SHA-256 over names, lengths and hashes of files, in order of name.
  public static func hash(_ files: [(name: String, bytes: [UInt8])]) -> String {
    var whole = SHA256()
    for file in files.sorted(by: { $0.name < $1.name }) {
      whole.update(data: Data("\(file.name)\n\(file.bytes.count)\n".utf8))
      whole.update(data: Data(SHA256.hash(data: file.bytes)))
    }
    return hex(whole.finalize())
  }

  static func hex(_ digest: some Sequence<UInt8>) -> String {
    digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// A unit's folder, found to be as it was written.
  /// - Throws: `WorkError.damagedUnit`.
  func unit(_ entry: UnitEntry) throws(WorkError) -> URL {
    let folder = units.appendingPathComponent(entry.hash)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    var files: [(name: String, bytes: [UInt8])] = []
    for name in names {
      guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else {
        throw .damagedUnit(index: entry.index, path: folder.path)
      }
      files.append((name, Array(data)))
    }
    guard Self.hash(files) == entry.hash else {
      throw .damagedUnit(index: entry.index, path: folder.path)
    }
    return folder
  }

  // MARK: Results

  func resultFile(_ index: Int, chunk: Int? = nil) -> URL {
    guard let chunk else { return results.appendingPathComponent("\(index)") }
    return url.appendingPathComponent("chunks/\(index)-\(chunk)")
  }

  /// Whether a unit is done: it has a result, or the stage is there that it makes.
  public func isDone(_ index: Int) -> Bool {
    guard let stage = manifest.stage(of: index) else { return false }
    let file =
      manifest.stages[stage].kind.makesUnits ? stageFile(stage + 1) : resultFile(index)
    return FileManager.default.fileExists(atPath: file.path)
  }

  /// Units of a stage that are not done.
  public func missing(in stage: Int) -> [Int] {
    manifest.stages[stage].indices.filter { !isDone($0) }
  }

  /// What all units of a stage gave, in order.
  /// - Parameter read: Reads the result of a unit; `nil` if there is none.
  /// - Throws: `WorkError.missingResults` naming all units without a result, and what `read` throws.
  func gathered<Value>(of stage: Int, _ read: (UnitEntry) throws -> Value?) throws -> [Value] {
    var missing: [Int] = []
    var values: [Value] = []
    for entry in try entries(of: stage) ?? [] {
      if let value = try read(entry) { values.append(value) } else { missing.append(entry.index) }
    }
    guard missing.isEmpty else { throw WorkError.missingResults(missing) }
    return values
  }

  /// Removes a result that was cut or changed on its way, so that the unit is worked on again.
  func removeIfDamaged(_ index: Int) {
    guard let stage = manifest.stage(of: index),
      let entry = try? entries(of: stage)?.first(where: { $0.index == index })
    else { return }
    do {
      switch manifest.stages[stage].kind {
      case .plan: _ = try result(PlanOutcome.self, of: entry)
      case .candidates: _ = try result(CandidateOutcome.self, of: entry)
      case .run: _ = try result([RunRecord].self, of: entry)
      case .answer: _ = try body(of: entry)
      case .join, .divide: break
      }
    } catch {
      try? FileManager.default.removeItem(at: resultFile(index))
    }
  }

  /// Keeps what a unit gave; the same again is the same file.
  func write(_ body: some Encodable, of entry: UnitEntry) throws {
    try write(line: Self.encoder.encode(body), of: entry)
  }

  /// - Parameter text: One line.
  func write(line text: Data, of entry: UnitEntry, chunk: Int? = nil) throws {
    let head = ResultHead(
      unit: entry.hash, index: entry.index, chunk: chunk, engine: manifest.engine,
      sha256: Self.hex(SHA256.hash(data: text)))
    let file = resultFile(entry.index, chunk: chunk)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    var bytes = try Self.encoder.encode(head)
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(text)
    bytes.append(UInt8(ascii: "\n"))
    try AtomicFile.write(bytes, to: file)
  }

  /// What a unit gave; `nil` if it has not.
  /// - Throws: `WorkError.damagedResult` for one that is cut, changed, of another unit or another version.
  func result<Body: Decodable>(_ type: Body.Type, of entry: UnitEntry) throws(WorkError) -> Body? {
    guard let body = try body(of: entry) else { return nil }
    guard let found = try? JSONDecoder().decode(Body.self, from: body) else {
      throw .damagedResult(
        index: entry.index, path: resultFile(entry.index).path, reason: "it is of another kind")
    }
    return found
  }

  /// The line that a unit, or a chunk of it, gave; `nil` if it has not.
  /// - Throws: As `result`.
  func body(of entry: UnitEntry, chunk: Int? = nil) throws(WorkError) -> Data? {
    let file = resultFile(entry.index, chunk: chunk)
    guard let data = try? Data(contentsOf: file) else { return nil }
    func damaged(_ reason: String) -> WorkError {
      .damagedResult(index: entry.index, path: file.path, reason: reason)
    }
    let lines = data.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
    guard lines.count == 2, data.last == UInt8(ascii: "\n"),
      let head = try? JSONDecoder().decode(ResultHead.self, from: lines[0])
    else { throw damaged("it is cut off") }
    let body = lines[1].dropLast()
    guard Self.hex(SHA256.hash(data: body)) == head.sha256 else { throw damaged("it was changed") }
    guard head.unit == entry.hash, head.index == entry.index, head.chunk == chunk else {
      throw damaged("it is of another unit")
    }
    guard head.engine == manifest.engine else {
      throw damaged("it was made by Lichen \(head.engine)")
    }
    return body
  }

  private struct ResultHead: Codable {
    let unit: String
    let index: Int
    let chunk: Int?
    let engine: String
    let sha256: String
  }
}
