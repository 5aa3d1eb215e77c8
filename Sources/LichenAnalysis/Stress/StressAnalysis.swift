import LichenMatching
import LichenPlanning

/// Stresses a plan: everything that has to be planned is a piece, and no piece needs another.
struct StressAnalysis: Sendable {
  private let study: PlanStudy
  private let options: StressOptions
  private let losses: LossAnalysis
  private let robust: RobustAnalysis
  private let twoStage: TwoStageAnalysis

  init(_ study: PlanStudy, options: StressOptions) {
    self.study = study
    self.options = options
    losses = LossAnalysis(study)
    robust = RobustAnalysis(study, options: options.robust)
    twoStage = TwoStageAnalysis(study, options: options.twoStage)
  }

  private enum Piece: Sendable {
    case losses([Loss])
    /// Γ.
    case point(Double)
    case choice(TwoStageAnalysis.Choice)
    /// Samples.
    case spread(Int)
  }

  /// What comes of a piece of the kind of the same name.
  private enum Finding: Sendable, Codable {
    case losses(LossOutcome)
    case point(RobustFront.Point)
    case choice(TwoStageAnalysis.PartResult)
    case spread(UncertaintyResult.Spread)
  }

  /// - Throws: `AnalysisError` without a plan, `MIPSolverError` if the solver fails.
  func run(by workforce: any Workforce) throws -> StressResult {
    let single = losses.losses
    let pairs = options.losesPairs ? LossAnalysis.pairs(single) : []
    let spreads = spreads
    var pieces = single.map { Piece.losses([$0]) } + pairs.map(Piece.losses)
    pieces += robust.budgets.map(Piece.point)
    pieces += twoStage.choices.map(Piece.choice)
    pieces += spreads.map(Piece.spread)
    let all = pieces
    let found = try workforce.map(Pieces("stress", count: all.count) { size(all[$0]) }) {
      try finding(all[$0])
    }
    let outcomes = found.compactMap { if case .losses(let outcome) = $0 { outcome } else { nil } }
    return StressResult(
      planned: losses.planned, losses: LossAnalysis.ranked(Array(outcomes.prefix(single.count))),
      pairs: LossAnalysis.ranked(Array(outcomes.dropFirst(single.count))),
      robust: robust.front(
        found.compactMap { if case .point(let point) = $0 { point } else { nil } }),
      twoStage: twoStage.plan(
        found.compactMap { if case .choice(let result) = $0 { result } else { nil } }),
      sampled: Array(
        zip(spreads, found.compactMap { if case .spread(let spread) = $0 { spread } else { nil } })),
      assumedRange: options.robust.assumedRange)
  }

  private func finding(_ piece: Piece) throws -> Finding {
    switch piece {
    case .losses(let lost): .losses(try losses.outcome(of: lost))
    case .point(let budget): .point(try robust.point(budget))
    case .choice(let choice): .choice(try twoStage.found(choice))
    case .spread(let samples): .spread(try drawing.spread(ofSamples: samples))
    }
  }

  private func size(_ piece: Piece) -> Int {
    switch piece {
    case .losses(let lost): losses.size(of: lost)
    case .point: study.model.links.count
    case .choice(let choice): choice.part.links.count * choice.samples
    // A valuation is of the planned exchanges only.
    case .spread(let samples): study.plan.exchanges.count * samples
    }
  }

  // MARK: Samples

  /// Numbers of samples, to see whether the last suffices; none where nothing is drawn.
  private var spreads: [Int] {
    let plan = study.plan
    guard plan.facilities.isEmpty, !plan.exchanges.isEmpty,
      plan.exchanges.count <= options.sampledExchanges
    else { return [] }
    return [options.samples / 16, options.samples / 4, options.samples]
  }

  private var drawing: UncertaintyAnalysis {
    var drawing = UncertaintyOptions()
    drawing.seed = options.robust.seed
    return UncertaintyAnalysis(
      graph: study.graph, plan: study.plan, solver: study.solver, options: drawing)
  }
}

extension StressResult {
  /// Stresses the plan of a study.
  /// - Parameter workforce: The study's threads if absent.
  /// - Throws: `AnalysisError` without a plan, `MIPSolverError` if the solver fails.
  public init(
    _ study: PlanStudy, options: StressOptions = StressOptions(),
    by workforce: (any Workforce)? = nil
  ) throws {
    self = try StressAnalysis(study, options: options)
      .run(by: workforce ?? OwnThreads(study.threads))
  }
}
