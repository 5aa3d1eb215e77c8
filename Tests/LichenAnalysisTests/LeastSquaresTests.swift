import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Least squares under limits")
struct LeastSquaresTests {
  @Test("two figures meet at the mean weighted by their variances")
  func weightedMean() throws {
    let problem = LeastSquares(
      targets: [100, 130], deviations: [5, 10],
      rows: [.init(entries: [(0, -1), (1, 1)], limit: 0)])
    let solution = try #require(problem.solve())
    // Reference value: (100/25 + 130/100) / (1/25 + 1/100) = 106.
    #expect(abs(solution.values[0] - 106) < 1e-9)
    #expect(abs(solution.values[1] - 106) < 1e-9)
  }

  @Test("a bound that bites leaves the rest to the other figure")
  func bound() throws {
    let problem = LeastSquares(
      targets: [100, 130], deviations: [5, 10],
      rows: [
        .init(entries: [(0, -1), (1, 1)], limit: 0), .init(entries: [(0, 1)], limit: 102),
      ])
    let solution = try #require(problem.solve())
    #expect(abs(solution.values[0] - 102) < 1e-9)
    #expect(abs(solution.values[1] - 102) < 1e-9)
  }

  @Test("nothing is changed where nothing is broken")
  func untouched() {
    let problem = LeastSquares(
      targets: [10, 5], deviations: [1, 1], rows: [.init(entries: [(0, -1), (1, 1)], limit: 0)])
    #expect(problem.solve()?.values == [10, 5])
  }

  /// The conditions of Karush, Kuhn and Tucker prove a solution of a convex problem best.
  @Test("solutions satisfy the optimality conditions", arguments: 1...60)
  func optimality(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = random.whole(in: 2...8)
    let targets = (0..<count).map { _ in random.number(in: 1...100) }
    let deviations = (0..<count).map { _ in random.number(in: 0.5...20) }
    // A point that satisfies every row, so that there is a solution.
    let inside = targets.map { $0 * random.number(in: 0.7...1.3) }
    var rows: [LeastSquares.Row] = []
    for _ in 0..<random.whole(in: 1...6) {
      let entries = (0..<count).compactMap { variable in
        random.chance(0.6) ? (variable: variable, value: random.number(in: -2...2)) : nil
      }
      let activity = entries.reduce(0) { $0 + $1.value * inside[$1.variable] }
      rows.append(.init(entries: entries, limit: activity + random.number(in: 0...5)))
    }
    for variable in 0..<count {
      rows.append(
        .init(entries: [(variable, 1)], limit: max(targets[variable], inside[variable]) + 1))
      rows.append(
        .init(entries: [(variable, -1)], limit: -min(targets[variable], inside[variable])))
    }
    let problem = LeastSquares(targets: targets, deviations: deviations, rows: rows)
    let solution = try #require(problem.solve(), "seed \(seed)")
    var gradient = (0..<count).map { variable in
      (solution.values[variable] - targets[variable])
        / (deviations[variable] * deviations[variable])
    }
    for (row, multiplier) in zip(rows, solution.multipliers) {
      let activity = row.entries.reduce(0) { $0 + $1.value * solution.values[$1.variable] }
      #expect(activity <= row.limit + 1e-6, "seed \(seed)")
      #expect(multiplier >= 0)
      #expect(multiplier * abs(activity - row.limit) < 1e-5, "seed \(seed)")
      for (variable, value) in row.entries { gradient[variable] += multiplier * value }
    }
    for slope in gradient { #expect(abs(slope) < 1e-6, "seed \(seed)") }
  }
}
