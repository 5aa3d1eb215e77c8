import GLPKSolver
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Road map: the program against trying everything")
struct RoadmapModelTests {
  private static let solver = RoadmapSolver(solver: GLPKSolver())

  @Test("the optimum is that of trying every beginning", arguments: UInt64(0)..<200)
  func optimum(seed: UInt64) throws {
    let model = RandomRoadmaps.model(seed: seed)
    let expected = try RoadmapBruteForce(model: model, solver: GLPKSolver()).best()
    let found = try Self.solver.solve(model, control: SolveControl())
    guard let expected else {
      #expect(found.status == .infeasible)
      return
    }
    #expect(found.status == .optimal)
    #expect(abs(found.value - expected) < 1e-6 * max(1, abs(expected)))
    #expect(abs((found.bound ?? .infinity) - expected) < 1e-5 * max(1, abs(expected)))
    #expect(model.keepsBudgets(begins: found.begins))
    // Where the search begins changes nothing.
    let towards = try Self.solver.solve(model, towards: found.begins, control: SolveControl())
    #expect(abs(towards.value - expected) < 1e-6 * max(1, abs(expected)))
  }

  @Test("more capital never lowers the value, nor does carrying over", arguments: UInt64(0)..<60)
  func budgets(seed: UInt64) throws {
    var model = RandomRoadmaps.model(seed: seed)
    var last: Double?
    for budget in [0.0, 10, 40, 160] {
      model.budgets = [budget]
      model.carriesOver = false
      let strict = try Self.solver.solve(model, control: SolveControl())
      model.carriesOver = true
      let carried = try Self.solver.solve(model, control: SolveControl())
      if strict.isThere {
        #expect(carried.isThere)
        #expect(carried.value >= strict.value - 1e-6)
        #expect(strict.value >= (last ?? -.infinity) - 1e-6)
        last = strict.value
      } else {
        #expect(last == nil)
      }
    }
    model.budgets = []
    let unlimited = try Self.solver.solve(model, control: SolveControl())
    if let last { #expect(unlimited.value >= last - 1e-6) }
  }

  @Test("a plan for which capital is scarce is begun by the heuristic", arguments: UInt64(0)..<60)
  func heuristic(seed: UInt64) throws {
    let model = RandomRoadmaps.model(seed: seed)
    var free = model
    (free.budgets, free.totalBudget) = ([], nil)
    let target = try Self.solver.solve(free, control: SolveControl())
    let begins = RoadmapHeuristic(model: model, target: target.begins).begins()
    #expect(model.keepsBudgets(begins: begins))
    for (index, begin) in begins.enumerated() {
      guard let begin else { continue }
      #expect(begin >= model.assets[index].earliest)
      for before in model.assets[index].prerequisites
      where model.assets[before.asset].kind == .permit {
        #expect(begins[before.asset].map { $0 + before.lag <= begin } == true)
      }
    }
  }
}
