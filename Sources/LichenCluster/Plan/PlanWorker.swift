import Foundation
import LichenBench
import LichenPlanning

/// Plans one unit: a function of the unit's folder and nothing else.
struct PlanWorker: Sendable {
  let solver: any MIPSolver
  let threads: Int

  /// - Throws: `WorkError.damagedUnit`, `ValidationError` for a folder that is no instance, `MIPSolverError`.
  func outcome(_ entry: UnitEntry, in folder: WorkFolder, control: SolveControl) throws
    -> PlanOutcome
  {
    let (unit, task) = try folder.task(PlanTask.self, of: entry)
    let model = try InstanceReader.read(folder: unit).instance.model
    guard model.links.count == entry.links else {
      throw WorkError.damagedUnit(index: entry.index, path: unit.path)
    }
    let result = try PlanSolver(
      solver: solver, stages: task.limits.objectives.map(\.weights),
      limits: task.limits.search(threads: threads)
    ).solve(model, control: control)
    return PlanOutcome(
      result,
      firsts: model.components().map {
        $0.links.first ?? model.links.count + ($0.measures.first ?? 0)
      })
  }
}
