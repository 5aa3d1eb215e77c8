import LichenDomain
import LichenMatching
import LichenPlanning

/// Prices what is scarce, in two ways that must not be mixed up: by the duals of the linear program that is left when the
/// plan's links, permits, plants and measures are kept, and by planning again with a little more and a little less.
public struct MarginalAnalysis: Sendable {
  private let study: PlanStudy
  private let share: Double
  private var model: PlanningModel { study.model }

  /// - Parameter share: Step of the re-plans, of each amount; above 0, below 1.
  public init(_ study: PlanStudy, share: Double = 0.01) {
    self.study = study
    self.share = share
  }

  /// - Throws: `AnalysisError` without a plan, `MIPSolverError` if the solver fails.
  public func run() throws -> Marginals {
    let base = try study.variants.solve(model)
    guard base.hasPlan else { throw AnalysisError.noPlan }
    let duals = try self.duals(base)
    let resources = self.resources()
    let values = try Threads.map(resources.count, threads: study.threads) { index in
      Result { () throws -> Marginals.Value? in
        try value(of: resources[index], base: base, dual: duals[resources[index]] ?? 0)
      }
    }.compactMap { try $0.get() }
    return Marginals(
      values: values.sorted {
        let (left, right) = (Self.weight($0), Self.weight($1))
        return left != right ? left > right : $0.resource.name < $1.resource.name
      }, share: share)
  }

  private static func weight(_ value: Marginals.Value) -> Double {
    abs(value.amount) * max(abs(value.shadowPrice), abs(value.more ?? 0), abs(value.less ?? 0))
  }

  /// Everything that a link of the model uses and that is limited.
  private func resources() -> [Marginals.Resource] {
    let outputs = Set(model.links.compactMap(\.output)).sorted()
    let inputs = Set(model.links.compactMap(\.input)).sorted()
    var found: [Marginals.Resource] = outputs.map { .supply(study.park.outputs[$0].id) }
    found += inputs.map { .need(study.park.inputs[$0].id) }
    if model.capitalBudget != nil { found.append(.budget) }
    if model.carbonFloor != nil { found.append(.carbonFloor) }
    return found
  }

  private func value(
    of resource: Marginals.Resource, base: VariantPlan, dual: Double
  ) throws -> Marginals.Value? {
    let amount = amount(of: resource)
    guard amount > 0 else { return nil }
    let step = share * amount
    func objective(_ sign: Double) throws -> Double? {
      let plan = try study.variants.solve(changed(resource, by: sign * step))
      return plan.hasPlan ? plan.objective : nil
    }
    let more = try objective(1).map { ($0 - base.objective) / step }
    let less = try objective(-1).map { (base.objective - $0) / step }
    let tolerance = 1e-7 * max(1, abs(base.objective)) / step
    guard
      abs(dual) * step > 1e-9 * max(1, abs(base.objective))
        || more.map({ abs($0) > tolerance }) ?? true
        || less.map({ abs($0) > tolerance }) ?? true
    else { return nil }
    return Marginals.Value(
      resource: resource, amount: amount, shadowPrice: dual, more: more, less: less, step: step)
  }

  private func amount(of resource: Marginals.Resource) -> Double {
    switch resource {
    case .supply(let id): study.park.index(ofOutput: id).map { model.supplies[$0] } ?? 0
    case .need(let id): study.park.index(ofInput: id).map { model.needs[$0] } ?? 0
    case .budget: model.capitalBudget ?? 0
    case .carbonFloor: model.carbonFloor ?? 0
    }
  }

  /// The model with more or less of something; links may then carry more, up to their own limits.
  private func changed(_ resource: Marginals.Resource, by change: Double) -> PlanningModel {
    var supplies = model.supplies
    var needs = model.needs
    switch resource {
    case .supply(let id):
      if let index = study.park.index(ofOutput: id) { supplies[index] += change }
    case .need(let id): if let index = study.park.index(ofInput: id) { needs[index] += change }
    case .budget:
      return model.limited(
        budget: (model.capitalBudget ?? 0) + change, floor: model.carbonFloor,
        partners: model.partnerLimit)
    case .carbonFloor:
      return model.limited(
        budget: model.capitalBudget, floor: (model.carbonFloor ?? 0) + change,
        partners: model.partnerLimit)
    }
    return model.with(supplies: supplies, needs: needs)
  }

  // MARK: Duals

  /// Shadow prices of the rows that stand for resources, parts solved apart.
  private func duals(_ base: VariantPlan) throws -> [Marginals.Resource: Double] {
    var found: [Marginals.Resource: Double] = [:]
    for part in model.components() {
      let builder = MIPBuilder(model: model, part: part)
      var program = builder.program(maximising: study.weights)
      let values = builder.values(
        flows: part.links.map { base.flows[$0] }, taken: part.measures.map { base.isTaken[$0] })
      for column in program.columns.indices where program.columns[column].isInteger {
        program.columns[column].isInteger = false
        program.columns[column].lower = values[column]
        program.columns[column].upper = values[column]
      }
      freeImpliedBounds(of: part, &program, isOpen: { base.isOpen[$0] })
      let result = try study.solver.solve(program)
      guard let rowDuals = result.rowDuals else { continue }
      for (row, dual) in zip(program.rows, rowDuals) {
        guard let (resource, scale) = resource(of: row.name) else { continue }
        found[resource] = dual / scale
      }
    }
    return found
  }

  /// A link's own bound says what its streams say already, and would take their price: only theirs stays.
  private func freeImpliedBounds(
    of part: PlanningModel.Part, _ program: inout MIPModel, isOpen: (Int) -> Bool
  ) {
    var freed: Set<String> = []
    for (position, index) in part.links.enumerated() where isOpen(index) {
      let link = model.links[index]
      let implied = min(
        link.output.map { model.supplies[$0] } ?? .infinity,
        link.input.map { model.needs[$0] / link.ratio } ?? .infinity)
      guard link.upper >= implied * (1 - 1e-12) else { continue }
      program.columns[position].upper = .infinity
      freed.insert("most_\(model.linkNames[index])")
    }
    for row in program.rows.indices where freed.contains(program.rows[row].name) {
      program.rows[row].upper = .infinity
    }
  }

  /// What a row of the program limits, and the unit in which it does.
  private func resource(of row: String) -> (Marginals.Resource, scale: Double)? {
    if row.hasPrefix("supply_"), let index = Int(row.dropFirst(7)) {
      return (.supply(study.park.outputs[index].id), max(model.supplies[index], 1e-300))
    }
    if row.hasPrefix("need_"), let index = Int(row.dropFirst(5)) {
      return (.need(study.park.inputs[index].id), max(model.needs[index], 1e-300))
    }
    if row == "capital", let budget = model.capitalBudget {
      return (.budget, budget > 0 ? budget : 1)
    }
    if row == "carbon", let floor = model.carbonFloor {
      return (.carbonFloor, max(abs(floor), 1))
    }
    return nil
  }
}

extension PlanningModel {
  /// The same model with other amounts, where a link may carry what its streams then allow.
  func with(supplies: [Double], needs: [Double]) -> PlanningModel {
    var model = self
    model.supplies = supplies
    model.needs = needs
    for (index, link) in links.enumerated() {
      let before = min(
        link.output.map { self.supplies[$0] } ?? .infinity,
        link.input.map { self.needs[$0] / link.ratio } ?? .infinity)
      let after = min(
        link.output.map { supplies[$0] } ?? .infinity,
        link.input.map { needs[$0] / link.ratio } ?? .infinity)
      guard before.isFinite, after.isFinite else { continue }
      // Bounds that a measure or the link itself sets move with the streams, but never beyond.
      let upper = max(0, link.upper + after - before)
      model.links[index].upper = upper
      model.links[index].lower = min(link.lower, upper)
    }
    return model
  }
}
