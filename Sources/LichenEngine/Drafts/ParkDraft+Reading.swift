import Foundation
import LichenDomain
import LichenIO

/// Where drafts come from.
extension ParkDraft {
  /// A file as it was uploaded.
  public struct File: Sendable {
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// Reads a workbook, or tables as CSV files with or without `datapackage.json`.
  /// - Throws: `ValidationError` for files that cannot be shown as tables.
  public init(_ files: [File], vocabulary: WorkbookVocabulary) throws {
    let books = files.filter { $0.isWorkbook }
    if let book = books.first {
      guard files.count == 1 else {
        throw ValidationError([
          ValidationIssue(
            code: "several-workbooks", at: SourceLocation(file: book.name),
            found: "\(files.count) files", expected: "one workbook, or CSV files")
        ])
      }
      let read = try WorkbookTables.read(book.bytes, file: book.name, vocabulary: vocabulary)
      self.init(
        settings: read.settings,
        tables: Dictionary(
          uniqueKeysWithValues: read.tables.map {
            ($0.name, Table(columns: $0.columns, rows: $0.rows))
          }), notes: read.notes.map(\.description))
    } else {
      self = try Self.read(tables: files)
    }
    try checkSize(files.first?.name ?? "")
  }

  /// The tables of a sound park.
  /// - Throws: `FileWritingError`.
  public init(
    _ declaration: ParkDeclaration, scenarios: [String: String] = [:], notes: [String] = []
  ) throws {
    let archive = try ParkArchive(declaration)
    self = try Self.read(
      tables: archive.files.sorted { $0.key < $1.key }.map {
        File(name: $0.key, bytes: Array($0.value.utf8))
      })
    self.scenarios = scenarios
    self.notes = notes
  }

  private func checkSize(_ file: String) throws(ValidationError) {
    if cellCount > Self.mostCells {
      throw ValidationError([
        ValidationIssue(
          code: "too-many-rows", at: SourceLocation(file: file), found: "\(cellCount) cells",
          expected: "at most \(Self.mostCells) cells")
      ])
    }
  }

  private static func read(tables files: [File]) throws -> ParkDraft {
    var issues: [ValidationIssue] = []
    var notes: [String] = []
    var draft = ParkDraft(settings: [:], tables: [:])
    var seen: Set<String> = []
    for file in files {
      let place = SourceLocation(file: file.name)
      let stem = file.name.lowercased().split(separator: ".").first.map(String.init) ?? ""
      if !seen.insert(stem).inserted {
        issues.append(
          ValidationIssue(code: "duplicate-table", at: place, expected: "each table once"))
      }
      do throws(ValidationError) {
        if file.name.lowercased() == "datapackage.json" {
          draft.settings = try settings(file)
        } else if file.name.lowercased().hasSuffix(".csv"),
          TableLayout.all.contains(where: { $0.name == stem })
        {
          let (table, warnings) = try CSVParser.parse(file.bytes, file: file.name)
          notes += warnings.map(\.description)
          draft.set(Table(table), stem)
        } else {
          issues.append(unknown(file.name))
        }
      } catch {
        issues += error.issues
      }
    }
    if issues.hasErrors { throw ValidationError(issues) }
    draft.notes = notes
    return draft
  }

  private static func unknown(_ name: String) -> ValidationIssue {
    let names = TableLayout.all.map { $0.name + ".csv" } + ["datapackage.json"]
    return ValidationIssue(
      code: "unknown-table", at: SourceLocation(file: name), found: name,
      expected: "a workbook (.xlsx), or tables of a park: \(names.joined(separator: ", "))",
      hint: Spelling.suggestion(for: name, among: names))
  }

  /// Texts of the keys in `datapackage.json`.
  private static func settings(_ file: File) throws(ValidationError) -> [String: String] {
    let package: JSONValue
    do throws(JSONParser.Failure) {
      package = try JSONParser.parse(file.bytes)
    } catch {
      throw ValidationError([
        ValidationIssue(
          code: "invalid-json", at: SourceLocation(file: file.name, row: error.line),
          found: "line \(error.line), position \(error.column): \(error.reason)",
          expected: "a JSON object")
      ])
    }
    var settings: [String: String] = [:]
    let keys = Set(TableLayout.settings.columns.map(\.name))
    for member in (package.members ?? []) + (package["lichen"]?.members ?? [])
    where keys.contains(member.key) {
      switch member.value {
      case .string(let text): settings[member.key] = text
      case .null: break
      case let value: settings[member.key] = value.shown
      }
    }
    return settings
  }
}

extension ParkDraft.File {
  /// By its name or its first bytes: a workbook by any name is read as one, and refused as one.
  fileprivate var isWorkbook: Bool {
    let kinds = ["xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "ods"]
    return kinds.contains { name.lowercased().hasSuffix(".\($0)") }
      || bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
  }
}

extension ParkDraft.Table {
  init(_ table: CSVTable) {
    self.init(
      columns: table.header, rows: (0..<table.rowCount).map { Array(table.row($0)) },
      usesDecimalComma: table.separator.usesDecimalComma)
  }
}
