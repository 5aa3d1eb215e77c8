import LichenDomain
import LichenMatching
import LichenPlanning

/// Plans that keep the most value when any Γ streams fail to the low end of their range.
public struct RobustFront: Sendable {
  /// A stream that may fail.
  public struct Threat: Sendable {
    public let stream: StreamID
    /// Part of its flow that is lost, 0...1.
    public let loss: Double
  }

  public struct Point: Sendable, Codable {
    /// Γ, streams that fail at once; whole or not.
    public let budget: Double
    /// Value if nothing fails [first objective].
    public let nominal: Double
    /// Value that is kept whichever Γ streams fail.
    public let guaranteed: Double
    /// Proven: no plan guarantees more.
    public let bound: Double
    /// Samples in which the plan fell short of its guarantee, as a share.
    public let shortfalls: Double
    /// Most probability of that by theory, if streams fail independently and symmetrically.
    public let shortfallBound: Double
    /// Names of open links, in order.
    public let links: [String]
    /// By link of `links` [reference units/a].
    public let flows: [Double]
  }

  /// In order of stream; streams whose range is not declared cannot fail.
  public let threats: [Threat]
  /// Ascending in Γ.
  public let points: [Point]
  /// Γ that theory asks for the wanted risk.
  public let budgetForRisk: Double
  public let risk: Double
  public let samples: Int
}

/// Trades value against safety by the budget of Bertsimas & Sim 2004.
///
/// A stream that fails delivers or takes a part less, and every exchange on it shrinks by that part. The plan is the one
/// with the most of Σ v·x − fixed − max over sets S of at most Γ streams of Σ_{k∈S} δ_k·V_k, where V_k is the value of
/// the flows on stream k. By duality of the inner problem: − Γ·θ − Σ p_k with p_k ≥ δ_k·V_k − θ. An exchange whose two
/// streams both fail is counted twice, so that the guarantee errs to the safe side.
public struct RobustAnalysis: Sendable {
  private let study: PlanStudy
  private let options: RobustOptions
  private let threats: [RobustFront.Threat]
  /// Γ that theory asks for the wanted risk.
  private let needed: Double
  /// By threat: links on the stream.
  private let members: [[Int]]
  private var model: PlanningModel { study.model }

  public init(_ study: PlanStudy, options: RobustOptions = RobustOptions()) {
    self.study = study
    self.options = options
    var threats: [RobustFront.Threat] = []
    var members: [[Int]] = []
    func add(_ id: StreamID, _ quantity: StreamQuantity?, _ links: [Int]) {
      guard let yearly = quantity?.range(assuming: options.assumedRange), yearly.typical > 0,
        yearly.low < yearly.typical,
        !links.isEmpty
      else { return }
      threats.append(
        .init(stream: id, loss: (yearly.typical - max(0, yearly.low)) / yearly.typical))
      members.append(links)
    }
    let model = study.model
    for (index, output) in study.park.outputs.enumerated() {
      add(
        output.id, output.quantity, model.links.indices.filter { model.links[$0].output == index })
    }
    for (index, input) in study.park.inputs.enumerated() {
      add(input.id, input.quantity, model.links.indices.filter { model.links[$0].input == index })
    }
    self.threats = threats
    self.members = members
    needed = RobustBudget.least(count: threats.count, risk: options.risk)
  }

  /// The front of what `point` gives for all `budgets`.
  public func front(_ points: [RobustFront.Point]) -> RobustFront {
    RobustFront(
      threats: threats, points: points, budgetForRisk: needed, risk: options.risk,
      samples: options.samples)
  }

  /// Γ = 0, the one that theory asks for, all streams, and some between, ascending.
  public var budgets: [Double] {
    let count = Double(threats.count)
    if threats.isEmpty { return [0] }
    let steps = Double(options.steps)
    var budgets = (0...options.steps).map { (Double($0) / steps * count).rounded() }
    budgets.append((needed * 10).rounded(.up) / 10)
    return Set(budgets.map { min($0, count) }).sorted()
  }

  /// The plan that guarantees most for one Γ.
  /// - Throws: `AnalysisError` without a plan, `MIPSolverError` if the solver fails.
  public func point(_ budget: Double) throws -> RobustFront.Point {
    let builder = MIPBuilder(model: model)
    var program = builder.program(maximising: study.weights)
    let scale = max(1e-9, program.columns.reduce(0) { max($0, abs($1.objective)) })
    for column in program.columns.indices { program.columns[column].objective /= scale }
    let worths = threats.indices.map { threat in
      members[threat].map { link in
        (
          column: link,
          value: threats[threat].loss * worth(of: link) * model.links[link].upper / scale
        )
      }
    }
    if budget > 0 {
      let theta = program.addColumn(MIPColumn(name: "theta", objective: -budget))
      for (threat, entries) in worths.enumerated() {
        let excess = program.addColumn(MIPColumn(name: "excess_\(threat)", objective: -1))
        program.addRow(
          MIPRow(
            name: "worst_\(threat)", lower: 0,
            entries: [(theta, 1), (excess, 1)] + entries.map { ($0.column, -$0.value) }))
      }
    }
    let limits = study.plan.options.limits
    let result = try study.solver.solve(
      program,
      options: MIPOptions(
        timeLimit: limits.timeOfProgram, relativeGap: max(limits.relativeGap, 1e-6),
        nodeLimit: limits.nodeLimit, skipsGomoryCuts: true))
    guard let values = result.values else { throw AnalysisError.noPlan }
    // The builder reads its own columns only.
    let own = Array(values.prefix(program.columns.count - (budget > 0 ? threats.count + 1 : 0)))
    return point(budget, builder, own, bound: (result.bound ?? .infinity) * scale)
  }

  /// What a link's flow is worth per unit, if it is worth something: failing to move what costs money loses nothing.
  private func worth(of link: Int) -> Double {
    max(0, model.unitValue(of: model.links[link], study.weights))
  }

  private func point(
    _ budget: Double, _ builder: MIPBuilder, _ values: [Double], bound: Double
  ) -> RobustFront.Point {
    let flows = builder.flows(from: values)
    let isOpen = flows.indices.map { flows[$0] > 0 || model.links[$0].isRequired }
    let taken = builder.taken(from: values)
    let nominal = LinearCriterion(study.weights, of: model).value(
      of: model, flows: flows, isOpen: isOpen, isTaken: taken)
    let losses = threats.indices.map { threat in
      threats[threat].loss * members[threat].reduce(0) { $0 + worth(of: $1) * flows[$1] }
    }
    let guaranteed = nominal - worst(losses, budget)
    let open = model.links.indices.filter { isOpen[$0] }
      .sorted { model.linkNames[$0] < model.linkNames[$1] }
    return RobustFront.Point(
      budget: budget, nominal: nominal, guaranteed: guaranteed, bound: max(bound, guaranteed),
      shortfalls: shortfalls(flows, nominal: nominal, guaranteed: guaranteed),
      shortfallBound: RobustBudget.violation(count: threats.count, budget: budget),
      links: open.map { model.linkNames[$0] }, flows: open.map { flows[$0] })
  }

  /// The greatest sum of ⌊Γ⌋ losses and a part of one more.
  private func worst(_ losses: [Double], _ budget: Double) -> Double {
    let sorted = losses.sorted(by: >)
    let whole = min(Int(budget), sorted.count)
    let rest = whole < sorted.count ? (budget - Double(whole)) * sorted[whole] : 0
    return sorted.prefix(whole).reduce(0, +) + rest
  }

  /// Share of samples, streams anywhere between their failing and its mirror image, in which less is left than
  /// guaranteed. An exchange shrinks by the worse of its two streams.
  private func shortfalls(_ flows: [Double], nominal: Double, guaranteed: Double) -> Double {
    guard options.samples > 0, !threats.isEmpty else { return 0 }
    var cube = LatinHypercube(seed: options.seed, count: options.samples)
    let columns = threats.map { _ in cube.column() }
    let tolerance = 1e-9 * max(1, abs(nominal))
    var short = 0
    for sample in 0..<options.samples {
      var left = [Double](repeating: 1, count: flows.count)
      for (threat, links) in members.enumerated() {
        // From 1 + loss down to 1 − loss; more than planned is not moved.
        let share = 1 + threats[threat].loss * (1 - 2 * columns[threat][sample])
        for link in links { left[link] = min(left[link], share) }
      }
      let lost = flows.indices.reduce(0) { $0 + worth(of: $1) * flows[$1] * (1 - left[$1]) }
      if nominal - lost < guaranteed - tolerance { short += 1 }
    }
    return Double(short) / Double(options.samples)
  }
}

extension SearchLimits {
  /// For one program of a stress test; none where work is counted.
  var timeOfProgram: Duration? { timeLimit ?? (nodeLimit == nil ? .seconds(60) : nil) }
}

extension StreamQuantity {
  /// The declared range, or a supposed one around a quantity that is declared without.
  func range(assuming share: Double) -> Estimate {
    guard yearly.isExact, share > 0 else { return yearly }
    let spread = yearly.typical * share
    return Estimate(
      low: yearly.typical - spread, typical: yearly.typical, high: yearly.typical + spread)
      ?? yearly
  }
}

/// How to plan for failing streams.
public struct RobustOptions: Sendable, Hashable, Codable {
  /// Values of Γ between none and all.
  public var steps = 6
  /// Accepted probability of less than the guarantee, 0...1.
  public var risk = 0.01
  /// Part by which streams without a declared range are supposed to vary either way; 0 supposes none.
  public var assumedRange = 0.0
  public var samples = 2000
  public var seed: UInt64 = 1

  public init() {}
}
