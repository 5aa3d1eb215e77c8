/// A measure of cleaner production that enterprises of a sector commonly take, with published ranges.
public struct TypicalOption: Sendable, Hashable {
  /// The flow that the measure makes smaller.
  public enum Target: String, Sendable, Codable, CaseIterable {
    case energy, steam, electricity, water, material, waste
  }

  public let id: String
  /// `any`, an ISIC division or class (`13`, `1020`), or a sector of the blueprints.
  public let sector: String
  public let names: LocalisedText
  public let actsOn: Target
  /// Share of that flow that is saved, 0...1; the notes say of which part of it.
  public let share: Estimate
  /// Simple payback [a]; `nil` when unknown.
  public let payback: Estimate?
  public let capitalBasis: String
  /// Years over which the saving lasts.
  public let lifetimeYears: Double?
  /// How the CO2e of the saving is found.
  public let carbonNote: String
  public let source: String
  /// Confidence in the share.
  public let confidence: Confidence
  public let paybackConfidence: Confidence
  public let notes: String

  public init(
    id: String, sector: String, names: LocalisedText, actsOn: Target, share: Estimate,
    payback: Estimate?, capitalBasis: String = "", lifetimeYears: Double? = nil,
    carbonNote: String = "", source: String, confidence: Confidence,
    paybackConfidence: Confidence, notes: String = ""
  ) {
    self.id = id
    self.sector = sector
    self.names = names
    self.actsOn = actsOn
    self.share = share
    self.payback = payback
    self.capitalBasis = capitalBasis
    self.lifetimeYears = lifetimeYears
    self.carbonNote = carbonNote
    self.source = source
    self.confidence = confidence
    self.paybackConfidence = paybackConfidence
    self.notes = notes
  }

  /// Whether the measure is meant for an enterprise of this ISIC class or blueprint.
  public func isFor(isic: String, blueprint: String = "") -> Bool {
    if sector == "any" || (!blueprint.isEmpty && sector == blueprint) { return true }
    // An empty class has no prefix in common with anything.
    return !sector.isEmpty && isic.hasPrefix(sector)
  }
}
