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
  /// - Parameter answers: Each becomes a section of the report and a file of its own.
  /// - Throws: `FileWritingError` if the folder is not writable; then nothing is half-written.
  public func write(
    _ result: MatchResult, extras: ReportExtras = ReportExtras(), answers: [Answer] = [],
    language: Language, assets: ReportAssets
  ) throws {
    var extras = extras
    extras.sections += answers.map(\.section)
    let documents = try answers.map { try (name: $0.name, json: $0.json()) }
    let html = try HTMLReport.render(
      result, extras: extras, language: language, assets: assets)
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
    try AtomicFile.write(html, to: url.appendingPathComponent("report.html"))
  }

  private static func csv(_ header: [String], _ rows: [[String]]) -> [UInt8] {
    CSVWriter.resultTable(header: header, rows: rows.map { $0.map { CSVWriter.Cell.text($0) } })
  }
}

extension ReportAssets {
  /// Reads template, partials and style sheet from the data folder.
  /// - Throws: `EngineError.unreadable`.
  public init(folder: URL) throws {
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
      css: try text(folder.appendingPathComponent("report.css")))
  }
}
