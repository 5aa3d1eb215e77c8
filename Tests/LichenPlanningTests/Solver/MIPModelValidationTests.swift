import LichenMatching
import LichenPlanning
import Testing

@Suite("A model is checked as a whole before it is solved")
struct MIPModelValidationTests {
  private var good: MIPModel {
    var model = MIPModel(name: "good", objectiveConstant: 1)
    model.addColumn(MIPColumn(name: "flow", upper: 5.5, objective: 2))
    model.addColumn(.binary(name: "open", objective: -3))
    model.addRow(MIPRow(name: "capacity", upper: 0, entries: [(0, 1), (1, -5.5)]))
    return model
  }

  @Test("A well-formed model passes")
  func passes() throws {
    try good.validate()
    #expect(good.issues().isEmpty)
    try MIPModel(name: "empty").validate()
  }

  @Test("Infinite bounds on their own side pass, also for integer columns")
  func infiniteBounds() throws {
    var model = good
    model.addColumn(
      MIPColumn(name: "free", lower: -.infinity, upper: .infinity, isInteger: true))
    model.addRow(MIPRow(name: "free", entries: []))
    try model.validate()
  }

  @Test("NaN and infinite numbers are found", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(value: Double) {
    var model = good
    model.objectiveConstant = value
    model.columns[0].objective = value
    model.rows[0].entries[1].value = value
    #expect(model.issues().count == 3)
  }

  @Test("Bounds that admit no number are found once each")
  func bounds() {
    var model = good
    model.columns[0].lower = .infinity
    model.columns[1].upper = .nan
    model.rows[0].upper = -.infinity
    #expect(model.issues().count == 3)
  }

  @Test("Crossed bounds are named with their place")
  func crossedBounds() {
    var model = good
    model.columns[0].lower = 6
    model.rows[0].lower = 1
    #expect(
      model.issues() == [
        .columnBoundsCrossed(column: 0, name: "flow", lower: 6, upper: 5.5),
        .rowBoundsCrossed(row: 0, name: "capacity", lower: 1, upper: 0),
      ])
  }

  @Test("Integer columns need whole bounds")
  func integerBounds() {
    var model = good
    model.columns[1].upper = 1.5
    #expect(
      model.issues() == [.integerBoundNotWhole(column: 1, name: "open", lower: 0, upper: 1.5)])
  }

  @Test("Columns out of range and columns named twice are found", arguments: [-1, 2, .max, .min])
  func indices(index: Int) {
    var model = good
    model.rows[0].entries += [(index, 1), (0, 2)]
    #expect(
      model.issues() == [
        .columnIndexOutOfRange(row: 0, name: "capacity", column: index, columnCount: 2),
        .duplicateColumn(row: 0, name: "capacity", column: 0),
      ])
  }

  @Test("The same column in two rows is no duplicate")
  func noDuplicate() throws {
    var model = good
    model.addRow(MIPRow(name: "again", upper: 1, entries: [(0, 1)]))
    try model.validate()
  }

  @Test("One error lists every issue, in model order")
  func collects() throws {
    var model = good
    model.columns[0].objective = .nan
    model.columns[1].upper = 0.5
    model.rows[0].entries[0].column = 7
    let error = try #require(throws: MIPModelError.self) { try model.validate() }
    #expect(error.modelName == "good")
    #expect(error.issues.count == 3)
    let lines = error.description.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[1].hasPrefix("Column 0 'flow' has the objective coefficient nan"))
    #expect(lines[3] == "Row 0 'capacity' names column 7, but the model has 2 columns.")
  }

  @Test("A long list is cut short in print only")
  func cutsShort() throws {
    var model = MIPModel(name: "long")
    for index in 0..<100 {
      model.addColumn(MIPColumn(name: "x\(index)", objective: .nan))
    }
    let error = try #require(throws: MIPModelError.self) { try model.validate() }
    #expect(error.issues.count == 100)
    #expect(error.description.hasSuffix("... and 80 more."))
  }
}
