import LichenDomain
import LichenLaw
import Synchronization

/// Verdicts of one park, each worked out once for all exchanges that the law cannot tell apart.
///
/// Outputs of one material, waste code, measured quality and owner's standing are one offer, and
/// enterprises of one jurisdiction with the same licences are one party: verdicts are kept by such
/// numbers. The numbers follow the order of the questions, so they never reach a result.
final class LawBook: Sendable {
  private let catalogue: Catalogue
  private let engine: LegalEngine
  private let hazards: HazardClassifier
  private let permits: PermitBook
  private let ruleIndex: [RuleID: Int]
  private let parties: [LegalParty]
  private let partyOfEnterprise: [Int32]
  private let park: Park
  private let state = Mutex(State())

  /// Verdicts that are kept at a time: each holds a trace of all rules.
  private static let mostVerdicts = 1000

  /// What the law needs to know about an output.
  struct Offer: Sendable {
    let number: Int32
    let output: MaterialID
    let wasteCode: String?
    let hazard: HazardFinding
  }

  private struct OfferKey: Hashable {
    let material: MaterialID
    let wasteCode: String?
    let measured: [PropertyID: ClosedRange<Double>]
    let party: Int32
  }

  private struct Question: Hashable {
    let offer: Int32
    let use: RouteUse
    let replacing: MaterialID
    let receiver: Int32
    let isOwnUse: Bool
  }

  private struct State {
    var offers: [OfferKey: Offer] = [:]
    var verdicts: [Question: LegalVerdict] = [:]
  }

  init(park: Park) {
    self.park = park
    catalogue = park.catalogue
    engine = LegalEngine(
      catalogue: park.catalogue, date: park.settings.lawDate, switchedOff: park.rulesSwitchedOff)
    hazards = HazardClassifier(catalogue: park.catalogue, date: park.settings.lawDate)
    permits = PermitBook(park: park)
    ruleIndex = Dictionary(
      park.catalogue.rules.enumerated().map { ($0.element.id, $0.offset) }
    ) { first, _ in first }
    var numbers: [LegalParty: Int32] = [:]
    var parties: [LegalParty] = []
    partyOfEnterprise = park.enterprises.map { enterprise in
      let party = LegalParty(enterprise)
      if let number = numbers[party] { return number }
      numbers[party] = Int32(parties.count)
      parties.append(party)
      return Int32(parties.count - 1)
    }
    self.parties = parties
  }

  /// Number of parties that the law can tell apart.
  var partyCount: Int { parties.count }

  /// By place among the park's enterprises, below `partyCount`.
  func party(ofEnterprise index: Int) -> Int { Int(partyOfEnterprise[index]) }

  /// - Parameter donor: Place of the output's owner among the park's enterprises.
  func offer(_ output: OutputStream, donor: Int) -> Offer {
    let key = OfferKey(
      material: output.material, wasteCode: output.wasteCode, measured: output.measured,
      party: partyOfEnterprise[donor])
    if let known = state.withLock({ $0.offers[key] }) { return known }
    let hazard = hazards.finding(on: output, of: park.enterprises[donor])
    return state.withLock { state in
      if let known = state.offers[key] { return known }
      let offer = Offer(
        number: Int32(state.offers.count), output: output.material, wasteCode: output.wasteCode,
        hazard: hazard)
      state.offers[key] = offer
      return offer
    }
  }

  /// The verdict on the use in which an output ends; of a chain the stricter of its two uses,
  /// because the law looks at what is made of a waste and at what becomes of that.
  /// - Parameters:
  ///   - donor: Place among the park's enterprises, as `receiver`.
  func verdict(
    on offer: Offer, _ route: Route, replacing input: MaterialID, donor: Int, receiver: Int
  ) -> LegalVerdict {
    let last = verdict(on: offer, route.use, replacing: input, donor: donor, receiver: receiver)
    guard let chain = route.chain else { return last }
    let first = verdict(
      on: offer, chain.firstUse, replacing: input, donor: donor, receiver: receiver)
    return first.effect > last.effect ? first : last
  }

  private func verdict(
    on offer: Offer, _ use: RouteUse, replacing input: MaterialID, donor: Int, receiver: Int
  ) -> LegalVerdict {
    let question = Question(
      offer: offer.number, use: use, replacing: input, receiver: partyOfEnterprise[receiver],
      isOwnUse: donor == receiver)
    if let known = state.withLock({ $0.verdicts[question] }) { return known }
    let verdict = engine.verdict(
      on: LegalFacts(
        material: offer.output, replacing: input, hazard: offer.hazard,
        wasteCode: offer.wasteCode, use: use, donor: parties[Int(partyOfEnterprise[donor])],
        receiver: parties[Int(partyOfEnterprise[receiver])], isOwnUse: donor == receiver,
        catalogue: catalogue))
    state.withLock { state in
      if state.verdicts.count >= Self.mostVerdicts { state.verdicts.removeAll() }
      state.verdicts[question] = verdict
    }
    return verdict
  }

  /// What planning and ranking need of a verdict.
  struct Digest: Sendable {
    let effect: LegalEffect
    let steps: [Step]
    /// A step costs nobody knows how much.
    let hasUnknownCost: Bool

    struct Step: Sendable {
      /// Place among the catalogue's rules.
      let rule: Int
      let holder: PermitBook.Holder
    }
  }

  func digest(
    on offer: Offer, _ route: Route, replacing input: MaterialID, donor: Int, receiver: Int
  ) -> Digest {
    let verdict = verdict(on: offer, route, replacing: input, donor: donor, receiver: receiver)
    let licences = (
      parties[party(ofEnterprise: donor)].licences,
      parties[party(ofEnterprise: receiver)].licences
    )
    var steps: [Digest.Step] = []
    var hasUnknownCost = false
    for rule in verdict.steps {
      let holders = PermitBook.holders(of: rule, donor: licences.0, receiver: licences.1)
      guard let index = ruleIndex[rule.id], !holders.isEmpty else { continue }
      if permits.prices(of: rule).annual.value == nil { hasUnknownCost = true }
      steps += holders.map { Digest.Step(rule: index, holder: $0) }
    }
    return Digest(effect: verdict.effect, steps: steps, hasUnknownCost: hasUnknownCost)
  }
}
