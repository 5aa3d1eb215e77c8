/// Numbers that a cell or key accepts.
struct NumberRange: Sendable, Hashable {
  var lower: Double?
  var upper: Double?
  var excludesLower = false
  var excludesUpper = false

  static let any = NumberRange()
  static let notNegative = NumberRange(lower: 0)
  static let positive = NumberRange(lower: 0, excludesLower: true)
  static let share = NumberRange(lower: 0, upper: 1)
  /// 0..<1.
  static let rate = NumberRange(lower: 0, upper: 1, excludesUpper: true)
  static let atLeastOne = NumberRange(lower: 1)
  static let latitude = NumberRange(lower: -90, upper: 90)
  static let longitude = NumberRange(lower: -180, upper: 180)
  /// Operating hours of a year; a leap year has 8784.
  static let hours = NumberRange(lower: 0, upper: 8784, excludesLower: true)
  static let year = NumberRange(lower: 1900, upper: 2200)

  func contains(_ value: Double) -> Bool {
    if let lower, excludesLower ? value <= lower : value < lower { return false }
    if let upper, excludesUpper ? value >= upper : value > upper { return false }
    return true
  }

  /// For messages: `a number, more than 0, at most 8784`.
  func description(of kind: String = "a number") -> String {
    var parts = [kind]
    if let lower {
      parts.append((excludesLower ? "more than " : "at least ") + NumberText.shortest(lower))
    }
    if let upper {
      parts.append((excludesUpper ? "less than " : "at most ") + NumberText.shortest(upper))
    }
    return parts.joined(separator: ", ")
  }
}
