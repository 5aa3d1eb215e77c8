import LichenDomain

/// Turns the day numbers of spreadsheets into dates.
enum DaySerial {
  /// - Parameters:
  ///   - serial: Days since the origin; the fraction is the time of day.
  ///   - uses1904: Whether day 0 is 1 January 1904; otherwise day 1 is 1 January 1900 and there is a
  ///     29 February 1900, which never was.
  /// - Returns: `nil` for a day that does not exist or lies outside the years 1900 to 9999.
  static func date(_ serial: Double, uses1904: Bool) -> CalendarDate? {
    guard serial.isFinite, serial >= 0, serial < 3_000_000 else { return nil }
    let day = Int(serial.rounded(.down))
    if uses1904 { return civil(daysSince1970: day - 24_107) }
    if day == 60 || day == 0 { return nil }
    return civil(daysSince1970: day - (day < 60 ? 25_568 : 25_569))
  }

  /// Days to date by counting in eras of 400 years (H. Hinnant, "chrono-compatible low-level date
  /// algorithms").
  private static func civil(daysSince1970 days: Int) -> CalendarDate? {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return CalendarDate(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month, day: day)
  }
}
