import Foundation
import LichenDomain
import LichenTestSupport
import Testing

@Suite("CalendarDate")
struct CalendarDateTests {
  @Test(
    "29 February exists in years divisible by 4, in centuries only if divisible by 400",
    arguments: [
      (2024, true), (2023, false), (1900, false), (2000, true), (2100, false), (2400, true),
    ])
  func leapDay(year: Int, exists: Bool) {
    #expect((CalendarDate(year: year, month: 2, day: 29) != nil) == exists)
    #expect((CalendarDate("\(year)-02-29") != nil) == exists)
  }

  @Test("a year has the days of the Gregorian calendar", arguments: [(2023, 365), (2024, 366)])
  func daysOfYear(year: Int, count: Int) {
    let days = (0...13).flatMap { month in
      (0...32).compactMap { CalendarDate(year: year, month: month, day: $0) }
    }
    #expect(days.count == count)
  }

  @Test(
    "reads YYYY-MM-DD and nothing else",
    arguments: [
      "2024-1-01", "24-01-01", "2024/01/01", "2024-01-01T00:00", " 2024-01-01", "2024-13-01",
      "2024-00-10", "2024-04-31", "2024-01-00", "0000-01-01", "+202-01-01", "2024-01--1", "",
      "２０２４-01-01",
    ])
  func refused(_ text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test("writes what it reads", arguments: ["2022-07-14", "0001-01-01", "9999-12-31"])
  func roundTrip(_ text: String) throws {
    let date = try #require(CalendarDate(text))
    #expect(date.description == text)
    let json = try JSONEncoder().encode(date)
    #expect(try JSONDecoder().decode(CalendarDate.self, from: json) == date)
  }

  @Test("days are ordered by year, then month, then day")
  func order() {
    let days = ["2022-07-14", "2022-07-15", "2022-08-01", "2023-01-01"].map { CalendarDate.of($0) }
    #expect(days.reversed().sorted() == days)
    #expect(CalendarDate.of("2022-07-14") < .of("2022-07-15"))
  }
}
