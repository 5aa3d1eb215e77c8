/// Formats of cells, in the order by which cells refer to them.
enum CellFormats {
  /// Reads `styles.xml`.
  static func read(_ stream: XMLStream) throws(WorkbookFault) -> [NumberFormat] {
    var codes: [Int: NumberFormat] = [:]
    var numbers: [Int] = []
    var isInCells = false
    while try stream.next() {
      let name = stream.name
      if stream.isEnd, name == "cellXfs" { isInCells = false }
      guard stream.isStart else { continue }
      switch name {
      case "numFmt":
        if let number = stream.attribute("numFmtId").flatMap({ Int($0) }) {
          codes[number] = NumberFormat(code: stream.attribute("formatCode") ?? "")
        }
      case "cellXfs": isInCells = !stream.isEmpty
      case "xf" where isInCells:
        numbers.append(stream.attribute("numFmtId").flatMap { Int($0) } ?? 0)
      default: break
      }
    }
    return numbers.map { codes[$0] ?? NumberFormat(builtIn: $0) }
  }
}
