/// Between which ends a figure lies; an end that nobody knows is `nil`.
public struct IndicatorBounds: Sendable, Hashable {
  public let low: Double?
  public let high: Double?

  public init(low: Double?, high: Double?) {
    self.low = low
    self.high = high
  }

  public init(_ value: Double) { self.init(low: value, high: value) }

  /// Nobody knows how much, only that it is not below zero.
  static let someAmount = Self(low: 0, high: nil)
  static let unknown = Self(low: nil, high: nil)

  public var isExact: Bool { low != nil && low == high }
  /// The part that is known for certain.
  var known: Double { low ?? 0 }

  static func + (left: Self, right: Self) -> Self {
    Self(low: left.low.plus(right.low), high: left.high.plus(right.high))
  }

  func scaled(by factor: Double) -> Self {
    Self(low: low.map { $0 * factor }, high: high.map { $0 * factor })
  }

  /// The change from `earlier`, whose unknown part is the same one where both ends agree.
  func change(from earlier: Self) -> Self {
    if !isExact, !earlier.isExact, high == earlier.high {
      let step = known - earlier.known
      return Self(low: min(0, step), high: max(0, step))
    }
    if !isExact, !earlier.isExact, low == earlier.low, let high, let before = earlier.high {
      return Self(low: min(0, high - before), high: max(0, high - before))
    }
    return Self(
      low: low.plus(earlier.high.map { -$0 }), high: high.plus(earlier.low.map { -$0 }))
  }
}

extension Double? {
  /// `nil` if either is.
  fileprivate func plus(_ other: Double?) -> Double? {
    guard let self, let other else { return nil }
    return self + other
  }
}

/// Amounts by name of what they come from, so that a change is told part by part.
struct IndicatorTally {
  private(set) var parts: [String: IndicatorBounds] = [:]

  mutating func add(_ amount: IndicatorBounds, from key: String) {
    parts[key] = parts[key].map { $0 + amount } ?? amount
  }

  /// In order of key, so that sums never depend on the order of a table of hashes.
  private var ordered: [IndicatorBounds] { parts.sorted { $0.key < $1.key }.map(\.value) }

  var total: IndicatorBounds { ordered.reduce(IndicatorBounds(0), +) }
  /// Sum of what is known for certain.
  var known: Double { ordered.reduce(0) { $0 + $1.known } }
  /// Parts that are not known in full.
  var openCount: Int { parts.values.count { !$0.isExact } }

  func change(from earlier: Self) -> IndicatorBounds {
    Set(parts.keys).union(earlier.parts.keys).sorted().reduce(IndicatorBounds(0)) { sum, key in
      let now = parts[key] ?? IndicatorBounds(0)
      return sum + now.change(from: earlier.parts[key] ?? IndicatorBounds(0))
    }
  }
}
