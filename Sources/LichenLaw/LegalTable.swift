import LichenDomain

/// What the law of one place says about one material or waste code, use by use.
public struct LegalTable: Sendable {
  /// What the table is about.
  public enum Subject: Sendable, Hashable {
    case material(MaterialID)
    /// Six digits of the place's own list.
    case wasteCode(String)
  }

  public struct Line: Sendable {
    public let use: RouteUse
    public let verdict: LegalVerdict
    /// Rules that may bear once it is known what is replaced.
    public let depending: [LegalRule]
  }

  public let jurisdiction: String
  public let hazard: HazardFinding
  public let status: LegalStatus
  /// One for each use, in the order of `RouteUse`.
  public let lines: [Line]

  /// - Parameters:
  ///   - jurisdiction: Both ends are here; neither holds a licence.
  ///   - date: Day on which the law is read.
  public init(
    _ subject: Subject, in jurisdiction: String, on date: CalendarDate, catalogue: Catalogue
  ) {
    self.jurisdiction = jurisdiction
    let classifier = HazardClassifier(catalogue: catalogue, date: date)
    let engine = LegalEngine(catalogue: catalogue, date: date)
    let party = LegalParty(jurisdiction: jurisdiction)
    let base: (RouteUse) -> LegalFacts
    switch subject {
    case .material(let id):
      let hazard = classifier.finding(
        material: id, wasteCode: nil, measured: [:], jurisdiction: jurisdiction)
      self.hazard = hazard
      base = { use in
        LegalFacts(
          material: id, replacing: nil, hazard: hazard, wasteCode: nil, use: use, donor: party,
          receiver: party, catalogue: catalogue)
      }
    case .wasteCode(let code):
      let finding = Self.finding(on: code, in: jurisdiction, classifier, catalogue)
      hazard = finding
      let families = Self.residueFamilies(catalogue)
      base = { use in
        LegalFacts(
          materials: families, status: .waste, hazard: finding, wasteCode: code, use: use,
          donor: party, receiver: party)
      }
    }
    lines = RouteUse.allCases.map { use in
      let verdict = engine.verdict(on: base(use))
      return Line(
        use: use, verdict: verdict,
        depending: verdict.trace.filter { $0.outcome == .otherInput }.map(\.rule))
    }
    status = base(.reuse).status
  }

  /// A code without a material: only its entry can speak.
  private static func finding(
    on code: String, in jurisdiction: String, _ classifier: HazardClassifier,
    _ catalogue: Catalogue
  ) -> HazardFinding {
    // No material has this id, so nothing but the entry is read.
    guard let none = MaterialID("no-material") else { return .stated(false) }
    return classifier.finding(
      material: none, wasteCode: code, measured: [:], jurisdiction: jurisdiction)
  }

  /// Families that hold residues: a code is waste of one of them, so rules for a family bear.
  private static func residueFamilies(_ catalogue: Catalogue) -> [MaterialID] {
    var families: Set<MaterialID> = []
    for material in catalogue.materials.values where material.legalKind == .residue {
      families.formUnion(
        catalogue.lineage(of: material.id).filter { catalogue.categories[$0] != nil })
    }
    return families.sorted()
  }
}
