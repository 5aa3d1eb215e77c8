import LichenDomain
import LichenTestSupport

@testable import LichenLaw

/// Facts of a domestic exchange of non-hazardous fly ash as waste, with some replaced.
func facts(
  _ material: String = "fly_ash", status: LegalStatus = .waste, hazardous: Bool = false,
  code: String? = nil, use: RouteUse = .buildingMaterial, from donor: String = "DK",
  to receiver: String = "DK", licences: Set<String> = [], donorLicences: Set<String> = [],
  replacing input: String? = nil, isOwnUse: Bool = false
) -> LegalFacts {
  LegalFacts(
    materials: Fixtures.catalogue.lineage(of: .of(material)),
    inputMaterials: input.map { Fixtures.catalogue.lineage(of: .of($0)) } ?? [], status: status,
    hazard: .stated(hazardous), wasteCode: code, use: use,
    donor: LegalParty(jurisdiction: donor, licences: donorLicences),
    receiver: LegalParty(jurisdiction: receiver, licences: licences), isOwnUse: isOwnUse)
}

/// The verdict under these rules alone, read on a day.
func verdict(
  _ rules: [LegalRule], on facts: LegalFacts, date: String = "2024-01-01", off: [String] = [],
  jurisdictions: [Jurisdiction] = Fixtures.jurisdictions
) -> LegalVerdict {
  var parts = CatalogueParts.standard
  parts.rules = rules
  parts.jurisdictions = jurisdictions
  return LegalEngine(
    catalogue: parts.catalogue, date: .of(date), switchedOff: Set(off.map { RuleID.of($0) })
  ).verdict(on: facts)
}

extension LegalVerdict {
  /// Outcome codes by rule id.
  var outcomes: [String: String] {
    Dictionary(uniqueKeysWithValues: trace.map { ($0.rule.id.rawValue, $0.outcome.code) })
  }
}
