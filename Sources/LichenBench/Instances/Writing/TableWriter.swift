import LichenIO
import LichenPlanning

/// Writes one table: UTF-8, comma, LF, quotes only where needed, shortest numbers that read back as
/// the same. Millions of rows are why it does not go through a list of cells.
struct TableWriter {
  private(set) var bytes: [UInt8] = []
  private var isAtStart = true

  init(_ columns: [String], expecting rows: Int = 0) {
    bytes.reserveCapacity(64 + rows * 80)
    for column in columns { text(column) }
    endRow()
  }

  mutating func text(_ text: String) {
    separate()
    if text.utf8.contains(where: { [44, 59, 9, 34, 10, 13].contains($0) }) {
      bytes.append(UInt8(ascii: "\""))
      for byte in text.utf8 {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    } else {
      bytes.append(contentsOf: text.utf8)
    }
  }

  mutating func number(_ value: Double) {
    separate()
    if value.magnitude < 1e15, value == value.rounded(.towardZero) {
      bytes.append(contentsOf: String(Int(value)).utf8)
    } else {
      bytes.append(contentsOf: NumberText.shortest(value).utf8)
    }
  }

  mutating func blank() { separate() }

  mutating func endRow() {
    bytes.append(UInt8(ascii: "\n"))
    isAtStart = true
  }

  private mutating func separate() {
    if isAtStart { isAtStart = false } else { bytes.append(UInt8(ascii: ",")) }
  }
}
