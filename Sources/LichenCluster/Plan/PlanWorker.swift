import Foundation
import LichenBench
import LichenPlanning

/// Plans one unit, components in chunks: a function of the unit's folder and nothing else.
struct PlanWorker: Sendable {
  private let model: PlanningModel
  private let limits: PlanLimits
  /// Components by chunk; nothing for a unit that is planned in one go.
  private let chunks: [[PlanningModel.Part]]
  private let solver: any MIPSolver
  private let threads: Int

  /// - Throws: `WorkError.damagedUnit`, `ValidationError` for a folder that is no instance.
  init(_ entry: UnitEntry, in folder: WorkFolder, solver: any MIPSolver, threads: Int) throws {
    let (unit, task) = try folder.task(PlanTask.self, of: entry)
    model = try InstanceReader.read(folder: unit).instance.model
    guard model.links.count == entry.links else {
      throw WorkError.damagedUnit(index: entry.index, path: unit.path)
    }
    limits = task.limits
    self.solver = solver
    self.threads = threads
    if entry.chunks > 1 {
      let parts = model.components()
      let largestFirst = parts.indices.sorted { (parts[$1].count, $0) < (parts[$0].count, $1) }
      // Dealt out like cards, for like work.
      chunks = (0..<entry.chunks).map {
        stride(from: $0, to: parts.count, by: entry.chunks).map { parts[largestFirst[$0]] }
      }
    } else {
      chunks = []
    }
  }

  /// What is found of a chunk's components, in places of the unit.
  /// - Throws: `MIPSolverError`.
  func outcome(chunk: Int, control: SolveControl) throws -> PlanOutcome {
    let solver = PlanSolver(
      solver: solver, stages: limits.objectives.map(\.weights),
      limits: limits.search(threads: threads))
    if chunks.isEmpty {
      return PlanOutcome(
        try solver.solve(model, control: control), firsts: Self.firsts(model.components(), model))
    }
    let excerpt = model.excerpt(chunks[chunk])
    let result = try solver.solve(excerpt.model, control: control)
    return PlanOutcome(
      result, firsts: Self.firsts(excerpt.model.components(), excerpt.model)
    ).placed(as: excerpt, in: model)
  }

  private static func firsts(_ parts: [PlanningModel.Part], _ model: PlanningModel) -> [Int] {
    parts.map { $0.links.first ?? model.links.count + ($0.measures.first ?? 0) }
  }

  /// What is found of the unit: what one search over all its components would say.
  func joined(_ lines: [Data]) throws -> Data {
    if chunks.isEmpty { return lines[0] }
    return try WorkFolder.encoder.encode(
      PlanOutcome(
        joining: lines.map { try JSONDecoder().decode(PlanOutcome.self, from: $0) }, of: model))
  }
}
