import Foundation

/// Fitted numbers of the classifier: few weights per list of targets, and how to read its certainty.
public struct WordModel: Sendable, Codable, Equatable {
  /// Numbers for one list of targets.
  public struct Part: Sendable, Codable, Equatable {
    /// By name of the feature; what is missing counts as 0.
    public var weights: [String: Double]
    /// Platt scaling: score = 1 / (1 + exp(-(slope · logit(p) + offset))).
    public var slope: Double
    public var offset: Double

    public init(weights: [String: Double], slope: Double = 1, offset: Double = 0) {
      self.weights = weights
      self.slope = slope
      self.offset = offset
    }

    var vector: [Double] { Feature.allCases.map { weights[$0.name] ?? 0 } }

    /// Estimated probability that a proposal is right, from its softmax probability.
    func score(_ probability: Double) -> Double {
      let bounded = min(max(probability, 1e-9), 1 - 1e-9)
      return 1 / (1 + exp(-(slope * log(bounded / (1 - bounded)) + offset)))
    }
  }

  public var material: Part
  public var european: Part
  public var vietnamese: Part

  public init(material: Part, european: Part, vietnamese: Part) {
    self.material = material
    self.european = european
    self.vietnamese = vietnamese
  }

  subscript(kind: TargetKind) -> Part {
    get {
      switch kind {
      case .material: material
      case .european: european
      case .vietnamese: vietnamese
      }
    }
    set {
      switch kind {
      case .material: material = newValue
      case .european: european = newValue
      case .vietnamese: vietnamese = newValue
      }
    }
  }

  /// Sorted keys and six decimals, so that equal models are equal bytes.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    var data = try encoder.encode(rounded)
    data.append(UInt8(ascii: "\n"))
    return data
  }

  public init(json: Data) throws {
    self = try JSONDecoder().decode(WordModel.self, from: json)
  }

  private var rounded: WordModel {
    func round(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }
    func round(_ part: Part) -> Part {
      Part(
        weights: part.weights.mapValues(round).filter { $0.value != 0 }, slope: round(part.slope),
        offset: round(part.offset))
    }
    return WordModel(
      material: round(material), european: round(european), vietnamese: round(vietnamese))
  }
}

/// Probabilities that sum to 1 from linear scores.
func softmax(_ scores: [Double]) -> [Double] {
  guard let top = scores.max() else { return [] }
  let powers = scores.map { exp($0 - top) }
  let sum = powers.reduce(0, +)
  return powers.map { $0 / sum }
}
