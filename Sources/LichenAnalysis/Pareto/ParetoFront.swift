import LichenMatching
import LichenPlanning

/// The plans between the most money and the best of another figure, none of which another plan beats in both.
///
/// The augmented ε-constraint method (Mavrotas 2009): a lexicographic payoff table gives both ends; between two
/// known points the figure in the middle becomes a floor, under which the most money is planned, with a minute
/// reward for the figure so that no dominated plan is taken. Points inside the hull of the front are found like those
/// on it. A stretch is closed when it is proved that nothing lies in it: a jump, if no plan has more money than the one
/// end and more of the figure than the other; a line, if plans all along it exist and none lies above.
public struct ParetoFront: Sendable {
  public struct Point: Sendable {
    /// In the plan's objective [park currency/a, CO2e at its price where the objective has one].
    public let value: Double
    /// In the criterion's unit, as it is told.
    public let figure: Double
    /// Net benefit [park currency/a].
    public let money: Double
    /// CO2e avoided [kg/a].
    public let carbon: Double
    /// Proven: no plan with this figure or a better one is worth more.
    public let bound: Double
    /// Investment [park currency].
    public let capital: Double
    /// Open links by name, with flow [reference units/a], in order of name.
    public let flows: [(name: String, quantity: Double)]
    /// Ids of the measures taken, in order.
    public let measures: [String]

    /// (bound − value) / |value|, 0 if they agree within rounding.
    public var gap: Double {
      let distance = max(0, bound - value)
      return distance <= 1e-7 * max(1, abs(value)) ? 0 : distance / max(abs(value), 1e-10)
    }
  }

  /// What lies between a point and the next.
  public enum Stretch: String, Sendable, Codable {
    /// Plans all along the straight line, none better.
    case line
    /// No plan that the two ends do not beat.
    case jump
    /// Not searched to the end.
    case open
  }

  public let criterion: ParetoCriterion
  /// Most money first; the figure gets better from point to point.
  public let points: [Point]
  /// Between each point and the next.
  public let stretches: [Stretch]
  /// Programs solved.
  public let solves: Int
  /// Share of the rectangle between the ends that the points dominate, 0...1; 0 for a single point.
  public let hypervolume: Double

  /// Whether every stretch is closed, so that the front is whole.
  public var isComplete: Bool { !stretches.contains(.open) }

  /// What the next better figure costs, per unit, from a point to the next [park currency per unit].
  public func price(after index: Int) -> Double {
    let (one, next) = (points[index], points[index + 1])
    return (one.value - next.value) / abs(next.figure - one.figure)
  }
}

/// How to search a front.
public struct ParetoOptions: Sendable {
  public var criterion = ParetoCriterion.carbon
  /// Points after which the search stops though stretches are open; at least 2.
  public var points = 20
  /// Part of the range of either figure below which a stretch counts as closed.
  public var tolerance = 1e-5

  public init() {}
}
