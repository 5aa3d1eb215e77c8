/// Real roots of polynomials.
enum RealRoots {
  /// All roots of Σ cᵢ·xⁱ in 0...1, ascending, each once; empty for the zero polynomial.
  ///
  /// Between two roots of its derivative a polynomial is monotone, so that it has a root there exactly if its sign
  /// changes; the derivatives' roots come in the same way, from the linear one up. A value within rounding of
  /// zero counts as zero where the polynomial only touches it.
  /// - Parameter coefficients: Finite, of the powers from 0 up.
  /// - Complexity: O(degree²) per root.
  static func within01(of coefficients: [Double]) -> [Double] {
    var polynomial = coefficients
    while polynomial.last == 0 { polynomial.removeLast() }
    guard polynomial.count > 1 else { return [] }
    let slope = polynomial.enumerated().dropFirst().map { Double($0) * $1 }
    let places = ([0] + within01(of: slope) + [1]).reduce(into: [Double]()) { places, next in
      if places.last != next { places.append(next) }
    }
    // Terms of size s leave rounding of about s·2⁻⁵³ each.
    let noise = polynomial.reduce(0) { $0 + abs($1) } * 4e-16
    var roots: [Double] = []
    func add(_ root: Double) {
      if let last = roots.last, root - last < 1e-9 { return }
      roots.append(root)
    }
    for (low, high) in zip(places, places.dropFirst()) {
      let (first, last) = (value(polynomial, low), value(polynomial, high))
      if abs(first) <= noise { add(low) }
      if abs(first) > noise, abs(last) > noise, (first < 0) != (last < 0) {
        add(bisect(polynomial, low, high, isRising: first < 0))
      }
      if abs(last) <= noise { add(high) }
    }
    return roots
  }

  private static func value(_ polynomial: [Double], _ x: Double) -> Double {
    polynomial.reversed().reduce(0) { $0 * x + $1 }
  }

  /// To the last bit: there is no number between the ends any more.
  private static func bisect(
    _ polynomial: [Double], _ low: Double, _ high: Double, isRising: Bool
  ) -> Double {
    var (low, high) = (low, high)
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return middle }
      if (value(polynomial, middle) < 0) == isRising { low = middle } else { high = middle }
    }
  }
}
