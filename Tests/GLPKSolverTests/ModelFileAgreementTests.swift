import GLPKSolver
import LichenPlanning
import Testing

@Suite(
  "Written files mean the same model",
  .enabled(if: Glpsol.isInstalled, "glpsol is not installed"), .timeLimit(.minutes(3)))
struct ModelFileAgreementTests {
  /// Objectives within 1e-6, relative where they exceed 1.
  @Test("glpsol finds our optimum in the file", arguments: Glpsol.Format.allCases)
  func sameOptimum(format: Glpsol.Format) throws {
    var models = RandomModels.Family.allCases.flatMap { family in
      (UInt64(1)...12).map { RandomModels.tiny(family, seed: $0) }
    }
    models.append(RandomModels.linearTransport(sources: 6, sinks: 5, seed: 1))
    models.append(RandomModels.fixedChargeTransport(sources: 3, sinks: 4, seed: 1))
    models.append(Self.everyFeature)
    for model in models {
      let ours = try GLPKSolver().solve(model).objective
      let theirs = try optimum(of: model, format: format)
      try #require((ours == nil) == (theirs == nil), "\(model.name)")
      if let ours, let theirs {
        #expect(abs(ours - theirs) <= 1e-6 * max(1, abs(ours)), "\(model.name)")
      }
    }
  }

  @Test("The model with every feature is not trivial")
  func everyFeatureIsSolvable() throws {
    let result = try GLPKSolver().solve(Self.everyFeature)
    #expect(result.status == .optimal)
    try expectSolution(result, of: Self.everyFeature)
  }

  private func optimum(of model: MIPModel, format: Glpsol.Format) throws -> Double? {
    switch format {
    case .freeMPS:
      // The file asks for the minimum of the negated objective.
      try Glpsol.objective(of: MPSWriter().text(for: model), format: format).map { -$0 }
    case .cplexLP:
      try Glpsol.objective(of: CPLEXLPWriter().text(for: model), format: format)
    }
  }

  /// Every kind of bound and row, a constant, awkward names and numbers, a column in no row.
  static let everyFeature: MIPModel = {
    var model = MIPModel(name: "every feature\nof Müller & Söhne", objectiveConstant: -12.375)
    model.addColumn(MIPColumn(name: "free", lower: -.infinity, objective: 1))
    model.addColumn(MIPColumn(name: "x", upper: 7.25, objective: 1.0 / 3))
    model.addColumn(MIPColumn(name: "x", lower: -.infinity, upper: 3, objective: 0.1))
    model.addColumn(MIPColumn(name: "fixed", lower: 2.5, upper: 2.5, objective: -4))
    model.addColumn(MIPColumn(name: "n n", lower: -3, upper: 40, objective: 2, isInteger: true))
    model.addColumn(MIPColumn(name: "e12", lower: 1, objective: -1, isInteger: true))
    model.addColumn(MIPColumn(name: "", lower: -8, upper: -2, objective: -1e-3))
    model.addColumn(.binary(name: "Straße→Süd", objective: 1e3))
    model.addColumn(MIPColumn(name: "negative", lower: -9, upper: -4, isInteger: true))
    let all = model.columns.indices.filter { $0 != 6 }.map { (column: $0, value: 1.0) }
    model.addRow(MIPRow(name: "a", upper: 30, entries: all))
    model.addRow(MIPRow(name: "a", lower: -5, upper: 20, entries: [(0, 1), (4, -0.75)]))
    model.addRow(MIPRow(name: "lower_a", lower: -40, entries: [(2, 1), (8, 1)]))
    model.addRow(MIPRow(name: "=", lower: 6, upper: 6, entries: [(1, 1), (5, 2)]))
    model.addRow(MIPRow(name: "free row", entries: [(1, 1)]))
    model.addRow(MIPRow(name: "empty", upper: 1, entries: []))
    return model
  }()
}
