/// An ISO 4217 currency code, three capital letters.
public struct Currency: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  public let code: String

  /// - Returns: `nil` unless `code` is three ASCII letters; lower case is raised.
  public init?(_ code: String) {
    let upper = code.uppercased()
    guard upper.utf8.count == 3, upper.utf8.allSatisfy({ (65...90).contains($0) }) else {
      return nil
    }
    self.code = upper
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let currency = Currency(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not a currency code"))
    }
    self = currency
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(code)
  }

  public var description: String { code }

  public static func < (left: Self, right: Self) -> Bool { left.code < right.code }
}

/// An amount of money with the currency and the price year that give it a meaning.
public struct Money: Hashable, Sendable, Codable {
  /// Amount in units of the currency.
  public let amount: Estimate
  public let currency: Currency
  /// Year whose prices the amount speaks of; `nil` when the source does not say.
  public let year: Int?

  public init(_ amount: Estimate, _ currency: Currency, year: Int?) {
    self.amount = amount
    self.currency = currency
    self.year = year
  }
}

/// Two amounts cannot be combined, or an amount cannot be expressed in another currency.
public enum MoneyError: Error, Equatable, CustomStringConvertible {
  case noExchangeRate(from: Currency, to: Currency)

  public var description: String {
    switch self {
    case .noExchangeRate(let from, let to):
      "No exchange rate leads from \(from) to \(to); add one to exchange_rates.csv."
    }
  }
}

/// One quotation: 1 unit of `base` costs `rate` units of `quote` in `year`.
public struct ExchangeRate: Sendable, Hashable {
  public let id: String
  public let base: Currency
  public let quote: Currency
  public let rate: Estimate
  public let year: Int
  public let source: String
  public let confidence: Confidence

  public init(
    id: String, base: Currency, quote: Currency, rate: Estimate, year: Int, source: String,
    confidence: Confidence
  ) {
    self.id = id
    self.base = base
    self.quote = quote
    self.rate = rate
    self.year = year
    self.source = source
    self.confidence = confidence
  }
}

/// Converts amounts between currencies at the quotation whose year is nearest.
///
/// Exchange only: prices of different years are not inflated, because no deflator is part of the
/// catalogue; every figure keeps its own year in the report.
public struct ExchangeRates: Sendable {
  /// In order of id.
  public let rates: [ExchangeRate]

  public init(_ rates: [ExchangeRate]) {
    self.rates = rates.sorted { $0.id < $1.id }
  }

  /// A factor with the quotations that it used.
  public struct Conversion: Sendable {
    public let factor: Double
    public let used: [ExchangeRate]

    /// Confidence of an amount after conversion: no better than any quotation used.
    public func weakening(_ confidence: Confidence) -> Confidence {
      used.map(\.confidence).reduce(confidence, min)
    }
  }

  /// - Parameter year: Price year of the amount; the nearest quotation wins, ties go to the earlier.
  /// - Throws: `MoneyError.noExchangeRate` if no chain of at most three quotations leads to `target`.
  /// - Complexity: O(n) per step for n quotations.
  public func conversion(from source: Currency, to target: Currency, year: Int?) throws(MoneyError)
    -> Conversion
  {
    if source == target { return Conversion(factor: 1, used: []) }
    var frontier: [(currency: Currency, conversion: Conversion)] = [
      (source, Conversion(factor: 1, used: []))
    ]
    var seen: Set<Currency> = [source]
    for _ in 0..<3 {
      var next: [(currency: Currency, conversion: Conversion)] = []
      for (currency, conversion) in frontier {
        for step in steps(from: currency, year: year) where !seen.contains(step.currency) {
          let extended = Conversion(
            factor: conversion.factor * step.factor, used: conversion.used + [step.rate])
          if step.currency == target { return extended }
          seen.insert(step.currency)
          next.append((step.currency, extended))
        }
      }
      frontier = next
    }
    throw .noExchangeRate(from: source, to: target)
  }

  /// Best quotation towards each neighbour currency, in alphabetical order.
  private func steps(from currency: Currency, year: Int?) -> [(
    currency: Currency, factor: Double, rate: ExchangeRate
  )] {
    var best: [Currency: (factor: Double, rate: ExchangeRate)] = [:]
    for rate in rates {
      let step: (Currency, Double)
      if rate.base == currency {
        step = (rate.quote, rate.rate.typical)
      } else if rate.quote == currency {
        step = (rate.base, 1 / rate.rate.typical)
      } else {
        continue
      }
      if let known = best[step.0], !isNearer(rate, than: known.rate, to: year) { continue }
      best[step.0] = (step.1, rate)
    }
    return best.map { ($0.key, $0.value.factor, $0.value.rate) }.sorted { $0.0 < $1.0 }
  }

  private func isNearer(_ rate: ExchangeRate, than known: ExchangeRate, to year: Int?) -> Bool {
    guard let year else { return rate.year > known.year }
    return (abs(rate.year - year), rate.year) < (abs(known.year - year), known.year)
  }
}
