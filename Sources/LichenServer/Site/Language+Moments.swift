import Foundation
import LichenDomain
import LichenReport

extension Language {
  /// Day and minute of a moment, in the time of the server.
  /// - Parameter milliseconds: Since 1970.
  func moment(_ milliseconds: Int64) -> String {
    let parts = Calendar(identifier: .gregorian).dateComponents(
      in: .current, from: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
    guard let year = parts.year, let month = parts.month, let day = parts.day,
      let hour = parts.hour, let minute = parts.minute,
      let date = CalendarDate(year: year, month: month, day: day)
    else { return text("word.unknown") }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(self.date(date)) \(two(hour)):\(two(minute))"
  }
}
