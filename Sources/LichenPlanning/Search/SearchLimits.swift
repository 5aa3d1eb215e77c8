/// When a search may stop, and how much of the machine it may use.
public struct SearchLimits: Sendable, Hashable {
  /// Wall-clock time for the whole plan; `nil` is unlimited.
  public var timeLimit: Duration?
  /// Memory that the process may hold before the search stops with the best plan so far [bytes]; `nil`
  /// is unlimited. Looked at twenty times a second, so that it may be passed by what is allocated in
  /// between; not supported outside Linux.
  public var memoryLimit: Int?
  /// Search nodes per part; `nil` is unlimited. Unlike a time limit it gives the same answer on any
  /// machine.
  public var nodeLimit: Int?
  /// Proven relative gap at which the search may stop; 0 asks for a proven optimum.
  public var relativeGap: Double
  /// Yes-or-no variables up to which a connected part is searched whole, and so to a proven optimum.
  public var exactLimit: Int
  /// Threads to work on; the plan does not depend on it.
  public var threads: Int

  public init(
    timeLimit: Duration? = nil, memoryLimit: Int? = nil, nodeLimit: Int? = nil,
    relativeGap: Double = 0, exactLimit: Int = 600, threads: Int = 2
  ) {
    self.timeLimit = timeLimit
    self.memoryLimit = memoryLimit
    self.nodeLimit = nodeLimit
    self.relativeGap = relativeGap
    self.exactLimit = exactLimit
    self.threads = max(1, threads)
  }
}
