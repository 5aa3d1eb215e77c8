import LichenMatching
import LichenPlanning

/// Finds the points of a front, widest open stretch first.
public struct ParetoSearch {
  private let study: PlanStudy
  private let options: ParetoOptions
  private let problem: PlanningProblem
  private let program: CriterionProgram
  /// To be maximised.
  private let value: LinearCriterion
  /// To be maximised: turned round where less of the figure is better.
  private let aim: LinearCriterion
  private var solves = 0
  private var found: [Found] = []
  private var stretches: [State] = []

  /// What is known of a stretch; `stuck` where a search was stopped, so that nothing is claimed.
  private enum State { case open, stuck, line, jump }

  /// A plan with its place in the plane of both figures.
  private struct Found {
    let point: CriterionProgram.Point
    let value: Double
    let aim: Double
    /// On the value, as far as it was proved.
    let bound: Double
  }

  /// - Throws: `PlanningError` for contradictory options.
  public init(_ study: PlanStudy, options: ParetoOptions = ParetoOptions()) throws {
    self.study = study
    self.options = options
    problem = try study.wholeProblem()
    let model = problem.model
    program = CriterionProgram(
      model: model, opensEveryLink: options.criterion.isLess, solver: study.solver,
      limits: study.plan.options.limits)
    value = LinearCriterion(study.weights, of: model)
    let figure = options.criterion.figure(of: study, in: problem)
    aim = options.criterion.isLess ? figure.scaled(by: -1) : figure
  }

  private var model: PlanningModel { program.model }

  /// Searches until every stretch is closed or there are points enough.
  /// - Throws: `MIPSolverError` if the solver fails.
  public mutating func run(control: SolveControl = SolveControl()) throws -> ParetoFront {
    guard let first = try lexicographic(value, then: aim, control),
      let last = try lexicographic(aim, then: value, control)
    else { return front() }
    found = [first]
    let range = (value: first.value - last.value, aim: last.aim - first.aim)
    let least = (value: scale(\.value) * 1e-6, aim: scale(\.aim) * 1e-6)
    guard range.value > least.value, range.aim > least.aim else { return front() }
    found.append(last)
    stretches = [.open]
    try search(range, control)
    return front()
  }

  /// Splits the widest open stretch until there are points enough; then closes what can be closed without further
  /// points, drops points inside longer lines, and goes on if that made room.
  private mutating func search(
    _ range: (value: Double, aim: Double), _ control: SolveControl
  ) throws {
    while !control.isCancelled {
      while found.count < options.points, !control.isCancelled, let widest = widestOpen(range) {
        try split(widest, inserts: true, range: range, control)
      }
      if widestOpen(range) == nil { break }
      for index in stretches.indices where stretches[index] == .open && !control.isCancelled {
        try split(index, inserts: false, range: range, control)
      }
      let before = found.count
      mergeLines(range)
      if found.count == before { break }
    }
    mergeLines(range)
  }

  /// Drops points that lie inside a longer line.
  private mutating func mergeLines(_ range: (value: Double, aim: Double)) {
    var index = 1
    while index + 1 < found.count {
      let (left, middle, right) = (found[index - 1], found[index], found[index + 1])
      let slope = (left.value - right.value) / (right.aim - left.aim)
      let along = left.value - slope * (middle.aim - left.aim)
      if stretches[index - 1] == .line, stretches[index] == .line,
        abs(middle.value - along) <= near(range).value
      {
        found.remove(at: index)
        stretches.remove(at: index)
      } else {
        index += 1
      }
    }
  }

  private func scale(_ figure: (Found) -> Double) -> Double {
    max(1e-9, found.reduce(0) { max($0, abs(figure($1))) })
  }

  /// Differences that count as none: below the tolerance, or below what solvers tell apart.
  private func near(_ range: (value: Double, aim: Double)) -> (value: Double, aim: Double) {
    (
      max(options.tolerance * range.value, 1e-6 * scale(\.value)),
      max(options.tolerance * range.aim, 1e-6 * scale(\.aim))
    )
  }

  private func widestOpen(_ range: (value: Double, aim: Double)) -> Int? {
    stretches.indices.filter { stretches[$0] == .open }.max { left, right in
      area(left, range) < area(right, range)
    }
  }

  private func area(_ index: Int, _ range: (value: Double, aim: Double)) -> Double {
    (found[index].value - found[index + 1].value) / range.value
      * (found[index + 1].aim - found[index].aim) / range.aim
  }

  // MARK: One stretch

  /// Looks into the middle of a stretch: a point there, or the proof that there is none.
  /// - Parameter inserts: Whether points may be added; else the stretch is closed or left open.
  private mutating func split(
    _ index: Int, inserts: Bool, range: (value: Double, aim: Double), _ control: SolveControl
  ) throws {
    let (upper, lower) = (found[index], found[index + 1])
    let near = near(range)
    if lower.aim - upper.aim <= near.aim || upper.value - lower.value <= near.value {
      stretches[index] = .jump
      return
    }
    let middle = (upper.aim + lower.aim) / 2
    // The lower end keeps the floor, the upper one the level of value below it: searches begin with them.
    let outcome = try most(
      value, with: aim, atLeast: middle, from: lower, range: range, control)
    guard outcome.isProven else {
      // A stopped search may still have found a plan, which is shown with its gap.
      if let point = outcome.found, inserts, point.aim > upper.aim + near.aim,
        point.value > lower.value + near.value, point.value < upper.value
      {
        insert(point, after: index, stretches: .open, .open)
      } else {
        stretches[index] = .stuck
      }
      return
    }
    // The lower end itself keeps the floor: nothing found is the solver's tolerance.
    guard let point = outcome.found else {
      stretches[index] = .jump
      return
    }
    // Solvers keep a floor within their tolerance only.
    if point.aim <= upper.aim + near.aim {
      stretches[index] = .jump
      return
    }
    // The floor met no plan of its own: the front jumps below the point that was found.
    if point.aim > middle + near.aim || point.value <= lower.value + near.value {
      let isLower = point.value <= lower.value + near.value
      let below = isLower ? lower : point
      let outcome = try most(
        aim, with: value, atLeast: below.value + near.value, from: upper, range: range, control)
      guard outcome.isProven else {
        stretches[index] = .stuck
        return
      }
      let above = outcome.found
      let isUpper =
        above.map {
          $0.aim <= upper.aim + near.aim || $0.value <= below.value + near.value / 2
        } ?? true
      switch (isUpper, isLower) {
      case (true, true): stretches[index] = .jump
      case _ where !inserts: return
      case (true, false):
        insert(point, after: index, stretches: .jump, .open)
      case (false, true):
        if let above { insert(above, after: index, stretches: .open, .jump) }
      case (false, false):
        guard let above else { return }
        insert(point, after: index, stretches: .open, .open)
        insert(above, after: index, stretches: .open, .jump)
      }
      return
    }
    if try isLine(upper, point, lower, range: range, control) {
      stretches[index] = .line
    } else if inserts {
      insert(point, after: index, stretches: .open, .open)
    }
  }

  private mutating func insert(
    _ point: Found, after index: Int, stretches first: State, _ second: State
  ) {
    found.insert(point, at: index + 1)
    stretches.replaceSubrange(index...index, with: [first, second])
  }

  /// Whether the point in the middle lies on the line between the ends, plans exist all along it, and none
  /// above it.
  private mutating func isLine(
    _ upper: Found, _ middle: Found, _ lower: Found, range: (value: Double, aim: Double),
    _ control: SolveControl
  ) throws -> Bool {
    let slope = (upper.value - lower.value) / (lower.aim - upper.aim)
    let along = upper.value - slope * (middle.aim - upper.aim)
    let near = near(range).value
    guard abs(middle.value - along) <= near else { return false }
    // One network, paid for as it is, that reaches both ends reaches all between: its flows may be mixed.
    guard
      try reaches(lower, with: upper.point, near, control)
        || reaches(upper, with: lower.point, near, control)
    else { return false }
    let sum = value + aim.scaled(by: slope)
    let floors = [
      CriterionProgram.Floor(criterion: aim, least: upper.aim),
      CriterionProgram.Floor(criterion: value, least: lower.value),
    ]
    solves += 1
    guard let best = try program.most(of: sum, floors: floors, control: control).point else {
      return false
    }
    return best.bound <= upper.value + slope * upper.aim + near
  }

  /// Whether the network of a plan, with everything it opens, can also give another point.
  private mutating func reaches(
    _ target: Found, with point: CriterionProgram.Point, _ near: Double, _ control: SolveControl
  ) throws -> Bool {
    let opened = program.builder.links.indices.compactMap { position -> MIPRow? in
      let isOpen = point.isOpen[program.builder.links[position]]
      guard let opening = program.builder.opening(at: position) else {
        return isOpen ? nil : MIPRow(name: "closed", upper: 0, entries: [(position, 1)])
      }
      let state = isOpen ? 1.0 : 0
      return MIPRow(name: "kept", lower: state, upper: state, entries: [(opening, 1)])
    }
    let kept = program.builder.measures.enumerated().map { offset, measure in
      let state = point.isTaken[measure] ? 1.0 : 0
      return MIPRow(
        name: "kept", lower: state, upper: state,
        entries: [(program.builder.column(ofMeasure: offset), 1)])
    }
    let slack = 1e-9 * max(1, abs(target.aim))
    solves += 1
    let best = try program.most(
      of: value, floors: [.init(criterion: aim, least: target.aim - slack)], rows: opened + kept,
      control: control
    ).point
    return best.map { value.value(of: model, at: $0) >= target.value - near } ?? false
  }

  // MARK: Programs

  private mutating func lexicographic(
    _ first: LinearCriterion, then second: LinearCriterion, _ control: SolveControl
  ) throws -> Found? {
    solves += 2
    guard let best = try program.most(of: first, control: control).point else { return nil }
    let reached = first.value(of: model, at: best)
    let floor = reached - 1e-9 * max(1, abs(reached))
    let refined = try program.most(
      of: second, floors: [.init(criterion: first, least: floor)], control: control
    ).point
    let made = made(refined ?? best)
    return Found(
      point: made.point, value: made.value, aim: made.aim,
      bound: first == value ? best.bound : refined?.bound ?? .infinity)
  }

  /// The most of a figure while the other keeps a level, which is rewarded by a millionth of the range.
  private mutating func most(
    _ criterion: LinearCriterion, with other: LinearCriterion, atLeast least: Double,
    from start: Found,
    range: (value: Double, aim: Double), _ control: SolveControl
  ) throws -> (found: Found?, isProven: Bool) {
    let isValue = criterion == value
    let weight = 1e-6 * (isValue ? range.value / range.aim : range.aim / range.value)
    solves += 1
    let outcome = try program.most(
      of: criterion, tieBreaker: (other, weight),
      floors: [.init(criterion: other, least: least)], start: start.point, control: control)
    guard let point = outcome.point else { return (nil, outcome.isProven) }
    let made = made(point)
    guard isValue else { return (made, outcome.isProven) }
    // The reward is part of the proven bound.
    let found = Found(
      point: point, value: made.value, aim: made.aim,
      bound: point.bound - weight * made.aim)
    return (found, outcome.isProven)
  }

  private func made(_ point: CriterionProgram.Point) -> Found {
    // The best of the other figure with at least this value: proved best in this one too, up to the tolerance.
    let worth = value.value(of: model, at: point)
    return Found(
      point: point, value: worth, aim: aim.value(of: model, at: point),
      bound: point.status == .optimal ? worth : .infinity)
  }

  // MARK: Result

  private func front() -> ParetoFront {
    let money = LinearCriterion(.benefit, of: model)
    let carbon = LinearCriterion(.carbon, of: model)
    let capital = ParetoCriterion.capital.figure(of: study, in: problem)
    let points = found.map { found in
      ParetoFront.Point(
        value: found.value, figure: options.criterion.isLess ? -found.aim : found.aim,
        money: money.value(of: model, at: found.point),
        carbon: carbon.value(of: model, at: found.point), bound: found.bound,
        capital: capital.value(of: model, at: found.point),
        flows: model.links.indices.filter { found.point.isOpen[$0] }
          .map { (model.linkNames[$0], found.point.flows[$0]) }.sorted { $0.0 < $1.0 },
        measures: model.measures.indices.filter { found.point.isTaken[$0] }
          .map { model.measures[$0].name }.sorted())
    }
    return ParetoFront(
      criterion: options.criterion, points: points,
      stretches: stretches.map { state in
        switch state {
        case .line: .line
        case .jump: .jump
        case .open, .stuck: .open
        }
      }, solves: solves,
      hypervolume: hypervolume())
  }

  /// Of the rectangle between the ends, with the worse of each figure as its corner; lines count as lines.
  private func hypervolume() -> Double {
    guard let first = found.first, let last = found.last, found.count > 1 else { return 0 }
    let (width, height) = (last.aim - first.aim, first.value - last.value)
    var area = 0.0
    for index in found.indices.dropFirst() {
      let (left, right) = (found[index - 1], found[index])
      let top = stretches[index - 1] == .line ? (left.value + right.value) / 2 : right.value
      area += (right.aim - left.aim) * (top - last.value)
    }
    return area / (width * height)
  }
}
