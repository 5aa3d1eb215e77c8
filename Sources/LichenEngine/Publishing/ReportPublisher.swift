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

  /// Reads languages and templates.
  /// - Throws: `EngineError.unreadable` for a file that is missing or malformed.
  public init(_ request: ReportRequest, engine: Engine) throws {
    self.request = request
    languages = try request.languages.map { try engine.language($0) }
    assets = try engine.reportAssets()
  }

  /// All files of all reports asked for, in the order of audiences, languages and formats.
  /// - Throws: Whatever a format's writer throws.
  public func files(of result: MatchResult, extras: ReportExtras) throws -> [ReportFile] {
    var files: [ReportFile] = []
    for audience in request.audiences {
      let edition = Edition(full: result)
      for language in languages {
        let report = Report(edition, extras: extras, language: language)
        for format in request.formats {
          files += try self.files(of: report, as: format, name: Self.stem(audience, language))
        }
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
  private func files(of report: Report, as format: ReportFormat, name: String) throws
    -> [ReportFile]
  {
    switch format {
    case .html: [ReportFile("\(name).html", try HTMLReport.render(report, assets: assets))]
    case .xlsx: try workbook(of: report, name: name)
    case .csv: try package(of: report, name: name)
    case .json: try document(of: report, name: name)
    case .sources: sources(of: report, name: name)
    }
  }
}
