import LichenMatching
import LichenPlanning
import Testing

@Suite("What model files say")
struct ModelFileTests {
  private var model: MIPModel {
    var model = MIPModel(name: "two arcs", objectiveConstant: 5)
    model.addColumn(MIPColumn(name: "flow", upper: 7.5, objective: 2))
    model.addColumn(.binary(name: "open", objective: -3))
    model.addRow(MIPRow(name: "capacity", upper: 0, entries: [(0, 1), (1, -7.5)]))
    model.addRow(MIPRow(name: "range", lower: 1, upper: 4, entries: [(0, 1)]))
    return model
  }

  @Test("MPS says that it was a maximisation, and negates objective and constant")
  func mpsObjective() throws {
    let lines = try MPSWriter().text(for: model).split(separator: "\n")
    #expect(lines.contains("* Maximisation written as minimisation: negate the objective value."))
    #expect(lines.contains(" c_flow objective -2"))
    #expect(lines.contains(" c_open objective 3"))
    #expect(lines.contains(" constant objective -5"))
    #expect(lines.contains(" FX BND constant 1"))
  }

  @Test("MPS writes a two-sided row as its upper side and a range")
  func mpsRows() throws {
    let lines = try MPSWriter().text(for: model).split(separator: "\n")
    #expect(lines.contains(" L r_range"))
    #expect(lines.contains(" RHS r_range 4"))
    #expect(lines.contains(" RNG r_range 3"))
  }

  @Test("MPS states both bounds and marks integer columns")
  func mpsColumns() throws {
    let text = try MPSWriter().text(for: model)
    #expect(text.contains(" LO BND c_open 0\n UP BND c_open 1\n"))
    #expect(text.contains(" MARKER_1 'MARKER' 'INTORG'\n c_open"))
    #expect(text.contains(" MARKER_2 'MARKER' 'INTEND'\n"))
  }

  @Test("LP maximises and carries its constant by a fixed column")
  func lpObjective() throws {
    let text = try CPLEXLPWriter().text(for: model)
    #expect(text.contains("Maximize\n objective: + 2 c_flow - 3 c_open + 5 constant\n"))
    #expect(text.contains("\n constant = 1\n"))
    #expect(text.contains("\nGenerals\n c_open\nEnd\n"))
  }

  @Test("LP writes a two-sided row as two rows")
  func lpRows() throws {
    let text = try CPLEXLPWriter().text(for: model)
    #expect(text.contains(" r_range: + 1 c_flow <= 4\n lower_r_range: + 1 c_flow >= 1\n"))
  }

  @Test("Numbers read back exactly", arguments: [0.1, 1.0 / 3, 1e-9, 123_456_789.123_456_7, 1e22])
  func exactNumbers(value: Double) throws {
    var model = MIPModel(name: "numbers")
    model.addColumn(MIPColumn(name: "x", upper: value))
    let text = try CPLEXLPWriter().text(for: model)
    let line = try #require(text.split(separator: "\n").first { $0.contains("<= c_x <=") })
    let written = try #require(line.split(separator: " ").last)
    #expect(Double(written) == value)
  }

  @Test("Names are plain, unique, of 3 to 255 characters and the same on every run")
  func names() throws {
    var model = MIPModel(name: "names\nSTAINS")
    let awkward = ["", "x", "x", "x_1", "ä b", "constant", "objective", "End", "1e5"]
    for name in awkward + [String(repeating: "long", count: 200)] {
      model.addColumn(MIPColumn(name: name))
    }
    model.addRow(MIPRow(name: "x", upper: 1, entries: [(0, 1)]))
    let text = try MPSWriter().text(for: model)
    let fields = text.split(separator: "\n").map { $0.split(separator: " ") }
    let names = fields.filter { $0.count == 3 && $0[1] == "objective" }.map { String($0[0]) }
    #expect(Set(names).count == model.columns.count)
    #expect(names.allSatisfy { (3...255).contains($0.count) })
    #expect(text.unicodeScalars.allSatisfy { $0.isASCII })
    #expect(text.hasPrefix("* names?STAINS\n"))
    #expect(try MPSWriter().text(for: model) == text)
  }

  @Test("A model that is not well formed is not written")
  func refuses() {
    var broken = model
    broken.rows[0].entries[0].column = 9
    #expect(throws: MIPModelError.self) { try MPSWriter().text(for: broken) }
    #expect(throws: MIPModelError.self) { try CPLEXLPWriter().text(for: broken) }
  }
}
