import GLPKSolver
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport

@testable import LichenAnalysis

extension Planned {
  /// A planned park to ask questions of.
  static func study(
    _ park: Park, configure: (inout PlanningOptions) -> Void = { _ in }
  ) throws -> PlanStudy {
    let (graph, plan) = try plan(park, configure: configure)
    return try PlanStudy(graph: graph, plan: plan, solver: GLPKSolver())
  }

  /// Random parks that have a plan with at least one link, with their seeds, each of at most `links` links however
  /// little they pay.
  static func studies(
    _ seeds: Range<UInt64>, links: ClosedRange<Int> = 1...10, wanted: Int,
    objective: PlanObjective? = .netBenefit, park: (UInt64) throws -> ParkBuilder = small
  ) throws -> [(seed: UInt64, study: PlanStudy)] {
    var found: [(UInt64, PlanStudy)] = []
    for seed in seeds where found.count < wanted {
      let checked = try Park(park(seed).declaration, catalogue: Fixtures.catalogue)
      let study = try study(checked) { options in
        if let objective { options.objective = objective }
      }
      guard study.plan.certificate.status == .optimal,
        links.contains(try study.wholeModel().links.count)
      else { continue }
      found.append((seed, study))
    }
    return found
  }

  static func small(_ seed: UInt64) -> ParkBuilder {
    RandomParks.park(seed: seed, enterprises: 3...6, outputs: 3...7, inputs: 3...7)
  }
}

/// Everything that a small model can do, by trying every choice of openings and measures.
struct Enumeration {
  let model: PlanningModel
  let solver = GLPKSolver()

  /// One choice with the program of its flows.
  struct Choice {
    let open: [Bool]
    let taken: [Bool]
    let program: MIPModel
    let builder: MIPBuilder
  }

  /// - Parameter trace: Least share of its greatest flow that an open link carries.
  /// - Complexity: exponential; for a dozen links and measures together.
  func choices(trace: Double = 0) -> [Choice] {
    let builder = MIPBuilder(model: model, opensEveryLink: true)
    let base = builder.program(maximising: .init(money: 0, carbon: 0))
    let count = model.links.count + model.measures.count
    return (0..<(1 << count)).compactMap { mask in
      let open = model.links.indices.map { mask >> $0 & 1 == 1 }
      let taken = model.measures.indices.map { mask >> (model.links.count + $0) & 1 == 1 }
      let required = model.links.indices.allSatisfy { open[$0] || !model.links[$0].isRequired }
      let done = model.measures.indices.allSatisfy { taken[$0] || !model.measures[$0].isRequired }
      guard required, done else { return nil }
      var program = base
      var values = builder.values(flows: open.map { $0 ? 1 : 0 }, taken: taken)
      for (link, isOpen) in open.enumerated() where isOpen {
        values[builder.opening(at: link) ?? link] = 1
      }
      for column in program.columns.indices where program.columns[column].isInteger {
        program.columns[column].isInteger = false
        program.columns[column].lower = values[column]
        program.columns[column].upper = values[column]
      }
      for (link, isOpen) in open.enumerated() where isOpen && !model.links[link].isRequired {
        program.columns[link].lower = trace
      }
      return Choice(open: open, taken: taken, program: program, builder: builder)
    }
  }

  /// The most of a criterion under a choice while others keep a level; `nil` if none does.
  func most(
    of criterion: LinearCriterion, _ choice: Choice,
    floors: [(criterion: LinearCriterion, least: Double)] = []
  ) throws -> Double? {
    var program = choice.program
    for (column, value) in choice.builder.coefficients(of: criterion).enumerated() {
      program.columns[column].objective = value
    }
    for floor in floors {
      let values = choice.builder.coefficients(of: floor.criterion)
      let scale = max(values.reduce(0) { max($0, abs($1)) }, 1e-12)
      program.addRow(
        MIPRow(
          name: "floor", lower: floor.least / scale,
          entries: values.enumerated().compactMap { $1 == 0 ? nil : ($0, $1 / scale) }))
    }
    guard !program.rows.contains(where: { $0.lower > $0.upper }) else { return nil }
    return try solver.solve(program).objective
  }
}
