import Foundation
import LichenDomain
import LichenIO
import LichenMatching
import LichenPlanning
import LichenReport

/// Writes what a run found: everything is made first, then each file appears whole.
public struct ResultFolder: Sendable {
  public let url: URL

  public init(url: URL) { self.url = url }

  /// Folder with the declarations that the plan was made from.
  public var park: URL { url.appendingPathComponent("park") }

  /// Writes report, tables, plan and the declarations that the plan rests on.
  /// - Parameter answers: Each becomes a section of the reports and a file of its own.
  /// - Returns: Paths of the reports within the folder, the first asked for first.
  /// - Throws: `FileWritingError` if the folder is not writable; then nothing is half-written.
  public func write(
    _ result: MatchResult, extras: ReportExtras = ReportExtras(), answers: [Answer] = [],
    publisher: ReportPublisher
  ) throws -> [String] {
    let documents = try answers.map { try (name: $0.name, json: $0.json()) }
    let reports = try publisher.files(of: result, extras: extras, answers: answers)
    let language = publisher.languages[0]
    let plan = try PlanJSON.encode(PlanDocument(result.plan))
    let candidates = ResultTables.candidates(result, language: language)
    let exchanges = ResultTables.exchanges(result, language: language)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try ParkWriter.write(result.plan.park.declaration, to: park, replacing: true)
    try AtomicFile.write(plan, to: url.appendingPathComponent("plan.json"))
    try AtomicFile.write(
      pieces: CSVWriter.resultPieces(header: candidates.header, rows: candidates.rows),
      to: url.appendingPathComponent("candidates.csv"))
    try AtomicFile.write(
      Self.csv(exchanges.header, exchanges.rows), to: url.appendingPathComponent("exchanges.csv"))
    let legs = ResultTables.legs(result.plan)
    if legs.rows.isEmpty {
      // Of an earlier plan in the same folder.
      try? FileManager.default.removeItem(at: url.appendingPathComponent("legs.csv"))
    } else {
      try AtomicFile.write(
        Self.csv(legs.header, legs.rows), to: url.appendingPathComponent("legs.csv"))
    }
    for (name, json) in documents {
      try AtomicFile.write(json, to: url.appendingPathComponent("\(name).json"))
    }
    try write(reports)
    return reports.map(\.name)
  }

  /// Writes the files of reports, each whole.
  /// - Throws: `FileWritingError` if the folder is not writable.
  public func write(_ files: [ReportFile]) throws {
    for file in files {
      let target = url.appendingPathComponent(file.name)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try AtomicFile.write(file.content, to: target)
    }
  }

  private static func csv(_ header: [String], _ rows: [[String]]) -> [UInt8] {
    CSVWriter.resultTable(header: header, rows: rows.map { $0.map { CSVWriter.Cell.text($0) } })
  }
}

extension ReportAssets {
  /// Reads template, partials, style sheet and script, and the outlines of land.
  /// - Throws: `EngineError.unreadable`.
  public init(folder: URL, outlines: URL) throws {
    func layer(_ name: String) throws -> OutlineLayer {
      let url = outlines.appendingPathComponent(name)
      do {
        return try OutlineLayer([UInt8](Data(contentsOf: url)), file: name)
      } catch {
        throw EngineError.unreadable(path: url.path, reason: "\(error)")
      }
    }
    func text(_ url: URL) throws -> String {
      do {
        return try String(contentsOf: url, encoding: .utf8)
      } catch {
        throw EngineError.unreadable(path: url.path, reason: "\(error.localizedDescription)")
      }
    }
    var partials: [String: String] = [:]
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names.sorted() where name.hasSuffix(".mustache") && name != "report.mustache" {
      partials[String(name.dropLast(".mustache".count))] = try text(
        folder.appendingPathComponent(name))
    }
    self.init(
      template: try text(folder.appendingPathComponent("report.mustache")), partials: partials,
      css: try text(folder.appendingPathComponent("report.css")),
      script: try text(folder.appendingPathComponent("report.js")),
      outlines: OutlineAtlas(
        fine: try layer("coast-fine.bin"), coarse: try layer("coast-coarse.bin")))
  }
}
