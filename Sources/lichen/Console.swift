import Foundation
import LichenEngine

/// Text for people: results on standard output, everything else on standard error.
enum Console {
  static func say(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  static func sayJSON(_ value: some Encodable) throws {
    FileHandle.standardOutput.write(try ResultJSON.encode(value))
  }

  static func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Whether a person is likely to watch standard error.
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

  /// Overwrites one line of standard error.
  static func progress(_ text: String) {
    FileHandle.standardError.write(Data("\r\u{1B}[2K\(text)".utf8))
  }

  static func endProgress() {
    FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8))
  }

  /// A table with aligned columns; columns named in `right` are right-aligned.
  static func table(_ header: [String], _ rows: [[String]], right: Set<Int> = []) -> String {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return right.contains(column) ? space + cell : cell + space
      }
      var text = padded.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      return text
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return ([line(header), rule] + rows.map(line)).joined(separator: "\n")
  }

  /// `1,234,567` with the wanted decimals; unknown as the word.
  static func number(_ value: Double?, decimals: Int = 0) -> String {
    guard let value else { return "unknown" }
    let text = String(format: "%.\(decimals)f", abs(value))
    let parts = text.split(separator: ".")
    var grouped = ""
    for (offset, digit) in parts[0].reversed().enumerated() {
      if offset > 0, offset % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    let body = String(grouped.reversed()) + (parts.count > 1 ? "." + parts[1] : "")
    let isZero = body.allSatisfy { "0.,".contains($0) }
    return (value < 0 && !isZero ? "−" : "") + body
  }
}
