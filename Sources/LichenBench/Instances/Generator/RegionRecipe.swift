/// Figures of a family that lives on a map; `Benchmarks/GENERATOR.md` tells what each means.
struct RegionRecipe: Sendable {
  enum Layout: Sendable {
    /// Normal clusters in a square whose area grows with the enterprises, and loners between them.
    /// - Parameters: side for 50 enterprises [km], enterprises per cluster, spread [km], loners.
    case clusters(side: Double, members: Int, spread: Double, loners: Double)
    /// A square of fixed size [km].
    case square(side: Double)
    /// A line whose length grows with the enterprises [km each].
    case road(kilometresEach: Double)
  }

  enum FixedCost: Sendable {
    /// Investment over seven years and a permit of its own.
    case investment
    /// This share of the gain at full flow, with a log-normal spread.
    case shareOfGain(Double)
  }

  let layout: Layout
  let materials: Int
  let materialFamilies: Int
  let zipf: Double
  /// Whether materials spread over families evenly instead of by chance.
  let hasEvenFamilies: Bool
  /// Share of material pairs of one family in which one can stand for the other.
  let compatible: Double
  /// Money per t and km, evenly spread.
  let haulage: ClosedRange<Double>
  /// Longest haul [km as the crow flies], and the length over which acquaintance fades [km by road].
  let reach: Double
  let acquaintance: Double
  let detour: Double
  let fixedCost: FixedCost
  /// Least lot as a share of the most that a link can carry.
  let lot: ClosedRange<Double>
  /// Whole step of lots; tenths if `nil`.
  let lotStep: Double?
  /// Whole step of benefits, for ties; hundredths if `nil`.
  let benefitStep: Double?
  /// Total demand over total supply; `nil` leaves it to chance.
  let balance: Double?
  /// Whether links share permits in every variant.
  let hasPermits: Bool

  init(_ family: InstanceRequest.Family) {
    self =
      switch family {
      case .clustered, .transport: Self.clustered
      case .dense: Self.dense
      case .nation: Self.nation
      case .corridor: Self.corridor
      case .scarce: Self.scarce
      }
  }

  private init(
    layout: Layout, materials: Int = 100, materialFamilies: Int = 12, zipf: Double = 0.9,
    hasEvenFamilies: Bool = false, compatible: Double = 0.35,
    haulage: ClosedRange<Double> = 0.10...0.28, reach: Double = 55, acquaintance: Double = 45,
    detour: Double = 1.25, fixedCost: FixedCost = .investment,
    lot: ClosedRange<Double> = 0.05...0.3, lotStep: Double? = nil, benefitStep: Double? = nil,
    balance: Double? = nil, hasPermits: Bool = false
  ) {
    self.layout = layout
    self.materials = materials
    self.materialFamilies = materialFamilies
    self.zipf = zipf
    self.hasEvenFamilies = hasEvenFamilies
    self.compatible = compatible
    self.haulage = haulage
    self.reach = reach
    self.acquaintance = acquaintance
    self.detour = detour
    self.fixedCost = fixedCost
    self.lot = lot
    self.lotStep = lotStep
    self.benefitStep = benefitStep
    self.balance = balance
    self.hasPermits = hasPermits
  }

  private static let clustered = RegionRecipe(
    layout: .clusters(side: 40, members: 25, spread: 1.5, loners: 0.2))

  private static let dense = RegionRecipe(
    layout: .square(side: 6), materials: 10, materialFamilies: 2, zipf: 0, hasEvenFamilies: true,
    compatible: 0.75, acquaintance: .infinity, hasPermits: true)

  private static let nation = RegionRecipe(
    layout: .clusters(side: 140, members: 120, spread: 6, loners: 0.3), materials: 200,
    materialFamilies: 25, haulage: 0.04...0.12, reach: 300, acquaintance: 130, detour: 1.3)

  private static let corridor = RegionRecipe(
    layout: .road(kilometresEach: 0.5), materials: 12, materialFamilies: 3, zipf: 0,
    hasEvenFamilies: true, compatible: 0.8, reach: 40, acquaintance: .infinity, detour: 1,
    fixedCost: .shareOfGain(1.0 / 3), balance: 1)

  private static let scarce = RegionRecipe(
    layout: .clusters(side: 40, members: 25, spread: 1.5, loners: 0.2), materials: 16,
    materialFamilies: 4, zipf: 0.5, hasEvenFamilies: true, compatible: 0.6, acquaintance: .infinity,
    lot: 0.4...0.8, lotStep: 10, benefitStep: 5, balance: 0.2)
}
