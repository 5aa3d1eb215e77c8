/// All runs of one algorithm on one instance: one run, or several seeds of a random method.
public struct RunSummary: Sendable, Hashable, Codable {
  public let instance: String
  public let algorithm: String
  public let links: Int
  public let runs: Int
  /// Runs with a plan that was accepted.
  public let accepted: Int
  /// Best statuses last; the worst of all runs is told.
  public let status: RunRecord.Status
  public let stopRule: String?
  public let medianValue: Double?
  public let worstValue: Double?
  /// (best known − value) / |best known|; below 0 if the value is better.
  public let medianGap: Double?
  public let worstGap: Double?
  /// Of the algorithm's own bound, median.
  public let ownGap: Double?
  public let bound: Double?
  public let cpuSeconds: Double
  public let wallSeconds: Double
  public let peakMegabytes: Double
  public let blockingPairs: Double?
  public let primalIntegral: Double?
  public let dualIntegral: Double?
  public let note: String?

  /// - Parameters:
  ///   - records: Of one algorithm on one instance, at least one.
  ///   - best: Best objective known, to measure gaps against.
  public init(_ records: [RunRecord], best: Double?) {
    precondition(!records.isEmpty, "A summary needs a run.")
    let values = records.compactMap(\.value)
    let allAccepted = values.count == records.count
    func gap(_ value: Double?) -> Double? {
      guard let value, let best else { return nil }
      return value == best ? 0 : (best - value) / max(abs(best), 1e-10)
    }
    let horizon = records[0].key.seconds
    let order: [RunRecord.Status] = [
      .rejected, .failed, .overrun, .refused, .noPlan, .feasible, .optimal,
    ]
    instance = records[0].key.instance
    algorithm = records[0].key.algorithm
    links = records.map(\.links).max() ?? 0
    runs = records.count
    accepted = values.count
    status = order.first { status in records.contains { $0.status == status } } ?? .failed
    stopRule = records.compactMap(\.stopRule).first
    medianValue = values.median
    worstValue = allAccepted ? values.min() : nil
    medianGap = gap(medianValue)
    worstGap = gap(worstValue)
    ownGap = records.compactMap(\.ownGap).median
    bound = records.compactMap(\.bound).median
    cpuSeconds = records.map(\.cpuSeconds).median ?? 0
    wallSeconds = records.map(\.wallSeconds).median ?? 0
    peakMegabytes = records.map(\.peakMegabytes).max() ?? 0
    blockingPairs = records.compactMap { $0.blockingPairs.map(Double.init) }.median
    primalIntegral = best.flatMap { best in
      records.map { AnytimeIntegral.primal($0.curve, best: best, horizon: horizon) }.median
    }
    dualIntegral = best.flatMap { best in
      records.contains { $0.bound != nil }
        ? records.map { AnytimeIntegral.dual($0.curve, best: best, horizon: horizon) }.median : nil
    }
    note = records.compactMap(\.note).first
  }
}
