/// Collects what links and measures use of a model, and numbers it in the order of that model.
struct ExcerptBuilder {
  private let whole: PlanningModel
  private var outputs: Renumbering
  private var inputs: Renumbering
  private var facilities: Renumbering
  private var permits: Renumbering

  init(_ whole: PlanningModel) {
    self.whole = whole
    outputs = Renumbering(count: whole.supplies.count)
    inputs = Renumbering(count: whole.needs.count)
    facilities = Renumbering(count: whole.facilities.count)
    permits = Renumbering(count: whole.permits.count)
  }

  /// A link's ends as far as its role sees them; permits are paid at the target.
  private mutating func use(_ member: Excerpt.Member) {
    let link = whole.links[member.link]
    if member.role != .head {
      switch link.source {
      case .output(let index): outputs.use(index)
      case .facility(let index): facilities.use(index)
      }
    }
    if member.role == .tail { return }
    switch link.target {
    case .input(let index): inputs.use(index)
    case .facility(let index): facilities.use(index)
    }
    for permit in whole.permits(of: member.link) { permits.use(Int(permit)) }
  }

  /// - Parameters:
  ///   - members: In order of link.
  ///   - measures: Ascending.
  ///   - division: What the copies of cut links have of their worth; needed if there are any.
  ///   - permitShare: The part of a permit's cost that is paid here.
  /// - Complexity: O(members) plus O(streams) of the whole.
  mutating func excerpt(
    _ members: [Excerpt.Member], measures: [Int], division: LinkDivision? = nil,
    permitShare: (_ permit: Int) -> Double = { _ in 1 }
  ) -> Excerpt {
    for member in members { use(member) }
    for index in measures {
      if let output = whole.measures[index].output { outputs.use(output) }
      if let input = whole.measures[index].input { inputs.use(input) }
    }
    outputs.number()
    inputs.number()
    facilities.number()
    permits.number()
    var origins = (
      outputs: outputs.kept.map(Excerpt.Origin.stream),
      inputs: inputs.kept.map(Excerpt.Origin.stream)
    )
    var supplies = outputs.kept.map { whole.supplies[$0] }
    var needs = inputs.kept.map { whole.needs[$0] }
    var links: [PlanningModel.Link] = []
    links.reserveCapacity(members.count)
    for (place, member) in members.enumerated() {
      let link = whole.links[member.link]
      var source = moved(link.source)
      var target = moved(link.target)
      // A border stream never binds before the link's own bound does.
      if member.role == .head {
        source = .output(supplies.count)
        supplies.append(link.upper)
        origins.outputs.append(.border(link: member.link))
      } else if member.role == .tail {
        target = .input(needs.count)
        needs.append(link.upper * link.ratio * (1 + 1e-9))
        origins.inputs.append(.border(link: member.link))
      }
      let worth =
        division?.worth(member, of: link) ?? (money: link.money, fixedCost: link.fixedCost)
      links.append(
        PlanningModel.Link(
          candidate: place, source: source, target: target, ratio: link.ratio,
          money: worth.money, carbon: link.carbon, fixedCost: worth.fixedCost,
          capital: link.capital, lower: link.lower, upper: link.upper, isRequired: link.isRequired)
      )
    }
    let leasts = inputs.kept.map { whole.leastNeed(of: $0) }
    let hasLeasts = !whole.leastNeeds.isEmpty
    let model = PlanningModel(
      name: whole.name, links: links, linkNames: members.map { $0.name(in: whole) },
      linkPermits: needed(by: members), supplies: supplies, needs: needs,
      leastNeeds: hasLeasts
        ? leasts + Array(repeating: 0, count: needs.count - leasts.count) : [],
      permits: permits.kept.map { index in
        var permit = whole.permits[index]
        permit.annualCost *= permitShare(index)
        return permit
      }, facilities: facilities.kept.map { whole.facilities[$0] }, blends: blends(of: members),
      measures: measures.map(moved),
      // A budget that cannot be exceeded is none; one that can keeps all that it limits in one part.
      capitalBudget: whole.isBudgetBinding ? whole.capitalBudget : nil,
      carbonFloor: whole.carbonFloor, partnerLimit: whole.partnerLimit)
    return Excerpt(
      model: model, links: members, measures: measures, outputs: origins.outputs,
      inputs: origins.inputs)
  }

  private func moved(_ source: PlanningModel.Source) -> PlanningModel.Source {
    switch source {
    case .output(let index): .output(outputs.place(index))
    case .facility(let index): .facility(facilities.place(index))
    }
  }

  private func moved(_ target: PlanningModel.Target) -> PlanningModel.Target {
    switch target {
    case .input(let index): .input(inputs.place(index))
    case .facility(let index): .facility(facilities.place(index))
    }
  }

  private func moved(_ index: Int) -> PlanningModel.Measure {
    let measure = whole.measures[index]
    return PlanningModel.Measure(
      name: measure.name, output: measure.output.map(outputs.place),
      input: measure.input.map(inputs.place), shift: measure.shift, money: measure.money,
      carbon: measure.carbon, capital: measure.capital, isRequired: measure.isRequired)
  }

  private func needed(by members: [Excerpt.Member]) -> RaggedArray {
    var rows = RaggedArray()
    if whole.linkPermits.isEmpty { return rows }
    for member in members {
      rows.append(
        member.role == .tail ? [] : whole.permits(of: member.link).map { permits.place(Int($0)) })
    }
    return rows.hasNoMembers ? RaggedArray() : rows
  }

  /// All links of a mixture have one target, so that it is in one excerpt whole, or not at all.
  private func blends(of members: [Excerpt.Member]) -> [PlanningModel.Blend] {
    if whole.blends.isEmpty { return [] }
    var place = [Int32](repeating: -1, count: whole.links.count)
    for (position, member) in members.enumerated() where member.role != .tail {
      place[member.link] = Int32(position)
    }
    return whole.blends.compactMap { blend in
      let kept = zip(blend.links, blend.excess).filter { place[$0.0] >= 0 }
      return kept.isEmpty
        ? nil
        : PlanningModel.Blend(
          name: blend.name, links: kept.map { Int(place[$0.0]) }, excess: kept.map(\.1))
    }
  }
}

extension Excerpt.Member {
  /// A name that no other member of any excerpt has.
  func name(in whole: PlanningModel) -> String {
    switch role {
    case .whole: whole.linkNames[link]
    case .tail: whole.linkNames[link] + "~tail"
    case .head: whole.linkNames[link] + "~head"
    }
  }
}

/// Which of many things are used, and their numbers among those.
struct Renumbering {
  private var places: [Int32]
  private(set) var kept: [Int] = []

  init(count: Int) { places = Array(repeating: -1, count: count) }

  mutating func use(_ index: Int) { places[index] = 0 }

  mutating func number() {
    for index in places.indices where places[index] >= 0 {
      places[index] = Int32(kept.count)
      kept.append(index)
    }
  }

  func place(_ index: Int) -> Int { Int(places[index]) }
}
