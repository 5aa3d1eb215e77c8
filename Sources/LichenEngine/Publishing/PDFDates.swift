import LichenDomain

/// Sets the dates of a PDF, so that equal reports are equal files.
enum PDFDates {
  private static let names = ["/CreationDate (D:", "/ModDate (D:"]

  /// Puts midnight UTC of a day in place of the day and hour of printing, digit for digit: nothing else
  /// of the file moves. A file without dates stays as it is.
  /// - Complexity: O(n).
  static func set(to date: CalendarDate, in file: [UInt8]) -> [UInt8] {
    func digits(_ number: Int, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
    let stamp = Array(
      (digits(date.year, 4) + digits(date.month, 2) + digits(date.day, 2) + "000000").utf8)
    var file = file
    for name in names {
      // The dictionary of facts about the file comes first or last, and once.
      guard let found = file.firstRange(of: Array(name.utf8)) else { continue }
      let place = found.upperBound..<min(file.count, found.upperBound + stamp.count)
      guard place.count == stamp.count, file[place].allSatisfy({ (0x30...0x39).contains($0) })
      else { continue }
      file.replaceSubrange(place, with: stamp)
    }
    return file
  }
}
