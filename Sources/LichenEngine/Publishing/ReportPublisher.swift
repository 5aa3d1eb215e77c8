import Foundation
import LichenDomain
import LichenMatching
import LichenReport

/// Makes the files of reports; holds whatever they need, so that nothing is found missing after a long
/// search.
public struct ReportPublisher: Sendable {
  public let request: ReportRequest
  let languages: [Language]
  private let assets: ReportAssets
  private let template: ReportTemplate
  private let engine: Engine

  /// Prints the page; `nil` where no PDF is asked for.
  private let browser: Chromium?

  /// Reads languages and templates, and looks for what a format needs.
  /// - Throws: `ValidationError` for an unsound template, `EngineError.unreadable` for a file that is missing or
  ///   malformed, `BrowserError` if a PDF is asked for and no browser can print it.
  public init(_ request: ReportRequest, engine: Engine) throws {
    self.request = request
    languages = try request.languages.map { try engine.language($0) }
    assets = try engine.reportAssets()
    template = try request.template.map { try engine.template($0) } ?? .standard
    self.engine = engine
    browser =
      request.formats.contains(.pdf)
      ? try Chromium.find(environment: ProcessInfo.processInfo.environment) : nil
  }

  /// Whether every reader asked for is there, before a long search.
  /// - Throws: `EditionError.unknownEnterprise`.
  public func check(_ park: Park) throws {
    for case .enterprise(let id) in request.audiences where park.enterprise(id) == nil {
      throw EditionError.unknownEnterprise(id, in: park)
    }
  }

  /// All files of all reports asked for, in the order of audiences, languages and formats.
  /// - Parameter answers: To questions that were asked already; the template may ask others.
  /// - Throws: Whatever a format's writer throws.
  public func files(
    of result: MatchResult, extras: ReportExtras, answers: [Answer] = []
  ) throws -> [ReportFile] {
    let extras = try engine.extras(extras, of: result, answered: answers, template: template)
    var files: [ReportFile] = []
    for audience in request.audiences {
      let edition = try Edition(audience, of: result)
      for language in languages {
        let report = Report(
          edition, extras: extras, language: language, template: template)
        files += try self.files(of: report, name: Self.stem(audience, language))
      }
    }
    return files
  }

  /// Where a report begins its file names: `report`, `report-board.vi`, `report-ID`.
  private static func stem(_ audience: Audience, _ language: Language) -> String {
    let readers =
      switch audience {
      case .full: ""
      case .board: "-board"
      case .enterprise(let id): "-\(id)"
      }
    return "report" + readers + (language.code == "en" ? "" : ".\(language.code)")
  }

  /// - Parameter name: Without the ending.
  private func files(of report: Report, name: String) throws -> [ReportFile] {
    // Two formats are made of the page.
    let page =
      request.formats.contains { $0 == .html || $0 == .pdf }
      ? try HTMLReport.render(report, assets: assets) : ""
    return try request.formats.flatMap { format in
      switch format {
      case .html: [ReportFile("\(name).html", page)]
      case .xlsx: try workbook(of: report, name: name)
      case .csv: try package(of: report, name: name)
      case .json: try document(of: report, name: name)
      case .sources: sources(of: report, name: name)
      case .pdf: [ReportFile("\(name).pdf", try pdf(page, of: report))]
      case .geojson: [ReportFile("\(name).geojson", GeoJSONReport.render(report))]
      case .graphml: [ReportFile("\(name).graphml", GraphMLReport.render(report))]
      case .dot: [ReportFile("\(name).dot", DOTReport.render(report))]
      case .mermaid: [ReportFile("\(name).mmd", MermaidReport.render(report))]
      }
    }
  }

  private func pdf(_ page: String, of report: Report) throws -> [UInt8] {
    guard let browser else { return [] }
    return PDFDates.set(
      to: report.edition.result.plan.park.settings.lawDate, in: try browser.print(page))
  }
}
