import LichenPlanning

/// Writes a part of a planning model in two stages: openings, permits, plants and measures before, flows after.
struct TwoStageWriter {
  private let builder: MIPBuilder
  private let base: MIPModel
  private var flowCount: Int { builder.links.count }

  init(model: PlanningModel, part: PlanningModel.Part, weights: PlanningModel.Weights) {
    builder = MIPBuilder(model: model, part: part, opensEveryLink: true)
    base = builder.program(maximising: weights)
  }

  /// - Parameters:
  ///   - drawn: Supplies and needs of all streams, by sample, all equally likely.
  ///   - typical: Those that a planner takes who knows no risk.
  func program(
    drawn: [(supplies: [Double], needs: [Double])], typical: (supplies: [Double], needs: [Double])
  ) -> TwoStageProgram {
    let share = 1 / Double(drawn.count)
    return TwoStageProgram(
      first: Array(base.columns.dropFirst(flowCount)),
      rows: base.rows.filter { row in row.entries.allSatisfy { $0.column >= flowCount } }
        .map(renumbered),
      outcomes: drawn.map { outcome($0.supplies, $0.needs, probability: share) },
      mean: outcome(typical.supplies, typical.needs, probability: 1))
  }

  /// Flows come first in the builder's columns and last in the stages'.
  private func renumbered(_ row: MIPRow) -> MIPRow {
    let firstCount = base.columns.count - flowCount
    var row = row
    row.entries = row.entries.map {
      ($0.column < flowCount ? $0.column + firstCount : $0.column - flowCount, $0.value)
    }
    return row
  }

  private func outcome(
    _ supplies: [Double], _ needs: [Double], probability: Double
  ) -> TwoStageProgram.Outcome {
    let rows = base.rows.compactMap { row -> MIPRow? in
      // A short year may bring less than the usual lot.
      guard row.entries.contains(where: { $0.column < flowCount }), !row.name.hasPrefix("least_")
      else { return nil }
      var row = renumbered(row)
      if row.name.hasPrefix("supply_"), let stream = Int(row.name.dropFirst(7)) {
        row.upper = supplies[stream] / scale(builder.model.supplies[stream])
      } else if row.name.hasPrefix("need_"), let stream = Int(row.name.dropFirst(5)) {
        row.upper = needs[stream] / scale(builder.model.needs[stream])
      }
      return row
    }
    return TwoStageProgram.Outcome(
      probability: probability, columns: Array(base.columns.prefix(flowCount)), rows: rows)
  }

  private func scale(_ amount: Double) -> Double { amount > 0 ? amount : 1 }

  /// Names of links that first decisions open.
  func links(_ decisions: [Double]) -> [String] {
    builder.links.enumerated().compactMap { position, link in
      guard let opening = builder.opening(at: position), decisions[opening - flowCount] > 0.5
      else { return nil }
      return builder.model.linkNames[link]
    }
  }

  /// First decisions that are best for typical quantities.
  func firstForTypical(
    _ program: TwoStageProgram, _ solver: any MIPSolver, _ options: MIPOptions
  ) throws -> [Double] {
    let typical = TwoStageProgram(
      first: program.first, rows: program.rows, outcomes: [program.mean], mean: program.mean)
    return try typical.solve(solver, options: options)?.first ?? program.first.map { _ in 0 }
  }
}
