import LichenIO
import LichenReport

/// Formats that are tables: workbook, data package, document, sources.
extension ReportPublisher {
  /// A workbook with live totals.
  /// - Parameter name: Of the report's files, without the ending.
  /// - Throws: `FileWritingError` if a workbook cannot be made, `EncodingError` for a figure that is no
  ///   number.
  func workbook(of report: Report, name: String) throws -> [ReportFile] {
    let bytes = try SpreadsheetWriter.bytes(of: ReportSpreadsheet.make(report))
    return [ReportFile("\(name).xlsx", bytes)]
  }

  /// A folder of tables with their description.
  func package(of report: Report, name: String) throws -> [ReportFile] {
    try ReportPackage(report).files().map { ReportFile("\(name)-csv/\($0.name)", $0.content) }
  }

  func document(of report: Report, name: String) throws -> [ReportFile] {
    [ReportFile("\(name).json", try Array(ResultJSON.encode(ReportDocument(report))))]
  }

  /// `report.vi` makes `sources.vi.bib` and `sources.vi.csv`.
  func sources(of report: Report, name: String) -> [ReportFile] {
    let stem = "sources" + name.dropFirst("report".count)
    return [
      ReportFile("\(stem).bib", Bibliography(report).text),
      ReportFile("\(stem).csv", ReportPackage.csv(Bibliography.table(report))),
    ]
  }
}
