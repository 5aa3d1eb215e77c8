/// An efficiency measure that one enterprise could take.
public struct OptionRow: Sendable, Hashable {
  public var id: String
  public var enterprise: String
  public var name = ""
  /// Row of the catalogue's typical options.
  public var kind = ""
  /// Stream whose yearly quantity changes; blank when none of the declared ones does.
  public var stream = ""
  /// Change of that quantity per year, in `unit`; negative is less.
  public var change: Double?
  public var unit = ""
  /// Paid once, in `currency`.
  public var capital: Double?
  /// Per year, running costs deducted, in `currency`.
  public var saving: Double?
  /// Blank is the park's.
  public var currency = ""
  /// Avoided [t CO2e/a].
  public var co2: Double?
  /// [a]
  public var lifetime: Double?
  public var status = ""
  public var notes = ""
  public var provenance = Provenance()
  public var location: SourceLocation

  public init(id: String, enterprise: String, location: SourceLocation) {
    self.id = id
    self.enterprise = enterprise
    self.location = location
  }
}

/// What really flowed, or was really earned, in one period.
public struct ActualRow: Sendable, Hashable {
  public var id: String
  /// Id of an exchange or option, or `OUTPUT:INPUT` with or without `:ROUTE`.
  public var subject: String
  /// `2024`, `2024-Q2` or `2024-05`.
  public var period = ""
  public var quantity: Double?
  public var unit = ""
  public var money: Double?
  public var currency = ""
  public var notes = ""
  public var provenance = Provenance()
  public var location: SourceLocation

  public init(id: String, subject: String, location: SourceLocation) {
    self.id = id
    self.subject = subject
    self.location = location
  }
}

/// The confirmed meaning of a free text.
public struct ClassificationRow: Sendable, Hashable {
  public var text: String
  /// The text means this only for enterprises of the sector; blank is any.
  public var sector = ""
  public var material = ""
  public var wasteCode = ""
  /// Day of the confirmation, `2024-05-31`.
  public var date = ""
  /// Who confirmed it.
  public var by = ""
  public var notes = ""
  public var source = ""
  public var location: SourceLocation

  public init(text: String, location: SourceLocation) {
    self.text = text
    self.location = location
  }
}
