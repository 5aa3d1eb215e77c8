import Foundation
import GLPKSolver
import LichenDomain
import LichenEngine
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

/// Other programs read the exported problem and reach the same optimum.
@Suite(.serialized)
struct ExportTests {
  /// 50 parks of 30 enterprises, exported once.
  private static func exported(to folder: URL) throws -> [(seed: Int, objective: Double)] {
    try (0..<50).map { seed in
      var random = RandomPark(seed: UInt64(1_000 + seed))
      let park = try Repository.engine.park(random.declaration(enterprises: 30, streams: 4...11))
      var options = PlanningOptions()
      if seed % 3 == 0 { options.partnerLimit = 2 }
      if seed % 4 == 0 { options.capitalBudget = 1_000_000 }
      let program = try Repository.engine.program(park, options: options)
      let result = try GLPKSolver().solve(program)
      #expect(result.status == .optimal, "seed \(seed)")
      try MPSWriter().text(for: program)
        .write(to: folder.appendingPathComponent("\(seed).mps"), atomically: true, encoding: .utf8)
      try CPLEXLPWriter().text(for: program)
        .write(to: folder.appendingPathComponent("\(seed).lp"), atomically: true, encoding: .utf8)
      return (seed, result.objective ?? .nan)
    }
  }

  private static func agree(_ left: Double, _ right: Double) -> Bool {
    abs(left - right) <= 1e-6 * max(1, abs(left), abs(right))
  }

  @Test(
    "glpsol solves the exported MPS and LP to our optimum",
    .enabled(if: Repository.command("glpsol") != nil, "glpsol is not installed"))
  func glpsol() throws {
    let command = try #require(Repository.command("glpsol"))
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for (seed, objective) in try Self.exported(to: folder) {
      for (format, sign) in [("mps", -1.0), ("lp", 1.0)] {
        let report = folder.appendingPathComponent("\(seed).\(format).out")
        let file = folder.appendingPathComponent("\(seed).\(format)").path
        _ = try Repository.run(
          command, [format == "mps" ? "--freemps" : "--lp", file, "--cuts", "-w", report.path])
        let text = try String(contentsOf: report, encoding: .utf8)
        // "s mip ROWS COLUMNS STATUS OBJECTIVE", or "s bas … … … … OBJECTIVE" without integers.
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("s ") })
        let value = try #require(line.split(separator: " ").last.flatMap { Double($0) })
        #expect(Self.agree(sign * value, objective), "seed \(seed) \(format): \(line)")
      }
    }
  }

  @Test(
    "HiGHS solves the exported MPS and LP to our optimum",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func highs() throws {
    let python = try #require(Repository.judgesPython)
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let expected = try Self.exported(to: folder)
    let outcome = try Repository.run(
      python, [Repository.root.appendingPathComponent("Tests/judges/solve.py").path, folder.path])
    #expect(outcome.status == 0, "\(outcome.error)")
    var values: [String: Double] = [:]
    for line in outcome.output.split(separator: "\n") {
      let parts = line.split(separator: " ")
      if parts.count == 2 { values[String(parts[0])] = Double(parts[1]) }
    }
    for (seed, objective) in expected {
      let minimum = try #require(values["\(seed).mps"])
      let maximum = try #require(values["\(seed).lp"])
      #expect(Self.agree(-minimum, objective), "seed \(seed)")
      #expect(Self.agree(maximum, objective), "seed \(seed)")
    }
  }

  @Test("In CI every judge is installed", .enabled(if: Repository.isCI, "not in CI"))
  func judgesInCI() {
    #expect(Repository.judgesPython != nil)
    #expect(Repository.command("glpsol") != nil)
  }
}
