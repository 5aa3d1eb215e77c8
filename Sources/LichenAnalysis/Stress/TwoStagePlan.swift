import LichenDomain
import LichenMatching
import LichenPlanning

/// Which links to build before quantities are known.
public struct TwoStagePlan: Sendable {
  /// The figures for so many samples.
  public struct Estimate: Sendable {
    public let samples: Int
    /// Expected value of the links chosen with the risk in mind [first objective].
    public let recourse: Double
    /// Expected value of the links chosen for typical quantities.
    public let typicalLinks: Double
    /// Expected value if quantities were known before building.
    public let waitAndSee: Double

    /// What reckoning with risk is worth.
    public var stochasticValue: Double { recourse - typicalLinks }
    /// What knowing is worth: the most that better measurement may cost a year.
    public var informationValue: Double { waitAndSee - recourse }
  }

  /// By rising number of samples, to see whether they suffice.
  public let estimates: [Estimate]
  /// Links built with the risk in mind, with the most samples, and those built for typical quantities, in order.
  public let links: [String]
  public let typicalLinks: [String]
  /// Streams whose quantity is drawn.
  public let streams: Int
  public let isProven: Bool
}

/// Two-stage choice by sample-average approximation (Kleywegt, Shapiro & Homem-de-Mello 2002): links, permits, plants and
/// measures are chosen once, flows follow the drawn quantities. In a year in which a stream falls short a link may carry less
/// than its minimum lot, and what CO2e is owed is not enforced year by year.
public struct TwoStageAnalysis: Sendable {
  private let study: PlanStudy
  private let options: TwoStageOptions
  private let model: PlanningModel
  /// By sample: supplies and needs of all streams.
  private let drawn: [(supplies: [Double], needs: [Double])]
  private let streams: Int

  public init(_ study: PlanStudy, options: TwoStageOptions = TwoStageOptions()) {
    self.study = study
    self.options = options
    var cube = LatinHypercube(seed: options.seed, count: options.samples)
    var drawn = (0..<options.samples).map { _ in
      (supplies: study.model.supplies, needs: study.model.needs)
    }
    var streams = 0
    var most = (supplies: study.model.supplies, needs: study.model.needs)
    for (index, output) in study.park.outputs.enumerated() {
      guard let yearly = output.quantity?.range(assuming: options.assumedRange), !yearly.isExact
      else { continue }
      let column = cube.column()
      let shape = Triangular(yearly)
      for sample in drawn.indices { drawn[sample].supplies[index] = shape.quantile(column[sample]) }
      most.supplies[index] = max(most.supplies[index], yearly.high)
      streams += 1
    }
    for (index, input) in study.park.inputs.enumerated() {
      guard let yearly = input.quantity?.range(assuming: options.assumedRange), !yearly.isExact
      else { continue }
      let column = cube.column()
      let shape = Triangular(yearly)
      for sample in drawn.indices {
        drawn[sample].needs[index] = shape.quantile(column[sample]) * input.maximumShare
      }
      most.needs[index] = max(most.needs[index], yearly.high * input.maximumShare)
      streams += 1
    }
    self.drawn = drawn
    self.streams = streams
    // Links may carry what a good year brings.
    model = study.model.with(supplies: most.supplies, needs: most.needs)
      .limited(budget: study.model.capitalBudget, floor: nil, partners: study.model.partnerLimit)
  }

  /// One part of the model under some of the samples.
  struct Choice: Sendable {
    let part: PlanningModel.Part
    let samples: Int
  }

  /// By number of samples, all parts, ascending.
  var choices: [Choice] {
    let parts = model.components()
    return sizes.flatMap { size in parts.map { Choice(part: $0, samples: size) } }
  }

  private var sizes: [Int] {
    let sizes = [options.samples / 4, options.samples / 2, options.samples].filter { $0 > 1 }
    return sizes.isEmpty ? [options.samples] : sizes
  }

  /// Joins what `found` gives for all `choices`.
  func plan(_ all: [PartResult]) -> TwoStagePlan {
    var estimates: [TwoStagePlan.Estimate] = []
    var chosen: (best: Set<String>, typical: Set<String>) = ([], [])
    var isProven = true
    let parts = all.count / sizes.count
    for (place, size) in sizes.enumerated() {
      let found = all[(place * parts)..<((place + 1) * parts)]
      estimates.append(
        TwoStagePlan.Estimate(
          samples: size, recourse: found.reduce(0) { $0 + $1.recourse },
          typicalLinks: found.reduce(0) { $0 + $1.typical },
          waitAndSee: found.reduce(0) { $0 + $1.waitAndSee }))
      chosen = (Set(found.flatMap(\.links)), Set(found.flatMap(\.typicalLinks)))
      isProven = found.allSatisfy(\.isProven)
    }
    return TwoStagePlan(
      estimates: estimates, links: chosen.best.sorted(), typicalLinks: chosen.typical.sorted(),
      streams: streams, isProven: isProven)
  }

  struct PartResult: Sendable, Codable {
    let recourse: Double
    let typical: Double
    let waitAndSee: Double
    let links: [String]
    let typicalLinks: [String]
    let isProven: Bool
  }

  /// - Throws: `AnalysisError` without a plan, `MIPSolverError` if the solver fails.
  func found(_ choice: Choice) throws -> PartResult {
    let writer = TwoStageWriter(model: model, part: choice.part, weights: study.weights)
    // Samples of a smaller number are spread over all, so that they cover the ranges too.
    let step = drawn.count / choice.samples
    let program = writer.program(
      drawn: (0..<choice.samples).map { drawn[$0 * step] },
      typical: (study.model.supplies, study.model.needs))
    let limits = study.plan.options.limits
    let options = MIPOptions(
      timeLimit: limits.timeOfProgram, relativeGap: max(limits.relativeGap, 1e-6),
      nodeLimit: limits.nodeLimit, skipsGomoryCuts: true)
    guard let result = try program.solve(study.solver, options: options) else {
      throw AnalysisError.noPlan
    }
    let mean = try writer.firstForTypical(program, study.solver, options)
    return PartResult(
      recourse: result.recourse, typical: result.meanDecision ?? 0, waitAndSee: result.waitAndSee,
      links: writer.links(result.first), typicalLinks: writer.links(mean),
      isProven: result.isProven)
  }
}

/// How to choose before quantities are known.
public struct TwoStageOptions: Sendable, Hashable, Codable {
  /// Drawn years, at least 2.
  public var samples = 24
  /// As in `RobustOptions`.
  public var assumedRange = 0.0
  public var seed: UInt64 = 1

  public init() {}
}
