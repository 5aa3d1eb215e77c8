/// A line of a plain list of enterprises: name, sector, size, place, as people keep it.
public struct SiteListRow: Sendable, Hashable {
  public var name: String
  /// Blank is made of the name.
  public var id = ""
  /// Id of a sector, its name in English or Vietnamese, an ISIC class, or any words.
  public var sector = ""
  public var isic = ""
  /// Id of a sector, where `sector` holds other words.
  public var blueprint = ""
  /// Number and unit, or only a unit.
  public var size = DeclaredQuantity()
  /// Stands where no number is known.
  public var sizeWord: SizeWord?
  /// Name of a known place, or of a zone of the same list.
  public var place = ""
  public var latitude: Double?
  public var longitude: Double?
  public var zone = ""
  public var licences: [String] = []
  public var notes = ""
  public var provenance = Provenance()
  public var location: SourceLocation

  public init(name: String, location: SourceLocation) {
    self.name = name
    self.location = location
  }
}
