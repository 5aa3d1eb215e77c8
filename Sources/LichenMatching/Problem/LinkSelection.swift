import LichenDomain
import LichenGraph
import LichenPlanning

/// What of a graph may be planned.
struct Selection {
  /// Indices of candidates, ascending.
  private(set) var candidates: [Int32] = []
  private(set) var legs: [(index: Int, leg: FacilityLeg, isRequired: Bool)] = []
  /// By index of candidate, then of leg.
  private(set) var excluded: Exclusions
  /// Needs of everything that may be planned, in order of key.
  let permitNeeds: [PermitNeed]
  private let required: Set<Int>
  private let positions: [PermitNeed.Key: Int]
  private let codePositions: [PermitCode: Int]

  /// - Parameters:
  ///   - kept: Selectors of exchanges that must stay.
  ///   - among: Indices of the candidates that are looked at, ascending; `nil` looks at all.
  init(graph: ExchangeGraph, options: PlanningOptions, kept: [LinkSelector], among: [Int]? = nil) {
    excluded = Exclusions(count: graph.candidates.count + graph.legs.count)
    let list = graph.candidates
    let forbidden = Set(options.forbidden.flatMap(list.indices(meantBy:)))
    required = Set((options.required + kept).flatMap(list.indices(meantBy:)))
    var codes: Set<PermitCode> = []
    for index in among ?? Array(list.indices) {
      let row = list.row(index)
      if !row.isPlannable {
        excluded.add(.blocked, index)
      } else if forbidden.contains(index) {
        excluded.add(.forbidden, index)
      } else {
        candidates.append(Int32(index))
        codes.formUnion(list.permits(of: row))
      }
    }
    let coded = codes.map { (code: $0, need: list.need($0)) }
    var needs = Dictionary(uniqueKeysWithValues: coded.map { ($0.need.key, $0.need) })
    for (offset, leg) in graph.legs.enumerated() {
      let index = list.count + offset
      if graph.obstacle(of: leg) != nil {
        excluded.add(.blocked, index)
      } else if options.forbidden.contains(where: { $0.matches(leg.id) }) {
        excluded.add(.forbidden, index)
      } else {
        let isRequired = (options.required + kept).contains { $0.matches(leg.id) }
        legs.append((index, leg, isRequired))
        for need in leg.permits { needs[need.key] = need }
      }
    }
    permitNeeds = needs.values.sorted { $0.key < $1.key }
    let positions = Dictionary(
      uniqueKeysWithValues: permitNeeds.enumerated().map { ($0.element.key, $0.offset) })
    self.positions = positions
    codePositions = Dictionary(
      uniqueKeysWithValues: coded.compactMap { code, need in
        positions[need.key].map { (code, $0) }
      })
  }

  func isRequired(_ candidate: Int) -> Bool { required.contains(candidate) }

  /// Places in `permitNeeds`, ascending.
  func permits(_ codes: some Sequence<PermitCode>) -> [Int] {
    codes.compactMap { codePositions[$0] }.sorted()
  }

  /// Places in `permitNeeds`, ascending.
  func permits(_ needs: [PermitNeed]) -> [Int] { needs.compactMap { positions[$0.key] }.sorted() }
}

extension CandidateList {
  /// Candidates that a selector means, ascending.
  func indices(meantBy selector: LinkSelector) -> [Int] {
    let parts = selector.text.split(separator: ":").map(String.init)
    guard parts.count >= 2, let output = StreamID(parts[0]), let input = StreamID(parts[1]) else {
      return []
    }
    return indices(from: output, to: input, by: parts.count > 2 ? RouteID(parts[2]) : nil)
  }
}

extension ExchangeGraph {
  /// Id of a candidate, or of a leg, by the index of a link.
  func linkID(_ index: Int) -> String {
    index < candidates.count ? candidates.id(index) : legs[index - candidates.count].id
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
  private let park: Park
  private let reach: StreamReach
  private let plants: [PricedFacility]
  private let plantIndex: [FacilityID: Int]

  init(park: Park, reach: StreamReach, plants: [PricedFacility]) {
    self.park = park
    self.reach = reach
    self.plants = plants
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
      return park.index(ofOutput: output.id).map { (.output($0), reach.supplies[$0]) }
    case .facility(let facility):
      return plantIndex[facility.id].map { (.facility($0), plants[$0].largestMake ?? 0) }
    }
  }

  /// The end and the most that it takes.
  private func target(_ target: FacilityLeg.Target) -> (PlanningModel.Target, Double)? {
    switch target {
    case .input(let input):
      return park.index(ofInput: input.id).map { (.input($0), reach.needs[$0]) }
    case .facility(let facility):
      return plantIndex[facility.id].map { (.facility($0), plants[$0].facility.capacity ?? 0) }
    }
  }
}
