import GLPKSolver
import LichenPlanning
import Testing

@Suite("The optimum is the optimum", .timeLimit(.minutes(5)))
struct ExactnessTests {
  /// 3 families of 100 models; objective within 1e-6, relative where it exceeds 1.
  @Test("GLPK and trying everything agree", arguments: RandomModels.Family.allCases)
  func agreesWithBruteForce(family: RandomModels.Family) throws {
    var solved = 0
    for seed in UInt64(1)...100 {
      let model = RandomModels.tiny(family, seed: seed)
      let expected = BruteForce(model).optimum()
      let result = try GLPKSolver().solve(model)
      guard let expected else {
        #expect(result.status == .infeasible, "\(model.name): \(result.rawStatus)")
        #expect(result.values == nil)
        continue
      }
      solved += 1
      try #require(result.status == .optimal, "\(model.name): \(result.rawStatus)")
      let objective = try #require(result.objective)
      #expect(abs(objective - expected) <= 1e-6 * max(1, abs(expected)), "\(model.name)")
      try expectSolution(result, of: model)
    }
    #expect(solved > 50, "most models should have a solution")
  }

  @Test("Cuts change the way, not the optimum", arguments: [true, false])
  func cutsDoNotMatter(usesCuts: Bool) throws {
    for seed in UInt64(200)...240 {
      let model = RandomModels.tiny(.binary, seed: seed)
      let expected = BruteForce(model).optimum()
      let result = try GLPKSolver().solve(model, options: MIPOptions(usesCuts: usesCuts))
      #expect((result.objective == nil) == (expected == nil), "\(model.name)")
      if let expected, let objective = result.objective {
        #expect(abs(objective - expected) <= 1e-6 * max(1, abs(expected)), "\(model.name)")
      }
    }
  }

  @Test("The bound never lies below the solution, and the gap follows from both")
  func boundIsABound() throws {
    for seed in UInt64(1)...30 {
      let model = RandomModels.fixedChargeTransport(sources: 4, sinks: 4, seed: seed)
      let result = try GLPKSolver().solve(model)
      let objective = try #require(result.objective)
      let bound = try #require(result.bound)
      #expect(result.status == .optimal)
      #expect(bound >= objective)
      #expect(result.gap == MIPResult.relativeGap(incumbent: objective, bound: bound))
      #expect(try #require(result.gap) <= 1e-6)
      try expectSolution(result, of: model)
    }
  }

  @Test("Relaxing a capacity never worsens the optimum")
  func relaxingHelps() throws {
    for seed in UInt64(1)...20 {
      let tight = RandomModels.fixedChargeTransport(sources: 3, sinks: 3, seed: seed)
      var loose = tight
      for index in loose.rows.indices where loose.rows[index].name.hasPrefix("supply") {
        loose.rows[index].upper += 10
      }
      let before = try #require(try GLPKSolver().solve(tight).objective)
      let after = try #require(try GLPKSolver().solve(loose).objective)
      #expect(after >= before - 1e-6 * max(1, abs(before)), "\(tight.name)")
    }
  }
}

/// Expects the values of a result to satisfy the model, exactly whole where they must be.
func expectSolution(_ result: MIPResult, of model: MIPModel) throws {
  let values = try #require(result.values)
  #expect(values.count == model.columns.count)
  #expect(model.violation(at: values) <= 1e-6, "\(model.name)")
  for (column, value) in zip(model.columns, values) where column.isInteger {
    #expect(value == value.rounded(), "\(model.name): \(column.name)")
  }
  #expect(result.objective == model.objective(of: values))
}
