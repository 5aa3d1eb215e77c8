/// A family of materials; routes may be written for a whole family.
public struct MaterialCategory: Sendable, Hashable {
  public let id: MaterialID
  public let names: LocalisedText
  public let parent: MaterialID?

  public init(id: MaterialID, names: LocalisedText, parent: MaterialID?) {
    self.id = id
    self.names = names
    self.parent = parent
  }
}

/// A name in the languages that the catalogue carries.
public struct LocalisedText: Sendable, Hashable, Codable {
  public let english: String
  public let vietnamese: String?

  public init(english: String, vietnamese: String? = nil) {
    self.english = english
    self.vietnamese = vietnamese
  }
}

/// State in which a material moves; decides how it is carried.
public enum Phase: String, Sendable, Codable, CaseIterable {
  case solid, liquid, slurry, gas, steam, water, heat, cold, electricity, service
}

/// What the law sees in a material before anything is declared about it.
public enum LegalKind: String, Sendable, Codable, CaseIterable {
  /// Left over from production: waste, unless shown to be a by-product or to have ceased to be waste.
  case residue
  /// Made or bought on purpose.
  case product
  /// Steam, heat, cold, electricity.
  case utility
  case water
}

/// A row of the catalogue's material table.
public struct Material: Sendable, Hashable {
  public let id: MaterialID
  public let names: LocalisedText
  /// Category or broader material.
  public let parent: MaterialID?
  public let phase: Phase
  /// Unit in which ratios, prices and flows of this material are held: t, m3, GJ, MWh or unit.
  public let referenceUnit: Unit
  public let conversion: ConversionBasis
  /// Typical supply level of heat, steam or cold [°C].
  public let temperatureCelsius: Double?
  /// Typical supply pressure of steam [bar].
  public let pressureBar: Double?
  public let legalKind: LegalKind
  /// European waste codes that commonly apply, asterisk kept.
  public let wasteCodes: [String]
  public let isHazardous: Bool
  /// Combustion CO2 counts as biogenic.
  public let isBiogenic: Bool
  public let notes: String
  public let source: String
  public let confidence: Confidence
  public let valueConfidence: Confidence?

  public init(
    id: MaterialID, names: LocalisedText, parent: MaterialID?, phase: Phase, referenceUnit: Unit,
    conversion: ConversionBasis = .init(), temperatureCelsius: Double? = nil,
    pressureBar: Double? = nil, legalKind: LegalKind, wasteCodes: [String] = [],
    isHazardous: Bool = false, isBiogenic: Bool = false, notes: String = "", source: String,
    confidence: Confidence, valueConfidence: Confidence? = nil
  ) {
    self.id = id
    self.names = names
    self.parent = parent
    self.phase = phase
    self.referenceUnit = referenceUnit
    self.conversion = conversion
    self.temperatureCelsius = temperatureCelsius
    self.pressureBar = pressureBar
    self.legalKind = legalKind
    self.wasteCodes = wasteCodes
    self.isHazardous = isHazardous
    self.isBiogenic = isBiogenic
    self.notes = notes
    self.source = source
    self.confidence = confidence
    self.valueConfidence = valueConfidence
  }

  public static func == (left: Self, right: Self) -> Bool { left.id == right.id }
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
