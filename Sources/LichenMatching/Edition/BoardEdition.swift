import LichenDomain
import LichenGraph
import LichenPlanning

/// Makes the edition for a board of a park where some firms asked not to be named.
///
/// What happens among the other firms is shown whole. What touches a hidden firm is told without figures,
/// and so are plants with a hidden firm among their users; totals of the whole plan are ranges.
struct BoardEdition {
  let result: MatchResult
  let hidden: Set<EnterpriseID>
  let letters: Letters

  init(_ result: MatchResult, hidden: [Enterprise]) {
    self.result = result
    self.hidden = Set(hidden.map(\.id))
    letters = Letters(self.hidden, in: result.plan.park, audience: .board)
  }

  var plan: Plan { result.plan }

  var edition: Edition {
    let graph = shownGraph()
    let shown = shownPlan(in: graph)
    let whyNot = whyNot(in: graph)
    let rediscovery = Rediscovery(
      documented: result.rediscovery.documented.filter {
        isOpen($0.exchange.from) && isOpen($0.exchange.to)
      }, new: result.rediscovery.new.filter(isOpen))
    return Edition(
      .board,
      MatchResult(
        graph: graph, plan: Plan(plan, showing: shown, in: graph), rediscovery: rediscovery,
        whyNot: whyNot), withheld: withheld(shown, in: graph))
  }

  // MARK: Who is open

  func isOpen(_ id: EnterpriseID) -> Bool { !hidden.contains(id) }

  func isOpen(_ candidate: Candidate) -> Bool {
    isOpen(candidate.output.enterprise) && isOpen(candidate.input.enterprise)
  }

  func isOpen(_ exchange: PlannedExchange) -> Bool { isOpen(exchange.candidate) }

  /// Everybody whom a plant serves.
  private func users(of plant: PricedFacility) -> [EnterpriseID] {
    let id = plant.facility.id
    let legs = plan.legs.map(\.leg).filter {
      $0.origin?.id == id || $0.destination?.id == id
    }
    return [plant.facility.site] + legs.flatMap { [$0.giver, $0.taker] }
  }

  /// Plants that no hidden firm uses; plants in a row stand and fall together.
  private func openPlants() -> Set<FacilityID> {
    var open = Set(
      result.graph.facilities.filter { users(of: $0).allSatisfy(isOpen) }.map(\.facility.id))
    var isSettled = false
    while !isSettled {
      let left = open.filter { id in
        plan.legs.allSatisfy { leg in
          guard let origin = leg.leg.origin?.id, let end = leg.leg.destination?.id,
            origin == id || end == id
          else { return true }
          return open.contains(origin) && open.contains(end)
        }
      }
      isSettled = left.count == open.count
      open = left
    }
    return open
  }

  // MARK: What is shown

  /// Streams with a hidden partner: their amount would bound what flows there.
  private func sharedStreams() -> Set<StreamID> {
    Set(
      plan.exchanges.filter { !isOpen($0) }.flatMap {
        [$0.candidate.output.id, $0.candidate.input.id]
      }
        + plan.legs.filter { !isOpen($0.leg.giver) || !isOpen($0.leg.taker) }.flatMap {
          [$0.leg.output?.id, $0.leg.input?.id].compactMap(\.self)
        })
  }

  private func shownGraph() -> ExchangeGraph {
    let park = plan.park
    let open = Set(park.enterprises.map(\.id)).subtracting(hidden)
    let shared = sharedStreams()
    let view = ParkView(
      open: open,
      outputs: park.outputs.filter { isOpen($0.enterprise) }.map {
        shared.contains($0.id) ? $0.withoutQuantity() : $0
      },
      inputs: park.inputs.filter { isOpen($0.enterprise) }.map {
        shared.contains($0.id) ? $0.withoutQuantity() : $0
      })
    let shownPark = park.showing(view)
    let candidates = result.graph.candidates.indices.compactMap { index -> Candidate? in
      let candidate = result.graph.candidates[index]
      guard isOpen(candidate) else { return nil }
      return shown(candidate, in: shownPark, shared)
    }
    let plants = openPlants()
    let isPlanned = Set(plan.legs.map(\.leg.id))
    return ExchangeGraph(
      park: shownPark, candidates: candidates,
      facilities: result.graph.facilities.filter { plants.contains($0.facility.id) },
      legs: result.graph.legs.filter { leg in
        isOpen(leg.giver) && isOpen(leg.taker)
          && [leg.origin?.id, leg.destination?.id].compactMap(\.self).allSatisfy(plants.contains)
          && isPlanned.contains(leg.id)
      })
  }

  private func shown(_ candidate: Candidate, in park: Park, _ shared: Set<StreamID>) -> Candidate {
    guard shared.contains(candidate.output.id) || shared.contains(candidate.input.id),
      let output = park.output(candidate.output.id), let input = park.input(candidate.input.id)
    else { return candidate }
    return candidate.shown(
      from: output, to: input, transport: candidate.transport, ledger: candidate.ledger,
      verdict: candidate.verdict,
      permits: candidate.permits)
  }

  private func shownPlan(in graph: ExchangeGraph) -> ShownPlan {
    var shown = ShownPlan()
    shown.exchanges = plan.exchanges.filter(isOpen).map { planned in
      let index = graph.candidates.index(of: planned.candidate)
      return PlannedExchange(
        candidate: index.map { graph.candidates[$0] } ?? planned.candidate,
        quantity: planned.quantity, isRequired: planned.isRequired)
    }
    let plants = Set(graph.facilities.map(\.facility.id))
    shown.facilities = plan.facilities.filter { plants.contains($0.facility.id) }
    let legs = Set(graph.legs.map(\.id))
    shown.legs = plan.legs.filter { legs.contains($0.leg.id) }
    let needed = Set(
      shown.exchanges.flatMap(\.candidate.permits) + shown.legs.flatMap(\.leg.permits))
    shown.permits = plan.permits.filter { needed.contains($0) && isOpen($0.key.holder) }
    shown.measures = plan.measures.filter { isOpen($0.option.enterprise) }
    shown.idleMeasures = plan.idleMeasures.filter { isOpen($0.measure.option.enterprise) }
    return shown
  }

  /// Reasons among open firms stay; what a change would bring depends on the hidden ones. What a
  /// candidate would lose at best tells the amount of its streams, so that it is left out where one has a hidden
  /// partner.
  private func whyNot(in graph: ExchangeGraph) -> WhyNotAnalysis {
    let shared = sharedStreams()
    let entries = result.whyNot.entries.compactMap { entry -> WhyNotEntry? in
      let candidate = entry.candidate
      guard isOpen(candidate), let index = graph.candidates.index(of: candidate) else {
        return nil
      }
      if case .neverPays = entry.reason,
        shared.contains(candidate.output.id) || shared.contains(candidate.input.id)
      {
        return nil
      }
      return WhyNotEntry(index, of: graph.candidates, entry.reason, change: nil)
    }
    let plants = Set(graph.facilities.map(\.facility.id))
    return WhyNotAnalysis(
      entries: entries.sorted { $0.index < $1.index },
      facilities: result.whyNot.facilities.filter { plants.contains($0.plant.facility.id) }.map {
        ClosedFacility(plant: $0.plant, reason: $0.reason, moneyChange: nil, carbonChange: nil)
      })
  }
}
