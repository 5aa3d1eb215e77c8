import Foundation
import GLPKSolver
import LichenDomain
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenBench

@Suite("Instances: classical problems")
struct InstancesClassicalTests {
  private static let folder = Repository.root.appendingPathComponent(
    "Benchmarks/instances/classical")

  private static func instance(_ name: String) throws -> Instance {
    try InstanceReader.read(folder: folder.appendingPathComponent(name)).instance
  }

  private static func optimum(_ instance: Instance) throws -> Double {
    let program = MIPBuilder(model: instance.model).program(maximising: .benefit)
    let result = try GLPKSolver().solve(program, options: MIPOptions(), control: SolveControl())
    #expect(result.status == .optimal)
    return try #require(result.objective)
  }

  // bk4x3: Balinski 1961; gr4x6: Gray 1971; bal8x12: Balinski 1961; all as in the data sets' source.
  @Test(
    "GLPK proves the published optimum",
    arguments: [
      ("bk4x3", 350), ("gr4x6", 202.35), ("bal8x12", 471.55), ("cap71", 932_615.75),
    ])
  func published(_ name: String, _ cost: Double) throws {
    let instance = try Self.instance(name)
    #expect(abs(try Self.optimum(instance) + cost) < 1e-6 * cost)
    #expect(instance.bestKnown?.objective == -cost)
  }

  @Test("every classical instance reads without a warning and says what is known of it")
  func allRead() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
    let folders = names.filter {
      InstanceReader.isInstance(Self.folder.appendingPathComponent($0))
    }
    #expect(folders.count >= 12)
    for name in folders {
      let (instance, warnings) = try InstanceReader.read(
        folder: Self.folder.appendingPathComponent(name))
      #expect(warnings.isEmpty && instance.name == name && !instance.source.isEmpty)
      #expect(instance.bestKnown?.objective != nil, "\(name)")
      #expect(instance.model.leastNeeds == instance.model.needs)
      // Whole folders are as the writer would write them.
      for (file, bytes) in InstanceWriter.files(instance) {
        let url = Self.folder.appendingPathComponent(name).appendingPathComponent(file)
        #expect(try Array(Data(contentsOf: url)) == bytes, "\(name)/\(file)")
      }
    }
  }

  private let text = ClassicalText(name: "t", source: "here", licence: "none")

  @Test("rows and matrices say the same, counted from 0 or from 1")
  func transportationForms() throws {
    let matrices = try text.instance(
      "# two by three\n2 3\n10 20\n5 15 10\n1 2 3\n4 5 6\n7 8 9\n10 11 12\n", form: .transportation,
      file: "t.txt")
    for first in [0, 1] {
      var rows = "2 3\n10, 20\n5, 15, 10\n"
      for pair in 0..<6 {
        rows += "\(pair / 3 + first) \(pair % 3 + first) \(pair + 1) \(pair + 7)\n"
      }
      expectEqual(
        try text.instance(rows, form: .transportation, file: "t.txt"), matrices)
    }
    #expect(matrices.model.links.map(\.money) == [-1, -2, -3, -4, -5, -6])
    #expect(matrices.model.links.map(\.fixedCost) == [7, 8, 9, 10, 11, 12])
    #expect(matrices.model.links.map(\.upper) == [5, 10, 10, 5, 15, 10])
    #expect(matrices.model.leastNeeds == [5, 15, 10])
  }

  @Test("rows for half of the pairs are rows, though as many numbers as two matrices")
  func halfTheRows() throws {
    let instance = try text.instance(
      "2 2\n10 10\n5 5\n1 1 3 4\n2 2 5 6\n", form: .transportation, file: "t.txt")
    #expect(instance.model.links.map(\.money) == [-3, -5])
    #expect(instance.model.links.map(\.fixedCost) == [4, 6])
  }

  @Test("a location text: a site is a facility with a source of its own, costs are per demand")
  func location() throws {
    let reader = ClassicalText(name: "t", source: "", licence: "", capacity: 8)
    let instance = try reader.instance(
      " 2 2\n capacity 100.\n 9 50\n 4\n 8. 2\n 5\n 10 30\n", form: .location, file: "c.txt")
    let model = instance.model
    #expect(model.facilities.map(\.capacity) == [8, 9])
    #expect(model.facilities.map(\.openingCost) == [100, 50])
    #expect(model.supplies == [8, 9] && model.leastNeeds == [4, 5])
    #expect(model.links.map(\.money) == [0, 0, -2, -0.5, -2, -6])
    // The second alone serves both: 50 + 2 + 30. The first: 100 + 8 + 10, and only 8 of 9.
    #expect(abs(try Self.optimum(instance) + 82) < 1e-9)
  }

  @Test(
    "faults of a text are told with their lines",
    arguments: [
      ("2 x\n", "not-a-number", 1), ("2 2\n1 2\n3 -4\n1 1 1 1", "out-of-range", 3),
      ("2 2\n1 2\n3 4\n1 1 5", "missing-value", 4),
      ("2 2\n1 2\n3 4\n0 0 1 1\n2 1 1 1\n", "mixed-counting", nil),
      ("2 2\n1 2\n3 4\n1 3 1 1\n", "out-of-range", 4), ("", "missing-value", nil),
    ])
  func faults(_ content: String, _ code: String, _ row: Int?) {
    do {
      _ = try text.instance(content, form: .transportation, file: "t.txt")
      Issue.record("it reads")
    } catch {
      #expect(error.issues.contains { $0.code == code && $0.location.row == row }, "\(error)")
    }
  }
}
