import LichenDomain

/// One thing that a what-if page lets people change: a field of a form, and the changes of a scenario that it makes.
public struct Lever: Sendable, Hashable {
  /// What it moves.
  public enum Subject: Sendable, Hashable {
    /// [park currency/t CO2e]
    case carbonPrice
    case landfillFee, electricityPrice, waterPrice
    /// [km]
    case distanceLimit
    /// [park currency]
    case capitalBudget
    /// Least CO2e avoided [t/a].
    case carbonFloor
    case year, lawDate
    case rule(RuleID)
    case enterprise(EnterpriseID)
    case size(EnterpriseID)
    case facility(FacilityID)
  }

  /// How its value is chosen.
  public enum Control: Sendable, Hashable {
    /// A number between two ends; `none` too where there may be no limit.
    case number(least: Double, most: Double, step: Double, allowsNone: Bool)
    /// Per cent of the figures that stand, of which the first is shown.
    case share(most: Double, standing: Standing)
    /// One of two words, the usual one first.
    case either(String, String)
    case day
  }

  /// A figure that a share is of.
  public struct Standing: Sendable, Hashable {
    /// In the park's currency per unit.
    public let amount: Double
    public let per: String

    public init(amount: Double, per: String) {
      self.amount = amount
      self.per = per
    }
  }

  /// Name of its field, unique in a park.
  public let id: String
  public let subject: Subject
  public let control: Control
  /// What stands without a scenario, as its field would say it.
  public let baseline: String
  /// Keys that it sets, all to the same value.
  let keys: [String]

  /// What no limit is called.
  public static let none = "none"

  init(
    _ id: String, _ subject: Subject, _ control: Control, baseline: String, keys: [String]? = nil
  ) {
    self.id = id
    self.subject = subject
    self.control = control
    self.baseline = baseline
    self.keys = keys ?? [id]
  }

  /// The changes that a value of the field makes; none for what stands already.
  /// - Returns: `nil` for a text that is no value of this lever.
  public func changes(_ text: String) -> [PlainChange]? {
    let text = text.trimmingSpaces()
    guard let value = normal(text) else { return nil }
    if value == baseline { return [] }
    let said: String
    if case .share = control {
      guard let percent = Double(value) else { return nil }
      said = "x\(Self.text(percent / 100))"
    } else {
      said = value
    }
    return keys.map { PlainChange($0, said) }
  }

  /// The value of the field that makes these changes; the baseline if they say nothing of it.
  /// - Returns: `nil` if they say what this lever cannot.
  func value(of changes: [String: String]) -> String? {
    let said = keys.map { changes[$0] }
    if said.allSatisfy({ $0 == nil }) { return baseline }
    guard let first = said[0], said.allSatisfy({ $0 == first }) else { return nil }
    guard case .share = control else { return normal(first) }
    guard first.hasPrefix("x"), let factor = Double(first.dropFirst()) else { return nil }
    return normal(Self.text((factor * 1e8).rounded() / 1e6))
  }

  /// The one way in which a value is written.
  private func normal(_ text: String) -> String? {
    switch control {
    case .number(_, _, _, let allowsNone):
      if text == Self.none { return allowsNone ? text : nil }
      guard let number = Double(text), number.isFinite, number >= 0 else { return nil }
      // Years are whole.
      if case .year = subject { return Int(exactly: number).map { "\($0)" } }
      return Self.text(number)
    case .share:
      guard let number = Double(text), number.isFinite, number >= 0, number <= 10_000 else {
        return nil
      }
      return Self.text(number)
    case .either(let usual, let other): return [usual, other].contains(text) ? text : nil
    case .day: return CalendarDate(text)?.description
    }
  }

  /// `60`, not `60.0`.
  static func text(_ number: Double) -> String {
    let text = "\(number == 0 ? 0 : number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
