#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A round range that may stand for a total in public.
///
/// A reader who knows everything but what the hidden firms do can work out, from a total, the sum of what
/// they do. The range leaves so much room on both sides of the total that every hidden firm could do a quarter
/// more or less, all else the same, and every published range would still hold. So no method whatever
/// bounds a hidden amount more tightly than that. Its ends lie on a grid that does not depend on the total.
public enum SafeRange {
  /// Share by which every hidden amount may move unnoticed.
  public static let protection = 0.25

  /// - Parameters:
  ///   - total: What the range stands for.
  ///   - hidden: What each hidden firm adds to it in absolute value; the largest decides.
  /// - Returns: The narrowest range of the grids with steps 1, 2, 5 times a power of ten, begun at zero or half a
  ///   step beside it, that leaves the room.
  public static func around(_ total: Double, hidden: [Double]) -> ClosedRange<Double> {
    let room = protection * (hidden.max() ?? 0)
    // Three digits of the total are told in any case.
    let least = max(2 * room, abs(total) / 100, 1e-6)
    var power = pow(10, floor(log10(least)))
    while true {
      for factor in [1.0, 2, 5] where factor * power >= least {
        let step = factor * power
        for offset in [0, step / 2] {
          let low = ((total - offset) / step).rounded(.down) * step + offset
          let high = low + step
          if total - low >= room, high - total >= room { return low...high }
        }
      }
      power *= 10
    }
  }
}
