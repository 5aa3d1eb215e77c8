/// How often proposals of a kind were carried out elsewhere, as a Beta distribution.
public struct AcceptancePrior: Sendable, Hashable {
  public let id: String
  public let name: String
  /// Parameters of Beta(alpha, beta), both above 0.
  public let alpha: Double
  public let beta: Double
  public let confidence: Confidence

  public init(id: String, name: String, alpha: Double, beta: Double, confidence: Confidence) {
    self.id = id
    self.name = name
    self.alpha = alpha
    self.beta = beta
    self.confidence = confidence
  }

  /// Mean, 0...1.
  public var mean: Double { alpha / (alpha + beta) }

  /// Standard deviation, 0...0.5: √(αβ / ((α + β)² (α + β + 1))).
  public var deviation: Double {
    let total = alpha + beta
    return (alpha * beta / (total * total * (total + 1))).squareRoot()
  }

  /// The same after seeing what became of one's own proposals: Beta(α + done, β + dropped).
  public func learning(done: Int, dropped: Int) -> AcceptancePrior {
    AcceptancePrior(
      id: id, name: name, alpha: alpha + Double(done), beta: beta + Double(dropped),
      confidence: confidence)
  }
}
