/// How long a search was how far from the best (Berthold 2013, "Measuring the impact of primal
/// heuristics", Operations Research Letters 41).
public enum AnytimeIntegral {
  /// |best − value| / max(|best|, |value|), 1 where nothing is known or the signs differ.
  public static func gap(_ value: Double?, to best: Double) -> Double {
    guard let value else { return 1 }
    if value == best { return 0 }
    if value * best < 0 { return 1 }
    return min(1, abs(best - value) / max(abs(best), abs(value)))
  }

  /// ∫ gap of the incumbent dt from 0 to `horizon` [s].
  public static func primal(_ curve: [ProgressPoint], best: Double, horizon: Double) -> Double {
    integral(curve, horizon: horizon) { gap($0.incumbent, to: best) }
  }

  /// ∫ gap of the bound dt from 0 to `horizon` [s].
  public static func dual(_ curve: [ProgressPoint], best: Double, horizon: Double) -> Double {
    integral(curve, horizon: horizon) { gap($0.bound, to: best) }
  }

  /// Gaps are steps: each holds until the next point, and the first is 1.
  private static func integral(
    _ curve: [ProgressPoint], horizon: Double, _ gap: (ProgressPoint) -> Double
  ) -> Double {
    var total = 0.0
    var (time, height) = (0.0, 1.0)
    for point in curve {
      let end = min(max(point.seconds, time), horizon)
      total += (end - time) * height
      (time, height) = (end, gap(point))
    }
    return total + max(0, horizon - time) * height
  }
}
