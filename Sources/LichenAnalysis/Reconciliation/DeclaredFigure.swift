import LichenDomain

/// A declared quantity that takes part in a balance.
public struct DeclaredFigure: Sendable, Hashable {
  public enum Subject: Sendable, Hashable {
    case output(StreamID)
    case input(StreamID)
    case exchange(String)
    /// What was measured; never corrected.
    case actual(String)
  }

  public let subject: Subject
  public let location: SourceLocation
  /// In the unit of `unit` per year.
  public let value: Double
  /// Least and most that the row allows; equal where it may not move.
  public let low: Double
  public let high: Double
  /// Reference unit of the material.
  public let unit: String
  /// Per one of the row's own unit.
  public let unitFactor: Double
  /// Whether the row states its range itself, or its confidence does.
  public let hasDeclaredRange: Bool

  /// `outputs.csv: asnaes-steam`.
  public var reference: String {
    switch subject {
    case .output(let id): "outputs.csv: \(id)"
    case .input(let id): "inputs.csv: \(id)"
    case .exchange(let id): "exchanges.csv: \(id)"
    case .actual(let id): "actuals.csv: \(id)"
    }
  }

  /// Standard deviation: a quarter of the range.
  var deviation: Double { max((high - low) / 4, 1e-9 * max(1, abs(value))) }

  /// Half width of a figure without a range, as a share of it (a convention of this project).
  static func halfWidth(_ confidence: Confidence?) -> Double {
    switch confidence {
    case nil, .verified: 0.1
    case .recalled: 0.25
    case .estimated: 0.5
    }
  }
}

/// One law that declared quantities must keep: Σ factor · figure ≤ 0.
struct Balance: Sendable {
  let kind: Contradiction.Kind
  /// What is given off, or taken: Σ of these may not exceed Σ of `available`.
  let used: [(figure: Int, factor: Double)]
  let available: [(figure: Int, factor: Double)]
  /// Unit in which both sides are added up.
  let unit: String
  /// Enterprise or exchange that the balance is of.
  let subject: String

  func sum(_ side: [(figure: Int, factor: Double)], _ values: [Double]) -> Double {
    side.reduce(0) { $0 + $1.factor * values[$1.figure] }
  }
}

/// Declared quantities that cannot all be true.
public struct Contradiction: Sendable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// More leaves an output by documented exchanges than it gives.
    case outputExceeded = "output-exceeded"
    /// More enters an input by documented exchanges than it needs.
    case inputExceeded = "input-exceeded"
    /// More energy is given off than all declared fuel and energy holds.
    case energy
    /// More water is given off than is taken in.
    case water
    /// What flowed is not what the exchange says.
    case actual
  }

  public let kind: Kind
  /// Enterprise, stream or exchange that the balance is of.
  public let subject: String
  /// Rows on the side that is too large, then on the side that is too small.
  public let used: [DeclaredFigure]
  public let available: [DeclaredFigure]
  /// Sums of the two sides [`unit`/a].
  public let usedSum: Double
  public let availableSum: Double
  public let unit: String

  /// By how much the sum exceeds what there is [`unit`/a].
  public var excess: Double { usedSum - availableSum }
}
