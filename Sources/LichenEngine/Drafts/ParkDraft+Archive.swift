import Foundation
import LichenDomain
import LichenIO

/// A draft as files of a park, with the way back from a line to a row.
extension ParkDraft {
  struct Written {
    let archive: ParkArchive
    /// Line on which each row begins, by table.
    let lines: [String: [Int]]
  }

  /// Name of the file of settings.
  static let package = "datapackage.json"

  func written() -> Written {
    var files = scenarios
    var lines: [String: [Int]] = [:]
    for layout in TableLayout.all where tables[layout.name] != nil || layout.name == "enterprises" {
      let table = table(layout)
      let separator = table.usesDecimalComma ? ";" : ","
      var text = Self.line(table.columns, separator)
      var line = 2
      lines[layout.name] = table.rows.map { row in
        let written = Self.line(row, separator)
        defer { line += written.count { $0 == "\n" } }
        text += written
        return line
      }
      files[layout.name + ".csv"] = text
    }
    files[Self.package] = packageText(tables: lines.keys.sorted())
    return Written(archive: ParkArchive(files: files), lines: lines)
  }

  /// Every cell in quotes, so that no text can be taken for another cell or line.
  private static func line(_ cells: [String], _ separator: String) -> String {
    cells.map { cell in
      cell.isEmpty
        ? "" : "\"" + plainLines(cell).replacing("\"", with: "\"\"") + "\""
    }.joined(separator: separator) + "\n"
  }

  /// Line ends as LF, each of which counts as one line.
  private static func plainLines(_ text: String) -> String {
    text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }

  private func packageText(tables: [String]) -> String {
    let keys = TableLayout.settings.columns.filter { !["name", "title"].contains($0.name) }
    var lichen: [JSONValue.Member] = []
    for key in keys {
      let text = (settings[key.name] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
      if text.isEmpty { continue }
      let number = key.isNumber ? Double(text) : nil
      lichen.append(.init(key.name, number.map(JSONValue.number) ?? .string(text)))
    }
    func text(_ key: String, _ other: String) -> JSONValue {
      let text = (settings[key] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
      return .string(text.isEmpty ? other : text)
    }
    return JSONValue.object([
      .init("name", text("name", "park")),
      .init("title", text("title", settings["name"] ?? "park")),
      .init("lichen", .object(lichen)),
      .init(
        "resources",
        .array(
          tables.map {
            .object([.init("name", .string($0)), .init("path", .string($0 + ".csv"))])
          })),
    ]).text
  }
}
