import GLPKSolver
import LichenPlanning
import Synchronization
import Testing

@Suite("Searches that begin with a solution", .timeLimit(.minutes(3)))
struct StartTests {
  private let solver = GLPKSolver()
  private let hard = RandomModels.fixedChargeTransport(sources: 40, sinks: 40, seed: 1)

  @Test("A start is what a search without time returns")
  func returnedAtOnce() throws {
    let start = opening(every: 7, of: hard)
    let result = try solver.solve(hard, options: MIPOptions(timeLimit: .zero, start: start))
    #expect(result.status == .feasible)
    #expect(result.stopReason == .timeLimit)
    #expect(result.values == start)
    #expect(result.objective == hard.objective(of: start))
    #expect(result.bound == nil)
  }

  @Test("A start is the incumbent of the first report")
  func reportedAtOnce() throws {
    let start = opening(every: 7, of: hard)
    let seen = Mutex<[SolveProgress]>([])
    let control = SolveControl { progress in seen.withLock { $0.append(progress) } }
    let options = MIPOptions(nodeLimit: 1, usesCuts: false, start: start)
    let result = try solver.solve(hard, options: options, control: control)
    let first = try #require(seen.withLock { $0.first })
    #expect(first.incumbent == hard.objective(of: start))
    #expect(try #require(result.objective) >= hard.objective(of: start))
  }

  /// Only what is pruned against the start from the first node on can make the tree smaller.
  @Test("A search that starts with the optimum visits fewer nodes and proves the same")
  func prunes() throws {
    var (cold, warm) = (0, 0)
    for seed in UInt64(1)...4 {
      let model = RandomModels.fixedChargeTransport(sources: 7, sinks: 7, seed: seed)
      let options = MIPOptions(usesCuts: false, skipsHeuristics: true)
      let first = try solver.solve(model, options: options)
      #expect(first.status == .optimal)
      var again = options
      again.start = first.values
      let second = try solver.solve(model, options: again)
      #expect(second.status == .optimal)
      let (expected, found) = (try #require(first.objective), try #require(second.objective))
      #expect(abs(expected - found) <= 1e-7 * abs(expected), "seed \(seed)")
      try expectSolution(second, of: model)
      cold += first.nodes
      warm += second.nodes
    }
    #expect(warm < cold, "\(warm) nodes with the optimum, \(cold) without")
  }

  @Test("A start never changes the optimum", arguments: RandomModels.Family.allCases)
  func sameOptimum(family: RandomModels.Family) throws {
    for seed in UInt64(1)...60 {
      let model = RandomModels.tiny(family, seed: seed)
      let expected = BruteForce(model).optimum()
      var random = SeededGenerator(seed: seed)
      let start = model.columns.map { random.whole(Int($0.lower)...Int($0.upper)) }
      let result = try solver.solve(
        model, options: MIPOptions(start: start, skipsHeuristics: seed.isMultiple(of: 2)))
      #expect(result.status == (expected == nil ? .infeasible : .optimal), "seed \(seed)")
      if let expected {
        let found = try #require(result.objective)
        #expect(abs(found - expected) <= 1e-6 * max(1, abs(expected)), "seed \(seed)")
        try expectSolution(result, of: model)
      }
    }
  }

  @Test("A start that breaks a row or a bound is ignored", arguments: [0.5, 2.0, -1.0])
  func ignoresInfeasible(value: Double) throws {
    let model = twoItems
    // Half rounds to nothing open while everything flows.
    let start = [3, value, 3, value]
    let atOnce = try solver.solve(model, options: MIPOptions(timeLimit: .zero, start: start))
    #expect(atOnce.status == .noSolution)
    #expect(atOnce.values == nil)
    let result = try solver.solve(model, options: MIPOptions(start: start))
    #expect(result.status == .optimal)
    #expect(result.objective == 5)
  }

  @Test("Integer columns of a start are rounded before it is judged")
  func rounds() throws {
    let start = [3, 0.9999999, 0, 1e-8]
    let result = try solver.solve(twoItems, options: MIPOptions(timeLimit: .zero, start: start))
    #expect(result.values == [3, 1, 0, 0])
  }

  @Test("A start better than every bound of the relaxation cannot be smuggled in")
  func smuggling() throws {
    let result = try solver.solve(twoItems, options: MIPOptions(start: [3, 0, 3, 0]))
    #expect(result.status == .optimal)
    #expect(result.objective == 5)
  }

  @Test("A gap that the start already meets stops the search")
  func gapMet() throws {
    let model = RandomModels.fixedChargeTransport(sources: 12, sinks: 12, seed: 3)
    let known = try solver.solve(model, options: MIPOptions(relativeGap: 0.05))
    let options = MIPOptions(relativeGap: 0.5, start: known.values, skipsHeuristics: true)
    let result = try solver.solve(model, options: options)
    #expect(result.stopReason == .gapLimit)
    #expect(result.nodes <= 1)
    #expect(try #require(result.objective) >= (try #require(known.objective)) - 1e-6)
  }

  @Test("An unbounded program with a start is unbounded, an LP with one has its duals")
  func otherEndings() throws {
    var endless = MIPModel(name: "endless")
    endless.addColumn(MIPColumn(name: "x", objective: 1, isInteger: true))
    #expect(try solver.solve(endless, options: MIPOptions(start: [4])).status == .unbounded)
    let linear = RandomModels.linearTransport(sources: 5, sinks: 5, seed: 2)
    let cold = try solver.solve(linear)
    let warm = try solver.solve(linear, options: MIPOptions(start: cold.values))
    #expect(warm.status == .optimal)
    #expect(warm.rowDuals == cold.rowDuals)
    #expect(abs(try #require(warm.objective) - (try #require(cold.objective))) < 1e-6)
  }

  @Test("A start of the wrong size or without numbers is refused")
  func refuses() {
    #expect(throws: MIPOptionsError.startCountMismatch(values: 1, columns: 4)) {
      try solver.solve(twoItems, options: MIPOptions(start: [1]))
    }
    #expect(
      throws: MIPOptionsError.startNotFinite(column: 1, name: "open0", value: .infinity)
    ) {
      try solver.solve(twoItems, options: MIPOptions(start: [1, .infinity, 0, 0]))
    }
  }

  @Test("Every way to branch proves the same", arguments: MIPOptions.Branching.allCases)
  func branching(rule: MIPOptions.Branching) throws {
    for seed in UInt64(1)...20 {
      let model = RandomModels.tiny(.wholeNumbers, seed: seed)
      let options = MIPOptions(skipsGomoryCuts: seed.isMultiple(of: 2), branching: rule)
      let result = try solver.solve(model, options: options)
      let expected = BruteForce(model).optimum()
      #expect((result.objective == nil) == (expected == nil), "seed \(seed)")
      if let found = result.objective, let expected {
        #expect(abs(found - expected) <= 1e-6 * max(1, abs(expected)), "seed \(seed)")
      }
    }
  }

  /// Two flows of at most 3, worth 2 each unit; each costs 1 to open and both share a limit of 3.
  private var twoItems: MIPModel {
    var model = MIPModel(name: "two items")
    var total: [(column: Int, value: Double)] = []
    for index in 0..<2 {
      let flow = model.addColumn(MIPColumn(name: "flow\(index)", upper: 3, objective: 2))
      let open = model.addColumn(.binary(name: "open\(index)", objective: -1))
      model.addRow(MIPRow(name: "link\(index)", upper: 0, entries: [(flow, 1), (open, -3)]))
      total.append((flow, 1))
    }
    model.addRow(MIPRow(name: "total", upper: 3, entries: total))
    return model
  }

  /// A point without flow in which every n-th binary column is 1: feasible, and a poor one.
  private func opening(every step: Int, of model: MIPModel) -> [Double] {
    model.columns.enumerated().map { $1.isInteger && ($0 / 2).isMultiple(of: step) ? 1 : 0 }
  }
}
