extension MIPBuilder {
  /// The linear relaxation with the opening variables projected out: y = x wherever opening costs
  /// something, so a flow pays its share of the fixed cost.
  ///
  /// Same optimum as the relaxation of `program(maximising:)` with fewer columns and rows; smallest
  /// lots are dropped, which only raises the bound. Its value is an upper bound on every plan.
  public func relaxation(maximising weights: PlanningModel.Weights) -> MIPModel {
    var program = MIPModel(name: model.name)
    for index in links {
      let link = model.links[index]
      let value = model.unitValue(of: link, weights) * link.upper
      let fixed = weights.money * link.fixedCost
      if link.isRequired { program.objectiveConstant -= fixed }
      program.addColumn(
        MIPColumn(
          name: "flow_\(model.linkNames[index])", lower: 0, upper: 1,
          objective: link.isRequired ? value : value - fixed))
    }
    for index in measures {
      let measure = model.measures[index]
      program.addColumn(
        MIPColumn(
          name: "measure_\(measure.name)", lower: measure.isRequired ? 1 : 0, upper: 1,
          objective: model.value(of: measure, weights)))
    }
    addBalances(to: &program, firstMeasure: links.count)
    addRelaxedPermits(to: &program, weights)
    addRelaxedLimits(to: &program)
    return program
  }

  /// A permit is bought as far as its busiest link uses it.
  private func addRelaxedPermits(to program: inout MIPModel, _ weights: PlanningModel.Weights) {
    var columns: [Int: Int] = [:]
    for (position, index) in links.enumerated() {
      for permit in model.links[index].permits {
        let cost = weights.money * model.permits[permit].annualCost
        guard cost > 0 else { continue }
        let column =
          columns[permit]
          ?? program.addColumn(
            MIPColumn(
              name: "permit_\(model.permits[permit].name)", lower: 0, upper: 1, objective: -cost))
        columns[permit] = column
        program.addRow(
          MIPRow(
            name: "needs_\(permit)_\(model.linkNames[index])", upper: 0,
            entries: [(position, 1), (column, -1)]))
      }
    }
  }

  /// Counts and capital with shares of flow in place of openings.
  private func addRelaxedLimits(to program: inout MIPModel) {
    if let limit = model.partnerLimit {
      for key in [\PlanningModel.Link.output, \.input] {
        for (stream, positions) in grouped(by: key) where positions.count > limit {
          program.addRow(
            MIPRow(
              name: "partners_\(stream)", upper: Double(limit), entries: positions.map { ($0, 1) }))
        }
      }
    }
    if let budget = model.capitalBudget, model.isBudgetBinding {
      let scale = budget > 0 ? budget : 1
      let entries =
        links.indices.compactMap { position -> (Int, Double)? in
          let capital = model.links[links[position]].capital
          return capital > 0 ? (position, capital / scale) : nil
        } + capitalEntries(firstMeasure: links.count, scale: scale)
      if !entries.isEmpty {
        program.addRow(MIPRow(name: "capital", upper: budget / scale, entries: entries))
      }
    }
  }
}
