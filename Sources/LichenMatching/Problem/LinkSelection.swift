import LichenDomain
import LichenGraph
import LichenPlanning

/// What of a graph may be planned.
struct Selection {
  typealias Chosen<Item> = (index: Int, item: Item, isRequired: Bool)

  private(set) var candidates: [Chosen<Candidate>] = []
  private(set) var legs: [Chosen<FacilityLeg>] = []
  /// By index of candidate, then of leg.
  private(set) var excluded: [Int: ExclusionReason] = [:]
  private var needs: [PermitNeed.Key: PermitNeed] = [:]

  /// Needs of everything that may be planned, in order of key.
  var permitNeeds: [PermitNeed] { needs.values.sorted { $0.key < $1.key } }

  /// - Parameter kept: Selectors of exchanges that must stay.
  init(graph: ExchangeGraph, options: PlanningOptions, kept: [LinkSelector]) {
    func fate(_ id: String, isPlannable: Bool) -> (excluded: ExclusionReason?, isRequired: Bool) {
      if !isPlannable { return (.blocked, false) }
      if options.forbidden.contains(where: { $0.matches(id) }) { return (.forbidden, false) }
      return (nil, (options.required + kept).contains { $0.matches(id) })
    }
    for (index, candidate) in graph.candidates.enumerated() {
      let fate = fate(candidate.id, isPlannable: candidate.isPlannable)
      excluded[index] = fate.excluded
      if fate.excluded != nil { continue }
      candidates.append((index, candidate, fate.isRequired))
      for need in candidate.permits { needs[need.key] = need }
    }
    for (offset, leg) in graph.legs.enumerated() {
      let index = graph.candidates.count + offset
      let fate = fate(leg.id, isPlannable: graph.obstacle(of: leg) == nil)
      excluded[index] = fate.excluded
      if fate.excluded != nil { continue }
      legs.append((index, leg, fate.isRequired))
      for need in leg.permits { needs[need.key] = need }
    }
  }
}

extension ExchangeGraph {
  /// Id of a candidate, or of a leg, by the index of a link.
  func linkID(_ index: Int) -> String {
    index < candidates.count ? candidates[index].id : legs[index - candidates.count].id
  }

  /// What keeps a leg, or a plant at either end, from being planned; `nil` if nothing does.
  func obstacle(of leg: FacilityLeg) -> String? {
    if !leg.isPlannable { return leg.blockers.map(\.kind.rawValue).joined(separator: ", ") }
    let ends = [leg.origin?.id, leg.destination?.id].compactMap(\.self)
    let plant = facilities.first { $0.obstacle != nil && ends.contains($0.facility.id) }
    return plant.flatMap { "\($0.facility.id): \($0.obstacle?.rawValue ?? "")" }
  }
}

/// Writes legs and plants in the planning model's terms.
struct LegWriter {
  private let outputs: [StreamID: Int]
  private let inputs: [StreamID: Int]
  private let reach: StreamReach
  private let plants: [PricedFacility]
  private let firstIndex: Int
  private let plantIndex: [FacilityID: Int]

  /// - Parameter firstIndex: Index of the first leg among candidates and legs.
  init(
    outputs: [StreamID: Int], inputs: [StreamID: Int], reach: StreamReach,
    plants: [PricedFacility], firstIndex: Int
  ) {
    self.outputs = outputs
    self.inputs = inputs
    self.reach = reach
    self.plants = plants
    self.firstIndex = firstIndex
    plantIndex = Dictionary(
      uniqueKeysWithValues: plants.enumerated().map { ($0.element.facility.id, $0.offset) })
  }

  func facility(_ plant: PricedFacility) -> PlanningModel.Facility {
    PlanningModel.Facility(
      name: plant.facility.id.rawValue, capacity: plant.facility.capacity ?? 0,
      openingCost: -plant.money.typical, capital: plant.capital.typical)
  }

  /// `nil` if nothing can flow.
  func link(_ leg: FacilityLeg, index: Int, isRequired: Bool) -> PlanningModel.Link? {
    guard let (source, given) = source(leg.source), let (target, taken) = target(leg.target) else {
      return nil
    }
    let upper = min(given, taken / (leg.input == nil ? 1 : leg.ratio.typical))
    guard upper > 0 else { return nil }
    return PlanningModel.Link(
      candidate: index, source: source, target: target, ratio: leg.ratio.typical,
      money: leg.ledger.netMoneyPerUnit.typical, carbon: leg.ledger.netCarbonPerUnit.typical,
      fixedCost: leg.ledger.fixedCost.typical, capital: leg.ledger.capital.typical,
      lower: leg.minimumFlow, upper: upper, isRequired: isRequired)
  }

  /// The end and the most that it gives.
  private func source(_ source: FacilityLeg.Source) -> (PlanningModel.Source, Double)? {
    switch source {
    case .output(let output):
      return outputs[output.id].map { (.output($0), reach.supplies[$0]) }
    case .facility(let facility):
      return plantIndex[facility.id].map { (.facility($0), plants[$0].largestMake ?? 0) }
    }
  }

  /// The end and the most that it takes.
  private func target(_ target: FacilityLeg.Target) -> (PlanningModel.Target, Double)? {
    switch target {
    case .input(let input):
      return inputs[input.id].map { (.input($0), reach.needs[$0]) }
    case .facility(let facility):
      return plantIndex[facility.id].map { (.facility($0), plants[$0].facility.capacity ?? 0) }
    }
  }
}
