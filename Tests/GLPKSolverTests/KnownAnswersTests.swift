import GLPKSolver
import LichenPlanning
import Testing

@Suite("Known answers", .timeLimit(.minutes(1)))
struct KnownAnswersTests {
  private let solver = GLPKSolver()

  /// Hillier and Lieberman, Introduction to Operations Research, Wyndor Glass Co.: optimum 36 at
  /// (2, 6) and shadow prices 0, 3/2 and 1 (sections 3.1 and 4.7). Tolerance 1e-9.
  @Test("Shadow prices of a textbook program")
  func wyndorGlass() throws {
    var model = MIPModel(name: "Wyndor Glass Co.")
    let doors = model.addColumn(MIPColumn(name: "doors", objective: 3))
    let windows = model.addColumn(MIPColumn(name: "windows", objective: 5))
    model.addRow(MIPRow(name: "plant 1", upper: 4, entries: [(doors, 1)]))
    model.addRow(MIPRow(name: "plant 2", upper: 12, entries: [(windows, 2)]))
    model.addRow(MIPRow(name: "plant 3", upper: 18, entries: [(doors, 3), (windows, 2)]))
    let result = try solver.solve(model)
    #expect(result.status == .optimal)
    #expect(result.rawStatus == "glp_simplex 0, GLP_OPT")
    expectClose([try #require(result.objective)], [36])
    expectClose(try #require(result.values), [2, 6])
    expectClose(try #require(result.rowDuals), [0, 1.5, 1])
    expectClose(try #require(result.reducedCosts), [0, 0])
    #expect(result.nodes == 0)
  }

  /// Winston, Operations Research: Applications and Algorithms, Dakota Furniture (chapter 6):
  /// optimum 280 with 2 desks and 8 chairs, shadow prices 0, 10, 10, reduced cost of tables 5,
  /// which in our sign is what a forced table adds: -5. Tolerance 1e-9.
  @Test("Reduced cost of a product not made")
  func dakotaFurniture() throws {
    var model = MIPModel(name: "Dakota Furniture")
    for (name, price) in [("desks", 60.0), ("tables", 30), ("chairs", 20)] {
      model.addColumn(MIPColumn(name: name, objective: price))
    }
    model.addRow(MIPRow(name: "lumber", upper: 48, entries: [(0, 8), (1, 6), (2, 1)]))
    model.addRow(MIPRow(name: "finishing", upper: 20, entries: [(0, 4), (1, 2), (2, 1.5)]))
    model.addRow(MIPRow(name: "carpentry", upper: 8, entries: [(0, 2), (1, 1.5), (2, 0.5)]))
    let result = try solver.solve(model)
    expectClose([try #require(result.objective)], [280])
    expectClose(try #require(result.values), [2, 0, 8])
    expectClose(try #require(result.rowDuals), [0, 10, 10])
    expectClose(try #require(result.reducedCosts), [0, -5, 0])
  }

  /// Winston, the same book, Gandhi Cloth Company (section 9.2, fixed-charge problems): optimum
  /// 75, only pants, 25 of them. Tolerance 1e-9.
  @Test("A fixed-charge problem from a textbook")
  func gandhiCloth() throws {
    var model = MIPModel(name: "Gandhi Cloth Company")
    for (name, profit) in [("shirts", 6.0), ("shorts", 4), ("pants", 7)] {
      model.addColumn(MIPColumn(name: name, objective: profit, isInteger: true))
    }
    for (name, rent) in [("shirt rent", 200.0), ("shorts rent", 150), ("pants rent", 100)] {
      model.addColumn(.binary(name: name, objective: -rent))
    }
    model.addRow(MIPRow(name: "labour", upper: 150, entries: [(0, 3), (1, 2), (2, 6)]))
    model.addRow(MIPRow(name: "cloth", upper: 160, entries: [(0, 4), (1, 3), (2, 4)]))
    for (product, most) in [(0, 40.0), (1, 53), (2, 25)] {
      model.addRow(
        MIPRow(name: "needs machine", upper: 0, entries: [(product, 1), (product + 3, -most)]))
    }
    let result = try solver.solve(model)
    #expect(result.status == .optimal)
    #expect(result.stopReason == .completed)
    expectClose([try #require(result.objective)], [75])
    expectClose(try #require(result.values), [0, 0, 25, 0, 0, 1])
    #expect(result.rowDuals == nil)
  }

  private func expectClose(
    _ found: [Double], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    for (index, (left, right)) in zip(found, expected).enumerated() {
      #expect(abs(left - right) <= 1e-9, "value \(index)", sourceLocation: sourceLocation)
    }
  }
}
