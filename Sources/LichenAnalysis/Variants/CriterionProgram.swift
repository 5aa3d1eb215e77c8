import LichenPlanning

/// One part of a model as a program whose objective and side conditions are criteria, for questions beyond the
/// best plan: the most of one criterion while another keeps a level.
struct CriterionProgram {
  let builder: MIPBuilder
  private let base: MIPModel
  private let solver: any MIPSolver
  private let limits: SearchLimits

  /// A level that a criterion must keep.
  struct Floor {
    let criterion: LinearCriterion
    let least: Double
  }

  /// A plan of the part and what was proved.
  struct Point {
    /// By link and measure of the whole model; 0 and false outside the part.
    let flows: [Double]
    let isOpen: [Bool]
    let isTaken: [Bool]
    /// Proven: the most that the objective can be.
    let bound: Double
    let status: MIPResult.Status
  }

  init(
    model: PlanningModel, part: PlanningModel.Part? = nil, opensEveryLink: Bool = false,
    solver: any MIPSolver, limits: SearchLimits
  ) {
    builder = MIPBuilder(model: model, part: part, opensEveryLink: opensEveryLink)
    base = builder.program(maximising: .init(money: 0, carbon: 0))
    self.solver = solver
    self.limits = limits
  }

  var model: PlanningModel { builder.model }

  /// The most of a criterion when openings, permits, plants and measures may be fractions: an upper bound; `nil` if even
  /// so nothing keeps the floors.
  /// - Throws: `MIPSolverError` if the solver fails.
  func relaxedMost(of criterion: LinearCriterion, floors: [Floor] = []) throws -> Double? {
    var program = base
    for (column, value) in builder.coefficients(of: criterion).enumerated() {
      program.columns[column].objective = value
    }
    for column in program.columns.indices { program.columns[column].isInteger = false }
    for (index, floor) in floors.enumerated() { program.addRow(row(floor, name: "floor_\(index)")) }
    return try solver.solve(program).objective
  }

  /// What a search for the most of a criterion came to.
  struct Outcome {
    /// The best plan found; `nil` if none was.
    let point: Point?
    /// Whether it is proved best, or proved that there is none; false where a limit stopped the search.
    let isProven: Bool
  }

  /// The plan with the most of a criterion.
  /// - Parameters:
  ///   - tieBreaker: Added to the objective; small enough not to change it.
  ///   - rows: Further rows over the builder's columns.
  ///   - start: A plan to begin with; one that breaks a floor is not used.
  /// - Throws: `MIPSolverError` if the solver fails.
  func most(
    of criterion: LinearCriterion, tieBreaker: (criterion: LinearCriterion, weight: Double)? = nil,
    floors: [Floor] = [], rows: [MIPRow] = [], start: Point? = nil,
    control: SolveControl = SolveControl()
  ) throws -> Outcome {
    var program = base
    var objective = builder.coefficients(of: criterion)
    if let (other, weight) = tieBreaker {
      for (column, value) in builder.coefficients(of: other).enumerated() {
        objective[column] += weight * value
      }
    }
    // Solvers' tolerances mean figures about one.
    let scale = objective.reduce(0) { max($0, abs($1)) }
    for column in objective.indices {
      program.columns[column].objective = scale > 0 ? objective[column] / scale : 0
    }
    for (index, floor) in floors.enumerated() {
      program.addRow(row(floor, name: "floor_\(index)"))
    }
    for row in rows { program.addRow(row) }
    var options = options
    options.start = start.map { plan in
      builder.values(
        flows: builder.links.map { plan.flows[$0] },
        taken: builder.measures.map { plan.isTaken[$0] })
    }
    let result = try solver.solve(program, options: options, control: control)
    guard let values = result.values else {
      return Outcome(point: nil, isProven: result.status == .infeasible)
    }
    return Outcome(
      point: point(values, bound: (result.bound ?? .infinity) * scale, status: result.status),
      isProven: result.status == .optimal)
  }

  private var options: MIPOptions {
    MIPOptions(
      timeLimit: limits.timeLimit, relativeGap: limits.relativeGap, nodeLimit: limits.nodeLimit,
      usesCuts: builder.integerCount > 60, skipsGomoryCuts: true,
      skipsHeuristics: builder.integerCount <= 60,
      branching: builder.integerCount >= 200 ? .pseudoCost : .standard)
  }

  /// Σ coefficient·column ≥ least, divided by the largest figure in it.
  func row(_ floor: Floor, name: String) -> MIPRow {
    let values = builder.coefficients(of: floor.criterion)
    let scale = max(values.reduce(0) { max($0, abs($1)) }, 1e-300)
    return MIPRow(
      name: name, lower: floor.least / scale,
      entries: values.enumerated().compactMap { $1 == 0 ? nil : ($0, $1 / scale) })
  }

  private func point(_ values: [Double], bound: Double, status: MIPResult.Status) -> Point {
    var flows = [Double](repeating: 0, count: model.links.count)
    var isOpen = [Bool](repeating: false, count: model.links.count)
    var isTaken = [Bool](repeating: false, count: model.measures.count)
    let found = builder.flows(from: values)
    for (position, link) in builder.links.enumerated() {
      flows[link] = found[position]
      isOpen[link] = found[position] > 0 || model.links[link].isRequired
    }
    for (measure, taken) in zip(builder.measures, builder.taken(from: values)) {
      isTaken[measure] = taken
    }
    return Point(flows: flows, isOpen: isOpen, isTaken: isTaken, bound: bound, status: status)
  }
}

extension LinearCriterion {
  /// The figure of a found plan.
  func value(of model: PlanningModel, at point: CriterionProgram.Point) -> Double {
    value(of: model, flows: point.flows, isOpen: point.isOpen, isTaken: point.isTaken)
  }
}
