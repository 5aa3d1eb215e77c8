extension PlanningModel {
  /// Drops links whose best value alone is not positive: opening one never helps, because permits and
  /// shared limits can only make it worse. Exact for a single objective.
  ///
  /// Links that other rules may call for stay: required ones, legs of a facility, links of a blend
  /// or to a need that must be covered, and every link if CO2e has a floor.
  /// - Returns: The smaller model and the dropped links with their best value.
  public func withoutHopelessLinks(_ weights: Weights) -> (
    PlanningModel, [(link: Link, best: Double)]
  ) {
    guard carbonFloor == nil else { return (self, []) }
    let blended = Set(blends.flatMap(\.links))
    var kept: [Int] = []
    var dropped: [(Link, Double)] = []
    for (index, link) in links.enumerated() {
      let best = bestValue(of: link, weights)
      if best > 0 || mayBeCalledFor(link) || blended.contains(index) {
        kept.append(index)
      } else {
        dropped.append((link, best))
      }
    }
    if dropped.isEmpty { return (self, []) }
    return (restricted(to: Part(links: kept, measures: Array(measures.indices))), dropped)
  }

  private func mayBeCalledFor(_ link: Link) -> Bool {
    if link.isRequired { return true }
    guard link.output != nil, let input = link.input else { return true }
    return leastNeed(of: input) > 0
  }

  /// A measure that loses by itself helps only if it leaves more for exchanges, or if CO2e is owed.
  public func isUseful(measure index: Int, _ weights: Weights) -> Bool {
    let measure = measures[index]
    return measure.isRequired || measure.shift > 0 || carbonFloor != nil
      || value(of: measure, weights) > 0
  }

  /// The same problem with some of its links and measures, by index, ascending.
  public func restricted(to part: Part) -> PlanningModel {
    var position = [Int32](repeating: -1, count: links.count)
    for (place, link) in part.links.enumerated() { position[link] = Int32(place) }
    var permits = RaggedArray()
    if !linkPermits.isEmpty {
      for link in part.links { permits.append(linkPermits[link].lazy.map(Int.init)) }
    }
    let blends = blends.compactMap { blend -> Blend? in
      let kept = zip(blend.links, blend.excess).filter { position[$0.0] >= 0 }
      if kept.isEmpty { return nil }
      return Blend(
        name: blend.name, links: kept.map { Int(position[$0.0]) }, excess: kept.map(\.1))
    }
    return PlanningModel(
      name: name, links: part.links.map { links[$0] }, linkNames: part.links.map { linkNames[$0] },
      linkPermits: permits, supplies: supplies, needs: needs, leastNeeds: leastNeeds,
      permits: self.permits, facilities: facilities, blends: blends,
      measures: part.measures.map { measures[$0] }, capitalBudget: capitalBudget,
      carbonFloor: carbonFloor, partnerLimit: partnerLimit)
  }
}
