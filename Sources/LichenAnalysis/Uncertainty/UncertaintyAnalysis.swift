import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// How much work an uncertainty analysis may take; all counted, nothing timed.
public struct UncertaintyOptions: Sendable, Hashable {
  /// Latin hypercube samples.
  public var samples = 256
  /// Of the random numbers.
  public var seed: UInt64 = 1
  /// Measurements whose value of information is worked out by re-planning.
  public var replannedFactors = 12
  /// Candidates that can be planned up to which re-planning is done at all.
  public var replanLimit = 2000
  /// Search nodes that all re-plans together may take.
  public var effort = 20_000
  /// Probability between the low and the high end of the result, 0..<1.
  public var coverage = 0.8

  public init() {}
}

/// The value of a plan under everything that is not known exactly, and what is worth measuring.
public struct UncertaintyResult: Sendable {
  /// A result with its range.
  public struct Spread: Sendable, Hashable, Codable {
    public let low: Double
    /// At the typical values of everything; not a mean.
    public let typical: Double
    public let mean: Double
    public let high: Double
  }

  public let plan: Plan
  public let options: UncertaintyOptions
  /// [park currency/a]
  public let money: Spread
  /// [kg CO2e/a avoided]
  public let carbon: Spread
  /// Ends of the ledgers added up as if everything were at its worst, or best, at once
  /// [park currency/a].
  public let naiveMoney: Estimate
  public let naiveCarbon: Estimate
  /// Share of the samples in which the plan's net benefit is below zero, 0...1.
  public let lossShare: Double
  /// Factors on which the plan depends, those of the largest share first.
  public let factors: [FactorShare]
  /// Sum of the variances of the single factors over the variance of the samples: near 1 where
  /// factors simply add up, far from 1 where they act together. `nil` without variance.
  public let additivity: Double?
  /// Best first; at most five are worth showing first.
  public let measurements: [Measurement]
  /// Whether the value of information was worked out for every factor asked for.
  public let isComplete: Bool
}

/// How much of the plan's variance one factor makes.
public struct FactorShare: Sendable {
  public let factor: UncertainFactor
  /// Variance of the plan's objective when only this factor moves, over the sum of all such, 0...1.
  public let share: Double
  /// Objective at low and high, all else typical.
  public let atLow: Double
  public let atHigh: Double
  /// Ids of planned candidates that rest on it.
  public let candidates: [String]
}

/// Moves the figures of a plan through their ranges.
///
/// Factors are independent and triangular between low and high; whatever shares a factor moves
/// together. For each sample the planned network is valued with recourse: links are built, flows are
/// chosen anew. See docs, "Uncertainty".
public struct UncertaintyAnalysis {
  private let graph: ExchangeGraph
  private let plan: Plan
  private let solver: any MIPSolver
  private let options: UncertaintyOptions

  public init(
    graph: ExchangeGraph, plan: Plan, solver: any MIPSolver,
    options: UncertaintyOptions = UncertaintyOptions()
  ) {
    self.graph = graph
    self.plan = plan
    self.solver = solver
    self.options = options
  }

  /// - Throws: `MIPSolverError` if the back end fails.
  /// - Complexity: O((samples + 4·factors) · exchanges) valuations and 4 re-plans per measurement.
  public func run(control: SolveControl = SolveControl()) throws -> UncertaintyResult {
    let network = BuiltNetwork(plan)
    let candidates = plan.exchanges.map(\.candidate)
    let bench = ValuationBench(
      candidates: candidates, plan: plan, solver: solver,
      required: plan.exchanges.filter(\.isRequired).map(\.candidate.id))
    let base = try bench.value(network, bench.set.typical)
    let samples = try sample(bench, network, count: options.samples)
    let shares = try firstOrder(bench, network)
    let variance = Self.variance(samples.map(\.objective))
    let sum = shares.reduce(0) { $0 + $1.variance }
    let ranked = shares.map { $0.share(of: sum) }
      .sorted { ($1.share, $0.factor.key) < ($0.share, $1.factor.key) }
    let measurable = ranked.filter { $0.share > 0 && $0.factor.isMeasurable }
    let information = try InformationValue(
      graph: graph, plan: plan, solver: solver, options: options
    ).values(of: measurable.prefix(options.replannedFactors).map(\.factor), control: control)
    let measurements = MeasurementList(graph: graph, plan: plan).measurements(
      measurable, information: information.byFactor)
    return UncertaintyResult(
      plan: plan, options: options,
      money: spread(samples.map(\.money), typical: base.money),
      carbon: spread(samples.map(\.carbon), typical: base.carbon), naiveMoney: plan.money,
      naiveCarbon: plan.carbon,
      lossShare: samples.isEmpty
        ? 0 : Double(samples.count { $0.money < 0 }) / Double(samples.count),
      factors: ranked, additivity: variance > 0 ? sum / variance : nil,
      measurements: measurements, isComplete: information.isComplete)
  }

  /// The spread of the net benefit alone: figures that settle as samples become more rest on enough of them.
  /// - Parameter count: At least 1.
  /// - Throws: `MIPSolverError` if the back end fails.
  public func spread(ofSamples count: Int) throws -> UncertaintyResult.Spread {
    let network = BuiltNetwork(plan)
    let bench = ValuationBench(
      candidates: plan.exchanges.map(\.candidate), plan: plan, solver: solver,
      required: plan.exchanges.filter(\.isRequired).map(\.candidate.id))
    let base = try bench.value(network, bench.set.typical)
    return try spread(
      sample(bench, network, count: count).map(\.money), typical: base.money)
  }

  private func sample(
    _ bench: ValuationBench, _ network: BuiltNetwork, count: Int
  ) throws -> [NetworkValue] {
    let factors = bench.set.factors
    guard !factors.isEmpty else { return [try bench.value(network, [])] }
    var plan = LatinHypercube(seed: options.seed, count: count)
    let columns = factors.map { factor in
      let distribution = Triangular(factor.range)
      return plan.column().map(distribution.quantile)
    }
    return try (0..<count).map { sample in
      try bench.value(network, columns.map { $0[sample] })
    }
  }

  private struct SingleFactor {
    let factor: UncertainFactor
    let variance: Double
    let atLow: Double
    let atHigh: Double
    let candidates: [String]

    func share(of sum: Double) -> FactorShare {
      FactorShare(
        factor: factor, share: sum > 0 ? variance / sum : 0, atLow: atLow, atHigh: atHigh,
        candidates: candidates)
    }
  }

  /// Moves one factor at a time; the objective is taken as linear between five values.
  private func firstOrder(_ bench: ValuationBench, _ network: BuiltNetwork) throws
    -> [SingleFactor]
  {
    try bench.set.factors.indices.map { index in
      let factor = bench.set.factors[index]
      let distribution = Triangular(factor.range)
      var point = bench.set.typical
      let values = try distribution.nodes.map { node in
        point[index] = node
        return try bench.value(network, point).objective
      }
      let curve = PiecewiseLinear(nodes: distribution.nodes, values: values)
      let mean = distribution.mean { curve($0) }
      // The largest value keeps squares of large sums apart from rounding.
      let variance = distribution.mean { (curve($0) - mean) * (curve($0) - mean) }
      let scale = values.map(abs).max() ?? 0
      let users = network.candidates.filter { bench.set.byCandidate[$0]?.contains(index) == true }
      return SingleFactor(
        factor: factor, variance: variance > 1e-18 * scale * scale ? variance : 0,
        atLow: values.first ?? 0, atHigh: values.last ?? 0, candidates: users)
    }
  }

  private func spread(_ values: [Double], typical: Double) -> UncertaintyResult.Spread {
    let sorted = values.sorted()
    func quantile(_ p: Double) -> Double {
      guard let last = sorted.indices.last else { return typical }
      let position = p * Double(last)
      let below = Int(position)
      let rest = position - Double(below)
      return below >= last
        ? sorted[last] : sorted[below] + (sorted[below + 1] - sorted[below]) * rest
    }
    let tail = (1 - options.coverage) / 2
    let mean = values.isEmpty ? typical : values.reduce(0, +) / Double(values.count)
    return UncertaintyResult.Spread(
      low: quantile(tail), typical: typical, mean: mean, high: quantile(1 - tail))
  }

  private static func variance(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let mean = values.reduce(0, +) / Double(values.count)
    let sum = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let variance = sum / Double(values.count - 1)
    let scale = values.map(abs).max() ?? 0
    return variance > 1e-18 * scale * scale ? variance : 0
  }
}

/// Candidates, their factors and the means to value networks of them.
struct ValuationBench {
  let set: FactorSet
  private let park: Park
  private let valuer: NetworkValuer
  private let families: [RouteID: Route]
  private let index: [UncertainFactor.Identity: Int]

  init(candidates: [Candidate], plan: Plan, solver: any MIPSolver, required: [String]) {
    park = plan.park
    set = FactorSet(candidates, park: plan.park)
    families = FactorSet.familyRows(plan.park.catalogue)
    index = Dictionary(
      uniqueKeysWithValues: set.factors.enumerated().map { ($0.element.identity, $0.offset) })
    valuer = NetworkValuer(
      candidates: candidates, required: Set(required),
      weights: plan.options.objective.primaryWeights(carbonPrice: plan.options.carbonPrice),
      solver: solver)
  }

  func supposition(_ values: [Double]) -> Supposition {
    Supposition(set, values: values, index: index, families: families, in: park)
  }

  func position(of identity: UncertainFactor.Identity) -> Int? { index[identity] }

  func value(_ network: BuiltNetwork, _ values: [Double]) throws -> NetworkValue {
    try valuer.value(of: network, under: supposition(values))
  }
}
