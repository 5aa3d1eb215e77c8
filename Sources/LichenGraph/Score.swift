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

/// The parts of a score before they are weighed; unknown ones are `nil`.
struct ScoreSheet: Sendable, Hashable {
  var value: Double?
  var carbon: Double?
  var distance: Double?
  var fit: Double?
  var quality: Double?
  var law: Double?
  var data: Double?

  init() {}

  init(_ parts: [ScorePart: Double]) {
    for (part, value) in parts { self[part] = value }
  }

  /// 0...1, whatever was noted.
  subscript(part: ScorePart) -> Double? {
    get {
      let noted =
        switch part {
        case .value: value
        case .carbon: carbon
        case .distance: distance
        case .fit: fit
        case .quality: quality
        case .law: law
        case .data: data
        }
      return noted.map { min(1, max(0, $0)) }
    }
    set {
      switch part {
      case .value: value = newValue
      case .carbon: carbon = newValue
      case .distance: distance = newValue
      case .fit: fit = newValue
      case .quality: quality = newValue
      case .law: law = newValue
      case .data: data = newValue
      }
    }
  }

  /// Weighted mean of the known parts, 0...1; 0 when none is known.
  func total(_ scale: ScoreScale) -> Double {
    var sum = 0.0
    var weightSum = 0.0
    for (part, weight) in scale.weights {
      guard let value = self[part] else { continue }
      sum += weight * value
      weightSum += weight
    }
    return weightSum > 0 ? sum / weightSum : 0
  }
}

/// Weights above zero, in the order of the parts.
struct ScoreScale: Sendable {
  let weights: [(part: ScorePart, weight: Double)]

  init(_ weights: ScoreWeights) {
    self.weights = ScorePart.allCases.compactMap { part in
      weights.weights[part].flatMap { $0 > 0 ? (part, $0) : nil }
    }
  }
}

/// How good a candidate is, 0...1, with its parts; unknown parts are left out, never taken as zero.
public struct Score: Sendable, Hashable {
  /// 0...1 each; an absent part is unknown.
  public let parts: [ScorePart: Double]
  /// Weighted mean of the known parts; 0 when none is known.
  public let total: Double

  public init(parts: [ScorePart: Double], weights: ScoreWeights = .standard) {
    self.init(ScoreSheet(parts), ScoreScale(weights))
  }

  init(_ sheet: ScoreSheet, _ scale: ScoreScale) {
    var parts: [ScorePart: Double] = [:]
    for part in ScorePart.allCases { parts[part] = sheet[part] }
    self.parts = parts
    total = sheet.total(scale)
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
