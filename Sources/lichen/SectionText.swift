import LichenReport

/// An answer as text for a terminal; drawings are left to the report.
struct SectionText {
  private let section: AnalysisSection

  init(_ section: AnalysisSection) { self.section = section }

  /// Columns of running text.
  private static let width = 100

  var text: String {
    var pieces = [section.title.uppercased(), Self.wrapped(section.lead)]
    for block in section.blocks {
      switch block {
      case .heading(let text): pieces.append("\n" + text)
      case .paragraph(let text): pieces.append(Self.wrapped(text))
      case .note(let text): pieces.append(Self.wrapped(text))
      case .chart: continue
      case .table(let table): pieces.append("\n" + Self.text(table) + "\n")
      }
    }
    return pieces.joined(separator: "\n")
  }

  private static func text(_ table: AnalysisTable) -> String {
    let numbers = Set(table.columns.indices.filter { table.columns[$0].isNumber })
    return Console.table(
      table.columns.map(\.title), table.rows + (table.total.isEmpty ? [] : [table.total]),
      right: numbers)
  }

  private static func wrapped(_ text: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + word.count >= width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return (lines + [line]).joined(separator: "\n")
  }
}
