/// Best value and best bound over time.
struct ProgressCurve: Sendable {
  private var points: [ProgressPoint] = []
  private var best: Double?
  private var bound: Double?

  init() {}

  init(_ told: [ProgressPoint]) {
    for point in told.sorted(by: { $0.seconds < $1.seconds }) {
      if let value = point.incumbent { found(value, at: point.seconds) }
      if let bound = point.bound { proved(bound, at: point.seconds) }
    }
  }

  mutating func found(_ value: Double, at seconds: Double) {
    guard value > best ?? -.infinity else { return }
    best = value
    points.append(ProgressPoint(seconds: seconds, incumbent: best, bound: bound))
  }

  mutating func proved(_ value: Double, at seconds: Double) {
    guard value < bound ?? .infinity else { return }
    bound = value
    points.append(ProgressPoint(seconds: seconds, incumbent: best, bound: bound))
  }

  /// The curve with the judged result at its end, evenly thinned to at most `most` points.
  ///
  /// What was reported above the judged value was never reached, so it is cut down to it.
  func ended(at seconds: Double, value: Double?, bound: Double?, most: Int) -> [ProgressPoint] {
    var whole = points.map { point in
      ProgressPoint(
        seconds: point.seconds,
        incumbent: value.flatMap { value in point.incumbent.map { min($0, value) } },
        bound: point.bound.map { max($0, bound ?? $0) })
    }
    if value != nil || bound != nil {
      whole.append(ProgressPoint(seconds: seconds, incumbent: value, bound: bound ?? self.bound))
    }
    guard whole.count > most else { return whole }
    return (0..<most).map { whole[$0 * (whole.count - 1) / (most - 1)] }
  }
}
