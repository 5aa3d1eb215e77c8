import Foundation
import LichenAnalysis
import LichenDomain
import LichenGraph
import LichenIO
import LichenMatching
import LichenPlanning
import LichenReport
import LichenSketch

/// A park with the changes of a scenario, checked and ready to be planned.
public struct ScenarioPark: Sendable {
  public let applied: AppliedScenario
  public let park: Park
  /// The options of the baseline with what the scenario asks of the planner.
  public var options: PlanningOptions
}

/// What-if.
extension Engine {
  /// Applies a scenario to a park and checks the changed rows as rows of a file are checked.
  ///
  /// New enterprises get the typical streams of their blueprint. The plan of the result is the plan of
  /// a park that says all this itself.
  /// - Parameters:
  ///   - base: The park as declared.
  ///   - options: Makes the planner's options of the changed park's settings.
  /// - Throws: `ValidationError` with everything wrong with the changes or with what they lead to.
  public func scenario(
    _ scenario: CombinedScenario, of base: Park,
    options: (ParkSettings) -> PlanningOptions = { PlanningOptions(settings: $0) }
  ) throws -> ScenarioPark {
    var applier = ScenarioApplier(
      scenario, to: base.declaration, catalogue: base.catalogue,
      objectives: PlanObjective.allCases.map(\.rawValue))
    applier.addEnterprises()
    fillNewEnterprises(&applier)
    applier.applyOthers()
    let applied = try applier.result()
    do {
      let park =
        scenario.changes.isEmpty
        ? base
        : try park(applied.declaration, warnings: kept(base, applied))
      return ScenarioPark(
        applied: applied, park: park,
        options: options(park.settings).changed(by: applied.planning))
    } catch let error as ValidationError {
      throw ValidationError(error.issues.map { Self.located($0, applier) })
    }
  }

  /// Warnings of the reader that no check of rows repeats, and those of the changes.
  private func kept(_ base: Park, _ applied: AppliedScenario) throws -> [ValidationIssue] {
    let repeated = Set(try park(base.declaration).warnings)
    return base.warnings.filter { !repeated.contains($0) } + applied.warnings
  }

  private func fillNewEnterprises(_ applier: inout ScenarioApplier) {
    if applier.newEnterprises.isEmpty || applier.issues.hasErrors { return }
    do {
      let fill = ParkFiller(park: try park(applier.declaration))
        .filled(only: Set(applier.newEnterprises))
      applier.declaration = fill.declaration
      applier.issues += fill.issues
    } catch let error as ValidationError {
      applier.issues += error.issues.filter { $0.severity == .error }
    } catch {
      preconditionFailure("rows are refused by a ValidationError: \(error)")
    }
  }

  /// What a check found in a row that the scenario wrote says which change it was.
  private static func located(_ issue: ValidationIssue, _ applier: ScenarioApplier)
    -> ValidationIssue
  {
    guard let change = applier.origin(of: issue) else { return issue }
    return ValidationIssue(
      issue.severity, code: issue.code, at: change.location, field: change.key,
      found: issue.found ?? change.value.description, expected: issue.expected, hint: issue.hint)
  }

  /// Plans a park under a scenario. Blocks, as `match` does.
  /// - Parameter onProgress: Called from worker threads, one call at a time.
  /// - Throws: `ValidationError` for what the planner cannot do with the changes; `MIPSolverError` if
  ///   the solver fails.
  public func planned(
    _ scenario: ScenarioPark, control: SolveControl = SolveControl(),
    onProgress: @escaping @Sendable (PlanProgress) -> Void = { _ in }
  ) throws -> PlannedScenario {
    let graph = CandidateGenerator(park: scenario.park).graph(threads: scenario.options.threads)
    let problem: PlanningProblem
    do {
      problem = try PlanningProblem(graph: graph, options: scenario.options)
    } catch {
      guard let issue = Self.issue(error, scenario.applied) else { throw error }
      throw ValidationError([issue])
    }
    let result = try PlanSolver(solver: solver, options: scenario.options)
      .solve(problem.model, control: control, onProgress: onProgress)
    return PlannedScenario(
      scenario: scenario.applied.scenario, changes: scenario.applied.changes, graph: graph,
      plan: Plan(graph: graph, problem: problem, options: scenario.options, result: result))
  }

  /// The change that the planner cannot follow; `nil` if none of the scenario's is meant.
  private static func issue(_ error: PlanningError, _ applied: AppliedScenario)
    -> ValidationIssue?
  {
    let key: String
    switch error {
    case .requiredNotPlannable(let selector, _), .requiredAndForbidden(let selector),
      .unknownLink(let selector, _):
      key = "exchange.\(selector)"
    case .measureNotPlannable(let id, _): key = "option.\(id)"
    case .negativeOption: return nil
    }
    guard let change = applied.changes.first(where: { $0.key == key }) else { return nil }
    return ValidationIssue(
      code: "not-plannable", at: change.location, field: change.key,
      found: change.value.description, hint: error.description)
  }

  /// The baseline and scenarios of a park, planned side by side, and each plan judged in each scenario.
  /// - Parameters:
  ///   - regret: Whether every plan is judged in every scenario.
  ///   - options: Makes the planner's options of a park's settings.
  /// - Throws: `ValidationError` with everything wrong with the scenarios; `MIPSolverError`.
  public func compare(
    _ scenarios: [CombinedScenario], of base: Park, regret: Bool = true,
    options: (ParkSettings) -> PlanningOptions = { PlanningOptions(settings: $0) },
    control: SolveControl = SolveControl()
  ) throws -> ScenarioComparison {
    var issues: [ValidationIssue] = []
    var parks: [ScenarioPark] = []
    for scenario in [.baseline] + scenarios {
      do {
        parks.append(try self.scenario(scenario, of: base, options: options))
      } catch let error as ValidationError {
        issues += error.issues
      }
    }
    if issues.hasErrors { throw ValidationError(Array(Set(issues))) }
    let ready = parks
    let threads = ready.first?.options.threads ?? 1
    let plans = try Threads.map(ready.count, threads: threads) { index in
      Result<PlannedScenario, any Error> { try planned(ready[index], control: control) }
    }.map { try $0.get() }
    return try ScenarioComparison(
      baseline: plans[0], scenarios: Array(plans.dropFirst()),
      solver: regret ? solver : nil, threads: threads, control: control)
  }

  /// What is wrong with the scenarios of a park's folder, each applied to the park by itself.
  /// - Parameter base: The park in that folder.
  public func issues(ofScenariosIn folder: URL, of base: Park) throws -> (
    names: [String], issues: [ValidationIssue]
  ) {
    let (book, read) = ScenarioFiles.inspect(park: folder)
    var issues = read
    for scenario in book.scenarios {
      do {
        let combined = try book.combined([scenario.name], at: scenario.location)
        issues += try self.scenario(combined, of: base).applied.warnings
      } catch let error as ValidationError {
        issues += error.issues
      }
    }
    return (book.names, Array(Set(issues)).sortedByPlace())
  }
}

extension PlanningOptions {
  /// With what a scenario asks of the planner; where both speak of one exchange, the scenario holds.
  func changed(by planning: PlanningChanges) -> PlanningOptions {
    var options = self
    if let objective = planning.objective.flatMap({ PlanObjective(rawValue: $0) }) {
      options.objective = objective
    }
    let spoken = Set(planning.required + planning.forbidden + planning.freed)
    func combined(_ own: [LinkSelector], _ asked: [String]) -> [LinkSelector] {
      (own.filter { !spoken.contains($0.text) } + asked.compactMap { LinkSelector($0) }).sorted()
    }
    options.required = combined(options.required, planning.required)
    options.forbidden = combined(options.forbidden, planning.forbidden)
    options.requiredMeasures = (options.requiredMeasures + planning.measures).sorted()
    return options
  }
}

extension Answer {
  /// One scenario beside the park as declared.
  public static func whatIf(_ comparison: ScenarioComparison) -> Answer {
    Answer("whatif", document: WhatIfDocument(comparison)) { language in
      .whatIf(comparison, language: language)
    }
  }

  /// Scenarios side by side.
  public static func compare(_ comparison: ScenarioComparison) -> Answer {
    Answer("compare", document: ComparisonDocument(comparison)) { language in
      .compare(comparison, language: language)
    }
  }
}
