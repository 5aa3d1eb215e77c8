import LichenDomain
import LichenGraph

/// The network design problem of a park in physical units, free of any solver's conventions.
///
/// maximise Σ (α·v + β·g)·x − α·Σ f·y − α·Σ φ·p, with x the yearly flow of a link, y its opening and
/// p a permit; see docs "The plan", and the files of `MIPBuilder` for the constraints.
public struct PlanningModel: Sendable {
  /// A candidate that may be planned.
  public struct Link: Sendable, Hashable {
    /// Index in the graph's candidates.
    public let candidate: Int
    /// Index in the park's outputs.
    public let output: Int
    /// Index in the park's inputs.
    public let input: Int
    /// Reference units of input served per reference unit of output.
    public let ratio: Double
    /// Net money per reference unit [park currency].
    public let money: Double
    /// Net CO2e avoided per reference unit [kg].
    public let carbon: Double
    /// Yearly cost of the open link [park currency/a].
    public let fixedCost: Double
    /// Investment [park currency].
    public let capital: Double
    /// Flow bounds of the open link [reference units/a]: 0 ≤ lower ≤ upper, upper > 0.
    public let lower: Double
    public let upper: Double
    /// Indices in `permits`, ascending.
    public let permits: [Int]
    public let isRequired: Bool

    public init(
      candidate: Int, output: Int, input: Int, ratio: Double, money: Double, carbon: Double,
      fixedCost: Double, capital: Double, lower: Double, upper: Double, permits: [Int] = [],
      isRequired: Bool = false
    ) {
      self.candidate = candidate
      self.output = output
      self.input = input
      self.ratio = ratio
      self.money = money
      self.carbon = carbon
      self.fixedCost = fixedCost
      self.capital = capital
      self.lower = lower
      self.upper = upper
      self.permits = permits
      self.isRequired = isRequired
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
    public let capital: Double
    public let isRequired: Bool

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
    public let annualCost: Double

    public init(name: String, annualCost: Double) {
      self.name = name
      self.annualCost = annualCost
    }
  }

  public let name: String
  /// In order of candidate.
  public let links: [Link]
  /// Names of links, for solver files.
  public let linkNames: [String]
  /// Yearly supply per output [reference units/a].
  public let supplies: [Double]
  /// Yearly need that by-products may cover, per input [reference units/a].
  public let needs: [Double]
  public let permits: [Permit]
  /// In order of id.
  public let measures: [Measure]
  public let capitalBudget: Double?
  public let partnerLimit: Int?

  public init(
    name: String, links: [Link], linkNames: [String], supplies: [Double], needs: [Double],
    permits: [Permit], measures: [Measure] = [], capitalBudget: Double?, partnerLimit: Int?
  ) {
    self.name = name
    self.links = links
    self.linkNames = linkNames
    self.supplies = supplies
    self.needs = needs
    self.permits = permits
    self.measures = measures
    self.capitalBudget = capitalBudget
    self.partnerLimit = partnerLimit
  }

  static let empty = PlanningModel(
    name: "", links: [], linkNames: [], supplies: [], needs: [], permits: [], capitalBudget: nil,
    partnerLimit: nil)

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
}

extension PlanObjective {
  /// Weights of the first, proven objective.
  public func primaryWeights(carbonPrice: Double) -> PlanningModel.Weights {
    stages(carbonPrice: carbonPrice)[0]
  }

  /// The objectives to optimise in turn; later ones only choose among optima of the earlier.
  func stages(carbonPrice: Double) -> [PlanningModel.Weights] {
    switch self {
    case .netBenefit: [.benefit]
    case .carbon: [.carbon]
    case .benefitThenCarbon: [.benefit, .carbon]
    case .carbonThenBenefit: [.carbon, .benefit]
    case .carbonPriced: [PlanningModel.Weights(money: 1, carbon: carbonPrice / 1000)]
    }
  }
}
