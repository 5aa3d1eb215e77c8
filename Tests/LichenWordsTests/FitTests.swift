import Foundation
import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenWords

struct FitTests {
  /// Candidates with one telling feature, one of noise.
  private func rows(_ count: Int, seed: UInt64) -> [ModelFit.Row] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      var table = FeatureTable(targets: Array(0..<8))
      for row in 0..<8 {
        table[row, .overlap] = Double.random(in: 0...0.6, using: &generator)
        table[row, .gram] = Double.random(in: 0...1, using: &generator)
      }
      table[3, .overlap] = Double.random(in: 0.4...1, using: &generator)
      return ModelFit.row(table, truth: 3) ?? ModelFit.Row(values: [])
    }
  }

  @Test("weight goes to what tells, and evidence never counts against", arguments: [1, 2, 3])
  func weights(seed: UInt64) {
    let weights = ModelFit.weights(rows(80, seed: seed), allowed: Set(Feature.allCases))
    let overlap = weights[Feature.overlap.position]
    let gram = weights[Feature.gram.position]
    #expect(overlap > 3)
    #expect(gram < overlap / 3)
    for feature in Feature.allCases where !ModelFit.signed.contains(feature) {
      if feature != .hazardDiffers { #expect(weights[feature.position] >= 0) }
    }
  }

  @Test("a feature that takes no part stays at zero")
  func ablated() {
    let weights = ModelFit.weights(rows(20, seed: 5), allowed: [.gram])
    #expect(weights[Feature.overlap.position] == 0)
  }

  @Test("Platt scaling finds the scale that made the outcomes")
  func platt() {
    var generator = SeededGenerator(seed: 11)
    let outcomes = (0..<4000).map { _ -> (probability: Double, isRight: Bool) in
      let logit = Double.random(in: -4...4, using: &generator)
      let truth = 1 / (1 + exp(-(0.5 * logit - 1)))
      return (1 / (1 + exp(-logit)), Double.random(in: 0...1, using: &generator) < truth)
    }
    let (slope, offset) = ModelFit.platt(outcomes)
    #expect(abs(slope - 0.5) < 0.1)
    #expect(abs(offset + 1) < 0.15)
  }

  @Test("a split is by case: rows of one case are in one fold, and cases spread over all")
  func folds() {
    let folds = Set((0..<200).map { ModelTraining.fold("case-\($0)") })
    #expect(folds == Set(0..<ModelTraining.folds))
    #expect(ModelTraining.fold("xỉ") == ModelTraining.fold("xỉ"))
  }

  @Test("a model written and read is the same, and equal models are equal bytes")
  func encoding() throws {
    let part = WordModel.Part(weights: ["overlap": 1.25, "gram": 2], slope: 0.5, offset: -0.25)
    let model = WordModel(material: part, european: part, vietnamese: part)
    let data = try model.encoded()
    #expect(try WordModel(json: data) == model)
    #expect(try WordModel(json: data).encoded() == data)
  }
}
