import GLPKSolver
import LichenPlanning
import Testing

@Suite("What the status says", .timeLimit(.minutes(1)))
struct StatusTests {
  private let solver = GLPKSolver()

  @Test("Contradictory rows are infeasible", arguments: [true, false])
  func infeasible(isInteger: Bool) throws {
    var model = MIPModel(name: "contradiction")
    model.addColumn(MIPColumn(name: "x", upper: 10, objective: 1, isInteger: isInteger))
    model.addRow(MIPRow(name: "low", upper: 3, entries: [(0, 1)]))
    model.addRow(MIPRow(name: "high", lower: 4, entries: [(0, 1)]))
    try expect(model, is: .infeasible)
  }

  @Test("A program without whole points is infeasible although its relaxation is not")
  func wholePointsMissing() throws {
    var model = MIPModel(name: "odd")
    for name in ["x", "y", "z"] {
      model.addColumn(MIPColumn(name: name, upper: 9, objective: 1, isInteger: true))
    }
    model.addRow(MIPRow(name: "odd sum", lower: 7, upper: 7, entries: [(0, 2), (1, 4), (2, 6)]))
    try expect(model, is: .infeasible)
  }

  @Test("An empty row that cannot hold is infeasible")
  func emptyRow() throws {
    var model = MIPModel(name: "empty row")
    model.addColumn(.binary(name: "x", objective: 1))
    model.addRow(MIPRow(name: "0 >= 1", lower: 1, entries: []))
    try expect(model, is: .infeasible)
  }

  @Test("An objective without end is unbounded", arguments: [true, false])
  func unbounded(isInteger: Bool) throws {
    var model = MIPModel(name: "endless")
    model.addColumn(MIPColumn(name: "x", objective: 1, isInteger: isInteger))
    model.addColumn(MIPColumn(name: "y", objective: -1, isInteger: isInteger))
    model.addRow(MIPRow(name: "apart", upper: 5, entries: [(0, 1), (1, -2)]))
    try expect(model, is: .unbounded)
  }

  @Test("An unbounded relaxation without a whole point is infeasible, not unbounded")
  func unboundedRelaxationOnly() throws {
    var model = MIPModel(name: "endless but odd")
    model.addColumn(MIPColumn(name: "endless", objective: 1))
    model.addColumn(MIPColumn(name: "y", upper: 9, isInteger: true))
    model.addColumn(MIPColumn(name: "z", upper: 9, isInteger: true))
    model.addRow(MIPRow(name: "even is odd", lower: 7, upper: 7, entries: [(1, 2), (2, 4)]))
    try expect(model, is: .infeasible)
  }

  @Test("A model without columns has its constant as optimum")
  func noColumns() throws {
    let result = try solver.solve(MIPModel(name: "nothing", objectiveConstant: 3))
    #expect(result.status == .optimal)
    #expect(result.objective == 3)
    #expect(result.values == [])
  }

  @Test("Columns without rows go to their better bound", arguments: [true, false])
  func noRows(isInteger: Bool) throws {
    var model = MIPModel(name: "no rows", objectiveConstant: 1)
    model.addColumn(
      MIPColumn(name: "up", lower: -2, upper: 5, objective: 2, isInteger: isInteger))
    model.addColumn(
      MIPColumn(name: "down", lower: -3, upper: 5, objective: -1, isInteger: isInteger))
    let result = try solver.solve(model)
    #expect(result.status == .optimal)
    #expect(result.values == [5, -3])
    #expect(result.objective == 14)
  }

  /// A search that takes 1e-7 for 0 lets one unit through a gate of 1e7 without opening it.
  @Test("Nothing flows through a closed gate, however wide it is", arguments: [1e5, 1e6, 1e7, 1e8])
  func trickleFlow(width: Double) throws {
    var model = MIPModel(name: "gate")
    let flow = model.addColumn(MIPColumn(name: "flow", upper: 1, objective: 10))
    let open = model.addColumn(.binary(name: "open", objective: -4))
    model.addRow(MIPRow(name: "gate", upper: 0, entries: [(flow, 1), (open, -width)]))
    let result = try solver.solve(model)
    #expect(result.status == .optimal, "\(result.rawStatus)")
    #expect(result.values == [1, 1])
    #expect(result.objective == 6)
  }

  @Test("Reports name the solver and its version")
  func names() {
    #expect(solver.name == "GLPK")
    #expect(solver.version.split(separator: ".").count == 2)
  }

  private func expect(
    _ model: MIPModel, is status: MIPResult.Status,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let result = try solver.solve(model)
    #expect(result.status == status, "\(result.rawStatus)", sourceLocation: sourceLocation)
    #expect(result.stopReason == .completed, sourceLocation: sourceLocation)
    #expect(result.objective == nil, sourceLocation: sourceLocation)
    #expect(result.values == nil, sourceLocation: sourceLocation)
    #expect(result.gap == nil, sourceLocation: sourceLocation)
  }
}
