import LichenDomain

/// Reads the cells of a sheet row by row; formatted blanks are passed over as they come.
struct SheetScanner {
  /// A row with at least one cell that is not blank.
  struct Row {
    /// As the spreadsheet counts, from 1.
    let number: Int
    let isHidden: Bool
    /// In order of column.
    var cells: [SheetCell]
  }

  let stream: XMLStream
  let texts: [String]
  let formats: [NumberFormat]
  let uses1904: Bool

  private static let maximumRow = 1_048_576

  /// Calls `body` for each row that holds something, in order.
  /// - Throws: `WorkbookFault` if the part is malformed, or what `body` throws.
  func forEachRow(_ body: (Row) throws(WorkbookFault) -> Void) throws(WorkbookFault) {
    var number = 0
    var isInData = false
    while try stream.next() {
      if stream.isEnd, stream.name == "sheetData" { return }
      guard stream.isStart else { continue }
      let name = stream.name
      if name == "sheetData" {
        if stream.isEmpty { return }
        isInData = true
      }
      guard isInData, name == "row" else { continue }
      let next = try rowNumber(after: number)
      number = next
      if stream.isEmpty { continue }
      let isHidden = ["1", "true"].contains(stream.attribute("hidden"))
      let cells = try cells()
      if cells.isEmpty { continue }
      try body(Row(number: number, isHidden: isHidden, cells: cells))
    }
  }

  private func rowNumber(after previous: Int) throws(WorkbookFault) -> Int {
    guard let text = stream.attribute("r") else { return previous + 1 }
    guard let number = Int(text), number > previous, number <= Self.maximumRow else {
      throw .damaged("row \(text) behind row \(previous)")
    }
    return number
  }

  /// Cells up to the end of the row.
  private func cells() throws(WorkbookFault) -> [SheetCell] {
    var cells: [SheetCell] = []
    var column = -1
    while try stream.next() {
      if stream.isEnd, stream.name == "row" { break }
      guard stream.isStart, stream.name == "c" else { continue }
      // Formatted blanks come by the million; they only count for cells without a reference.
      if stream.isEmpty {
        column += 1
        continue
      }
      if let reference = stream.attribute("r") {
        guard let named = SheetCell.column(of: reference), named > cells.last?.column ?? -1 else {
          throw .damaged("a cell \(reference) out of order")
        }
        column = named
      } else {
        column += 1
      }
      if let value = try value() { cells.append(SheetCell(column: column, value: value)) }
    }
    return cells
  }

  /// Value of the cell that the stream stands on; `nil` when it is blank.
  private func value() throws(WorkbookFault) -> SheetCell.Value? {
    let type = stream.attribute("t") ?? "n"
    let style = stream.attribute("s").flatMap { Int($0) }
    var content = ""
    var isInValue = false
    var hasFormula = false
    while try stream.next() {
      if stream.isStart {
        switch stream.name {
        case "v": isInValue = !stream.isEmpty
        case "f": hasFormula = true
        case "is": content = try SharedTexts.text(of: "is", in: stream)
        default: break
        }
      } else if stream.isEnd {
        let name = stream.name
        if name == "c" { break }
        if name == "v" { isInValue = false }
      } else if isInValue, stream.isText {
        content += stream.text
      }
    }
    if content.isEmpty {
      return hasFormula && type != "str" ? .formulaWithoutValue : nil
    }
    return try value(content, type: type, style: style)
  }

  private func value(_ content: String, type: String, style: Int?) throws(WorkbookFault)
    -> SheetCell.Value?
  {
    func text(_ text: String) -> SheetCell.Value? {
      text.trimmingSpaces().isEmpty ? nil : .text(text)
    }
    switch type {
    case "s":
      guard let index = Int(content.trimmingSpaces()), texts.indices.contains(index) else {
        throw .damaged("a cell that refers to text \(content), which there is not")
      }
      return text(texts[index])
    case "inlineStr": return text(content)
    case "str": return text(SharedTexts.decoded(content))
    case "b": return .boolean(["1", "true"].contains(content))
    case "e": return .error(content)
    case "d": return .date(String(content.prefix(10)))
    default:
      guard let number = Double(content.trimmingSpaces()), number.isFinite else {
        throw .damaged("a number cell with '\(content)'")
      }
      return value(
        number, format: style.flatMap { formats.indices.contains($0) ? formats[$0] : nil })
    }
  }

  private func value(_ number: Double, format: NumberFormat?) -> SheetCell.Value {
    switch format ?? .plain {
    case .plain: return .number(number)
    case .percent: return .percent(number)
    case .time: return .time(NumberText.shortest(number))
    case .day, .month, .year:
      guard let date = DaySerial.date(number, uses1904: uses1904) else {
        return .time(NumberText.shortest(number))
      }
      let count = format == .day ? 10 : format == .month ? 7 : 4
      return .date(String(date.description.prefix(count)))
    }
  }
}
