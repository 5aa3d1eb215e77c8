import LichenDomain
import LichenLaw

/// One output, one route, one input before the law, whether or not the exchange can be planned.
public struct LegalCase: Sendable {
  public let output: OutputStream
  public let input: InputStream
  public let route: Route
  public let verdict: LegalVerdict
  /// Checklists of the rules that apply.
  public let checklist: [ChecklistState]
  /// Checklists of rules that only inform: other ways to the same end.
  public let otherWays: [ChecklistState]
}

extension CandidateGenerator {
  /// The legal cases of one pair of streams, whatever their distance, in order of route; also inside
  /// one enterprise, which the plan leaves out. Empty when no route joins them.
  public func legalCases(from output: OutputStream, to input: InputStream) -> [LegalCase] {
    guard let donor = park.enterprise(output.enterprise),
      let receiver = park.enterprise(input.enterprise)
    else { return [] }
    let catalogue = park.catalogue
    let date = park.settings.lawDate
    let law = LegalEngine(catalogue: catalogue, date: date, switchedOff: park.rulesSwitchedOff)
    let hazard = HazardClassifier(catalogue: catalogue, date: date).finding(on: output, of: donor)
    let evidence = ChecklistEvidence(output: output, input: input, in: park)
    return routes.routes(from: output.material, to: [input.material]).map { route, _ in
      let verdict = law.verdict(
        on: LegalFacts(
          output: output, hazard: hazard, replacing: input.material, use: route.use, donor: donor,
          receiver: receiver, catalogue: park.catalogue))
      let informing = verdict.trace.filter { $0.outcome == .informs }.map(\.rule)
      return LegalCase(
        output: output, input: input, route: route, verdict: verdict,
        checklist: verdict.checklist(evidence, in: park.catalogue),
        otherWays: verdict.checklist(of: informing, evidence, in: park.catalogue))
    }.sorted { $0.route.id < $1.route.id }
  }
}
