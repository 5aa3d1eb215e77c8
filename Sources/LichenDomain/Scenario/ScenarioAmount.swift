/// A number as a scenario writes it: a figure of its own, or a factor on the figure that stands.
enum ScenarioAmount: Sendable, Hashable {
  /// `60`, `18 EUR/t`.
  case absolute(Double, unit: String)
  /// `x1.2`, `+20%`, `-15 %`; not negative.
  case factor(Double)

  /// What is accepted, for messages.
  static let forms = "a number with or without its unit, a factor (x1.2) or a change (+20%)"

  /// - Returns: `nil` for anything else; also for `+20`, which could mean either.
  init?(_ text: String) {
    let plain = text.replacing("\u{2212}", with: "-").trimmingSpaces()
    guard let first = plain.first else { return nil }
    if "x\u{D7}".contains(first) {
      guard let factor = Double(plain.dropFirst().trimmingSpaces()), factor >= 0,
        factor.isFinite
      else { return nil }
      self = .factor(factor)
      return
    }
    if "+-".contains(first), plain.last == "%" {
      guard let percent = Double(plain.dropLast().trimmingSpaces()), percent.isFinite,
        percent >= -100
      else { return nil }
      self = .factor(1 + percent / 100)
      return
    }
    guard first != "+", let (value, unit) = Self.leadingNumber(plain) else { return nil }
    self = .absolute(value, unit: unit)
  }

  /// The longest number at the beginning and what follows it.
  private static func leadingNumber(_ text: String) -> (Double, String)? {
    var head = text.prefix { "0123456789.-eE+".contains($0) }
    while !head.isEmpty {
      if let value = Double(head), value.isFinite {
        return (value, text[head.endIndex...].trimmingSpaces())
      }
      head = head.dropLast()
    }
    return nil
  }

  /// A figure for readers: ten significant digits, none that say nothing.
  static func shown(_ value: Double, _ unit: String = "") -> String {
    let number = text(of: value)
    return unit.isEmpty ? number : "\(number) \(unit)"
  }

  private static func text(of value: Double) -> String {
    guard value.isFinite, value != 0 else { return "\(value == 0 ? 0 : value)".wholeNumber }
    var scale = 1.0
    while abs(value) * scale < 1e9, scale < 1e30 { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return "\(rounded)".wholeNumber
  }
}

extension String {
  /// `120` of `120.0`.
  fileprivate var wholeNumber: String { hasSuffix(".0") ? String(dropLast(2)) : self }
}
