import LichenDomain
import LichenPlanning

/// A yearly plan in its model's terms.
struct YearlyPlan: Sendable {
  /// By link [reference units/a].
  let flows: [Double]
  let isOpen: [Bool]
  /// By measure.
  let isTaken: [Bool]
  /// Proven upper bounds of the model's components, in their order.
  let bounds: [Double]
  /// Whether the plan is proven best.
  let isOptimal: Bool
}

/// What is worth how much, month by month, in one part.
struct SeasonalPart: Sendable {
  let part: SeasonalModel.Part
  /// Whether any of its streams is out of step with the others; if not, the yearly plan is the monthly one.
  let isSeasonal: Bool
  /// What the yearly plan promises.
  let promised: Double
  /// What its network brings when it is run month by month; `nil` if the search was cut short.
  let operated: Double?
  let operation: SeasonalSolution?
  /// Whether run month by month the network misses what the plan must keep: a required exchange, a CO2e
  /// floor or a need that must be covered.
  let missesObligations: Bool
  /// The best without any store that costs something; `nil` if none keeps what is required.
  let storeless: SeasonalOptimum?
  /// The best of all; `nil` as above.
  let best: SeasonalOptimum?
  /// Of the search for the best: infeasible if nothing keeps what is required.
  let status: MIPResult.Status
  /// By position of the part's stores.
  let worths: [StoreWorth]
}

/// A monthly plan of a part with its proof.
struct SeasonalOptimum: Sendable {
  let solution: SeasonalSolution
  let value: Double
  let bound: Double
  let status: MIPResult.Status
  let stopReason: MIPResult.StopReason
  let nodes: Int
}

/// What a store adds: the best plan with it less the best plan without it.
struct StoreWorth: Sendable {
  let isTaken: Bool
  /// Objective of the plan that has it; `nil` if there is none.
  let with: Double?
  /// Objective of the plan without it.
  let without: Double?
  /// Whether both plans are proven best.
  let isProven: Bool
}

/// Plans a seasonal model part by part.
struct SeasonalPlanner {
  let seasonal: SeasonalModel
  let yearly: YearlyPlan
  let weights: PlanningModel.Weights
  let solver: any MIPSolver
  let limits: SearchLimits
  let control: SolveControl
  /// Time left for all programs [s]; `nil` is unlimited.
  private var secondsLeft: Double?

  /// Columns of a program up to which all links of a part are planned; beyond, those of the yearly plan,
  /// under the yearly bound. A linear program cannot be interrupted.
  var largestProgram = 12_000

  init(
    _ seasonal: SeasonalModel, yearly: YearlyPlan, weights: PlanningModel.Weights,
    solver: any MIPSolver, limits: SearchLimits, control: SolveControl = SolveControl()
  ) {
    self.seasonal = seasonal
    self.yearly = yearly
    self.weights = weights
    self.solver = solver
    self.limits = limits
    self.control = control
    secondsLeft = limits.timeLimit.map {
      Double($0.components.seconds) + Double($0.components.attoseconds) * 1e-18
    }
  }

  /// Every part, in the order of the model's.
  /// - Throws: `MIPSolverError` if the solver fails.
  mutating func plan() throws -> [SeasonalPart] {
    var parts: [SeasonalPart] = []
    for part in seasonal.parts() { parts.append(try plan(part)) }
    return parts
  }

  private mutating func plan(_ part: SeasonalModel.Part) throws -> SeasonalPart {
    let isOpen = part.links.map { yearly.isOpen[$0] }
    let isTaken = part.measures.map { yearly.isTaken[$0] }
    let flows = part.links.map { yearly.flows[$0] }
    let promised = seasonal.model.value(
      flows: flows, isOpen: isOpen, isTaken: isTaken, of: part.planning, weights)
    let bound = max(promised, part.components.reduce(0) { $0 + yearly.bounds[$1] })
    guard part.links.contains(where: { seasonal.isMonthly[$0] }) else {
      return unchanged(part, flows, isTaken, promised: promised, bound: bound)
    }
    let operated = try operate(part, isOpen, isTaken)
    let misses = operated?.misses ?? false
    let free = part.stores.filter { seasonal.stores[$0].isFree }
    let storeless = try best(
      part, offering: free, from: misses ? nil : operated?.solution, bound: bound)
    let isStored = free.count < part.stores.count
    let best =
      isStored
      ? try best(part, offering: part.stores, from: storeless.optimum?.solution, bound: bound)
      : storeless
    return SeasonalPart(
      part: part, isSeasonal: true, promised: promised, operated: operated?.value,
      operation: operated?.solution, missesObligations: misses, storeless: storeless.optimum,
      best: best.optimum, status: best.status,
      worths: try worths(part, best: best.optimum, storeless: storeless.optimum, bound: bound))
  }

  /// All streams of each block have one shape: flows of that shape keep every month's limits.
  private func unchanged(
    _ part: SeasonalModel.Part, _ flows: [Double], _ isTaken: [Bool], promised: Double,
    bound: Double
  ) -> SeasonalPart {
    let solution = SeasonalSolution(
      flows: zip(part.links, flows).map { index, flow in
        seasonal.shape(ofLink: index).shares.map { $0 * flow }
      }, isTaken: isTaken, isBuilt: [], stocks: [], laidIn: [])
    let optimum = SeasonalOptimum(
      solution: solution, value: promised, bound: bound,
      status: yearly.isOptimal ? .optimal : .feasible, stopReason: .completed, nodes: 0)
    return SeasonalPart(
      part: part, isSeasonal: false, promised: promised, operated: promised, operation: solution,
      missesObligations: false, storeless: optimum, best: optimum, status: optimum.status,
      worths: [])
  }

  // MARK: The yearly network, run month by month

  /// Flows of the built network, openings, permits, plants and measures paid for; stores that cost
  /// nothing are used. What cannot be kept of the obligations is missed. `nil` if the search was cut short.
  private mutating func operate(
    _ part: SeasonalModel.Part, _ isOpen: [Bool], _ isTaken: [Bool]
  ) throws -> (solution: SeasonalSolution, value: Double, misses: Bool)? {
    let open = part.links.indices.filter { isOpen[$0] }
    let taken = part.measures.indices.filter { isTaken[$0] }
    for keepsObligations in [true, false] {
      let model = seasonal.model.built(
        links: open.map { part.links[$0] }, measures: taken.map { part.measures[$0] },
        keepingObligations: keepsObligations)
      let built = seasonal.with(model: model)
      let inner = SeasonalModel.Part(
        links: Array(open.indices), measures: Array(taken.indices),
        stores: part.stores.filter { seasonal.stores[$0].isFree }, components: [])
      let program = SeasonalProgram(built, part: inner, stores: inner.stores, weights: weights)
      let result = try solve(program, start: nil)
      guard let values = result.values else {
        if result.status == .infeasible { continue }
        return nil
      }
      let found = program.solution(from: values, part: inner)
      var solution = SeasonalSolution(
        flows: part.links.map { _ in [Double](repeating: 0, count: 12) }, isTaken: isTaken,
        isBuilt: part.stores.map { _ in false },
        stocks: part.stores.map { _ in [Double](repeating: 0, count: 12) },
        laidIn: part.stores.map { _ in [Double](repeating: 0, count: 12) })
      for (place, position) in open.enumerated() { solution.flows[position] = found.flows[place] }
      for (place, index) in inner.stores.enumerated() {
        guard let position = part.stores.firstIndex(of: index) else { continue }
        solution.isBuilt[position] = found.isBuilt[place]
        solution.stocks[position] = found.stocks[place]
        solution.laidIn[position] = found.laidIn[place]
      }
      let value = seasonal.value(of: solution, part: part, weights, isOpen: isOpen)
      return (solution, value, !keepsObligations)
    }
    return nil
  }

  // MARK: The best monthly plan

  /// - Parameter forced: A store that must be built.
  private mutating func best(
    _ part: SeasonalModel.Part, offering stores: [Int], forcing forced: Int? = nil,
    from start: SeasonalSolution?, bound yearlyBound: Double
  ) throws -> (optimum: SeasonalOptimum?, status: MIPResult.Status) {
    var program = SeasonalProgram(seasonal, part: part, stores: stores, weights: weights)
    var isPartial = false
    var searched = part
    if program.program.columns.count > largestProgram {
      searched = SeasonalModel.Part(
        links: part.links.filter { yearly.isOpen[$0] || seasonal.model.links[$0].isRequired },
        measures: part.measures, stores: part.stores, components: part.components)
      program = SeasonalProgram(seasonal, part: searched, stores: stores, weights: weights)
      isPartial = true
    }
    if let forced { program.force(store: forced) }
    let narrowed = start.map { narrow($0, from: part, to: searched) }
    let result = try solve(program, start: narrowed.map { program.values(of: $0, part: searched) })
    var candidates: [SeasonalSolution] = []
    if let values = result.values {
      candidates.append(
        widen(program.solution(from: values, part: searched), from: searched, to: part))
    }
    if forced == nil, result.status != .infeasible || isPartial, let start {
      candidates.append(start)
    }
    let isOptimal = !isPartial && result.status == .optimal
    let status: MIPResult.Status =
      isOptimal ? .optimal : candidates.isEmpty ? result.status : .feasible
    var chosen: (solution: SeasonalSolution, value: Double)?
    for candidate in candidates {
      let value = seasonal.value(of: candidate, part: part, weights)
      if chosen.map({ value > $0.value }) ?? true { chosen = (candidate, value) }
    }
    guard let chosen else { return (nil, status) }
    let proven = isPartial ? yearlyBound : min(yearlyBound, result.bound ?? yearlyBound)
    let optimum = SeasonalOptimum(
      solution: chosen.solution, value: chosen.value,
      bound: max(chosen.value, isOptimal ? chosen.value : proven), status: status,
      stopReason: isPartial ? .partialSearch : result.stopReason, nodes: result.nodes)
    return (optimum, status)
  }

  private func narrow(
    _ solution: SeasonalSolution, from part: SeasonalModel.Part, to inner: SeasonalModel.Part
  ) -> SeasonalSolution {
    if part.links.count == inner.links.count { return solution }
    let kept = Set(inner.links)
    var narrowed = solution
    narrowed.flows = zip(part.links, solution.flows).filter { kept.contains($0.0) }.map(\.1)
    return narrowed
  }

  private func widen(
    _ solution: SeasonalSolution, from inner: SeasonalModel.Part, to part: SeasonalModel.Part
  ) -> SeasonalSolution {
    if part.links.count == inner.links.count { return solution }
    let found = Dictionary(uniqueKeysWithValues: zip(inner.links, solution.flows))
    var widened = solution
    widened.flows = part.links.map { found[$0] ?? [Double](repeating: 0, count: 12) }
    return widened
  }

  private mutating func worths(
    _ part: SeasonalModel.Part, best: SeasonalOptimum?, storeless: SeasonalOptimum?, bound: Double
  ) throws -> [StoreWorth] {
    guard let best else {
      return part.stores.map { _ in
        StoreWorth(isTaken: false, with: nil, without: nil, isProven: false)
      }
    }
    var worths: [StoreWorth] = []
    for (place, index) in part.stores.enumerated() {
      let isTaken = best.solution.isBuilt[place]
      let others = part.stores.filter { $0 != index }
      let built = best.solution.isBuilt.indices.filter { best.solution.isBuilt[$0] }
      let isLast = built == [place]
      let other =
        (isTaken
        ? try self.best(
          part, offering: others, from: isLast ? storeless?.solution : nil, bound: bound)
        : try self.best(
          part, offering: part.stores, forcing: index, from: nil, bound: bound)).optimum
      let isProven = best.status == .optimal && (other.map { $0.status == .optimal } ?? false)
      worths.append(
        StoreWorth(
          isTaken: isTaken, with: isTaken ? best.value : other?.value,
          without: isTaken ? other?.value : best.value, isProven: isProven))
    }
    return worths
  }

  private mutating func solve(_ program: SeasonalProgram, start: [Double]?) throws -> MIPResult {
    var options = MIPOptions()
    options.timeLimit = secondsLeft.map { .milliseconds(Int(max(0, $0) * 1000)) }
    options.nodeLimit = limits.nodeLimit
    options.relativeGap = limits.relativeGap
    options.skipsGomoryCuts = true
    options.start = start
    let result = try solver.solve(program.program, options: options, control: control)
    if let left = secondsLeft { secondsLeft = max(0, left - result.seconds) }
    return result
  }
}

extension PlanningModel {
  /// The network of some links and measures as it stands: paid for, with nothing left to decide but
  /// flows.
  /// - Parameter keepingObligations: Whether required links must run, and CO2e floor and covers hold.
  func built(links open: [Int], measures taken: [Int], keepingObligations: Bool) -> PlanningModel {
    let kept = restricted(to: Part(links: open, measures: taken))
    return PlanningModel(
      name: name,
      links: kept.links.map { link in
        Link(
          candidate: link.candidate, source: link.source, target: link.target, ratio: link.ratio,
          money: link.money, carbon: link.carbon, fixedCost: 0, capital: 0, lower: link.lower,
          upper: link.upper, isRequired: keepingObligations && link.isRequired)
      }, linkNames: kept.linkNames, supplies: supplies, needs: needs,
      leastNeeds: keepingObligations ? leastNeeds : [],
      facilities: facilities.map {
        Facility(name: $0.name, capacity: $0.capacity, openingCost: 0, capital: 0)
      }, blends: kept.blends,
      measures: kept.measures.map { measure in
        Measure(
          name: measure.name, output: measure.output, input: measure.input, shift: measure.shift,
          money: measure.money, carbon: measure.carbon, capital: 0, isRequired: true)
      }, carbonFloor: keepingObligations ? carbonFloor : nil)
  }
}
