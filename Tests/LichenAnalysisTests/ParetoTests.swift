import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite struct ParetoTests {
  /// Every stretch of fronts of random parks against trying every choice of openings: at its points, and at three
  /// places between them. Points inside the hull are found by the same search, and counted here.
  @Test func frontsOfRandomParksEqualEnumeration() throws {
    var unsupported = 0
    var fronts = 0
    for (seed, study) in try Planned.studies(1..<2000, links: 3...8, wanted: 100) {
      var options = ParetoOptions()
      options.points = 60
      options.criterion = seed % 3 == 0 ? .capital : .carbon
      var search = try ParetoSearch(study, options: options)
      let front = try search.run()
      #expect(front.isComplete, "seed \(seed)")
      let model = try study.wholeModel()
      let value = LinearCriterion(study.weights, of: model)
      let figure = options.criterion.figure(of: study, in: try study.wholeProblem())
      let aim = options.criterion.isLess ? figure.scaled(by: -1) : figure
      let sign: Double = options.criterion.isLess ? -1 : 1
      let enumeration = Enumeration(model: model)
      let choices = try enumeration.choices().compactMap { choice in
        try enumeration.most(of: value, choice).map { (choice, $0) }
      }.sorted { $0.1 > $1.1 }
      func best(atLeast level: Double) throws -> Double? {
        var best: Double?
        for (choice, most) in choices {
          if let best, most <= best { break }
          let found = try enumeration.most(of: value, choice, floors: [(aim, level)])
          if let found { best = max(best ?? found, found) }
        }
        return best
      }
      let range =
        front.points.map(\.value).max().map { $0 - (front.points.map(\.value).min() ?? 0) } ?? 0
      let tolerance = max(1e-4 * range, 1e-5 * abs(front.points[0].value), 1e-6)
      let reach = front.points.map(\.figure)
      let width = 3e-5 * ((reach.max() ?? 0) - (reach.min() ?? 0)) + 3e-6 * reach.map(abs).max()!
      for point in front.points {
        let slack = 1e-9 * max(1, abs(point.figure))
        let expected = try #require(try best(atLeast: sign * point.figure - slack))
        #expect(abs(expected - point.value) <= tolerance, "seed \(seed)")
      }
      for (index, stretch) in front.stretches.enumerated() {
        let (left, right) = (front.points[index], front.points[index + 1])
        // What the search does not tell apart is not judged.
        if abs(right.figure - left.figure) <= width { continue }
        for part in [0.2, 0.5, 0.8] {
          let level = sign * (left.figure + part * (right.figure - left.figure))
          let expected = try #require(try best(atLeast: level))
          let claimed =
            stretch == .line ? left.value + part * (right.value - left.value) : right.value
          #expect(
            abs(expected - claimed) <= tolerance, "seed \(seed), \(stretch) \(index) at \(part)")
        }
      }
      if front.points.count > 1 { fronts += 1 }
      unsupported += Self.unsupported(front, sign: sign)
    }
    #expect(fronts >= 40)
    #expect(unsupported >= 20)
  }

  /// Points below the line between two others.
  private static func unsupported(_ front: ParetoFront, sign: Double) -> Int {
    let points = front.points.map { (x: sign * $0.figure, y: $0.value) }
    return points.indices.count { place in
      points.indices.contains { left in
        points.indices.contains { right in
          guard left < place, right > place else { return false }
          let share = (points[place].x - points[left].x) / (points[right].x - points[left].x)
          let line = points[left].y + share * (points[right].y - points[left].y)
          return points[place].y < line - 1e-6 * abs(line)
        }
      }
    }
  }

  @Test func noPointBeatsAnother() throws {
    for (seed, study) in try Planned.studies(3000..<4000, links: 4...30, wanted: 20) {
      for criterion in ParetoCriterion.allCases {
        var options = ParetoOptions()
        options.criterion = criterion
        options.points = 8
        var search = try ParetoSearch(study, options: options)
        let front = try search.run()
        #expect(front.hypervolume >= 0 && front.hypervolume <= 1 + 1e-9)
        for (left, right) in zip(front.points, front.points.dropFirst()) {
          #expect(left.value > right.value, "seed \(seed), \(criterion)")
          let better = criterion.isLess ? right.figure < left.figure : right.figure > left.figure
          #expect(better, "seed \(seed), \(criterion)")
        }
      }
    }
  }
}
