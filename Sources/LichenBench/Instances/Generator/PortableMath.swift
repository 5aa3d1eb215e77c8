/// Exponential and logarithm from plain arithmetic: the system's libraries differ in the last bit,
/// and an instance must have the same bytes on every machine.
enum PortableMath {
  private static let ln2High = 0.693_147_180_369_123_8
  private static let ln2Low = 1.908_214_929_270_587_7e-10

  /// e^x to about 1e-15, relative; for |x| up to 700.
  static func exp(_ x: Double) -> Double {
    let power = (x * 1.442_695_040_888_963_4).rounded()
    let rest = (x - power * ln2High) - power * ln2Low
    var sum = 1.0
    for term in stride(from: 14.0, through: 1, by: -1) { sum = 1 + sum * rest / term }
    return Double(sign: .plus, exponent: Int(power), significand: sum)
  }

  /// Natural logarithm of a positive, normal number, to about 1e-15.
  static func log(_ x: Double) -> Double {
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 1.414_213_562_373_095_1 {
      mantissa /= 2
      exponent += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var sum = 0.0
    for term in stride(from: 25.0, through: 1, by: -2) { sum = sum * square + 1 / term }
    return exponent * ln2High + (2 * ratio * sum + exponent * ln2Low)
  }

  /// The nearest of `unit` equal parts of 1: tenths, hundredths.
  static func rounded(_ value: Double, per unit: Double) -> Double {
    (value * unit).rounded() / unit
  }

  /// The nearest multiple of a whole step.
  static func rounded(_ value: Double, to step: Double) -> Double {
    (value / step).rounded() * step
  }
}
