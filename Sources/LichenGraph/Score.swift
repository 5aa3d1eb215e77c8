import LichenDomain

/// A named aspect of how good a candidate is.
public enum ScorePart: String, Sendable, Codable, CaseIterable {
  case value, carbon, distance, fit, quality, law, data
}

/// Weights of the score's parts; a setting. Not negative, at least one positive.
public struct ScoreWeights: Sendable, Hashable {
  public var weights: [ScorePart: Double]

  /// Value and CO2e lead, ease of doing follows (a convention of this project).
  public static let standard = ScoreWeights(weights: [
    .value: 3, .carbon: 2, .distance: 1, .fit: 1, .quality: 1, .law: 1, .data: 1,
  ])

  public init(weights: [ScorePart: Double]) { self.weights = weights }
}

/// How good a candidate is, 0...1, with its parts; unknown parts are left out, never taken as zero.
public struct Score: Sendable, Hashable {
  /// 0...1 each; an absent part is unknown.
  public let parts: [ScorePart: Double]
  /// Weighted mean of the known parts; 0 when none is known.
  public let total: Double

  public init(parts: [ScorePart: Double], weights: ScoreWeights = .standard) {
    self.parts = parts.mapValues { min(1, max(0, $0)) }
    var sum = 0.0
    var weightSum = 0.0
    for part in ScorePart.allCases {
      guard let value = self.parts[part], let weight = weights.weights[part], weight > 0 else {
        continue
      }
      sum += weight * value
      weightSum += weight
    }
    total = weightSum > 0 ? sum / weightSum : 0
  }
}

extension LegalEffect {
  /// Ease 0...1 for scores: nothing to do 1, a notice 0.8, a statement 0.6, a permit 0.4, barred 0.
  var ease: Double {
    switch self {
    case .allowed: 1
    case .notification: 0.8
    case .endOfWaste: 0.6
    case .permit: 0.4
    case .prohibited: 0
    }
  }
}
