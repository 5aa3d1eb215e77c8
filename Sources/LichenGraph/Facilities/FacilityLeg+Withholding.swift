import LichenDomain
import LichenLaw

extension FacilityLeg {
  /// The same leg as a reader may see it who must not see all of it; see `Candidate.shown`.
  public func shown(
    from source: Source, of giver: EnterpriseID, to target: Target, of taker: EnterpriseID,
    transport: Transport, ledger: Ledger, verdict: LegalVerdict?, permits: [PermitNeed]
  ) -> FacilityLeg {
    func id(_ source: Source) -> String {
      switch source {
      case .output(let output): output.id.rawValue
      case .facility(let plant): plant.id.rawValue
      }
    }
    func id(_ target: Target) -> String {
      switch target {
      case .input(let input): input.id.rawValue
      case .facility(let plant): plant.id.rawValue
      }
    }
    let process = route.map { ":\($0.id)" } ?? ""
    return FacilityLeg(
      id: "\(id(source)):\(id(target))\(process)", source: source, target: target, giver: giver,
      taker: taker, material: material, route: route, transport: transport, ledger: ledger,
      verdict: verdict, permits: permits, blockers: blockers, unmeasured: unmeasured,
      minimumFlow: 0, maximumFlow: nil)
  }
}

extension PricedFacility {
  /// The same plant without what it costs.
  public func withoutCosts(at site: EnterpriseID) -> PricedFacility {
    PricedFacility(
      facility: facility.veiled(at: site), routes: routes, lines: [], capital: .zero,
      obstacle: obstacle)
  }
}
