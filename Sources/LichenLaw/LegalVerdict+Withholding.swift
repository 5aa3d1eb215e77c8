import LichenDomain

extension LegalVerdict {
  /// What the law says, without what the enterprises declared: no waste code, licence or measurement, and no
  /// rule that was looked at and does not apply.
  public func withoutEvidence() -> LegalVerdict {
    let hazard = HazardFinding(
      isHazardous: facts.isHazardous, basis: .stated, reasons: [], contradictions: [], open: [],
      confidence: facts.hazard.confidence)
    let bare = LegalFacts(
      materials: facts.materials, inputMaterials: facts.inputMaterials, status: facts.status,
      hazard: hazard, wasteCode: nil, use: facts.use,
      donor: LegalParty(jurisdiction: facts.donor.jurisdiction, licences: []),
      receiver: LegalParty(jurisdiction: facts.receiver.jurisdiction, licences: []),
      isOwnUse: facts.isOwnUse)
    return LegalVerdict(
      effect: effect, facts: bare, trace: trace.filter { $0.outcome == .applies })
  }
}
