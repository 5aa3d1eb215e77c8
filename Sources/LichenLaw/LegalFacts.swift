import LichenDomain

/// What the law needs to know about one end of an exchange.
public struct LegalParty: Hashable, Sendable {
  public let jurisdiction: String
  public let licences: Set<String>

  public init(jurisdiction: String, licences: Set<String> = []) {
    self.jurisdiction = jurisdiction
    self.licences = licences
  }

  public init(_ enterprise: Enterprise) {
    self.init(jurisdiction: enterprise.jurisdiction, licences: enterprise.licences)
  }
}

/// What the law needs to know about one exchange; two exchanges with equal facts share a verdict.
public struct LegalFacts: Hashable, Sendable {
  /// The output's material and its ancestors, nearest first.
  public let materials: [MaterialID]
  /// What it replaces and its ancestors, nearest first; empty when that is not known.
  public let inputMaterials: [MaterialID]
  public let status: LegalStatus
  public let hazard: HazardFinding
  /// Six digits of the declared waste code, if any, in the donor's list.
  public let wasteCode: String?
  public let use: RouteUse
  public let donor: LegalParty
  public let receiver: LegalParty
  /// Whether donor and receiver are one enterprise.
  public let isOwnUse: Bool

  public var isHazardous: Bool { hazard.isHazardous }

  public init(
    materials: [MaterialID], inputMaterials: [MaterialID] = [], status: LegalStatus,
    hazard: HazardFinding, wasteCode: String?, use: RouteUse, donor: LegalParty,
    receiver: LegalParty, isOwnUse: Bool = false
  ) {
    self.materials = materials
    self.inputMaterials = inputMaterials
    self.status = status
    self.hazard = hazard
    self.wasteCode = wasteCode
    self.use = use
    self.donor = donor
    self.receiver = receiver
    self.isOwnUse = isOwnUse
  }

  /// Facts of a material of known hazard.
  ///
  /// A declared waste code makes it waste, and so does hazard if it is a residue. Any other residue is
  /// a claimed by-product, or waste where no test for by-products is known.
  public init(
    material id: MaterialID, replacing input: MaterialID?, hazard: HazardFinding,
    wasteCode: String?, use: RouteUse, donor: LegalParty, receiver: LegalParty,
    isOwnUse: Bool = false, catalogue: Catalogue
  ) {
    let status: LegalStatus
    switch catalogue.materials[id]?.legalKind {
    case _ where wasteCode != nil: status = .waste
    case .residue where hazard.isHazardous: status = .waste
    case .residue where catalogue.residuesAreWaste(in: donor.jurisdiction): status = .waste
    case .residue, nil: status = .byProduct
    case .product: status = .product
    case .utility: status = .utility
    case .water: status = .water
    }
    self.init(
      materials: catalogue.lineage(of: id),
      inputMaterials: input.map { catalogue.lineage(of: $0) } ?? [], status: status,
      hazard: hazard, wasteCode: wasteCode, use: use, donor: donor, receiver: receiver,
      isOwnUse: isOwnUse)
  }

  /// Reads the facts of an exchange from a checked park.
  /// - Parameter hazard: The finding on this output; one output has one, whatever it is used for.
  public init(
    output: OutputStream, hazard: HazardFinding, replacing input: MaterialID, use: RouteUse,
    donor: Enterprise, receiver: Enterprise, catalogue: Catalogue
  ) {
    self.init(
      material: output.material, replacing: input, hazard: hazard, wasteCode: output.wasteCode,
      use: use, donor: LegalParty(donor), receiver: LegalParty(receiver),
      isOwnUse: donor.id == receiver.id, catalogue: catalogue)
  }
}

extension HazardClassifier {
  /// The finding on an output of a checked park.
  public func finding(on output: OutputStream, of donor: Enterprise) -> HazardFinding {
    finding(
      material: output.material, wasteCode: output.wasteCode, measured: output.measured,
      jurisdiction: donor.jurisdiction)
  }
}

extension OutputStream {
  /// Lowest and highest measured value of each property, in the catalogue's units.
  public var measured: [PropertyID: ClosedRange<Double>] {
    properties.compactMapValues { value in
      guard let lowest = value.lowest, let highest = value.highest, lowest <= highest else {
        return nil
      }
      return lowest...highest
    }
  }
}
