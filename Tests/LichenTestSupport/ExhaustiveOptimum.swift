import LichenPlanning

/// The optimum by trying every choice of openings and measures, a linear program of the flows for each.
///
/// It shares no code with the planners but the solver of those linear programs.
public struct ExhaustiveOptimum {
  private let model: PlanningModel
  private let solver: any MIPSolver

  /// - Complexity: exponential in links and measures; for a dozen of them together.
  /// - Returns: The greatest net benefit, or `nil` if no plan exists.
  /// - Throws: `MIPSolverError` if the solver fails.
  public static func value(of model: PlanningModel, solver: any MIPSolver) throws -> Double? {
    let trial = ExhaustiveOptimum(model: model, solver: solver)
    var best: Double?
    let choices = model.links.count + model.measures.count
    // Many open links first: their plans are good, and spare the programs of poorer ones.
    for mask in (0..<(1 << choices)).reversed() {
      let open = model.links.indices.filter { mask & (1 << $0) != 0 }
      let taken = model.measures.indices.filter { mask & (1 << (model.links.count + $0)) != 0 }
      guard let value = try trial.value(open: open, taken: taken, beyond: best) else { continue }
      best = max(best ?? value, value)
    }
    return best
  }

  /// - Parameter known: Choices that can bring no more than this are passed over.
  private func value(open: [Int], taken: [Int], beyond known: Double?) throws -> Double? {
    guard model.links.indices.allSatisfy({ !model.links[$0].isRequired || open.contains($0) }),
      model.measures.indices.allSatisfy({
        !model.measures[$0].isRequired || taken.contains($0)
      })
    else { return nil }
    let facilities = facilities(of: open)
    guard keepsPartners(open), keepsBudget(open, taken, facilities) else { return nil }
    let permits = Set(open.flatMap { model.permits(of: $0).map(Int.init) }).sorted()
    let fixed =
      open.reduce(0) { $0 + model.links[$1].fixedCost }
      + permits.reduce(0) { $0 + model.permits[$1].annualCost }
      + facilities.reduce(0) { $0 + model.facilities[$1].openingCost }
      - taken.reduce(0) { $0 + model.measures[$1].money }
    let most = open.reduce(0) { sum, index in
      let link = model.links[index]
      return sum + max(link.money * link.lower, link.money * link.upper)
    }
    if let known, most - fixed <= known { return nil }
    let program = flows(open: open, taken: taken)
    // A measure may leave an input less than must be covered.
    if program.rows.contains(where: { $0.lower > $0.upper }) { return nil }
    let result = try solver.solve(program)
    guard result.status == .optimal, let objective = result.objective else { return nil }
    return objective - fixed
  }

  private func facilities(of open: [Int]) -> [Int] {
    var found: Set<Int> = []
    for link in open.map({ model.links[$0] }) {
      if case .facility(let index) = link.source { found.insert(index) }
      if case .facility(let index) = link.target { found.insert(index) }
    }
    return found.sorted()
  }

  private func keepsPartners(_ open: [Int]) -> Bool {
    guard let limit = model.partnerLimit else { return true }
    var outputs = [Int](repeating: 0, count: model.supplies.count)
    var inputs = [Int](repeating: 0, count: model.needs.count)
    for link in open.map({ model.links[$0] }) {
      if let output = link.output { outputs[output] += 1 }
      if let input = link.input { inputs[input] += 1 }
    }
    return (outputs + inputs).allSatisfy { $0 <= limit }
  }

  private func keepsBudget(_ open: [Int], _ taken: [Int], _ facilities: [Int]) -> Bool {
    guard let budget = model.capitalBudget else { return true }
    let capital =
      open.reduce(0) { $0 + model.links[$1].capital }
      + facilities.reduce(0) { $0 + model.facilities[$1].capital }
      + taken.reduce(0) { $0 + model.measures[$1].capital }
    return capital <= budget
  }

  /// The flows of given openings, in plain units.
  private func flows(open: [Int], taken: [Int]) -> MIPModel {
    var program = MIPModel(name: "flows")
    for link in open.map({ model.links[$0] }) {
      program.addColumn(
        MIPColumn(name: "x", lower: link.lower, upper: link.upper, objective: link.money))
    }
    func row(
      _ factor: (PlanningModel.Link, Int) -> Double, _ lower: Double = -.infinity,
      _ upper: Double = .infinity
    ) {
      let entries = open.enumerated().compactMap { column, index -> (column: Int, value: Double)? in
        let value = factor(model.links[index], index)
        return value == 0 ? nil : (column, value)
      }
      program.addRow(MIPRow(name: "r", lower: lower, upper: upper, entries: entries))
    }
    let measures = taken.map { model.measures[$0] }
    for (output, supply) in model.supplies.enumerated() {
      let shift = measures.reduce(0) { $0 + ($1.output == output ? $1.shift : 0) }
      row({ link, _ in link.output == output ? 1 : 0 }, -.infinity, supply + shift)
    }
    for (input, need) in model.needs.enumerated() {
      let shift = measures.reduce(0) { $0 + ($1.input == input ? $1.shift : 0) }
      row(
        { link, _ in link.input == input ? link.ratio : 0 },
        model.leastNeeds.isEmpty ? -.infinity : model.leastNeeds[input], need + shift)
    }
    for (index, facility) in model.facilities.enumerated() {
      row({ link, _ in link.target == .facility(index) ? 1 : 0 }, -.infinity, facility.capacity)
      row(
        { link, _ in
          (link.source == .facility(index) ? 1 : 0)
            - (link.target == .facility(index) ? link.ratio : 0)
        }, 0, 0)
    }
    for blend in model.blends {
      row(
        { _, index in blend.links.firstIndex(of: index).map { blend.excess[$0] } ?? 0 },
        -.infinity, 0)
    }
    if let floor = model.carbonFloor {
      let saved = measures.reduce(0) { $0 + $1.carbon }
      row({ link, _ in link.carbon }, floor - saved, .infinity)
    }
    return program
  }
}
