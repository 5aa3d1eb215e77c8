import LichenAnalysis
import LichenDomain
import LichenIO

extension Engine {
  /// What the park's declared quantities contradict, and the least change that mends it.
  /// - Throws: `MIPSolverError` if the solver fails.
  public func reconciliation(of park: Park) throws -> Reconciliation {
    try Reconciliation(park: park, solver: solver)
  }

  /// The contradictions as warnings, each at the first row that is too large.
  public func contradictions(in park: Park) -> [ValidationIssue] {
    Reconciliation.contradictions(in: park).map { contradiction in
      ValidationIssue(
        .warning, code: "contradiction",
        at: contradiction.used.first?.location ?? SourceLocation(file: "exchanges.csv"),
        field: "quantity", found: contradiction.sentence, hint: contradiction.advice)
    }.sortedByPlace()
  }
}

extension Contradiction {
  /// `asnaes-ash: 120 t/yr leave by exchanges, 100 t/yr are given off: 20 t/yr too much`.
  public var sentence: String {
    let used = NumberText.shown(usedSum)
    let available = NumberText.shown(availableSum)
    let over = NumberText.shown(excess)
    let unit = "\(unit)/yr"
    switch kind {
    case .outputExceeded:
      return "\(subject): \(used) \(unit) leave by documented exchanges, \(available) \(unit) are "
        + "given off: \(over) \(unit) too much"
    case .inputExceeded:
      return "\(subject): documented exchanges bring what replaces \(used) \(unit), \(available) "
        + "\(unit) are needed: \(over) \(unit) too much"
    case .energy:
      return "\(subject): \(used) \(unit) of heat, steam and power are given off, \(available) "
        + "\(unit) of fuel and energy are taken in: \(over) \(unit) too much"
    case .water:
      return "\(subject): \(used) \(unit) of water are given off, \(available) \(unit) are taken "
        + "in: \(over) \(unit) too much"
    case .actual:
      return "\(subject): the larger of declared and measured quantity is \(used) \(unit), the "
        + "other \(available) \(unit): \(over) \(unit) apart"
    }
  }

  /// Which rows to look at.
  public var advice: String {
    let rows = (used + available).map(\.reference).joined(separator: ", ")
    switch kind {
    case .energy: return "rows: \(rows); or a source of energy is not declared"
    case .water: return "rows: \(rows); or a source of water is not declared"
    case .outputExceeded, .inputExceeded, .actual: return "rows: \(rows)"
    }
  }
}

extension NumberText {
  /// Four significant digits, for sentences.
  fileprivate static func shown(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return shortest(value) }
    var scale = 1.0
    while abs(value) * scale < 1000 { scale *= 10 }
    while abs(value) * scale >= 10_000 { scale /= 10 }
    return shortest((value * scale).rounded() / scale)
  }
}
