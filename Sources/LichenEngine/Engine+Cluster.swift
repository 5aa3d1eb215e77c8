import Foundation
import LichenBench
import LichenCluster
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// A park's plan, divided into units and joined again.
extension Engine {
  /// Folders of work are made, worked on and merged by this.
  /// - Parameters:
  ///   - runner: Program that does one run of a benchmark; see `Work`.
  ///   - threads: Of making candidates; nothing depends on it.
  public func work(runner: URL? = nil, threads: Int = 1) -> Work {
    Work(
      engine: Engine.version, solver: solver, runner: runner,
      maker: ParkCandidates(engine: self, threads: threads), analyst: QuestionAnalyst(engine: self))
  }

  /// Makes a folder of work of a park's plan.
  ///
  /// The folder keeps the park as declared and the options, from which `merged` makes candidates and ledgers anew.
  /// - Parameters:
  ///   - units: How many units there should be.
  ///   - rounds: See `Work.shard`.
  /// - Throws: `PlanningError` for contradictory options, `FileWritingError`.
  public func shard(
    _ park: Park, options: PlanningOptions, limits: PlanLimits, units: Int, rounds: Int,
    to folder: URL, news: Work.News = { _ in }
  ) throws -> WorkFolder {
    let problem = try PlanningProblem(
      graph: CandidateGenerator(park: park).graph(threads: options.threads), options: options)
    let stages = options.stages
    var limits = limits
    // One objective is worked into what a unit earns; several stay apart.
    let model = problem.model.pricing(stages.count == 1 ? stages[0] : .benefit)
    limits.objectives = (stages.count == 1 ? [.benefit] : stages).map(PlanLimits.Objective.init)
    let instance = Instance(
      name: park.settings.name, source: "Park \(park.settings.title)", licence: "As the park's",
      model: model, outputIDs: park.outputs.map(\.id.rawValue),
      inputIDs: park.inputs.map(\.id.rawValue))
    let archive = try ParkArchive(park.declaration).data()
    let record = try JSONEncoder().encode(PlanningRecord(options, of: park))
    return try work().shard(
      instance, to: folder, limits: limits, units: units, rounds: rounds, purpose: .park,
      source: [("park.json", Array(archive)), ("options.json", Array(record))], news: news)
  }

  /// Joins the results of a park's folder of work, and explains the plan.
  /// - Throws: `WorkError` for results that are missing, damaged or refused, `MIPSolverError`.
  public func merged(_ folder: WorkFolder, control: SolveControl = SolveControl()) throws
    -> MatchResult
  {
    let record = try JSONDecoder().decode(
      PlanningRecord.self,
      from: Data(contentsOf: folder.source.appendingPathComponent("options.json")))
    let park = try park(
      ParkArchive(data: Data(contentsOf: folder.source.appendingPathComponent("park.json"))),
      overrides: record.overrides)
    let options = record.options(limits: folder.manifest.limits)
    let generator = CandidateGenerator(park: park)
    let graph = generator.graph(threads: options.threads)
    let problem = try PlanningProblem(graph: graph, options: options)
    let (instance, joined) = try work().merge(folder)
    let plan = Plan(
      graph: graph, problem: problem, options: options,
      result: joined.widened(from: instance.model, to: problem.model))
    return MatchResult(
      graph: graph, plan: plan, rediscovery: Rediscovery(plan: plan, generator: generator),
      whyNot: try WhyNotAnalysis(plan: plan, graph: graph, solver: solver, control: control))
  }
}

extension PlanSearchResult {
  /// The same plan of a model with more links: those that could never carry anything carry nothing.
  fileprivate func widened(from smaller: PlanningModel, to model: PlanningModel) -> PlanSearchResult
  {
    if smaller.linkNames == model.linkNames { return self }
    var places: [String: Int] = [:]
    for (place, name) in smaller.linkNames.enumerated() { places[name] = place }
    let found = model.linkNames.map { places[$0] }
    return PlanSearchResult(
      flows: found.map { $0.map { flows[$0] } ?? 0 },
      isOpen: zip(found, model.links).map { place, link in
        place.map { isOpen[$0] } ?? link.isRequired
      }, isTaken: isTaken, status: status, stopReason: stopReason, objective: objective,
      bound: bound, components: components, solverName: solverName, solverVersion: solverVersion)
  }
}

/// What a plan was asked for, beside its park.
struct PlanningRecord: Codable, Sendable {
  let objective: PlanObjective
  let carbonPrice: Double
  let capitalBudget: Double?
  let partnerLimit: Int?
  let carbonFloor: Double?
  let required: [String]
  let forbidden: [String]
  let measures: [String]
  let baseYear: Int
  let lawDate: CalendarDate
  let existingExchanges: ExistingExchanges

  init(_ options: PlanningOptions, of park: Park) {
    objective = options.objective
    carbonPrice = options.carbonPrice
    capitalBudget = options.capitalBudget
    partnerLimit = options.partnerLimit
    carbonFloor = options.carbonFloor
    required = options.required.map(\.text)
    forbidden = options.forbidden.map(\.text)
    measures = options.requiredMeasures.map(\.rawValue)
    baseYear = park.settings.baseYear
    lawDate = park.settings.lawDate
    existingExchanges = park.settings.existingExchanges
  }

  var overrides: Engine.Overrides {
    var overrides = Engine.Overrides()
    overrides.baseYear = baseYear
    overrides.lawDate = lawDate
    overrides.existingExchanges = existingExchanges
    return overrides
  }

  func options(limits: PlanLimits) -> PlanningOptions {
    var options = PlanningOptions(
      objective: objective, carbonPrice: carbonPrice, capitalBudget: capitalBudget,
      partnerLimit: partnerLimit, carbonFloor: carbonFloor,
      required: required.compactMap { LinkSelector($0) },
      forbidden: forbidden.compactMap { LinkSelector($0) }, relativeGap: limits.gap)
    options.requiredMeasures = measures.compactMap { OptionID($0) }
    options.nodeLimit = limits.effort
    return options
  }
}
