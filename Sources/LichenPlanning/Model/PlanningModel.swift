/// The network design problem of a park in physical units, free of any solver's conventions.
///
/// maximise Σ (α·v + β·g)·x − α·Σ f·y − α·Σ φ·p − α·Σ F·z, with x the yearly flow of a link, y its
/// opening, p a permit and z a facility; see docs "The plan", and one file of `MIPBuilder` for each
/// family of constraints.
public struct PlanningModel: Sendable {
  /// Where a link begins.
  public enum Source: Sendable, Hashable {
    /// Index in the outputs.
    case output(Int)
    /// Index in `facilities`.
    case facility(Int)
  }

  /// Where a link ends.
  public enum Target: Sendable, Hashable {
    /// Index in the inputs.
    case input(Int)
    /// Index in `facilities`.
    case facility(Int)
  }

  /// A candidate that may be planned, or one leg of it to or from a facility.
  public struct Link: Sendable, Hashable {
    /// Index in the graph's candidates, or whatever else the links were made of.
    public let candidate: Int
    public let source: Source
    public let target: Target
    /// Reference units of input served, or of product made, per reference unit moved.
    public let ratio: Double
    /// Net money per reference unit [park currency].
    public let money: Double
    /// Net CO2e avoided per reference unit [kg].
    public let carbon: Double
    /// Yearly cost of the open link [park currency/a].
    public var fixedCost: Double
    /// Investment [park currency].
    public var capital: Double
    /// Flow bounds of the open link [reference units/a]: 0 ≤ lower ≤ upper, upper > 0.
    public var lower: Double
    public var upper: Double
    public var isRequired: Bool

    public init(
      candidate: Int, source: Source, target: Target, ratio: Double, money: Double, carbon: Double,
      fixedCost: Double, capital: Double, lower: Double, upper: Double, isRequired: Bool = false
    ) {
      self.candidate = candidate
      self.source = source
      self.target = target
      self.ratio = ratio
      self.money = money
      self.carbon = carbon
      self.fixedCost = fixedCost
      self.capital = capital
      self.lower = lower
      self.upper = upper
      self.isRequired = isRequired
    }

    /// Index in the outputs, unless the link begins at a facility.
    public var output: Int? { if case .output(let index) = source { index } else { nil } }
    /// Index in the inputs, unless the link ends at a facility.
    public var input: Int? { if case .input(let index) = target { index } else { nil } }
  }

  /// A shared plant that may be opened: what links bring in, times their ratios, is what links take
  /// out.
  public struct Facility: Sendable, Hashable {
    public let name: String
    /// Most that all links may bring in [units moved/a].
    public let capacity: Double
    /// Yearly cost once open [park currency/a].
    public var openingCost: Double
    /// Investment [park currency].
    public var capital: Double

    public init(name: String, capacity: Double, openingCost: Double, capital: Double) {
      self.name = name
      self.capacity = capacity
      self.openingCost = openingCost
      self.capital = capital
    }
  }

  /// A quality that a receiver's mixture must keep: Σ excess·x ≤ 0 over links to one target.
  public struct Blend: Sendable, Hashable {
    public let name: String
    /// Indices in `links`, ascending.
    public let links: [Int]
    /// Value of the quality less its limit, per unit moved; for a least value, the limit less it.
    public let excess: [Double]

    public init(name: String, links: [Int], excess: [Double]) {
      self.name = name
      self.links = links
      self.excess = excess
    }
  }

  /// An efficiency measure that may be taken: a yes-or-no that shifts a supply or a need.
  public struct Measure: Sendable, Hashable {
    public let name: String
    /// Index in the park's outputs, if the measure changes one.
    public let output: Int?
    /// Index in the park's inputs, if the measure changes one.
    public let input: Int?
    /// Change of that supply, or of the need that by-products may cover [reference units/a].
    public let shift: Double
    /// Net money once taken [park currency/a].
    public let money: Double
    /// CO2e avoided once taken [kg/a].
    public let carbon: Double
    /// Investment [park currency].
    public var capital: Double
    public var isRequired: Bool

    public init(
      name: String, output: Int? = nil, input: Int? = nil, shift: Double = 0, money: Double,
      carbon: Double, capital: Double, isRequired: Bool = false
    ) {
      self.name = name
      self.output = output
      self.input = input
      self.shift = shift
      self.money = money
      self.carbon = carbon
      self.capital = capital
      self.isRequired = isRequired
    }
  }

  /// Links and measures, by index, that share a stream, permit or binding budget.
  public struct Part: Sendable, Hashable {
    public let links: [Int]
    public let measures: [Int]

    public init(links: [Int], measures: [Int] = []) {
      self.links = links
      self.measures = measures
    }

    public var count: Int { links.count + measures.count }
  }

  /// A fixed legal cost that links share.
  public struct Permit: Sendable, Hashable {
    public let name: String
    /// [park currency/a]
    public var annualCost: Double

    public init(name: String, annualCost: Double) {
      self.name = name
      self.annualCost = annualCost
    }
  }

  public var name: String
  /// In order of candidate.
  public var links: [Link]
  /// Names of links, for solver files.
  public var linkNames: [String]
  /// Indices in `permits` by link, each ascending; empty if no link needs any.
  public var linkPermits: RaggedArray
  /// Yearly supply per output [reference units/a].
  public var supplies: [Double]
  /// Yearly need that by-products may cover, per input [reference units/a].
  public var needs: [Double]
  /// What must be covered, per input [reference units/a]; empty if nothing must.
  public var leastNeeds: [Double]
  public var permits: [Permit]
  public var facilities: [Facility]
  public var blends: [Blend]
  /// In order of id.
  public var measures: [Measure]
  /// Largest investment [park currency].
  public var capitalBudget: Double?
  /// Least CO2e avoided [kg/a].
  public var carbonFloor: Double?
  /// Most open links per output or input.
  public var partnerLimit: Int?

  public init(
    name: String, links: [Link], linkNames: [String], linkPermits: RaggedArray = RaggedArray(),
    supplies: [Double], needs: [Double], leastNeeds: [Double] = [], permits: [Permit] = [],
    facilities: [Facility] = [], blends: [Blend] = [], measures: [Measure] = [],
    capitalBudget: Double? = nil, carbonFloor: Double? = nil, partnerLimit: Int? = nil
  ) {
    self.name = name
    self.links = links
    self.linkNames = linkNames
    self.linkPermits = linkPermits
    self.supplies = supplies
    self.needs = needs
    self.leastNeeds = leastNeeds
    self.permits = permits
    self.facilities = facilities
    self.blends = blends
    self.measures = measures
    self.capitalBudget = capitalBudget
    self.carbonFloor = carbonFloor
    self.partnerLimit = partnerLimit
  }

  public static let empty = PlanningModel(
    name: "", links: [], linkNames: [], supplies: [], needs: [])

  /// Indices in `permits` that a link needs, ascending.
  public func permits(of link: Int) -> ArraySlice<Int32> {
    linkPermits.isEmpty ? [] : linkPermits[link]
  }

  /// Weights of money [1] and CO2e [park currency per kg, or 1] in one objective.
  public struct Weights: Sendable, Hashable {
    public let money: Double
    public let carbon: Double

    public init(money: Double, carbon: Double) {
      self.money = money
      self.carbon = carbon
    }

    public static let benefit = Weights(money: 1, carbon: 0)
    public static let carbon = Weights(money: 0, carbon: 1)
  }

  /// Objective of one unit of flow on a link.
  public func unitValue(of link: Link, _ weights: Weights) -> Double {
    weights.money * link.money + weights.carbon * link.carbon
  }

  /// Objective of a measure that is taken.
  public func value(of measure: Measure, _ weights: Weights) -> Double {
    weights.money * measure.money + weights.carbon * measure.carbon
  }

  /// The whole problem as one part.
  public var whole: Part {
    Part(links: Array(links.indices), measures: Array(measures.indices))
  }

  /// Best a link can add by itself, permits apart: max over lower ≤ x ≤ upper of value·x − fixed.
  public func bestValue(of link: Link, _ weights: Weights) -> Double {
    let value = unitValue(of: link, weights)
    return value * (value > 0 ? link.upper : link.lower) - weights.money * link.fixedCost
  }

  /// What must be covered of an input [reference units/a].
  func leastNeed(of input: Int) -> Double { leastNeeds.isEmpty ? 0 : leastNeeds[input] }
}
