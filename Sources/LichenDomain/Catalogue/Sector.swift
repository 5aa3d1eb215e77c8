/// A kind of plant: what its blueprint is counted in, and how large such plants are.
public struct Sector: Sendable, Hashable {
  public let id: String
  public let names: LocalisedText
  /// ISIC Rev. 4 class; several sectors may share one.
  public let isic: String
  /// What the amounts of the blueprint are for: `t cement`, `hl beer`.
  public let reference: String
  /// Unit of the reference amount.
  public let unit: Unit
  /// Yearly reference amounts that a size word stands for.
  public let sizes: [SizeWord: Double]
  /// Yearly reference amount per employee.
  public let perEmployee: Estimate?
  /// Yearly reference amount per hectare of site.
  public let perHectare: Estimate?
  /// Months of operation, in words; empty when it runs all year.
  public let season: String
  public let source: String
  public let confidence: Confidence
  public let notes: String

  public init(
    id: String, names: LocalisedText, isic: String, reference: String, unit: Unit,
    sizes: [SizeWord: Double], perEmployee: Estimate? = nil, perHectare: Estimate? = nil,
    season: String = "", source: String, confidence: Confidence, notes: String = ""
  ) {
    self.id = id
    self.names = names
    self.isic = isic
    self.reference = reference
    self.unit = unit
    self.sizes = sizes
    self.perEmployee = perEmployee
    self.perHectare = perHectare
    self.season = season
    self.source = source
    self.confidence = confidence
    self.notes = notes
  }
}

/// A size where no figure is known.
public enum SizeWord: String, Sendable, Codable, CaseIterable {
  case small, medium, large

  private static let words: [String: SizeWord] = [
    "small": .small, "medium": .medium, "large": .large, "nhỏ": .small, "vừa": .medium,
    "trung bình": .medium, "lớn": .large,
  ]

  /// Reads the word in English or Vietnamese; case does not matter.
  public init?(parsing text: String) {
    guard let word = Self.words[text.lowercased()] else { return nil }
    self = word
  }
}

extension Sector {
  /// Unit of a yearly reference amount, as tables write it: `t/yr`; an area has no period.
  public var unitPerYear: String { unit.dimension == .area ? unit.id : "\(unit.id)/yr" }

  /// What a size word stands for: its figure, from half of it to twice it (a convention of this
  /// project).
  public func amount(of word: SizeWord) -> Estimate? {
    sizes[word].flatMap { Estimate(low: $0 / 2, typical: $0, high: $0 * 2) }
  }

  /// How a size is stated.
  public enum SizeMeasure: String, Sendable, Codable {
    /// In the blueprint's own unit.
    case reference
    case employees
    /// Site area.
    case hectares
  }

  /// A yearly amount in the blueprint's unit, as size times amount per one of the size.
  public struct Scale: Sendable, Hashable {
    /// As declared, per year, in the measure's unit.
    public let size: Estimate
    /// Reference units per one of the size; exact where the size is in the reference's own unit.
    public let perSize: Estimate
    public let measure: SizeMeasure

    /// Reference units per year; the two uncertainties multiply.
    public var amount: Estimate { size * perSize }
  }

  /// Why a size cannot be read.
  public enum SizeProblem: Error, Sendable, Equatable, CustomStringConvertible {
    case missing
    case unknownUnit(String)
    case wrongUnit(String, accepted: String)
    case noFigure(SizeMeasure)

    public var description: String {
      switch self {
      case .missing: "no size is declared"
      case .unknownUnit(let unit): "\(unit) is not a unit of units.csv, employees or ha"
      case .wrongUnit(let unit, let accepted): "\(unit) does not measure this sector; \(accepted)"
      case .noFigure(let measure): "sectors.csv has no amount per one of \(measure.rawValue)"
      }
    }
  }

  /// What a size may be stated in, for messages: `t/yr, employees or ha`.
  public var acceptedSizeUnits: String {
    let base = unit.dimension == .area ? unit.id : "\(unit.id)/yr"
    let others = [perEmployee.map { _ in "employees" }, perHectare.map { _ in "ha" }]
      .compactMap(\.self)
    return ([base] + others).joined(separator: ", ")
  }

  private static let people: Set<String> = [
    "employees", "employee", "people", "persons", "workers", "staff", "người", "lao động",
    "nhân viên", "công nhân",
  ]

  /// Reads a declared size.
  /// - Throws: `SizeProblem`; `missing` where no number is given, so that streams stay unquantified.
  public func scale(of size: DeclaredQuantity, units: UnitTable) throws(SizeProblem) -> Scale {
    let given = [size.low, size.typical, size.high].compactMap(\.self)
    guard let least = given.min(), let most = given.max() else { throw .missing }
    let low = size.low ?? least
    let high = size.high ?? most
    guard
      let value = Estimate(low: low, typical: size.typical ?? (low / 2 + high / 2), high: high)
    else { throw .missing }
    let text = size.unit.trimmingSpaces()
    if Self.people.contains(text.lowercased()) {
      guard let perEmployee else { throw .noFigure(.employees) }
      return Scale(size: value, perSize: perEmployee, measure: .employees)
    }
    guard let rate = units.rate(parsing: text) else { throw .unknownUnit(text) }
    if rate.unit.dimension == .area, unit.dimension != .area {
      guard let perHectare, rate.period == nil else { throw .noFigure(.hectares) }
      // Base unit of area is the square metre.
      return Scale(
        size: value * (rate.unit.factor / 10_000), perSize: perHectare, measure: .hectares)
    }
    guard rate.unit.dimension == unit.dimension,
      let times = (rate.period ?? .year).timesPerYear(operatingHours: nil)
    else { throw .wrongUnit(text, accepted: acceptedSizeUnits) }
    return Scale(
      size: value, perSize: Estimate(times * rate.unit.factor / unit.factor), measure: .reference)
  }
}
