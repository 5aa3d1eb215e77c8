import LichenPlanning

/// A linear or mixed-integer program in which some decisions are taken before an outcome is known and the others after
/// (Birge & Louveaux 2011, chapter 2), always to be maximised.
public struct TwoStageProgram: Sendable {
  /// What may come true, with the decisions that are then left.
  public struct Outcome: Sendable {
    /// Above zero; those of all outcomes add up to 1.
    public var probability: Double
    public var columns: [MIPColumn]
    /// Entries below the number of first columns mean those; the others, less that number, mean `columns`.
    public var rows: [MIPRow]

    public init(probability: Double, columns: [MIPColumn], rows: [MIPRow]) {
      self.probability = probability
      self.columns = columns
      self.rows = rows
    }
  }

  /// Decisions taken before.
  public var first: [MIPColumn]
  /// Limits on them alone.
  public var rows: [MIPRow]
  public var outcomes: [Outcome]
  /// The outcome of means, by which a planner who knows no risk decides.
  public var mean: Outcome

  public init(first: [MIPColumn], rows: [MIPRow], outcomes: [Outcome], mean: Outcome) {
    self.first = first
    self.rows = rows
    self.outcomes = outcomes
    self.mean = mean
  }

  /// The values of knowing and of reckoning with risk.
  public struct Result: Sendable {
    /// Best expectation when the first decisions are the same for all outcomes.
    public let recourse: Double
    /// Expectation if every outcome were known beforehand; not below `recourse`.
    public let waitAndSee: Double
    /// Expectation of the decisions that are best for the mean outcome; not above `recourse`. `nil` if they cannot be
    /// kept in some outcome.
    public let meanDecision: Double?
    /// First decisions of the best expectation.
    public let first: [Double]
    /// Whether every program was solved to a proof.
    public let isProven: Bool

    /// What knowing the outcome beforehand is worth.
    public var informationValue: Double { waitAndSee - recourse }
    /// What reckoning with risk is worth against planning for means.
    public var stochasticValue: Double? { meanDecision.map { recourse - $0 } }
  }

  /// - Returns: `nil` if no first decision suits all outcomes.
  /// - Throws: `MIPSolverError` if the solver fails.
  /// - Complexity: one program over all outcomes, and two for each.
  public func solve(
    _ solver: any MIPSolver, options: MIPOptions = MIPOptions()
  ) throws -> Result? {
    let whole = try solver.solve(program(outcomes), options: options)
    guard let recourse = whole.objective, let values = whole.values else { return nil }
    var isProven = whole.status == .optimal
    var waitAndSee = 0.0
    for outcome in outcomes {
      let alone = try solver.solve(program([outcome.certain]), options: options)
      guard let value = alone.objective else { return nil }
      isProven = isProven && alone.status == .optimal
      waitAndSee += outcome.probability * value
    }
    let decided = try solver.solve(program([mean.certain]), options: options)
    isProven = isProven && decided.status == .optimal
    let fixed = decided.values.map { Array($0.prefix(first.count)) }
    return Result(
      recourse: recourse, waitAndSee: waitAndSee,
      meanDecision: try fixed.flatMap { try expectation(of: $0, solver, options) },
      first: Array(values.prefix(first.count)), isProven: isProven)
  }

  /// Expected value of given first decisions, the others taken when the outcome is known; `nil` if some outcome leaves none.
  /// - Throws: `MIPSolverError` if the solver fails.
  public func expectation(
    of decisions: [Double], _ solver: any MIPSolver, _ options: MIPOptions = MIPOptions()
  ) throws -> Double? {
    var sum = 0.0
    for outcome in outcomes {
      var program = program([outcome.certain])
      for column in first.indices {
        program.columns[column].isInteger = false
        program.columns[column].lower = decisions[column]
        program.columns[column].upper = decisions[column]
      }
      guard let value = try solver.solve(program, options: options).objective else { return nil }
      sum += outcome.probability * value
    }
    return sum
  }

  /// First decisions once, the others for each outcome.
  private func program(_ outcomes: [Outcome]) -> MIPModel {
    var program = MIPModel(name: "two-stage", columns: first, rows: rows)
    for outcome in outcomes {
      let offset = program.columns.count - first.count
      for var column in outcome.columns {
        column.objective *= outcome.probability
        program.addColumn(column)
      }
      for var row in outcome.rows {
        row.entries = row.entries.map {
          ($0.column < first.count ? $0.column : $0.column + offset, $0.value)
        }
        program.addRow(row)
      }
    }
    return program
  }
}

extension TwoStageProgram.Outcome {
  /// The same outcome as if nothing else could happen.
  fileprivate var certain: Self {
    var outcome = self
    outcome.probability = 1
    return outcome
  }
}
