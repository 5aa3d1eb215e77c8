extension BlueprintFlow {
  /// Yearly flow [`unit`/a]: size × amount per size × amount of the row, to six significant digits,
  /// so that it reads the same in memory and in a table. Low and high are the interval product.
  public func yearly(at scale: Sector.Scale) -> Estimate {
    let product = scale.amount * amount
    return Estimate(
      low: Self.rounded(product.low), typical: Self.rounded(product.typical),
      high: Self.rounded(product.high)) ?? product
  }

  /// Six significant digits; keeps order and sign.
  static func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite, abs(value) > 1e-30, abs(value) < 1e30 else { return value }
    var magnitude = abs(value)
    var up = 1.0
    var down = 1.0
    while magnitude * up < 100_000 { up *= 10 }
    while magnitude / down >= 1_000_000 { down *= 10 }
    // One of the two is 1; multiplying or dividing once keeps decimals as people would write them.
    magnitude = (magnitude * up / down).rounded() * down / up
    return value < 0 ? -magnitude : magnitude
  }
}
