#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How many of n uncertain figures a plan must bear at once so that the worst case is passed with little probability.
///
/// Bertsimas & Sim 2004, "The price of robustness", theorem 3: if n figures vary independently and symmetrically, and a plan
/// bears Γ of them at their worst, it is broken with probability of at most
/// B(n, Γ) = ((1 − μ)·C(n, ⌊ν⌋) + Σ_{l > ⌊ν⌋} C(n, l)) / 2ⁿ, with ν = (Γ + n)/2 and μ = ν − ⌊ν⌋.
public enum RobustBudget {
  /// B(n, Γ).
  /// - Parameters:
  ///   - count: n, not negative.
  ///   - budget: Γ, 0...n.
  /// - Complexity: O(n).
  public static func violation(count: Int, budget: Double) -> Double {
    let nu = (budget + Double(count)) / 2
    let whole = Int(nu)
    let mu = nu - Double(whole)
    // Binomial terms from logarithms: 2ⁿ is beyond a double from n = 1024 on.
    func term(_ l: Int) -> Double {
      exp(
        lgamma(Double(count) + 1) - lgamma(Double(l) + 1) - lgamma(Double(count - l) + 1)
          - Double(count) * log(2))
    }
    guard whole <= count else { return 0 }
    var sum = (1 - mu) * term(whole)
    if whole < count { for l in (whole + 1)...count { sum += term(l) } }
    return min(1, sum)
  }

  /// Least Γ whose bound is not above `risk`; n if none is.
  /// - Parameter risk: 0...1.
  /// - Complexity: O(n·52).
  public static func least(count: Int, risk: Double) -> Double {
    if violation(count: count, budget: 0) <= risk { return 0 }
    if violation(count: count, budget: Double(count)) > risk { return Double(count) }
    var low = 0.0
    var high = Double(count)
    for _ in 0..<52 {
      let middle = (low + high) / 2
      if violation(count: count, budget: middle) <= risk { high = middle } else { low = middle }
    }
    return high
  }
}
