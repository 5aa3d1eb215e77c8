import Foundation

/// Fits the weights of a conditional logit: the labelled target against the others of its list.
///
/// Maximises the mean log-likelihood less a quadratic penalty, by Adam on the whole set; weights of
/// evidence may not be negative, and the weight of a contradiction not positive. Deterministic.
struct ModelFit {
  struct Row: Sendable {
    /// Candidates side by side, truth first.
    let values: [Double]
    var count: Int { values.count / FeatureTable.width }
  }

  /// Candidates that compete with the truth in the fit; the rest of a list has no evidence.
  static let rivals = 60
  static let penalty = 0.002
  static let steps = 400
  static let rate = 0.08

  /// Features that may speak against a target.
  static let signed: Set<Feature> = [
    .hazardous, .specific, .curated, .sector, .sectorChapter,
  ]

  /// The labelled target and its strongest rivals by plain evidence.
  static func row(_ table: FeatureTable, truth: Int) -> Row? {
    guard let truthRow = table.targets.firstIndex(of: truth) else { return nil }
    let plain = table.scores(plainWeights)
    let rivals = plain.indices.filter { $0 != truthRow }
      .sorted { (plain[$1], $0) < (plain[$0], $1) }.prefix(rivals)
    var values: [Double] = []
    for row in [truthRow] + rivals {
      values += table.values[row * FeatureTable.width..<(row + 1) * FeatureTable.width]
    }
    return Row(values: values)
  }

  private static let plainWeights: [Double] = Feature.allCases.map { feature in
    switch feature {
    case .exact, .phrase, .overlap, .translated, .gram, .example, .link: 2
    case .titleShare, .translatedShare, .support: 1
    case .sector, .groupShare, .translatedGroupShare, .hazardAgrees: 0.5
    default: 0
    }
  }

  /// - Parameter allowed: Features that take part; the others stay 0.
  static func weights(_ rows: [Row], allowed: Set<Feature>) -> [Double] {
    let width = FeatureTable.width
    var weights = [Double](repeating: 0, count: width)
    var mean = weights
    var square = weights
    let isAllowed = Feature.allCases.map(allowed.contains)
    let isSigned = Feature.allCases.map(signed.contains)
    guard !rows.isEmpty else { return weights }
    for step in 1...steps {
      var gradient = [Double](repeating: 0, count: width)
      for row in rows { add(row, weights, to: &gradient) }
      for column in 0..<width where isAllowed[column] {
        let slope = gradient[column] / Double(rows.count) - 2 * penalty * weights[column]
        mean[column] = 0.9 * mean[column] + 0.1 * slope
        square[column] = 0.999 * square[column] + 0.001 * slope * slope
        let first = mean[column] / (1 - pow(0.9, Double(step)))
        let second = square[column] / (1 - pow(0.999, Double(step)))
        weights[column] += rate * first / (second.squareRoot() + 1e-8)
        if column == Feature.hazardDiffers.position {
          weights[column] = min(0, weights[column])
        } else if !isSigned[column] {
          weights[column] = max(0, weights[column])
        }
      }
    }
    return weights
  }

  /// Adds truth's features less their expectation.
  private static func add(_ row: Row, _ weights: [Double], to gradient: inout [Double]) {
    let width = FeatureTable.width
    row.values.withUnsafeBufferPointer { values in
      var scores = [Double](repeating: 0, count: row.count)
      for candidate in 0..<row.count {
        var sum = 0.0
        for column in 0..<width { sum += weights[column] * values[candidate * width + column] }
        scores[candidate] = sum
      }
      let probabilities = softmax(scores)
      for column in 0..<width {
        var expected = 0.0
        for candidate in 0..<row.count {
          expected += probabilities[candidate] * values[candidate * width + column]
        }
        gradient[column] += values[column] - expected
      }
    }
  }

  /// Platt scaling of probabilities against what was right, by Newton's method.
  static func platt(_ outcomes: [(probability: Double, isRight: Bool)]) -> (
    slope: Double, offset: Double
  ) {
    var slope = 1.0
    var offset = 0.0
    guard outcomes.contains(where: \.isRight), outcomes.contains(where: { !$0.isRight }) else {
      return (slope, offset)
    }
    for _ in 0..<50 {
      var gradient = (slope: -1e-3 * (slope - 1), offset: 0.0)
      var (ss, so, oo) = (1e-3, 0.0, 1e-6)
      for outcome in outcomes {
        let bounded = min(max(outcome.probability, 1e-9), 1 - 1e-9)
        let x = log(bounded / (1 - bounded))
        let p = 1 / (1 + exp(-(slope * x + offset)))
        let error = (outcome.isRight ? 1 : 0) - p
        gradient.slope += error * x
        gradient.offset += error
        ss += p * (1 - p) * x * x
        so += p * (1 - p) * x
        oo += p * (1 - p)
      }
      let determinant = ss * oo - so * so
      slope += (oo * gradient.slope - so * gradient.offset) / determinant
      offset += (ss * gradient.offset - so * gradient.slope) / determinant
    }
    return (slope, offset)
  }
}
