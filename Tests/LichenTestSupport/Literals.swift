import LichenDomain

// Short ways to write values that are known to be sound; a slip stops the test run at once.

extension Identifier {
  /// The identifier written as `text`.
  public static func of(_ text: String) -> Identifier {
    guard let identifier = Identifier(text) else { preconditionFailure("no identifier: \(text)") }
    return identifier
  }
}

extension CalendarDate {
  /// The day written as `YYYY-MM-DD`.
  public static func of(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(text) else { preconditionFailure("no date: \(text)") }
    return date
  }
}

extension Currency {
  /// The currency with this code.
  public static func of(_ code: String) -> Currency {
    guard let currency = Currency(code) else { preconditionFailure("no currency: \(code)") }
    return currency
  }
}

extension Estimate {
  /// The figure with its range.
  public static func of(_ low: Double, _ typical: Double, _ high: Double) -> Estimate {
    guard let estimate = Estimate(low: low, typical: typical, high: high) else {
      preconditionFailure("no estimate: \(low), \(typical), \(high)")
    }
    return estimate
  }
}

extension Coordinate {
  /// The place at these degrees north and east.
  public static func of(_ latitude: Double, _ longitude: Double) -> Coordinate {
    guard let place = Coordinate(latitude: latitude, longitude: longitude) else {
      preconditionFailure("no place: \(latitude), \(longitude)")
    }
    return place
  }
}
