import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Spreads what is worth building over years of limited capital.
///
/// Three road maps are solved: without waits and limits, with waits, and with both; each is where the
/// next search begins, and the differences are what waiting costs.
public struct RoadmapAnalysis: Sendable {
  private let plan: Plan
  private let solver: any MIPSolver
  private let options: RoadmapOptions
  private let rate: Double
  private let workforce: any Workforce

  /// - Parameter workforce: Makes the plans of the years and then one road map after the other; the threads of `plan` if
  ///   absent.
  /// - Throws: `RoadmapError` for options out of range or an unknown discount rate.
  public init(
    plan: Plan, solver: any MIPSolver, options: RoadmapOptions, by workforce: (any Workforce)? = nil
  ) throws(RoadmapError) {
    let problems = options.problems
    if !problems.isEmpty { throw .badOptions(problems) }
    let usual = FigureBook(park: plan.park).discountRate.value?.typical
    guard let rate = options.discountRate ?? usual else { throw .noDiscountRate }
    (self.plan, self.solver, self.options, self.rate) = (plan, solver, options, rate)
    self.workforce = workforce ?? OwnThreads(plan.options.threads)
  }

  /// - Throws: `ValidationError` for a row that is wrong in some year, `PlanningError` and `RoadmapError` for
  ///   contradictory options, `MIPSolverError` if the solver fails.
  /// - Complexity: a plan for each different year, and three mixed-integer programs of
  ///   O(periods · (assets + links)) columns.
  public func run(control: SolveControl = SolveControl()) throws -> RoadmapResult {
    let planning = plan.options
    let parks = try YearlyParks(
      of: plan.park, from: options.from, years: options.years, planning: planning)
    try checkSelectors(parks)
    let plans = try best(parks.parks, control)
    let chosen = try names(parks, plans)
    let weights = planning.objective == .carbonPriced ? planning.stages[0] : .benefit
    func model(_ change: (inout RoadmapOptions) -> Void) throws -> RoadmapBuilder {
      var changed = options
      change(&changed)
      return try RoadmapBuilder(
        parks, chosen: chosen, rate: rate, weights: weights, planning: planning, options: changed)
    }
    let free = try model {
      ($0.budgets, $0.wait, $0.buildingDays) = ([], .none, 0)
    }
    let ideal = try solution("ideal", of: free.model, control)
    let patient = try model { $0.budgets = [] }
    let unlimited = try solution(
      "unlimited", of: patient.model, towards: ideal.begins, control)
    let builder = try model { _ in }
    let solution =
      options.budgets.isEmpty
      ? unlimited
      : try solution("limited", of: builder.model, towards: unlimited.begins, control)
    return RoadmapResult(
      plan: plan, options: options, rate: rate, builder: builder, solution: solution,
      unlimited: unlimited, ideal: ideal,
      staticBenefits: parks.places.map { plans[$0].money.typical })
  }

  /// The best plan of each year, for itself.
  private func best(_ years: [ParkYear], _ control: SolveControl) throws -> [Plan] {
    let problems = try years.map { year in
      var options = year.options
      options.timeLimit = self.options.timeLimit
      return (
        options: options, problem: try PlanningProblem(graph: year.graph, options: options)
      )
    }
    let pieces = Pieces("years", count: problems.count, isThreaded: true) {
      problems[$0].problem.model.links.count
    }
    let found = try workforce.map(pieces) { [solver] index in
      try PlanSolver(solver: solver, options: problems[index].options)
        .solve(problems[index].problem.model, control: control)
    }
    return years.indices.map { index in
      let (options, problem) = problems[index]
      return Plan(
        graph: years[index].graph, problem: problem, options: options, result: found[index])
    }
  }

  private func solution(
    _ name: String, of model: RoadmapModel, towards target: [Int?]? = nil, _ control: SolveControl
  ) throws -> RoadmapSolution {
    let search = RoadmapSolver(
      solver: solver, timeLimit: options.timeLimit, nodeLimit: options.nodeLimit,
      relativeGap: options.relativeGap)
    return try workforce.one(name, size: model.periods.reduce(0) { $0 + $1.arcs.count }) {
      try search.solve(model, towards: target, control: control)
    }
  }

  /// Links and measures that may be built.
  private func names(_ parks: YearlyParks, _ plans: [Plan]) throws -> Set<String> {
    var names: Set<String> = []
    for (year, plan) in zip(parks.parks, plans) {
      names.formUnion(plan.exchanges.map(\.candidate.id))
      names.formUnion(plan.legs.map(\.leg.id))
      names.formUnion(plan.measures.map(\.option.id.rawValue))
      // What is required or begun belongs to every road map.
      let model = year.problem.model
      for (link, name) in zip(model.links, model.linkNames) where link.isRequired {
        names.insert(name)
      }
      names.formUnion(model.measures.filter(\.isRequired).map(\.name))
      guard options.scope == .all else { continue }
      let reduced = try PlanningProblem(graph: year.graph, options: year.options)
      names.formUnion(reduced.model.linkNames)
      names.formUnion(reduced.model.measures.map(\.name))
    }
    return names
  }

  /// Wishes must mean something in one year at least.
  private func checkSelectors(_ parks: YearlyParks) throws {
    for selector in plan.options.required + plan.options.forbidden
    where !parks.parks.contains(where: { $0.graph.knows(selector) }) {
      throw RoadmapError.unknownNames([selector.text])
    }
  }
}

extension RoadmapResult {
  init(
    plan: Plan, options: RoadmapOptions, rate: Double, builder: RoadmapBuilder,
    solution: RoadmapSolution, unlimited: RoadmapSolution, ideal: RoadmapSolution,
    staticBenefits: [Double]
  ) {
    let model = builder.model
    self.plan = plan
    self.options = options
    self.rate = rate
    self.model = model
    self.solution = solution
    self.unlimited = unlimited
    self.ideal = ideal
    unknownWaits = builder.unknownWaits
    var money = model
    money.carbonValue = 0
    netPresentValue = money.value(begins: solution.begins, flows: solution.flows)
    residualValue =
      solution.begins.enumerated().reduce(0) { sum, item in
        sum + (item.element.map { model.residual(of: item.offset, from: $0) } ?? 0)
      } * model.discount(model.end)
    items = RoadmapItem.items(model, solution)
    years = RoadmapYear.years(model, solution, from: options.from, staticBenefits: staticBenefits)
  }
}

extension RoadmapItem {
  static func items(_ model: RoadmapModel, _ solution: RoadmapSolution) -> [RoadmapItem] {
    let items = model.assets.indices.map { item($0, model, solution) }
    return items.sorted { one, other in
      let (first, second) = (one.begin ?? Int.max, other.begin ?? Int.max)
      return (first, one.kind.rank, one.name) < (second, other.kind.rank, other.name)
    }
  }

  private static func item(_ index: Int, _ model: RoadmapModel, _ solution: RoadmapSolution)
    -> RoadmapItem
  {
    let asset = model.assets[index]
    let begin = solution.begins[index]
    let waits = waits(for: index, model, solution)
    let running = begin.map { begin in
      model.periods.indices.filter { period in
        period >= begin && asset.uses[period] && flows(index, in: period, model, solution)
      }
    }
    let isBuilt = begin != nil && !asset.existed
    return RoadmapItem(
      kind: asset.kind, name: asset.name, capital: asset.capital, existed: asset.existed,
      earliest: asset.earliest <= asset.lastUse ? asset.earliest : nil, begin: begin,
      permitFrom: isBuilt ? waits.map(\.lowerBound).min() : nil,
      permitUntil: isBuilt ? waits.map(\.upperBound).max() : nil,
      buildFrom: isBuilt && asset.kind != .permit && asset.lead > 0
        ? begin.map { $0 - asset.lead } : nil,
      running: running ?? [],
      payments: begin.map {
        model.payments(for: index, from: $0).map { ($0.year, $0.amount) }
      } ?? [])
  }

  /// Periods from application to grant of a permit, or of the permits that a thing needs.
  private static func waits(for index: Int, _ model: RoadmapModel, _ solution: RoadmapSolution)
    -> [Range<Int>]
  {
    let needed =
      model.assets[index].kind == .permit
      ? [index] : model.assets[index].prerequisites.map(\.asset)
    return needed.filter { model.assets[$0].kind == .permit && model.assets[$0].lead > 0 }
      .compactMap { permit in
        solution.begins[permit].map { ($0 - model.assets[permit].lead)..<$0 }
      }
  }

  /// Whether a link carries something; other things always do while they are of use.
  private static func flows(
    _ index: Int, in period: Int, _ model: RoadmapModel, _ solution: RoadmapSolution
  ) -> Bool {
    guard [.exchange, .leg].contains(model.assets[index].kind) else { return true }
    return zip(model.periods[period].arcs, solution.flows[period]).contains {
      $0.0.asset == index && $0.1 > 0
    }
  }
}

extension ProjectItem.Kind {
  /// Place in a list of things that begin together.
  var rank: Int {
    switch self {
    case .permit: 0
    case .facility: 1
    case .leg: 2
    case .exchange: 3
    case .measure: 4
    }
  }
}

extension RoadmapYear {
  static func years(
    _ model: RoadmapModel, _ solution: RoadmapSolution, from first: Int,
    staticBenefits: [Double]
  ) -> [RoadmapYear] {
    let spending = model.spending(begins: solution.begins)
    var years: [RoadmapYear] = []
    var (cumulated, discounted, spent, granted) = (0.0, 0.0, 0.0, 0.0)
    let payments = solution.begins.enumerated().flatMap { index, begin in
      begin.map { model.payments(for: index, from: $0) } ?? []
    }
    for year in 0..<model.years {
      var (gain, annuities, carbon) = (0.0, 0.0, 0.0)
      let periods = (year * model.periodsPerYear)..<((year + 1) * model.periodsPerYear)
      for period in periods {
        let found = model.yearly(period, solution)
        gain += found.money * model.yearsPerPeriod
        carbon += found.carbon * model.yearsPerPeriod
        annuities += found.annuities * model.yearsPerPeriod
        discounted += found.money * model.weight(ofPeriod: period)
      }
      let limit = model.budget(ofYear: year)
      granted += limit ?? 0
      let available = limit.map { model.carriesOver ? granted - spent : $0 }
      spent += spending[year]
      cumulated += gain - spending[year]
      discounted -= payments.filter { $0.year == year }
        .reduce(0) { $0 + $1.amount * model.discount($1.time) }
      years.append(
        RoadmapYear(
          year: first + year, invested: spending[year], available: available, gain: gain,
          benefit: gain - annuities, carbon: carbon, staticBenefit: staticBenefits[year],
          cumulated: cumulated, cumulatedDiscounted: discounted))
    }
    return years
  }
}

extension RoadmapModel {
  /// What a period brings, in amounts per year.
  func yearly(_ period: Int, _ solution: RoadmapSolution) -> (
    money: Double, carbon: Double, annuities: Double
  ) {
    var (money, carbon, annuities) = (0.0, 0.0, 0.0)
    for (index, begin) in solution.begins.enumerated() {
      guard let begin, begin <= period, assets[index].uses[period] else { continue }
      let asset = assets[index]
      money += asset.running[period]
      carbon += asset.carbon[period]
      if asset.capital != 0, !asset.isThere {
        annuities += asset.capital * LedgerBuilder.annuityFactor(rate: rate, years: asset.life)
      }
    }
    for (arc, flow) in zip(periods[period].arcs, solution.flows[period]) {
      money += arc.money * flow
      carbon += arc.carbon * flow
    }
    return (money, carbon, annuities)
  }
}
