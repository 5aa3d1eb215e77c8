import Dispatch
import LichenAnalysis
import LichenDomain
import LichenMatching
import LichenPlanning
import LichenReport

/// The questions that a board pack answers, in the order of its report.
public enum BoardQuestion: String, Sendable, CaseIterable {
  case compare, pareto, alternatives, stress, share, barriers, shadow, finance, roadmap, periods,
    indicators, monitor
}

/// All answers about one plan.
public struct BoardPack: Sendable {
  public struct Unanswered: Sendable {
    public let question: BoardQuestion
    public let reason: String
  }

  public let answers: [Answer]
  /// Questions that have no answer for this plan, with the reason.
  public let unanswered: [Unanswered]
}

/// What to put into a board pack.
public struct BoardOptions: Sendable {
  public var questions = BoardQuestion.allCases
  /// Compared with the plan; none leaves the question out.
  public var scenarios: [CombinedScenario] = []
  /// Part by which streams vary in the stress test if no stream declares a range.
  public var assumedRange = 0.2
  /// Parts in which the road map may spend the plan's capital.
  public var capitalYears = 4
  /// Time after which the trade-off and the alternatives tell what they have found so far; `nil` lets them end.
  public var timePerQuestion: Duration? = .seconds(15)

  public init() {}
}

extension Engine {
  /// Asks all questions about a plan. Blocks; call it off the cooperative pool.
  ///
  /// A question that has no answer here, such as a split where required exchanges lose money, does not keep the
  /// others from theirs.
  /// - Parameters:
  ///   - planning: Options of a scenario's park, as of the plan.
  ///   - onQuestion: Called before each question.
  /// - Throws: `MIPSolverError` if the solver fails.
  public func board(
    of result: MatchResult, options: BoardOptions = BoardOptions(),
    planning: (ParkSettings) -> PlanningOptions,
    control: SolveControl = SolveControl(), onQuestion: (BoardQuestion) -> Void = { _ in }
  ) throws -> BoardPack {
    var answers: [Answer] = []
    var unanswered: [BoardPack.Unanswered] = []
    for question in BoardQuestion.allCases where options.questions.contains(question) {
      if question == .compare, options.scenarios.isEmpty { continue }
      if control.isCancelled { break }
      onQuestion(question)
      do {
        answers.append(
          try answer(
            question, of: result, options: options, planning: planning,
            control: control))
      } catch let error as MIPSolverError {
        throw error
      } catch {
        unanswered.append(.init(question: question, reason: "\(error)"))
      }
    }
    return BoardPack(answers: answers, unanswered: unanswered)
  }

  private func answer(
    _ question: BoardQuestion, of result: MatchResult, options: BoardOptions,
    planning: (ParkSettings) -> PlanningOptions, control: SolveControl
  ) throws -> Answer {
    switch question {
    case .compare:
      return .compare(
        try compare(
          options.scenarios, of: result.plan.park, options: planning, control: control))
    case .pareto:
      return try pareto(
        of: result, control: control.stopping(after: options.timePerQuestion))
    case .alternatives:
      return try alternatives(
        of: result, control: control.stopping(after: options.timePerQuestion))
    case .stress:
      var stressed = StressOptions()
      let streams: [Estimate?] =
        result.plan.park.outputs.map { $0.quantity?.yearly }
        + result.plan.park.inputs.map { $0.quantity?.yearly }
      if streams.allSatisfy({ $0?.isExact ?? true }) {
        stressed.robust.assumedRange = options.assumedRange
        stressed.twoStage.assumedRange = options.assumedRange
      }
      return try answer(to: .stress(stressed), of: result)
    case .share: return try answer(to: .share(FairSplitOptions()), of: result)
    case .barriers: return try barriers(of: result)
    case .shadow: return try shadow(of: result)
    case .finance: return try finance(of: result)
    case .roadmap:
      var roads = RoadmapOptions(from: result.plan.park.settings.baseYear, years: 10)
      let capital = result.plan.capital.typical
      if capital > 0 { roads.budgets = [capital / Double(options.capitalYears)] }
      roads.carriesOver = true
      roads.timeLimit = result.plan.options.timeLimit
      roads.nodeLimit = result.plan.options.nodeLimit
      roads.relativeGap = result.plan.options.relativeGap
      return try answer(to: .roadmap(roads), of: result, control: control)
    case .periods: return try periods(of: result, control: control)
    case .indicators: return try indicators(of: result)
    case .monitor: return try monitor(of: result, control: control)
    }
  }
}

extension SolveControl {
  /// A control within this one that cancels itself after a time.
  fileprivate func stopping(after time: Duration?) -> SolveControl {
    guard let time else { return self }
    let inner = SolveControl(within: self)
    DispatchQueue.global().asyncAfter(deadline: .now() + time / .seconds(1)) { inner.cancel() }
    return inner
  }
}
