import LichenDomain
import LichenGraph
import LichenLaw
import LichenPlanning

/// Makes the edition for one enterprise: what it gives and takes, and its own side of every ledger.
///
/// A partner has its name where both have agreed, else a letter; nothing that a partner declared is told.
struct EnterpriseEdition {
  let result: MatchResult
  let reader: Enterprise
  private let stands: [EnterpriseID: Enterprise]
  private let streams: [StreamID: StreamID]

  private var plan: Plan { result.plan }

  init(_ result: MatchResult, reader: Enterprise) {
    self.result = result
    self.reader = reader
    let plan = result.plan
    let partners = Self.partners(of: reader.id, in: plan)
    let hidden = partners.filter { !Self.agree(reader, plan.park.enterprise($0)) }
    let letters = Letters(hidden, in: plan.park, audience: .enterprise(reader.id))
    stands = Dictionary(
      uniqueKeysWithValues: partners.compactMap { id -> (EnterpriseID, Enterprise)? in
        guard let letter = letters[id] else {
          let partner = plan.park.enterprise(id)
          return (
            id, Enterprise(standIn: id, name: partner?.name ?? "", coordinate: partner?.coordinate)
          )
        }
        guard let stand = EnterpriseID("partner-\(letter)") else { return nil }
        return (id, Enterprise(standIn: stand, name: letter))
      })
    streams = Self.names(of: reader.id, stands, in: plan)
  }

  /// Both have said that the other may know them.
  private static func agree(_ one: Enterprise, _ other: Enterprise?) -> Bool {
    guard let other else { return false }
    return one.agreedWith.contains(other.id) && other.agreedWith.contains(one.id)
  }

  /// Everybody at the other end of an exchange or leg, or of a plant's site.
  private static func partners(of reader: EnterpriseID, in plan: Plan) -> Set<EnterpriseID> {
    var partners: Set<EnterpriseID> = []
    for planned in plan.exchanges {
      let ends = [planned.candidate.output.enterprise, planned.candidate.input.enterprise]
      if ends.contains(reader) { partners.formUnion(ends) }
    }
    for planned in plan.legs where [planned.leg.giver, planned.leg.taker].contains(reader) {
      partners.formUnion([planned.leg.giver, planned.leg.taker])
      partners.formUnion(
        [planned.leg.origin?.site, planned.leg.destination?.site].compactMap(\.self))
    }
    return partners.subtracting([reader])
  }

  /// Names for the partners' streams that say nothing: in order of the partners' names and of rank.
  private static func names(
    of reader: EnterpriseID, _ stands: [EnterpriseID: Enterprise], in plan: Plan
  ) -> [StreamID: StreamID] {
    var names: [StreamID: StreamID] = [:]
    var counts: [EnterpriseID: Int] = [:]
    func add(_ stream: (any Stream)?) {
      guard let stream, stream.enterprise != reader, names[stream.id] == nil,
        let stand = stands[stream.enterprise]
      else { return }
      counts[stand.id, default: 0] += 1
      names[stream.id] = StreamID("\(stand.id).\(counts[stand.id] ?? 0)")
    }
    for planned in plan.exchanges {
      let candidate = planned.candidate
      guard [candidate.output.enterprise, candidate.input.enterprise].contains(reader) else {
        continue
      }
      add(candidate.output)
      add(candidate.input)
    }
    for planned in plan.legs where [planned.leg.giver, planned.leg.taker].contains(reader) {
      add(planned.leg.output)
      add(planned.leg.input)
    }
    return names
  }

  var edition: Edition {
    let exchanges = plan.exchanges.filter { isOwn($0.candidate) }.map { planned in
      PlannedExchange(
        candidate: shown(planned.candidate), quantity: planned.quantity,
        isRequired: planned.isRequired)
    }
    let legs = plan.legs.filter { isOwn($0.leg) }.map { planned in
      PlannedLeg(
        leg: shown(planned.leg), quantity: planned.quantity, isRequired: planned.isRequired)
    }.sorted { $0.leg.id < $1.leg.id }
    let park = plan.park.showing(view(exchanges, legs))
    let used = Set(legs.flatMap { [$0.leg.origin?.id, $0.leg.destination?.id].compactMap(\.self) })
    let graph = ExchangeGraph(
      park: park, candidates: exchanges.map(\.candidate),
      facilities: result.graph.facilities.filter { used.contains($0.facility.id) }.map(shown),
      legs: legs.map(\.leg))
    var parts = ShownPlan()
    parts.exchanges = exchanges
    parts.legs = legs
    parts.facilities = PlannedFacility.opened(by: legs, among: graph.facilities)
    parts.permits = plan.permits.filter { $0.key.holder == reader.id }
    parts.measures = plan.measures.filter { $0.option.enterprise == reader.id }
    parts.idleMeasures = plan.idleMeasures.filter { $0.measure.option.enterprise == reader.id }
    return Edition(
      .enterprise(reader.id),
      MatchResult(
        graph: graph, plan: Plan(plan, showing: parts, in: graph),
        rediscovery: Rediscovery(documented: [], new: []),
        whyNot: WhyNotAnalysis(entries: [], facilities: [])),
      standIns: Set(stands.filter { $0.key != $0.value.id }.map(\.value.id)))
  }

  private func isOwn(_ candidate: Candidate) -> Bool {
    candidate.output.enterprise == reader.id || candidate.input.enterprise == reader.id
  }

  private func isOwn(_ leg: FacilityLeg) -> Bool {
    leg.giver == reader.id || leg.taker == reader.id
  }

  private func view(_ exchanges: [PlannedExchange], _ legs: [PlannedLeg]) -> ParkView {
    var outputs = plan.park.outputs.filter { $0.enterprise == reader.id }
    var inputs = plan.park.inputs.filter { $0.enterprise == reader.id }
    for output in exchanges.map(\.candidate.output) + legs.compactMap(\.leg.output)
    where !outputs.contains(where: { $0.id == output.id }) { outputs.append(output) }
    for input in exchanges.map(\.candidate.input) + legs.compactMap(\.leg.input)
    where !inputs.contains(where: { $0.id == input.id }) { inputs.append(input) }
    var view = ParkView(open: [reader.id], outputs: outputs, inputs: inputs)
    view.stands = stands.values.sorted { $0.id < $1.id }
    return view
  }

  // MARK: One side

  private func stand(_ id: EnterpriseID) -> EnterpriseID { stands[id]?.id ?? id }

  private func shown(_ output: OutputStream) -> OutputStream {
    guard let name = streams[output.id] else { return output }
    return output.veiled(as: name, of: stand(output.enterprise))
  }

  private func shown(_ input: InputStream) -> InputStream {
    guard let name = streams[input.id] else { return input }
    return input.veiled(as: name, of: stand(input.enterprise))
  }

  /// A row of the park's tables tells who wrote it.
  private func isPublic(_ reference: String) -> Bool {
    let tables = ["outputs.csv: ", "inputs.csv: "]
    guard let table = tables.first(where: reference.hasPrefix) else {
      return !["distances.csv: ", "properties.csv: "].contains(where: reference.hasPrefix)
    }
    guard let id = StreamID(String(reference.dropFirst(table.count))) else { return false }
    let owner = plan.park.output(id)?.enterprise ?? plan.park.input(id)?.enterprise
    return owner == reader.id
  }

  private func shown(_ transport: Transport) -> Transport {
    Transport(
      mode: transport.mode, km: transport.km,
      distanceRow: transport.distanceRow.map { _ in "distances.csv" },
      confidence: transport.confidence)
  }

  private func shown(_ candidate: Candidate) -> Candidate {
    let gives = candidate.output.enterprise == reader.id
    return candidate.shown(
      from: shown(candidate.output), to: shown(candidate.input),
      transport: shown(candidate.transport),
      ledger: candidate.ledger.side(donor: gives, keep: isPublic),
      verdict: gives ? candidate.verdict : candidate.verdict.withoutEvidence(),
      permits: candidate.permits.filter { $0.key.holder == reader.id })
  }

  private func shown(_ plant: PricedFacility) -> PricedFacility {
    plant.facility.site == reader.id ? plant : plant.withoutCosts(at: stand(plant.facility.site))
  }

  private func shown(_ plant: Facility) -> Facility {
    plant.site == reader.id ? plant : plant.veiled(at: stand(plant.site))
  }

  private func shown(_ leg: FacilityLeg) -> FacilityLeg {
    let source: FacilityLeg.Source =
      switch leg.source {
      case .output(let output): .output(shown(output))
      case .facility(let plant): .facility(shown(plant))
      }
    let target: FacilityLeg.Target =
      switch leg.target {
      case .input(let input): .input(shown(input))
      case .facility(let plant): .facility(shown(plant))
      }
    return leg.shown(
      from: source, of: stand(leg.giver), to: target, of: stand(leg.taker),
      transport: shown(leg.transport),
      ledger: leg.ledger.side(donor: leg.giver == reader.id, keep: isPublic),
      verdict: leg.output?.enterprise == reader.id ? leg.verdict : leg.verdict?.withoutEvidence(),
      permits: leg.permits.filter { $0.key.holder == reader.id })
  }
}
