import LichenDomain
import LichenEngine
import LichenIO

/// Declarations in a body: files as they lie in a park's folder, or settings and tables of rows.
struct APITables: Sendable {
  let archive: ParkArchive
  let areRows: Bool
  /// That of the settings if `nil`.
  let title: String?
  var scenarios: [String: String] { archive.files.filter { $0.key.hasPrefix("scenarios/") } }

  private static let mostFiles = 200
  private static let package = "datapackage.json"

  /// What is wrong goes to the body.
  init(_ body: APIBody, name: String, title: String?) {
    self.title = title
    let hasFiles = body.has("files")
    areRows = body.has("tables") || body.has("settings")
    if hasFiles == areRows {
      body.note(
        hasFiles ? "contradiction" : "missing-field", "files",
        expected: "either files, or settings and tables")
    }
    var files: [String: String] = [:]
    if hasFiles {
      files = Self.files(body)
    } else if areRows {
      files = Self.rows(body)
      files[Self.package] = Self.description(body, name: name, title: title ?? name)
    }
    archive = ParkArchive(files: files)
  }

  private static func files(_ body: APIBody) -> [String: String] {
    var files: [String: String] = [:]
    let members = body.object("files") ?? []
    if members.count > mostFiles {
      body.note("too-many", "files", found: "\(members.count)", expected: "at most \(mostFiles)")
    }
    for member in members.prefix(mostFiles) {
      guard member.key.wholeMatch(of: pattern) != nil else {
        body.note(
          "bad-name", "files", found: member.key,
          expected: "names such as enterprises.csv, datapackage.json and scenarios/closed.yaml")
        continue
      }
      guard let text = member.value.string else {
        body.note("wrong-type", "files", found: member.key, expected: "texts")
        continue
      }
      files[member.key] = text
    }
    return files
  }

  private nonisolated(unsafe) static let pattern =
    #/(scenarios\/[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}\.yaml|[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}\.(csv|json))/#

  /// Tables of rows as the text of files.
  private static func rows(_ body: APIBody) -> [String: String] {
    var files: [String: String] = [:]
    for table in body.object("tables", required: true) ?? [] {
      guard table.key.wholeMatch(of: #/[a-z][a-z_\-]{0,40}/#) != nil else {
        body.note("bad-name", "tables", found: table.key, expected: "names such as enterprises")
        continue
      }
      guard case .array(let rows) = table.value, rows.allSatisfy({ $0.members != nil }) else {
        body.note("wrong-type", "tables", found: table.key, expected: "lists of rows in { }")
        continue
      }
      files["\(table.key).csv"] = csv(rows, table: table.key, body)
    }
    return files
  }

  /// Columns in the order in which rows name them first.
  private static func csv(_ rows: [JSONValue], table: String, _ body: APIBody) -> String {
    var header: [String] = []
    var known: Set<String> = []
    for member in rows.flatMap({ $0.members ?? [] }) where known.insert(member.key).inserted {
      header.append(member.key)
    }
    var writer = CSVWriter(guardsFormulas: false)
    writer.write(header: header)
    for (index, row) in rows.enumerated() {
      let values = Dictionary((row.members ?? []).map { ($0.key, $0.value) }) { first, _ in first }
      writer.write(
        header.map { column -> CSVWriter.Cell in
          switch values[column] {
          case .string(let text)?: return .text(text)
          case .number(let number)?: return .number(number)
          case .bool(let flag)?: return .boolean(flag)
          case .null?, nil: return .blank
          case .array?, .object?:
            body.note(
              "wrong-type", "tables", found: "\(table), row \(index + 2), \(column)",
              expected: "a text, a number, true, false or null")
            return .blank
          }
        })
    }
    return writer.text
  }

  private static func description(_ body: APIBody, name: String, title: String) -> String {
    let settings = body.object("settings", required: true) ?? []
    return JSONValue.object([
      .init("name", .string(name)), .init("title", .string(title)),
      .init("lichen", .object(settings)), .init("resources", .array([])),
    ]).text
  }

  /// An archive in the form that a body takes: settings, and tables of rows.
  /// - Throws: `ValidationError` if a stored table is none.
  static func members(of archive: ParkArchive) throws -> [JSONValue.Member] {
    let text = archive.files[package] ?? "{}"
    let settings = try? JSONParser.parse(Array(text.utf8))["lichen"]
    var tables: [JSONValue.Member] = []
    for (file, text) in archive.files.sorted(by: { $0.key < $1.key }) where file.hasSuffix(".csv") {
      let table = try CSVParser.parse(Array(text.utf8), file: file).table
      let rows = (0..<table.rowCount).map { index in
        JSONValue.object(
          zip(table.header, table.row(index)).map { .init($0.0, .string($0.1)) })
      }
      tables.append(.init(String(file.dropLast(4)), .array(rows)))
    }
    return [.init("settings", settings ?? .object([])), .init("tables", .object(tables))]
  }
}
