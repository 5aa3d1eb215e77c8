/// Limits, tolerances and hints of one solve; a back end refuses a limit that it cannot honour.
///
/// The defaults suit one program of up to some hundred binary columns. What was fastest to a proof
/// with GLPK on random fixed-charge networks (means of 12 to 60 programs a size, one thread):
/// - up to about 60 binaries: `usesCuts` off and `skipsHeuristics` on (40 binaries: 1.2 ms instead
///   of 1.9 ms);
/// - 60 to 200: the defaults, with `skipsGomoryCuts` (100 binaries: 19 ms instead of 23 ms);
/// - from 200 on, also `branching: .pseudoCost` (300 binaries: 0.6 s instead of 1.6 s, the worst
///   4.7 s instead of 20 s and no proof). With permits and a budget it cost at 120 binaries twice
///   the time, so it is not the default;
/// - a `start` within 0.3 % of the optimum saved a third of the time at 200 binaries and nothing at
///   100 and 300: it makes sure that there is a solution, it does not make the proof short.
public struct MIPOptions: Hashable, Sendable {
  /// Longest run, from the call on; `nil` for none. Zero stops before any search.
  public var timeLimit: Duration?
  /// Stops once the gap is at most this fraction; 0 asks for a proof.
  public var relativeGap: Double
  /// Most branch-and-bound nodes to process; `nil` for none.
  public var nodeLimit: Int?
  /// Largest violation of a row or bound, relative to the largest of 1, the bound and the terms of
  /// the row. Solutions of a stopped search may miss by ten times as much.
  public var feasibilityTolerance: Double
  /// Largest distance from a whole number at which the search takes a value for whole.
  public var integralityTolerance: Double
  /// Whether the search may add cutting planes.
  public var usesCuts: Bool
  /// Whether to leave out Gomory's mixed-integer cuts where they can be told from others; they are
  /// dense and seldom pay on networks.
  public var skipsGomoryCuts: Bool
  /// A proposed solution, one value per column; `nil` for none.
  ///
  /// A start is a hint: it is used if it satisfies the model, and otherwise ignored, as it is by a
  /// back end that cannot take one. A start in use is the incumbent from the first moment on, so
  /// that a search that is stopped at once returns it.
  public var start: [Double]?
  /// Whether to search without the back end's own looks for solutions between nodes; for small
  /// programs and for good starts, where they cost more than they bring.
  public var skipsHeuristics: Bool
  /// How the search chooses the column to branch on.
  public var branching: Branching

  /// Rules for the column to branch on.
  public enum Branching: String, Sendable, Codable, CaseIterable {
    /// The back end's usual choice.
    case standard
    /// By what branching on a column brought before: for trees of thousands of nodes.
    case pseudoCost
  }

  public init(
    timeLimit: Duration? = nil, relativeGap: Double = 0, nodeLimit: Int? = nil,
    feasibilityTolerance: Double = 1e-7, integralityTolerance: Double = 1e-6,
    usesCuts: Bool = true, skipsGomoryCuts: Bool = false, start: [Double]? = nil,
    skipsHeuristics: Bool = false,
    branching: Branching = .standard
  ) {
    self.timeLimit = timeLimit
    self.relativeGap = relativeGap
    self.nodeLimit = nodeLimit
    self.feasibilityTolerance = feasibilityTolerance
    self.integralityTolerance = integralityTolerance
    self.usesCuts = usesCuts
    self.skipsGomoryCuts = skipsGomoryCuts
    self.start = start
    self.skipsHeuristics = skipsHeuristics
    self.branching = branching
  }

  /// Tightest and loosest tolerance that double precision and meaning allow.
  public static let toleranceRange = 1e-9...1e-3

  /// Checks every option that can be checked without a model.
  /// - Throws: The first option out of range.
  public func validate() throws(MIPOptionsError) {
    if let timeLimit, timeLimit < .zero {
      throw .negativeTimeLimit(timeLimit)
    }
    // Written so that NaN fails too.
    guard relativeGap >= 0, relativeGap.isFinite else {
      throw .relativeGapOutOfRange(relativeGap)
    }
    if let nodeLimit, nodeLimit < 1 {
      throw .nodeLimitNotPositive(nodeLimit)
    }
    guard Self.toleranceRange.contains(feasibilityTolerance) else {
      throw .toleranceOutOfRange(option: "feasibilityTolerance", value: feasibilityTolerance)
    }
    guard Self.toleranceRange.contains(integralityTolerance) else {
      throw .toleranceOutOfRange(option: "integralityTolerance", value: integralityTolerance)
    }
  }

  /// Checks every option, and that the start has one number per column of the model.
  /// - Throws: The first option out of range.
  /// - Complexity: O(columns) with a start.
  public func validate(for model: MIPModel) throws(MIPOptionsError) {
    try validate()
    guard let start else { return }
    guard start.count == model.columns.count else {
      throw .startCountMismatch(values: start.count, columns: model.columns.count)
    }
    if let column = start.firstIndex(where: { !$0.isFinite }) {
      throw .startNotFinite(
        column: column, name: model.columns[column].name, value: start[column])
    }
  }
}

/// An option that no solve could honour.
public enum MIPOptionsError: Error, Hashable, Sendable, CustomStringConvertible {
  case negativeTimeLimit(Duration)
  case relativeGapOutOfRange(Double)
  case nodeLimitNotPositive(Int)
  case toleranceOutOfRange(option: String, value: Double)
  case startCountMismatch(values: Int, columns: Int)
  case startNotFinite(column: Int, name: String, value: Double)

  public var description: String {
    switch self {
    case .negativeTimeLimit(let limit):
      "The time limit is \(limit); it must not be negative."
    case .relativeGapOutOfRange(let gap):
      "The relative gap is \(gap); it must be a finite fraction, 0 or more."
    case .nodeLimitNotPositive(let limit):
      "The node limit is \(limit); it must be at least 1, or absent."
    case .toleranceOutOfRange(let option, let value):
      "\(option) is \(value); it must lie between \(MIPOptions.toleranceRange.lowerBound)"
        + " and \(MIPOptions.toleranceRange.upperBound)."
    case .startCountMismatch(let values, let columns):
      "The start has \(values) values, but the model has \(columns) columns; give one for each."
    case .startNotFinite(let column, let name, let value):
      "The start gives column \(column) '\(name)' the value \(value); it must be finite."
    }
  }
}
