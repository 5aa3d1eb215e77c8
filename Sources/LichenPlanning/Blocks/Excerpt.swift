/// Some of a model's links and measures as a problem of its own.
public struct Excerpt: Sendable {
  /// What a link of an excerpt is of one of the whole model.
  public enum Role: UInt8, Sendable {
    case whole
    /// The copy at its source: takes from there, and gives to a stream of its own.
    case tail
    /// The copy at its target: takes from a stream of its own.
    case head
  }

  public struct Member: Sendable, Hashable {
    /// Index in the whole model.
    public let link: Int
    public let role: Role
  }

  /// What a stream of an excerpt is.
  public enum Origin: Sendable, Hashable {
    /// Index in the whole model's outputs or inputs.
    case stream(Int)
    /// What stands for the other end of a link that was cut.
    case border(link: Int)
  }

  public let model: PlanningModel
  /// By link of the excerpt.
  public let links: [Member]
  /// By measure of the excerpt: index in the whole model.
  public let measures: [Int]
  /// By output of the excerpt.
  public let outputs: [Origin]
  public let inputs: [Origin]
}
