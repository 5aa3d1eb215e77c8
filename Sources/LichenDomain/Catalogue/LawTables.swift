/// The legal tables beside the rules themselves.
public struct LawTables: Sendable {
  public let wasteLists: [WasteList]
  /// In order of jurisdiction, property and first day.
  public let hazardLimits: [HazardLimit]
  /// In order of rule and number.
  public let checklists: [ChecklistPoint]
  /// In order of key.
  public let licences: [LicenceKind]

  public init(
    wasteLists: [WasteList] = [], hazardLimits: [HazardLimit] = [],
    checklists: [ChecklistPoint] = [], licences: [LicenceKind] = []
  ) {
    self.wasteLists = wasteLists.sorted { $0.id < $1.id }
    self.hazardLimits = hazardLimits.sorted {
      ($0.jurisdiction, $0.property, $0.inForceFrom?.description ?? "")
        < ($1.jurisdiction, $1.property, $1.inForceFrom?.description ?? "")
    }
    self.checklists = checklists.sorted { ($0.rule, $0.order) < ($1.rule, $1.order) }
    self.licences = licences.sorted { $0.key < $1.key }
  }
}

/// A measured value at which waste becomes hazardous.
public struct HazardLimit: Sendable, Hashable {
  /// How the limit depends on how wet the waste is.
  public enum Scaling: String, Sendable, CaseIterable {
    /// Times (1 + 19·T)/20 with T the share of dry solids: a wet waste has a lower limit.
    case dryContent = "dry-content"
  }

  public let jurisdiction: String
  public let property: PropertyID
  /// A value at or below it is hazardous; in the catalogue's unit of the property.
  public let minimum: Double?
  /// A value at or above it is hazardous; in the catalogue's unit of the property.
  public let maximum: Double?
  public let unit: String
  public let scaling: Scaling?
  /// The hazardous property meant: `HP 8`, `corrosive`, …
  public let hazardClass: String
  public let instrument: String
  public let article: String
  public let inForceFrom: CalendarDate?
  public let inForceTo: CalendarDate?
  public let source: String
  public let confidence: Confidence
  public let notes: String

  public init(
    jurisdiction: String, property: PropertyID, minimum: Double?, maximum: Double?, unit: String,
    scaling: Scaling? = nil, hazardClass: String, instrument: String, article: String = "",
    inForceFrom: CalendarDate? = nil, inForceTo: CalendarDate? = nil, source: String,
    confidence: Confidence, notes: String = ""
  ) {
    self.jurisdiction = jurisdiction
    self.property = property
    self.minimum = minimum
    self.maximum = maximum
    self.unit = unit
    self.scaling = scaling
    self.hazardClass = hazardClass
    self.instrument = instrument
    self.article = article
    self.inForceFrom = inForceFrom
    self.inForceTo = inForceTo
    self.source = source
    self.confidence = confidence
    self.notes = notes
  }

  /// Whether the limit is in force on `date`; an open end counts as in force.
  public func isInForce(on date: CalendarDate) -> Bool {
    if let inForceFrom, date < inForceFrom { return false }
    if let inForceTo, date > inForceTo { return false }
    return true
  }
}

/// One question that has to be answered before a rule's step can be taken as met.
public struct ChecklistPoint: Sendable, Hashable {
  /// A declaration that answers the question.
  public enum Settlement: Sendable, Hashable, CustomStringConvertible {
    case receiverLicence(String)
    case donorLicence(String)
    /// The property is measured on the output.
    case property(PropertyID)
    /// The exchange is documented for the park.
    case exchange
    /// The donor declared a waste code.
    case wasteCode

    /// As written in the table; see README-law.md.
    public init?(_ text: String) {
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      switch (parts.first, parts.count) {
      case ("licence", 2): self = .receiverLicence(parts[1])
      case ("donor-licence", 2): self = .donorLicence(parts[1])
      case ("property", 2):
        guard let id = PropertyID(parts[1]) else { return nil }
        self = .property(id)
      case ("exchange", 1): self = .exchange
      case ("code", 1): self = .wasteCode
      default: return nil
      }
    }

    public var description: String {
      switch self {
      case .receiverLicence(let key): "licence:\(key)"
      case .donorLicence(let key): "donor-licence:\(key)"
      case .property(let id): "property:\(id)"
      case .exchange: "exchange"
      case .wasteCode: "code"
      }
    }
  }

  public let rule: RuleID
  /// From 1 within the rule.
  public let order: Int
  public let question: String
  /// Any one of these settles the point; an empty list leaves it to a person.
  public let settledBy: [Settlement]
  public let source: String
  public let confidence: Confidence

  public init(
    rule: RuleID, order: Int, question: String, settledBy: [Settlement], source: String,
    confidence: Confidence
  ) {
    self.rule = rule
    self.order = order
    self.question = question
    self.settledBy = settledBy
    self.source = source
    self.confidence = confidence
  }
}

/// A licence, registration or status that an enterprise may declare.
public struct LicenceKind: Sendable, Hashable {
  public let key: String
  public let name: String
  /// Where it means something; empty = anywhere.
  public let jurisdictions: [String]
  public let meaning: String
  public let source: String
  public let confidence: Confidence

  public init(
    key: String, name: String, jurisdictions: [String] = [], meaning: String, source: String,
    confidence: Confidence
  ) {
    self.key = key
    self.name = name
    self.jurisdictions = jurisdictions
    self.meaning = meaning
    self.source = source
    self.confidence = confidence
  }
}
