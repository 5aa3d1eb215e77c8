import LichenDomain
import LichenMatching
import LichenPlanning

/// Looks for all networks whose best flows come near to the optimum.
///
/// Parts of the model share no limit, so that the whole margin may be missed in any one of them: an exchange is judged in
/// its own part, and networks of parts are put together in order of what they miss.
public struct AlternativesSearch: Sendable {
  private let study: PlanStudy
  private let options: AlternativesOptions
  private let model: PlanningModel
  private let parts: [PlanningModel.Part]

  /// - Throws: `PlanningError` for contradictory options.
  public init(_ study: PlanStudy, options: AlternativesOptions = AlternativesOptions()) throws {
    self.study = study
    self.options = options
    model = try study.wholeModel()
    parts = model.components()
  }

  /// - Parameter control: Cancelled, what is not yet decided stays undecided.
  /// - Throws: `AnalysisError` without a plan, `MIPSolverError` if the solver fails.
  public func run(control: SolveControl = SolveControl()) throws -> Alternatives {
    let value = LinearCriterion(study.weights, of: model)
    let best = try Threads.map(parts.count, threads: study.threads) { index in
      Result { try program(parts[index]).most(of: value).point }
    }.map { try $0.get() }
    var optimum = 0.0
    var points: [(point: CriterionProgram.Point, value: Double)] = []
    for point in best {
      guard let point, point.status == .optimal || point.status == .feasible else {
        throw AnalysisError.noPlan
      }
      points.append((point, value.value(of: model, at: point)))
      optimum += points[points.count - 1].value
    }
    let margin = options.within * abs(optimum)
    let links = try parts.indices.flatMap { index in
      try self.links(parts[index], best: points[index], margin: margin, control)
    }
    let found = try parts.indices.map { index in
      try networks(parts[index], best: points[index], margin: margin, control)
    }
    return combined(
      found.map(\.list), isWhole: found.allSatisfy(\.isWhole), links: links, optimum: optimum,
      margin: margin)
  }

  private func program(_ part: PlanningModel.Part) -> CriterionProgram {
    CriterionProgram(
      model: model, part: part, opensEveryLink: true, solver: study.solver,
      limits: study.plan.options.limits)
  }

  // MARK: Single exchanges

  private func links(
    _ part: PlanningModel.Part, best: (point: CriterionProgram.Point, value: Double),
    margin: Double, _ control: SolveControl
  ) throws -> [Alternatives.Link] {
    let program = program(part)
    let value = LinearCriterion(study.weights, of: model)
    // Half a millionth of the margin for the solver's tolerance.
    let floor = CriterionProgram.Floor(
      criterion: value, least: best.value - margin - 1e-9 * max(1, abs(best.value)))
    return try Threads.map(part.links.count, threads: study.threads) { place in
      Result {
        try link(
          part.links[place], program: program, floor: floor, best: best.point, control)
      }
    }.map { try $0.get() }
  }

  private func link(
    _ index: Int, program: CriterionProgram, floor: CriterionProgram.Floor,
    best: CriterionProgram.Point, _ control: SolveControl
  ) throws -> Alternatives.Link {
    var flow = LinearCriterion(of: model)
    flow.perUnit[index] = 1
    let upper = model.links[index].upper
    func made(_ freedom: Alternatives.Freedom, _ least: Double?, _ most: Double?)
      -> Alternatives.Link
    {
      Alternatives.Link(
        name: model.linkNames[index], freedom: freedom, least: least, most: most,
        planned: best.flows[index])
    }
    let trace = options.leastShare * upper
    if control.isCancelled { return made(.unknown, nil, nil) }
    if !best.isOpen[index],
      try program.relaxedMost(of: flow, floors: [floor]).map({ $0 < trace }) ?? true
    {
      return made(.mustAvoid, 0, 0)
    }
    let most = try program.most(of: flow, floors: [floor], control: control).point
    guard let most, most.status == .optimal else { return made(.unknown, nil, nil) }
    let greatest = most.flows[index]
    if greatest < trace, !best.isOpen[index] { return made(.mustAvoid, 0, 0) }
    let least = try program.most(
      of: flow.scaled(by: -1), floors: [floor], control: control
    ).point
    guard let least, least.status == .optimal else { return made(.unknown, nil, greatest) }
    let smallest = least.flows[index]
    return made(
      smallest > 0 || model.links[index].isRequired ? .mustHave : .choice, smallest, greatest)
  }

  // MARK: Networks

  /// One way to open the links of a part.
  private struct PartNetwork {
    let value: Double
    let point: CriterionProgram.Point
  }

  /// Networks of a part, best first, by forbidding each that was found; one more than are listed tells whether
  /// there are more, and a stopped search that there may be.
  private func networks(
    _ part: PlanningModel.Part, best: (point: CriterionProgram.Point, value: Double),
    margin: Double, _ control: SolveControl
  ) throws -> (list: [PartNetwork], isWhole: Bool) {
    let program = program(part)
    let builder = program.builder
    let value = LinearCriterion(study.weights, of: model)
    let floor = CriterionProgram.Floor(
      criterion: value, least: best.value - margin - 1e-9 * max(1, abs(best.value)))
    // An open link carries at least a trace, so that no network counts twice.
    var rows = builder.links.indices.compactMap { position -> MIPRow? in
      guard let opening = builder.opening(at: position),
        !model.links[builder.links[position]].isRequired
      else { return nil }
      return MIPRow(
        name: "trace", lower: 0, entries: [(position, 1), (opening, -options.leastShare)])
    }
    var found: [PartNetwork] = []
    while found.count <= options.networks {
      let outcome = try program.most(
        of: value, floors: [floor], rows: rows, control: control)
      guard outcome.isProven else { return (found, false) }
      guard let point = outcome.point else { return (found, true) }
      found.append(PartNetwork(value: value.value(of: model, at: point), point: point))
      rows.append(cut(point, builder))
    }
    return (found, false)
  }

  /// Σ over open links of (1 − y) + Σ over closed links of y ≥ 1.
  private func cut(_ point: CriterionProgram.Point, _ builder: MIPBuilder) -> MIPRow {
    var entries: [(column: Int, value: Double)] = []
    var open = 0.0
    for (position, link) in builder.links.enumerated() {
      guard let opening = builder.opening(at: position) else { continue }
      entries.append((opening, point.isOpen[link] ? -1 : 1))
      if point.isOpen[link] { open += 1 }
    }
    return MIPRow(name: "other", lower: 1 - open, entries: entries)
  }

  /// The best combinations of one network for each part, in order of what they miss together.
  private func combined(
    _ lists: [[PartNetwork]], isWhole: Bool, links: [Alternatives.Link], optimum: Double,
    margin: Double
  ) -> Alternatives {
    let slack = 1e-9 * max(1, abs(optimum))
    var combinations: [(missed: Double, choice: [Int])] = [(0, [])]
    var isCut = false
    for list in lists {
      let top = list.first?.value ?? 0
      var next: [(missed: Double, choice: [Int])] = []
      for combination in combinations {
        for place in list.indices {
          let missed = combination.missed + top - list[place].value
          if missed <= margin + slack { next.append((missed, combination.choice + [place])) }
        }
        if list.isEmpty { next.append((combination.missed, combination.choice + [-1])) }
      }
      next.sort {
        $0.missed != $1.missed
          ? $0.missed < $1.missed : $0.choice.lexicographicallyPrecedes($1.choice)
      }
      if next.count > options.networks { isCut = true }
      // Dropped ones are worse than as many kept ones, whatever the other parts do.
      combinations = Array(next.prefix(options.networks))
    }
    let money = LinearCriterion(.benefit, of: model)
    let carbon = LinearCriterion(.carbon, of: model)
    func figures(_ choice: [Int], _ criterion: LinearCriterion) -> Double {
      zip(lists, choice).reduce(0) { sum, item in
        item.1 < 0 ? sum : sum + criterion.value(of: model, at: item.0[item.1].point)
      }
    }
    func open(_ choice: [Int]) -> Set<String> {
      var names: Set<String> = []
      for (list, place) in zip(lists, choice) where place >= 0 {
        for (index, isOpen) in list[place].point.isOpen.enumerated() where isOpen {
          names.insert(model.linkNames[index])
        }
      }
      return names
    }
    let first = open(combinations.first?.choice ?? [])
    let networks = combinations.map { combination -> Alternatives.Network in
      let names = open(combination.choice)
      return Alternatives.Network(
        value: optimum - combination.missed, money: figures(combination.choice, money),
        carbon: figures(combination.choice, carbon), links: names.sorted(),
        gained: names.subtracting(first).sorted(), lost: first.subtracting(names).sorted())
    }
    let order: [Alternatives.Freedom] = [.mustHave, .choice, .unknown]
    return Alternatives(
      within: options.within, best: optimum,
      links: links.filter { $0.freedom != .mustAvoid }.sorted {
        let (left, right) = (order.firstIndex(of: $0.freedom), order.firstIndex(of: $1.freedom))
        return left != right ? (left ?? 9) < (right ?? 9) : $0.name < $1.name
      },
      avoided: links.count { $0.freedom == .mustAvoid }, networks: networks,
      isComplete: isWhole && !isCut)
  }
}
