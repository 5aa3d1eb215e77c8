import Foundation
import GLPKSolver
import LichenEngine
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenBench

@Suite("Instances: to and from other forms")
struct InstancesConversionTests {
  private static func optimum(_ program: MIPModel) throws -> Double {
    let result = try GLPKSolver().solve(program, options: MIPOptions(), control: SolveControl())
    #expect(result.status == .optimal)
    return try #require(result.objective)
  }

  private static func program(_ instance: Instance) -> MIPModel {
    MIPBuilder(model: instance.model).program(maximising: .benefit)
  }

  @Test(
    "a park as an instance keeps its optimum, before and after it is written",
    arguments: [
      "kalundborg", "kwinana", "mekong-agro",
    ])
  func parks(_ name: String) throws {
    let engine = Repository.engine
    let park = try engine.park(at: Repository.park(name))
    let options = PlanningOptions(settings: park.settings)
    let wanted = try Self.optimum(try engine.program(park, options: options))
    let instance = try engine.instance(park, options: options)
    let folder = try InstancesFolder()
    try InstanceWriter.write(instance, to: folder.url, replacing: true)
    let again = try folder.read().instance
    expectEqual(instance, again)
    let found = try Self.optimum(Self.program(again))
    #expect(abs(found - wanted) <= 1e-7 * max(1, abs(wanted)))
  }

  @Test("a carbon price is worked into the benefits")
  func carbonPrice() throws {
    let engine = Repository.engine
    let park = try engine.park(at: Repository.park("kalundborg"))
    var options = PlanningOptions(settings: park.settings)
    options.objective = .carbonPriced
    options.carbonPrice = 250
    let wanted = try Self.optimum(try engine.program(park, options: options))
    let found = try Self.optimum(Self.program(try engine.instance(park, options: options)))
    #expect(abs(found - wanted) <= 1e-7 * max(1, abs(wanted)))
  }

  @Test(
    "glpsol finds the same optimum in an instance's MPS and LP",
    .enabled(if: Repository.command("glpsol") != nil, "glpsol is not installed"),
    arguments: [
      "A", "B", "C", "D", "K", "F", "BCDKF",
    ])
  func otherSolvers(_ letters: String) throws {
    let instance = InstanceGenerator.instance(
      InstanceRequest(
        family: .clustered, enterprises: 20, seed: 6,
        variant: try #require(InstanceRequest.Variant(letters))))
    let folder = try InstancesFolder()
    try InstanceWriter.write(instance, to: folder.url, replacing: true)
    let read = try folder.read().instance
    let program = Self.program(read)
    let ours = try Self.optimum(Self.program(instance))
    let mps = try Judge.optimum(MPSWriter().text(for: program), flag: "--freemps")
    let lp = try Judge.optimum(CPLEXLPWriter().text(for: program), flag: "--lp")
    #expect(abs(mps + ours) <= 1e-6 * max(1, abs(ours)))
    #expect(abs(lp - ours) <= 1e-6 * max(1, abs(ours)))
  }

  /// The solver as a program of its own, which reads files that are not its own.
  private enum Judge {
    static func optimum(_ text: String, flag: String) throws -> Double {
      let folder = try InstancesFolder(["model": text])
      let solution = folder.url.appendingPathComponent("solution")
      let outcome = try Repository.run(
        URL(fileURLWithPath: "/usr/bin/env"),
        [
          "glpsol", flag, folder.url.appendingPathComponent("model").path, "--write", solution.path,
        ])
      #expect(outcome.status == 0, "\(outcome.output)")
      let lines = try String(contentsOf: solution, encoding: .utf8).split(separator: "\n")
      let status = try #require(lines.first { $0.hasPrefix("s mip") }).split(separator: " ")
      #expect(status[4] == "o")
      return try #require(Double(status[5]))
    }
  }
}
