import LichenDomain

extension Fixtures {
  /// Rules in the manner of the shipped ones, simplified; none is a fact.
  public static let rules: [LegalRule] = [
    rule("BASEL-1", "BASEL", .prohibited, hazardous: true, border: .export, receiverIn: ["!OECD"]),
    rule(
      "DK-1", "DK", .notification, statuses: [.waste], hazardous: false,
      uses: [.buildingMaterial], codes: ["100101", "100102"], displaces: ["EU-1"]),
    rule("EU-1", "EU", .permit, statuses: [.waste], hazardous: false),
    rule(
      "EU-2", "EU", .permit, statuses: [.waste], hazardous: true, unlessLicence: "hazardous-waste"),
    rule("EU-3", "EU", .prohibited, statuses: [.waste], uses: [.feed]),
    rule("EU-4", "EU", .endOfWaste, statuses: [.byProduct], decides: false),
    rule("VN-1", "VN", .permit, statuses: [.waste, .byProduct], to: "2022-07-14"),
    rule("VN-2", "VN", .notification, statuses: [.waste, .byProduct], from: "2022-07-15"),
  ]

  /// A rule with the conditions given; an absent condition means any.
  public static func rule(
    _ id: String, _ jurisdiction: String, _ effect: LegalEffect, statuses: [LegalStatus] = [],
    hazardous: Bool? = nil, uses: [RouteUse] = [], materials: [String] = [], codes: [String] = [],
    inputs: [String] = [], border: BorderCrossing? = nil, donorIn: [String] = [],
    receiverIn: [String] = [], donorLicences: [String] = [], receiverLicences: [String] = [],
    parties: Parties? = nil, unlessLicence: String? = nil, displaces: [String] = [],
    decides: Bool = true, holder: LegalRule.Holder = .receiver, days: Estimate? = nil,
    cost: Money? = nil, from: String? = nil, to: String? = nil, confidence: Confidence = .verified
  ) -> LegalRule {
    LegalRule(
      id: .of(id), jurisdiction: jurisdiction, instrument: "instrument of \(id)", article: "1",
      subject: id, effect: effect, step: "step of \(id)", holder: holder, decides: decides,
      statuses: statuses, hazardous: hazardous, uses: uses, materials: materials.map { .of($0) },
      codePrefixes: codes, inputs: inputs.map { .of($0) }, border: border,
      donorIn: donorIn.map { NamedCondition($0) },
      receiverIn: receiverIn.map { NamedCondition($0) },
      donorLicences: donorLicences.map { NamedCondition($0) },
      receiverLicences: receiverLicences.map { NamedCondition($0) }, parties: parties,
      unlessLicence: unlessLicence,
      displaces: displaces.map { .of($0) }, days: days, cost: cost,
      inForceFrom: from.map { .of($0) }, inForceTo: to.map { .of($0) }, source: "fixture",
      confidence: confidence)
  }
}
