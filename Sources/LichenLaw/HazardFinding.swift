import LichenDomain

/// One statement about the hazard of an output, as a key with its values; the words are in the
/// language files under `hazard.`.
public struct HazardReason: Hashable, Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case codeHazardous = "code-hazardous"
    case codePresumed = "code-presumed"
    case codeMirrorHazardous = "code-mirror-hazardous"
    case codeMirrorNonHazardous = "code-mirror-non-hazardous"
    case codeOrdinary = "code-ordinary"
    case codeNonHazardous = "code-non-hazardous"
    /// The code is not in the part of its list that is known, or no list is known.
    case codeUnlisted = "code-unlisted"
    case measuredAbove = "measured-above"
    /// Every limit that can be checked is kept.
    case measuredBelow = "measured-below"
    case materialHazardous = "material-hazardous"
    case materialNonHazardous = "material-non-hazardous"
    /// What was stated without saying why.
    case stated
    case contradictsMaterial = "contradicts-material"
    case contradictsMeasurement = "contradicts-measurement"
    case openUnmeasured = "open-unmeasured"
    case openDryContent = "open-dry-content"
    case openAssessment = "open-assessment"
    case openLimits = "open-limits"
  }

  public let kind: Kind
  /// Values that the text names.
  public let values: [String: String]

  public init(_ kind: Kind, _ values: [String: String] = [:]) {
    self.kind = kind
    self.values = values
  }
}

/// Whether an output is hazardous, what that rests on, and what is still open.
public struct HazardFinding: Hashable, Sendable {
  /// What settled the question.
  public enum Basis: String, Sendable, Codable, CaseIterable {
    /// A value reaches a limit, or all are known to stay away from theirs.
    case measured
    /// The entry of the waste list.
    case code
    /// The material's usual hazard.
    case material
    /// Hazardous until measurements show otherwise.
    case assumed
    /// Stated by the caller.
    case stated
  }

  public let isHazardous: Bool
  public let basis: Basis
  /// What the finding rests on, weightiest first.
  public let reasons: [HazardReason]
  /// Declarations that contradict each other.
  public let contradictions: [HazardReason]
  /// What has to be assessed or measured before the finding can be relied on.
  public let open: [HazardReason]
  /// Weakest of the rows that the finding rests on.
  public let confidence: Confidence?

  public init(
    isHazardous: Bool, basis: Basis, reasons: [HazardReason],
    contradictions: [HazardReason] = [], open: [HazardReason] = [], confidence: Confidence? = nil
  ) {
    self.isHazardous = isHazardous
    self.basis = basis
    self.reasons = reasons
    self.contradictions = contradictions
    self.open = open
    self.confidence = confidence
  }

  /// Reasons follow from the output, so the answer alone tells most findings apart, and cheaply: facts
  /// are hashed once for every candidate.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(isHazardous)
    hasher.combine(basis)
  }

  /// A finding without reasons, for questions about no output in particular.
  public static func stated(_ isHazardous: Bool) -> HazardFinding {
    HazardFinding(isHazardous: isHazardous, basis: .stated, reasons: [HazardReason(.stated)])
  }
}
