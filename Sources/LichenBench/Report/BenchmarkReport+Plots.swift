/// The plots of a report.
extension BenchmarkReport {
  /// Gap to the best known at which an instance counts as solved in profile and scaling.
  static let target = 0.01
  /// A slope is told only if the largest instance has so many times the links of the smallest.
  static let leastSpan = 4.0
  /// Times below are told as this, so that ratios of timer ticks mean nothing [s].
  static let shortest = 0.01

  /// This project's planner has the strong line; of the others the last of the list, the strongest,
  /// have the solid ones.
  private func style(_ index: Int) -> Int {
    let names = result.algorithms.map(\.name)
    if names[index] == "lichen" { return 0 }
    let behind = names[(index + 1)...].count { $0 != "lichen" }
    return behind + 1
  }

  /// Seconds until an accepted run was within the target of the best known, median over seeds; `nil`
  /// unless every seed got there.
  func secondsToTarget(_ instance: String, _ algorithm: String) -> Double? {
    guard let best = result.instances.first(where: { $0.name == instance })?.best else {
      return nil
    }
    let runs = result.records.filter {
      $0.key.instance == instance && $0.key.algorithm == algorithm
    }
    let times = runs.compactMap { run -> Double? in
      guard run.value != nil else { return nil }
      return run.curve.first {
        AnytimeIntegral.gap($0.incumbent, to: best) <= Self.target
      }.map { max(Self.shortest, $0.seconds) }
    }
    return times.count == runs.count ? times.median : nil
  }

  /// Share of instances solved within a factor of the fastest.
  func profile() -> Plot? {
    let names = result.algorithms.map(\.name)
    let costs = names.map { name in
      result.instances.map { secondsToTarget($0.name, name) }
    }
    let profile = PerformanceProfile(costs: costs)
    guard let largest = profile.ratios.flatMap(\.self).max() else { return nil }
    let end = max(10, largest * 1.5)
    let series = names.indices.map { index -> Plot.Series in
      let ratios = profile.ratios[index]
      let steps = ratios.map { (x: $0, y: profile.share(of: index, within: $0)) }
      let start = (x: 1.0, y: profile.share(of: index, within: 1))
      let points = ratios.isEmpty ? [] : [start] + steps + [(x: end, y: steps.last?.y ?? 0)]
      return Plot.Series(name: names[index], style: style(index), points: points, isStepped: true)
    }
    return Plot(
      label: "Performance profile",
      x: PlotAxis(
        label: "time to a gap of 1 %, over the fastest", lower: 1, upper: end, isLogarithmic: true),
      y: PlotAxis(
        label: "share of instances", lower: 0, upper: 1, isLogarithmic: false,
        words: { "\(Int(($0 * 100).rounded())) %" }), series: series)
  }

  /// Mean gap of incumbents (and of bounds, thin) over all instances, against time.
  func anytime() -> Plot? {
    // Results that come a twentieth late still count at the end.
    let times = Self.grid(from: Self.shortest, to: result.seconds * 1.05)
    var series: [Plot.Series] = []
    for (index, algorithm) in result.algorithms.enumerated() {
      let runs = result.records.filter { $0.key.algorithm == algorithm.name }
      guard runs.contains(where: { $0.value != nil }) else { continue }
      let incumbents = times.map { (x: $0, y: meanGap(runs, at: $0) { $0.incumbent }) }
      series.append(Plot.Series(name: algorithm.name, style: style(index), points: incumbents))
      guard runs.contains(where: { $0.bound != nil }) else { continue }
      let bounds = times.map { (x: $0, y: meanGap(runs, at: $0) { $0.bound }) }
      series.append(
        Plot.Series(
          name: "\(algorithm.name), bound", style: style(index), points: bounds, isCompanion: true))
    }
    if series.isEmpty { return nil }
    return Plot(
      label: "Anytime curves",
      x: PlotAxis(
        label: "seconds", lower: Self.shortest,
        upper: max(result.seconds * 1.05, Self.shortest * 10),
        isLogarithmic: true),
      y: PlotAxis(
        label: "mean gap to best known", lower: 1e-5, upper: 1, isLogarithmic: true,
        words: { FigureWords.percent($0) }), series: series)
  }

  private func meanGap(
    _ runs: [RunRecord], at seconds: Double, _ side: (ProgressPoint) -> Double?
  ) -> Double {
    var total = 0.0
    var count = 0
    for run in runs {
      guard let best = result.instances.first(where: { $0.name == run.key.instance })?.best else {
        continue
      }
      let point = run.curve.last { $0.seconds <= seconds }
      total += AnytimeIntegral.gap(point.flatMap(side), to: best)
      count += 1
    }
    return count == 0 ? 1 : total / Double(count)
  }

  private static func grid(from first: Double, to last: Double) -> [Double] {
    let count = 80
    let ratio = max(last, first * 10) / first
    return (0...count).map { first * exponential(ratio, Double($0) / Double(count)) }
  }

  /// Seconds to the target against links, with a power law per algorithm.
  func scaling() -> (plot: Plot, slopes: [(name: String, slope: Double, points: Int)])? {
    var series: [Plot.Series] = []
    var slopes: [(name: String, slope: Double, points: Int)] = []
    for (index, algorithm) in result.algorithms.enumerated() {
      let points = result.instances.compactMap { line -> (x: Double, y: Double)? in
        secondsToTarget(line.name, algorithm.name).map { (Double(max(1, line.links)), $0) }
      }.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
      if points.isEmpty { continue }
      series.append(
        Plot.Series(name: algorithm.name, style: style(index), points: points, hasDots: true))
      guard let first = points.first, let last = points.last, last.x >= Self.leastSpan * first.x,
        let fit = ScalingFit(points)
      else { continue }
      slopes.append((algorithm.name, fit.slope, points.count))
      let line = [first.x, last.x].map { (x: $0, y: fit.factor * Self.exponential($0, fit.slope)) }
      series.append(
        Plot.Series(name: algorithm.name, style: style(index), points: line, isCompanion: true))
    }
    let dots = series.filter(\.hasDots).flatMap(\.points)
    guard let least = dots.map(\.x).min(), let most = dots.map(\.x).max(), most > least else {
      return nil
    }
    let slowest = max(dots.map(\.y).max() ?? 1, 1)
    let plot = Plot(
      label: "Scaling",
      x: PlotAxis(label: "links", lower: least / 1.2, upper: most * 1.2, isLogarithmic: true),
      y: PlotAxis(
        label: "seconds to a gap of 1 %", lower: Self.shortest / 1.3, upper: slowest * 1.3,
        isLogarithmic: true), series: series)
    return (plot, slopes)
  }
}
