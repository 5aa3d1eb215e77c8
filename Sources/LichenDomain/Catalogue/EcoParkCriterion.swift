/// A figure of a park that its tables can answer, today and with a plan.
public enum IndicatorMeasure: String, Sendable, Codable, CaseIterable {
  case symbioses
  case symbiosesInPark = "symbioses-in-park"
  case firmsInNetwork = "firms-in-network"
  case firmsInNetworkShare = "firms-in-network-share"
  case recpFirmsShare = "recp-firms-share"
  case wasteDiverted = "waste-diverted"
  case solidWasteReusedShare = "solid-waste-reused-share"
  case landfillShare = "landfill-share"
  case wastewaterReused = "wastewater-reused"
  case wastewaterReusedShare = "wastewater-reused-share"
  case materialReplaced = "material-replaced"
  case waterReplaced = "water-replaced"
  case energyReplaced = "energy-replaced"
  case carbonAvoided = "carbon-avoided"
  case moneySaved = "money-saved"
}

/// One criterion of an eco-industrial park: from a decree, a reporting form or a framework.
public struct EcoParkCriterion: Sendable, Hashable {
  /// Whose criterion it is.
  public enum Origin: String, Sendable, Codable, CaseIterable {
    case decree = "decree-35-2022"
    case form = "form-a5"
    case framework = "eip-framework"
  }

  public enum Kind: String, Sendable, Codable, CaseIterable {
    case criterion
    /// Says what counts; nothing is asked.
    case definition
    /// Reported every year; there is no threshold.
    case reported
    case prerequisite, indicator
  }

  public enum Comparison: String, Sendable, Codable, CaseIterable {
    case atLeast = "at-least"
    case atMost = "at-most"
    case above, below
    /// Answered yes or no.
    case yes
  }

  public let id: String
  public let origin: Origin
  public let category: String
  public let kind: Kind
  public let topic: String
  public let name: String
  /// `nil` without a threshold.
  public let comparison: Comparison?
  /// In `unit`.
  public let threshold: Double?
  public let unit: String
  /// `nil` when no table of a park can answer.
  public let measure: IndicatorMeasure?
  /// Materials whose outputs count; empty leaves it to phase and kind.
  public let counted: [MaterialID]
  /// What must be known besides; with a measure, a further condition.
  public let needs: String
  public let source: String
  public let confidence: Confidence
  public let notes: String

  public init(
    id: String, origin: Origin, category: String, kind: Kind, topic: String, name: String,
    comparison: Comparison?, threshold: Double?, unit: String, measure: IndicatorMeasure?,
    counted: [MaterialID], needs: String, source: String, confidence: Confidence, notes: String
  ) {
    self.id = id
    self.origin = origin
    self.category = category
    self.kind = kind
    self.topic = topic
    self.name = name
    self.comparison = comparison
    self.threshold = threshold
    self.unit = unit
    self.measure = measure
    self.counted = counted
    self.needs = needs
    self.source = source
    self.confidence = confidence
    self.notes = notes
  }
}
