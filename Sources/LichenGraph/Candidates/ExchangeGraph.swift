import LichenDomain
import LichenLaw

/// All candidates of a park: the arcs between outputs and inputs, and the legs through facilities.
public struct ExchangeGraph: Sendable {
  public let park: Park
  public let candidates: CandidateList

  /// Shared plants, in order of id.
  public let facilities: [PricedFacility]
  /// In order of id.
  public let legs: [FacilityLeg]

  init(
    park: Park, candidates: CandidateList, facilities: [PricedFacility], legs: [FacilityLeg]
  ) {
    self.park = park
    self.candidates = candidates
    self.facilities = facilities
    self.legs = legs
  }

  /// A graph of candidates that were made elsewhere, as under supposed figures.
  public init(
    park: Park, candidates: [Candidate], facilities: [PricedFacility] = [],
    legs: [FacilityLeg] = []
  ) {
    self.init(
      park: park, candidates: CandidateList(candidates, of: park), facilities: facilities,
      legs: legs)
  }

  /// The same graph with one candidate's blockers lifted.
  public func lifting(_ index: Int) -> ExchangeGraph {
    ExchangeGraph(
      park: park, candidates: candidates.lifting(index), facilities: facilities, legs: legs)
  }

  /// Breaks of what every graph must satisfy; empty when sound. For tests.
  public func checkInvariants() -> [String] {
    var breaks: [String] = []
    var last = ""
    for candidate in candidates {
      if candidate.id <= last { breaks.append("\(candidate.id): ids not ascending") }
      last = candidate.id
      if !(0...1).contains(candidate.score.total) {
        breaks.append("\(candidate.id): score \(candidate.score.total) outside 0...1")
      }
      if candidate.output.enterprise == candidate.input.enterprise {
        breaks.append("\(candidate.id): donor is receiver")
      }
      if let most = candidate.maximumFlow, most < 0 || candidate.minimumFlow < 0 {
        breaks.append("\(candidate.id): negative flow")
      }
      if candidate.isPlannable && candidate.maximumFlow == nil {
        breaks.append("\(candidate.id): plannable without a quantity")
      }
      if candidate.verdict.effect == .prohibited && candidate.isPlannable {
        breaks.append("\(candidate.id): prohibited but plannable")
      }
    }
    return breaks
  }
}
