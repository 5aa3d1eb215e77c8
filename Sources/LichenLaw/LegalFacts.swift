import LichenDomain

/// What the law needs to know about one exchange; two exchanges with equal facts share a verdict.
public struct LegalFacts: Hashable, Sendable {
  /// The output's material and its ancestors, nearest first.
  public let materials: [MaterialID]
  public let status: LegalStatus
  public let isHazardous: Bool
  /// Six digits of the declared waste code, if any.
  public let wasteCode: String?
  public let use: RouteUse
  public let donorJurisdiction: String
  public let receiverJurisdiction: String
  public let receiverLicences: Set<String>

  public init(
    materials: [MaterialID], status: LegalStatus, isHazardous: Bool, wasteCode: String?,
    use: RouteUse, donorJurisdiction: String, receiverJurisdiction: String,
    receiverLicences: Set<String>
  ) {
    self.materials = materials
    self.status = status
    self.isHazardous = isHazardous
    self.wasteCode = wasteCode
    self.use = use
    self.donorJurisdiction = donorJurisdiction
    self.receiverJurisdiction = receiverJurisdiction
    self.receiverLicences = receiverLicences
  }

  /// Reads the facts of an exchange from a checked park.
  ///
  /// A residue with a declared waste code, or a hazardous residue, is waste; any other residue is
  /// treated as a claimed by-product. A hazardous entry of the list decides before the material.
  public init(
    output: OutputStream, use: RouteUse, donor: Enterprise, receiver: Enterprise,
    catalogue: Catalogue
  ) {
    let material = catalogue.materials[output.material]
    // Other lists use the same numbers for other wastes: never look one up in the European list.
    let isEuropean = catalogue.regionChain(of: donor.jurisdiction).contains("EU")
    let entry = isEuropean ? output.wasteCode.flatMap { catalogue.wasteCodes[$0] } : nil
    let isHazardous = entry?.isHazardous ?? material?.isHazardous ?? false
    let status: LegalStatus
    switch material?.legalKind {
    case _ where output.wasteCode != nil: status = .waste
    case .residue where isHazardous: status = .waste
    case .residue, nil: status = .byProduct
    case .product: status = .product
    case .utility: status = .utility
    case .water: status = .water
    }
    self.init(
      materials: catalogue.lineage(of: output.material), status: status, isHazardous: isHazardous,
      wasteCode: output.wasteCode, use: use, donorJurisdiction: donor.jurisdiction,
      receiverJurisdiction: receiver.jurisdiction, receiverLicences: receiver.licences)
  }
}
