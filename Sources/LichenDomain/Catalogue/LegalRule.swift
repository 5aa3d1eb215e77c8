/// What a rule does to an exchange, mildest first.
public enum LegalEffect: String, Sendable, Codable, CaseIterable, Comparable {
  case allowed
  case notification
  case endOfWaste = "end-of-waste"
  case permit
  case prohibited

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// How the law looks at a stream.
public enum LegalStatus: String, Sendable, Codable, CaseIterable {
  case waste
  case byProduct = "by-product"
  case product, utility, water
}

/// A border that an exchange may cross, seen from the rule's jurisdiction.
public enum BorderCrossing: String, Sendable, Codable, CaseIterable {
  case domestic
  case `import`
  case export
  /// Between two countries of the union whose rule it is.
  case withinUnion = "within-union"
}

/// Whether the two ends of an exchange belong to one enterprise.
public enum Parties: String, Sendable, Codable, CaseIterable {
  case same, different
}

/// A word that has to hold, or with `!` must not: a place, a group of states or a licence.
public struct NamedCondition: Sendable, Hashable {
  public let name: String
  public let isExcluded: Bool

  /// `OECD`, or `!OECD` for everything but it.
  public init(_ text: String) {
    isExcluded = text.hasPrefix("!")
    name = isExcluded ? String(text.dropFirst()) : text
  }

  /// Whether one of the wanted words, if any, is among `names`, and none of the excluded ones.
  public static func hold(_ conditions: [NamedCondition], for names: Set<String>) -> Bool {
    let wanted = conditions.filter { !$0.isExcluded }
    return conditions.allSatisfy { !$0.isExcluded || !names.contains($0.name) }
      && (wanted.isEmpty || wanted.contains { names.contains($0.name) })
  }
}

/// One dated rule of one jurisdiction: conditions and effect, as data.
public struct LegalRule: Sendable, Hashable {
  public enum Holder: String, Sendable, Codable {
    case donor, receiver
    /// Each of them needs the paper.
    case both
  }

  public let id: RuleID
  public let jurisdiction: String
  public let instrument: String
  public let article: String
  public let subject: String
  public let effect: LegalEffect
  /// What has to be done: the permit, notice or statement.
  public let step: String
  public let holder: Holder
  /// False for rules that inform but never settle a single exchange.
  public let decides: Bool
  /// Conditions; an empty list means any.
  public let statuses: [LegalStatus]
  /// `nil` means any.
  public let hazardous: Bool?
  public let uses: [RouteUse]
  public let materials: [MaterialID]
  public let codePrefixes: [String]
  /// What the receiver replaces, or one of its ancestors.
  public let inputs: [MaterialID]
  public let border: BorderCrossing?
  /// Places and groups of states of the donor.
  public let donorIn: [NamedCondition]
  /// Places and groups of states of the receiver.
  public let receiverIn: [NamedCondition]
  /// Licences or statuses of the donor.
  public let donorLicences: [NamedCondition]
  /// Licences or statuses of the receiver.
  public let receiverLicences: [NamedCondition]
  public let parties: Parties?
  /// Licence of the holder under which the rule does not bite.
  public let unlessLicence: String?
  /// Rules that do not apply where this one does.
  public let displaces: [RuleID]
  /// Days from application to decision.
  public let days: Estimate?
  /// One-off cost of the step.
  public let cost: Money?
  public internal(set) var inForceFrom: CalendarDate?
  public internal(set) var inForceTo: CalendarDate?
  public let source: String
  public let confidence: Confidence
  public let daysConfidence: Confidence?
  public let costConfidence: Confidence?
  public let notes: String

  public init(
    id: RuleID, jurisdiction: String, instrument: String, article: String, subject: String,
    effect: LegalEffect, step: String = "", holder: Holder = .receiver, decides: Bool = true,
    statuses: [LegalStatus] = [], hazardous: Bool? = nil, uses: [RouteUse] = [],
    materials: [MaterialID] = [], codePrefixes: [String] = [], inputs: [MaterialID] = [],
    border: BorderCrossing? = nil, donorIn: [NamedCondition] = [],
    receiverIn: [NamedCondition] = [], donorLicences: [NamedCondition] = [],
    receiverLicences: [NamedCondition] = [], parties: Parties? = nil,
    unlessLicence: String? = nil, displaces: [RuleID] = [], days: Estimate? = nil,
    cost: Money? = nil, inForceFrom: CalendarDate? = nil, inForceTo: CalendarDate? = nil,
    source: String, confidence: Confidence, daysConfidence: Confidence? = nil,
    costConfidence: Confidence? = nil, notes: String = ""
  ) {
    self.id = id
    self.jurisdiction = jurisdiction
    self.instrument = instrument
    self.article = article
    self.subject = subject
    self.effect = effect
    self.step = step
    self.holder = holder
    self.decides = decides
    self.statuses = statuses
    self.hazardous = hazardous
    self.uses = uses
    self.materials = materials
    self.codePrefixes = codePrefixes
    self.inputs = inputs
    self.border = border
    self.donorIn = donorIn
    self.receiverIn = receiverIn
    self.donorLicences = donorLicences
    self.receiverLicences = receiverLicences
    self.parties = parties
    self.unlessLicence = unlessLicence
    self.displaces = displaces
    self.days = days
    self.cost = cost
    self.inForceFrom = inForceFrom
    self.inForceTo = inForceTo
    self.source = source
    self.confidence = confidence
    self.daysConfidence = daysConfidence
    self.costConfidence = costConfidence
    self.notes = notes
  }

  /// Whether the rule is in force on `date`; an open end counts as in force.
  public func isInForce(on date: CalendarDate) -> Bool {
    if let inForceFrom, date < inForceFrom { return false }
    if let inForceTo, date > inForceTo { return false }
    return true
  }
}
