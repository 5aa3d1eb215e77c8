import LichenIO

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The tables of a report as a tabular data package (Frictionless, version 1): CSV files beside a
/// `datapackage.json` that describes them.
public struct ReportPackage {
  private let tables: [ReportTable]
  private let name: String
  private let title: String

  public init(_ report: Report) {
    tables = ReportTables(report).tables
    let settings = report.edition.result.plan.park.settings
    // The standard takes lower case, digits and `-._/` only.
    let plain = settings.name.lowercased().map { character in
      character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
    }
    name = "lichen-report-" + String(plain)
    title = report.language.text("page.title", ["park": settings.title])
  }

  /// Names within the package's folder, and contents; the description first.
  /// - Throws: `EncodingError`, which texts and names cannot cause.
  public func files() throws -> [(name: String, content: [UInt8])] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let description = try encoder.encode(
      Package(name: name, title: title, resources: tables.map(Resource.init)))
    return [("datapackage.json", Array(description) + Array("\n".utf8))]
      + tables.map { ("\($0.name).csv", Self.csv($0)) }
  }

  /// A table as CSV; texts that spreadsheets would run as formulas are made harmless.
  public static func csv(_ table: ReportTable) -> [UInt8] {
    CSVWriter.resultTable(
      header: table.columns.map(\.name),
      rows: table.rows.map { $0.map { CSVWriter.Cell.text($0) } })
  }

  private struct Package: Encodable {
    var profile = "tabular-data-package"
    let name: String
    let title: String
    let resources: [Resource]
  }

  private struct Resource: Encodable {
    struct Schema: Encodable {
      let fields: [Field]
      let primaryKey: [String]
      var missingValues = [""]
    }

    struct Field: Encodable {
      let name: String
      let type: String
    }

    var profile = "tabular-data-resource"
    let name: String
    let path: String
    let title: String
    var format = "csv"
    var mediatype = "text/csv"
    var encoding = "utf-8"
    let schema: Schema

    init(_ table: ReportTable) {
      name = table.name
      path = "\(table.name).csv"
      title = table.title
      schema = Schema(
        fields: table.columns.map { Field(name: $0.name, type: $0.kind.rawValue) },
        primaryKey: table.key)
    }
  }
}
