import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Adds up the parts of a monthly plan.
struct PeriodsSummary {
  private let study: PlanStudy
  private let seasonal: SeasonalModel
  private let parts: [SeasonalPart]
  private let priced: [PricedStorage]

  init(
    _ study: PlanStudy, _ seasonal: SeasonalModel, _ parts: [SeasonalPart],
    priced: [PricedStorage]
  ) {
    self.study = study
    self.seasonal = seasonal
    self.parts = parts
    self.priced = priced
  }

  private var park: Park { study.park }

  var result: PeriodsResult {
    let best = sum { $0.best?.solution }
    let bound = parts.reduce(0) { $0 + ($1.best?.bound ?? $1.promised) }
    return PeriodsResult(
      plan: study.plan, promised: promised,
      operated: sum(isOpen: study.isOpen) { $0.operation },
      storeless: sum { $0.storeless?.solution }, planned: best,
      bound: max(bound, best?.objective ?? bound), status: status,
      stopReason: parts.compactMap { $0.best?.stopReason }.first { $0 != .completed }
        ?? .completed,
      missesObligations: parts.contains(where: \.missesObligations), parts: parts.count,
      seasonalParts: parts.count(where: \.isSeasonal),
      operatedMonths: months(flows(\.operation)),
      plannedMonths: months(flows { $0.best?.solution }), exchanges: exchanges, stores: stores,
      streams: streams)
  }

  private var status: MIPResult.Status {
    let statuses = parts.map(\.status)
    for status in [MIPResult.Status.infeasible, .unbounded, .noSolution]
    where statuses.contains(status) {
      return status
    }
    return statuses.allSatisfy { $0 == .optimal } ? .optimal : .feasible
  }

  // MARK: Worth

  private var promised: PeriodsResult.Worth {
    func value(_ weights: PlanningModel.Weights) -> Double {
      study.model.value(
        flows: study.flows, isOpen: study.isOpen, isTaken: study.isTaken,
        of: study.model.whole, weights)
    }
    return PeriodsResult.Worth(
      objective: value(study.weights), money: value(.benefit), carbon: value(.carbon))
  }

  /// `nil` if a part has no such solution.
  private func sum(
    isOpen: [Bool]? = nil, _ solution: (SeasonalPart) -> SeasonalSolution?
  ) -> PeriodsResult.Worth? {
    var totals = [0.0, 0, 0]
    for part in parts {
      guard let found = solution(part) else { return nil }
      let open = isOpen.map { all in part.part.links.map { all[$0] } }
      for (place, weights) in [study.weights, .benefit, .carbon].enumerated() {
        totals[place] += seasonal.value(of: found, part: part.part, weights, isOpen: open)
      }
    }
    return PeriodsResult.Worth(objective: totals[0], money: totals[1], carbon: totals[2])
  }

  // MARK: Flows

  /// Months by link of the model; `nil` where the part has no such solution.
  private func flows(_ solution: (SeasonalPart) -> SeasonalSolution?) -> [[Double]?] {
    var flows = [[Double]?](repeating: nil, count: study.model.links.count)
    for part in parts {
      guard let found = solution(part) else { continue }
      for (link, months) in zip(part.part.links, found.flows) { flows[link] = months }
    }
    return flows
  }

  /// `nil` if some part has no flows.
  private func months(_ flows: [[Double]?]) -> [Double]? {
    guard flows.allSatisfy({ $0 != nil }) else { return nil }
    return (0..<12).map { month in
      zip(study.model.links, flows).reduce(0) { $0 + $1.0.money * ($1.1?[month] ?? 0) }
    }
  }

  private var exchanges: [PeriodsResult.Exchange] {
    let operated = flows(\.operation)
    let planned = flows { $0.best?.solution }
    return study.model.links.indices.compactMap { index -> PeriodsResult.Exchange? in
      let isPlanned = planned[index]?.contains { $0 > 0 } ?? false
      guard study.isOpen[index] || isPlanned else { return nil }
      let candidate = study.model.links[index].candidate
      return PeriodsResult.Exchange(
        id: study.model.linkNames[index], candidate: candidate, unit: unit(of: candidate),
        promised: study.flows[index], operated: operated[index], planned: planned[index])
    }.sorted { $0.id < $1.id }
  }

  private func unit(of candidate: Int) -> String {
    let count = study.graph.candidates.count
    let material =
      candidate < count
      ? study.graph.candidates[candidate].output.material
      : study.graph.legs[candidate - count].material
    return park.material(material)?.referenceUnit.id ?? ""
  }

  private var stores: [PeriodsResult.Store] {
    var found: [String: (worth: StoreWorth, stock: [Double])] = [:]
    for part in parts {
      for (place, index) in part.part.stores.enumerated() {
        found[seasonal.stores[index].name] = (
          part.worths[place], part.best?.solution.stocks[place] ?? []
        )
      }
    }
    // Worths are those of a part; the plan has all parts.
    let others = { (name: String) -> Double in
      let all = self.parts.reduce(0) { $0 + ($1.best?.value ?? 0) }
      let own = self.parts.first { part in
        part.part.stores.contains { self.seasonal.stores[$0].name == name }
      }
      return all - (own?.best?.value ?? 0)
    }
    return priced.map { item in
      let name = item.storage.id.rawValue
      let material =
        item.storage.isOutput
        ? park.output(item.storage.stream)?.material : park.input(item.storage.stream)?.material
      let known = found[name]
      let rest = known == nil ? 0 : others(name)
      let idle: PeriodsResult.Store.Idle? =
        item.obstacle.map { .obstacle($0) } ?? (known == nil ? unoffered(item.storage) : nil)
      return PeriodsResult.Store(
        priced: item, unit: material.flatMap { park.material($0)?.referenceUnit.id } ?? "",
        idle: idle, isTaken: known?.worth.isTaken ?? false,
        with: known?.worth.with.map { $0 + rest },
        without: known?.worth.without.map { $0 + rest },
        isProven: known?.worth.isProven ?? false, stock: known?.stock ?? [])
    }
  }

  /// Why a store that could be built is in no seasonal part.
  private func unoffered(_ storage: Storage) -> PeriodsResult.Store.Idle {
    let isUsed = study.model.links.contains { link in
      storage.isOutput
        ? link.output == park.index(ofOutput: storage.stream)
        : link.input == park.index(ofInput: storage.stream)
    }
    return isUsed ? .inStep : .noExchange
  }

  private var streams: [PeriodsResult.Stream] {
    let planned = flows { $0.best?.solution }
    let isComplete = parts.allSatisfy { $0.best != nil }
    let links = study.model.links
    func stream(
      _ stream: any LichenDomain.Stream, _ yearly: Double, isOutput: Bool, _ used: [Int]
    ) -> PeriodsResult.Stream? {
      guard let profile = stream.profile, !used.isEmpty else { return nil }
      let moved = (0..<12).map { month in
        used.reduce(0) {
          $0 + (isOutput ? 1 : links[$1].ratio) * (planned[$1]?[month] ?? 0)
        }
      }
      return PeriodsResult.Stream(
        id: stream.id, isOutput: isOutput,
        unit: park.material(stream.material)?.referenceUnit.id ?? "", profile: profile,
        amounts: profile.shares.shares.map { $0 * yearly }, moved: isComplete ? moved : nil)
    }
    let outputs = park.outputs.indices.compactMap { index in
      stream(
        park.outputs[index], study.model.supplies[index], isOutput: true,
        links.indices.filter { links[$0].output == index })
    }
    let inputs = park.inputs.indices.compactMap { index in
      stream(
        park.inputs[index], study.model.needs[index], isOutput: false,
        links.indices.filter { links[$0].input == index })
    }
    return (outputs + inputs).sorted { $0.id < $1.id }
  }
}
