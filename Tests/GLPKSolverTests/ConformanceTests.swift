import LichenPlanning
import LichenTestSupport
import Testing

/// The same small models on every back end, judged by brute force and by known answers.
@Suite("Every back end gives the same answers", .serialized, .timeLimit(.minutes(5)))
struct ConformanceTests {
  @Test(
    "glpsol is installed",
    .enabled(
      if: BackEnd.glpsol.isInstalled || Repository.isCI, "glpsol is missing: glpk-utils"))
  func glpsolIsThere() { #expect(BackEnd.glpsol.isInstalled) }

  @Test(
    "HiGHS is installed",
    .enabled(if: BackEnd.highs.isInstalled || Repository.isCI, "highspy is missing: .venv-judges"))
  func highsIsThere() { #expect(BackEnd.highs.isInstalled) }

  @Test("CBC is installed", .enabled(if: BackEnd.cbc.isInstalled, "cbc is missing: coinor-cbc"))
  func cbcIsThere() throws {
    let solver = try BackEnd.cbc.found.get()
    #expect(solver.version.first?.isNumber == true, "\(solver.version)")
  }

  @Test("Random models have the optimum of brute force", arguments: BackEnd.installed)
  func bruteForce(backEnd: BackEnd) async throws {
    let solver = try backEnd.found.get()
    for family in RandomModels.Family.allCases {
      for seed in UInt64(101)...103 {
        let model = RandomModels.tiny(family, seed: seed)
        try expect(
          try await solver.solveOffPool(model), hasOptimum: BruteForce(model).optimum(), of: model)
      }
    }
  }

  @Test("Awkward scales, ties and shapes", arguments: BackEnd.installed)
  func nasty(backEnd: BackEnd) async throws {
    let solver = try backEnd.found.get()
    for (model, optimum) in NastyModels.all {
      try expect(try await solver.solveOffPool(model), hasOptimum: optimum, of: model)
    }
  }

  @Test("Infeasible and unbounded are told apart", arguments: BackEnd.installed)
  func noOptimum(backEnd: BackEnd) async throws {
    let solver = try backEnd.found.get()
    for (model, status) in NastyModels.withoutOptimum {
      let result = try await solver.solveOffPool(model)
      #expect(result.status == status, "\(model.name): \(result.rawStatus)")
      #expect(result.stopReason == .completed, "\(model.name)")
      #expect(result.values == nil && result.objective == nil, "\(model.name)")
    }
  }

  @Test("A model with every feature has one optimum", arguments: BackEnd.installed)
  func everyFeature(backEnd: BackEnd) async throws {
    let model = ModelFileAgreementTests.everyFeature
    let optimum = try await BackEnd.glpk.found.get().solveOffPool(model).objective
    try expect(try await backEnd.found.get().solveOffPool(model), hasOptimum: optimum, of: model)
  }

  @Test("A gap stops within the gap, with a bound that holds", arguments: BackEnd.installed)
  func gap(backEnd: BackEnd) async throws {
    let model = RandomModels.fixedChargeTransport(sources: 8, sinks: 8, seed: 4)
    let optimum = try #require(try await BackEnd.glpk.found.get().solveOffPool(model).objective)
    let result = try await backEnd.found.get().solveOffPool(
      model, options: MIPOptions(relativeGap: 0.2))
    try expectSolution(result, of: model)
    let (objective, bound) = (try #require(result.objective), try #require(result.bound))
    #expect(objective <= optimum * (1 + 1e-6))
    #expect(bound >= optimum * (1 - 1e-6))
    #expect(try #require(result.gap) <= 0.2 + 1e-6)
    #expect(result.status == .optimal || result.stopReason == .gapLimit)
    #expect(result.status != .optimal || abs(objective - optimum) <= 1e-6 * optimum)
  }

  @Test("A start is never lost, and a wrong one does no harm", arguments: BackEnd.installed)
  func starts(backEnd: BackEnd) async throws {
    let solver = try backEnd.found.get()
    let model = RandomModels.tiny(.fixedCharge, seed: 3)
    let optimum = BruteForce(model).optimum()
    let best = try #require(try await solver.solveOffPool(model).values)
    let nothing = [Double](repeating: 0, count: best.count)
    let wrong = model.columns.map { $0.upper * 2 }
    for start in [best, nothing, wrong] {
      let result = try await solver.solveOffPool(model, options: MIPOptions(start: start))
      try expect(result, hasOptimum: optimum, of: model)
    }
    let atOnce = try await solver.solveOffPool(
      model, options: MIPOptions(timeLimit: .zero, start: best))
    #expect(atOnce.status == .feasible)
    #expect(atOnce.values == best)
    let unknown = try await solver.solveOffPool(
      model, options: MIPOptions(timeLimit: .zero, start: wrong))
    #expect(unknown.status == .noSolution)
    await #expect(throws: MIPOptionsError.self) {
      try await solver.solveOffPool(model, options: MIPOptions(start: [1]))
    }
  }

  private func expect(
    _ result: MIPResult, hasOptimum optimum: Double?, of model: MIPModel,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let status: MIPResult.Status = optimum == nil ? .infeasible : .optimal
    #expect(
      result.status == status, "\(model.name): \(result.rawStatus)",
      sourceLocation: sourceLocation)
    guard let optimum, let objective = result.objective else { return }
    // Relative to the largest worth in the model, so that small scales are judged as strictly.
    let unit = model.columns.reduce(max(1e-9, abs(optimum))) { max($0, abs($1.objective)) }
    #expect(
      abs(objective - optimum) <= 1e-6 * unit, "\(model.name): \(objective), not \(optimum)",
      sourceLocation: sourceLocation)
    if let bound = result.bound {
      #expect(bound >= optimum - 1e-6 * unit, "\(model.name)", sourceLocation: sourceLocation)
    }
    try expectSolution(result, of: model)
  }
}
