/// Which instance the generator is asked for.
public struct InstanceRequest: Sendable, Hashable {
  public enum Family: String, Sendable, CaseIterable {
    case clustered, dense, nation, corridor, scarce, transport
  }

  /// What an instance has beyond plain links; letters combine.
  public struct Variant: OptionSet, Sendable, Hashable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Permits that links of one receiver and material share.
    public static let permits = Variant(rawValue: 1)
    public static let facilities = Variant(rawValue: 2)
    /// Capital for two fifths of what a greedy plan invests.
    public static let budget = Variant(rawValue: 4)
    /// Three partners for each stream.
    public static let partners = Variant(rawValue: 8)
    /// Nine tenths of the CO2e that a plan greedy for it avoids.
    public static let carbonFloor = Variant(rawValue: 16)

    private static let letters: [(Character, Variant)] = [
      ("B", .permits), ("C", .facilities), ("D", .budget), ("K", .partners), ("F", .carbonFloor),
    ]
    public static let accepted = "A, or letters of B, C, D, K and F"

    /// `A` for plain, or letters such as `BD`; `nil` for anything else.
    public init?(_ text: String) {
      var variant: Variant = []
      if text.uppercased() != "A" {
        if text.isEmpty { return nil }
        for letter in text.uppercased() {
          guard let found = Self.letters.first(where: { $0.0 == letter }) else { return nil }
          variant.insert(found.1)
        }
      }
      self = variant
    }

    public var text: String {
      let letters = Self.letters.filter { contains($0.1) }.map(\.0)
      return letters.isEmpty ? "A" : String(letters)
    }
  }

  public let family: Family
  /// Enterprises, 2 or more; in a transport instance suppliers and receivers together.
  public let enterprises: Int
  public let seed: UInt64
  public let variant: Variant
  /// Suppliers of a transport instance; half of the enterprises by default.
  public let suppliers: Int?

  public init(
    family: Family, enterprises: Int, seed: UInt64, variant: Variant = [], suppliers: Int? = nil
  ) {
    self.family = family
    self.enterprises = enterprises
    self.seed = seed
    self.variant = variant
    self.suppliers = suppliers
  }

  public var name: String {
    let size = suppliers.map { "\($0)x\(enterprises - $0)" } ?? "\(enterprises)"
    return "\(family.rawValue)-\(size)-\(seed)-\(variant.text)"
  }
}
