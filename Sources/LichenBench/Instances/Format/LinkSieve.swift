import LichenPlanning

/// Links with tight bounds; those that can never carry anything within their lot are left out.
struct LinkSieve {
  private(set) var links: [PlanningModel.Link]
  private(set) var names: [String]
  private(set) var permits = RaggedArray()
  /// Positions among the drafts of links that are left out, ascending.
  private(set) var dropped: [Int] = []

  /// - Parameters:
  ///   - drafts: Links whose `upper` is their own capacity; infinite if they have none.
  ///   - permits: By draft; empty if no link needs any.
  init(
    drafts: consuming [PlanningModel.Link], names: [String], permits: RaggedArray,
    bounds: FlowBounds
  ) {
    links = drafts
    self.names = names
    var kept = 0
    for position in links.indices {
      let upper = min(links[position].upper, bounds.most(of: links[position]))
      guard upper > 0, links[position].lower <= upper else {
        dropped.append(position)
        continue
      }
      links[kept] = links[position].with(upper: upper)
      if kept != position { self.names[kept] = self.names[position] }
      kept += 1
      if !permits.isEmpty { self.permits.append(permits[position].lazy.map(Int.init)) }
    }
    links.removeSubrange(kept...)
    self.names.removeSubrange(kept...)
    if self.permits.hasNoMembers { self.permits = RaggedArray() }
  }

  /// The blends without the links that are left out, which carry nothing.
  func sifted(_ blends: [PlanningModel.Blend]) -> [PlanningModel.Blend] {
    if dropped.isEmpty { return blends }
    let gone = Set(dropped)
    return blends.compactMap { blend in
      let kept = zip(blend.links, blend.excess).filter { !gone.contains($0.0) }
      if kept.isEmpty { return nil }
      return PlanningModel.Blend(
        name: blend.name, links: kept.map { position(of: $0.0) }, excess: kept.map(\.1))
    }
  }

  /// Where a draft that is kept stands now.
  private func position(of draft: Int) -> Int {
    var low = 0
    var high = dropped.count
    while low < high {
      let middle = (low + high) / 2
      if dropped[middle] < draft { low = middle + 1 } else { high = middle }
    }
    return draft - low
  }
}

extension PlanningModel.Link {
  func with(upper: Double) -> PlanningModel.Link {
    PlanningModel.Link(
      candidate: candidate, source: source, target: target, ratio: ratio, money: money,
      carbon: carbon, fixedCost: fixedCost, capital: capital, lower: lower, upper: upper,
      isRequired: isRequired)
  }
}
