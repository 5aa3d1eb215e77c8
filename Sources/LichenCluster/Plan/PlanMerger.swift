import Foundation
import LichenBench
import LichenPlanning

/// Joins what all units found into one plan with one proven bound.
struct PlanMerger: Sendable {
  let folder: WorkFolder
  let sharder: PlanSharder
  let solver: any MIPSolver

  init(_ folder: WorkFolder, instance: Instance, solver: any MIPSolver) {
    self.folder = folder
    self.solver = solver
    let manifest = folder.manifest
    // How many packs there were follows from how many units the first stage of plans has.
    sharder = PlanSharder(
      instance, limits: manifest.limits,
      units: manifest.firstPlan.map { manifest.stages[$0].count } ?? 1,
      isMost: manifest.purpose == .nation)
  }

  /// What the units of a stage found, each judged.
  /// - Throws: `WorkError` for results that are missing, damaged or refused.
  func outcomes(of stage: Int) throws -> StageOutcomes {
    guard let entries = try folder.entries(of: stage) else {
      throw WorkError.missingResults(Array(folder.manifest.stages[stage].indices))
    }
    let contents = sharder.contents(of: stage, in: folder.manifest)
    let path = folder.url.appendingPathComponent("source").path
    guard contents.count == entries.count else {
      throw WorkError.damagedManifest(path: path, reason: "it is not what the units were made of")
    }
    let divisions = try folder.divisions(
      of: stage, cuts: sharder.cuts.map(\.blocks.cutLinks))
    var found = StageOutcomes(sharder)
    _ = try folder.gathered(of: stage) { entry -> Void? in
      guard let outcome = try folder.result(PlanOutcome.self, of: entry) else { return nil }
      let content = contents[entry.index - folder.manifest.stages[stage].first]
      let excerpt = sharder.excerpt(content, divisions: divisions)
      guard excerpt.links.count == entry.links else {
        throw WorkError.damagedManifest(path: path, reason: "it is not what the units were made of")
      }
      try found.add(outcome, of: content, excerpt: excerpt, entry: entry)
    }
    found.join()
    return found
  }

  /// Prices for the stage after: a step against the disagreement at the borders.
  func divisions(after stage: Int) throws -> [LinkDivision] {
    let found = try outcomes(of: stage)
    let before = try folder.divisions(of: stage, cuts: sharder.cuts.map(\.blocks.cutLinks))
    return sharder.cuts.indices.map { cut in
      before[cut].moved(
        in: sharder.model, tails: found.tails[cut], heads: found.heads[cut],
        distance: found.cutBounds[cut] - found.worth(ofCut: cut))
    }
  }

  /// The whole plan: packs as they are; of each cut component the best joined plan of any stage, mended where blocks
  /// disagree, and the least of the stages' bounds.
  /// - Throws: `WorkError`, `MIPSolverError`.
  func merged() throws -> PlanSearchResult {
    let stages = folder.manifest.stages.indices.filter { folder.manifest.stages[$0].kind == .plan }
    var first = try outcomes(of: stages[0])
    var pieces = first.pieces
    var best = sharder.cuts.indices.map { (stage: first, bound: first.cutBounds[$0]) }
    for stage in stages.dropFirst() {
      let later = try outcomes(of: stage)
      for cut in best.indices {
        best[cut].bound = min(best[cut].bound, later.cutBounds[cut])
        if later.worth(ofCut: cut) > best[cut].stage.worth(ofCut: cut) {
          best[cut].stage = later
        }
      }
    }
    for (cut, content) in sharder.cuts.enumerated() {
      let part = sharder.parts[content.part]
      let mended = try mend(part, best[cut].stage)
      for (link, flow) in zip(part.links.sorted(), mended.flows) { first.flows[link] = flow }
      for (measure, isTaken) in zip(part.measures.sorted(), mended.isTaken) {
        if isTaken { first.taken.insert(measure) } else { first.taken.remove(measure) }
      }
      let least = max(min(best[cut].bound, mended.bound), mended.objective)
      first.statuses.append(mended.status)
      first.stopReasons.append(.gapLimit)
      pieces.append(
        (
          part.links.first ?? 0,
          ComponentSummary(
            links: part.links.count, rows: 0, columns: 0, integers: part.links.count,
            status: mended.status.rawValue,
            rawStatus:
              "\(content.blocks.members.count) blocks under shared prices, \(stages.count) rounds",
            objective: mended.objective, bound: least, nodes: 0)
        ))
    }
    // In order of component, as one process adds them up.
    let components = pieces.sorted { $0.first < $1.first }.map(\.summary)
    let objective = components.reduce(0) { $0 + $1.objective }
    let bound = components.reduce(0) { $0 + $1.bound }
    let flows = first.flows
    let model = sharder.model
    return PlanSearchResult(
      flows: flows, isOpen: flows.indices.map { flows[$0] > 0 || model.links[$0].isRequired },
      isTaken: model.measures.indices.map {
        first.taken.contains($0) || model.measures[$0].isRequired
      },
      status: model.status(joining: first.statuses),
      stopReason: first.stopReasons.first { $0 != .completed } ?? .completed,
      objective: objective, bound: max(bound, objective),
      components: components,
      solverName: first.solver.name, solverVersion: first.solver.version)
  }

  /// The joined plan made a plan again, and searched on as long as a block is: capacity was left at the borders.
  private func mend(_ part: PlanningModel.Part, _ stage: StageOutcomes) throws -> PlanSearchResult {
    let excerpt = sharder.model.excerpt([part])
    let start = PlanStart(
      flows: excerpt.links.map { stage.flows[$0.link] },
      taken: excerpt.measures.map(stage.taken.contains))
    return try PlanSolver(
      solver: solver, stages: [.benefit], limits: sharder.limits.search(threads: 1)
    ).solve(excerpt.model, start: start)
  }
}
