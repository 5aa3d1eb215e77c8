/// Shares of instances that an algorithm solves within a factor of the best (Dolan and Moré 2002,
/// "Benchmarking optimization software with performance profiles", Mathematical Programming 91).
public struct PerformanceProfile: Sendable, Hashable {
  /// Per algorithm, its cost over the least cost of all on each instance that it solves, ascending.
  public let ratios: [[Double]]
  public let instances: Int

  /// - Parameter costs: Per algorithm, per instance; `nil` where it does not solve it. Costs are above 0.
  ///   Instances that nobody solves count as unsolved for all.
  public init(costs: [[Double?]]) {
    instances = costs.first?.count ?? 0
    let best = (0..<instances).map { instance in
      costs.compactMap { $0[instance] }.min()
    }
    ratios = costs.map { row in
      zip(row, best).compactMap { cost, best in
        cost.flatMap { cost in best.map { cost / $0 } }
      }.sorted()
    }
  }

  /// Share of instances that an algorithm solves at no more than `factor` times the least cost.
  public func share(of algorithm: Int, within factor: Double) -> Double {
    instances == 0
      ? 0 : Double(ratios[algorithm].count { $0 <= factor }) / Double(instances)
  }
}
