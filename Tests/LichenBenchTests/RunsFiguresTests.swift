import Foundation
import LichenTestSupport
import Testing

@testable import LichenBench

@Suite("Figures of a benchmark")
struct RunsFiguresTests {
  @Test("a performance profile of three instances, by hand")
  func profile() {
    // Costs: A 1, 4, unsolved; B 2, 2, unsolved. Ratios: A 1, 2; B 2, 1.
    let profile = PerformanceProfile(costs: [[1, 4, nil], [2, 2, nil]])
    #expect(profile.ratios == [[1, 2], [1, 2]])
    #expect(profile.share(of: 0, within: 1) == 1.0 / 3)
    #expect(profile.share(of: 1, within: 1.99) == 1.0 / 3)
    #expect(profile.share(of: 1, within: 2) == 2.0 / 3)
    #expect(profile.share(of: 1, within: 1e9) == 2.0 / 3)
  }

  @Test("primal and dual integrals of steps, by hand")
  func integrals() {
    let curve = [
      ProgressPoint(seconds: 2, incumbent: 50, bound: nil),
      ProgressPoint(seconds: 4, incumbent: 80, bound: 200),
      ProgressPoint(seconds: 5, incumbent: 100, bound: 125),
    ]
    // Gaps 1, 0.5, 0.2, 0 over 2, 2, 1, 5 seconds.
    #expect(abs(AnytimeIntegral.primal(curve, best: 100, horizon: 10) - 3.2) < 1e-12)
    // Gaps 1, 0.5, 0.2 over 4, 1, 5 seconds.
    #expect(abs(AnytimeIntegral.dual(curve, best: 100, horizon: 10) - 5.5) < 1e-12)
    #expect(abs(AnytimeIntegral.primal(curve, best: 100, horizon: 3) - 2.5) < 1e-12)
    #expect(AnytimeIntegral.gap(-1, to: 1) == 1)
    #expect(AnytimeIntegral.gap(0, to: 0) == 0)
    #expect(AnytimeIntegral.gap(nil, to: 5) == 1)
  }

  @Test("the slope of a power law is found again")
  func scaling() throws {
    let fit = try #require(ScalingFit([10, 100, 1000].map { (x: $0, y: 0.5 * pow($0, 1.3)) }))
    #expect(abs(fit.slope - 1.3) < 1e-12)
    #expect(abs(fit.factor - 0.5) < 1e-12)
    #expect(ScalingFit([(x: 5, y: 1), (x: 5, y: 2)]) == nil)
  }

  @Test("a curve rises only, ends with the judged value and is cut down to it")
  func curve() {
    var curve = ProgressCurve()
    curve.found(10, at: 1)
    curve.found(9, at: 2)
    curve.proved(50, at: 3)
    curve.proved(60, at: 4)
    curve.found(30, at: 5)
    let points = curve.ended(at: 6, value: 20, bound: 40, most: 100)
    #expect(points.map(\.seconds) == [1, 3, 5, 6])
    #expect(points.map(\.incumbent) == [10, 10, 20, 20])
    #expect(points.map(\.bound) == [nil, 50, 50, 40])
    var long = ProgressCurve()
    for step in 0..<1000 { long.found(Double(step), at: Double(step)) }
    let thin = long.ended(at: 1000, value: 999, bound: nil, most: 50)
    #expect(thin.count == 50)
    #expect(thin.first?.seconds == 0 && thin.last?.seconds == 1000)
  }

  @Test("known values only improve, whatever comes", arguments: [UInt64(1), 2, 3])
  func knownValues(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var known = try KnownValues(text: "# kept\nx 5 - -\ny - 90 by hand\n")
    for _ in 0..<200 {
      let before = known["x"]
      known.improve(
        "x", objective: random.chance(0.5) ? random.number(in: 0...50) : nil,
        bound: random.chance(0.5) ? random.number(in: 50...100) : nil, provedBy: "somebody")
      let after = known["x"]
      #expect(after.objective ?? -.infinity >= before.objective ?? -.infinity)
      #expect(after.bound ?? .infinity <= before.bound ?? .infinity)
    }
    let again = try KnownValues(text: known.text)
    #expect(again == known)
    #expect(known.text.hasPrefix("# kept\n"))
    #expect(known["y"] == KnownValues.Entry(bound: 90, provedBy: "by hand"))
  }

  @Test("a malformed line of known values is told with its place")
  func badKnownValues() {
    #expect(throws: KnownValuesError.badLine(1, "x 5")) { try KnownValues(text: "x 5\n") }
    #expect(throws: KnownValuesError.badNumber(2, "five")) {
      try KnownValues(text: "a 1 2 b\nx five - -\n")
    }
    #expect(throws: KnownValuesError.twice(2, "a")) { try KnownValues(text: "a 1 2 b\na 1 2 b\n") }
    #expect(throws: KnownValuesError.boundBelowObjective(1, "a")) {
      try KnownValues(text: "a 9 2 b\n")
    }
  }

  @Test("wrong answers are found, and right ones are not")
  func wrongAnswers() throws {
    func record(_ algorithm: String, value: Double?, bound: Double? = nil) -> RunRecord {
      var record = RunRecord(
        key: RunRecord.Key(
          instance: "i", algorithm: algorithm, seconds: 1, seed: 1, threads: 1, version: "v"))
      record.status = value == nil ? .noPlan : .feasible
      record.value = value
      record.bound = bound
      return record
    }
    let known = try KnownValues(text: "i 90 100 somebody\n")
    #expect(WrongAnswer.all(in: [record("a", value: 95, bound: 99)], known: known).isEmpty)
    #expect(WrongAnswer.all(in: [record("a", value: 101)], known: known).count == 1)
    // Below what is known, and below what another has reached.
    #expect(WrongAnswer.all(in: [record("a", value: 80, bound: 85)], known: known).count == 1)
    let both = [record("a", value: 95), record("b", value: nil, bound: 94)]
    #expect(WrongAnswer.all(in: both, known: known).map(\.algorithm) == ["b"])
    var rejected = record("c", value: nil)
    rejected.status = .rejected
    rejected.violations = ["supply of output 1 is missed by 3.0"]
    #expect(WrongAnswer.all(in: [rejected], known: known).count == 1)
    // Nothing of an instance with a wrong answer goes into the known values.
    let result = BenchmarkResult(
      set: "s", machine: MachineDescription(versions: [:], commit: nil, started: Date()),
      algorithms: [], instances: ["i"], limits: RunLimits(seconds: 1),
      records: [record("a", value: 101)], known: known)
    #expect(result.improving(known) == known)
  }
}
