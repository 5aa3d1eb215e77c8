import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// What declared quantities contradict each other, and the least change that makes them agree.
///
/// Balances: documented exchanges out of an output ≤ the output; into an input, at the route's lowest
/// ratio, ≤ the need; energy given off by an enterprise ≤ fuel and energy taken in; water likewise;
/// what was measured over the base year = what the exchange says. A balance is broken when it misses
/// by more than one part in a hundred. The correction minimises Σ ((x − declared)/σ)² with every
/// figure inside its range and every balance kept; σ is a quarter of the range.
public struct Reconciliation: Sendable {
  /// A proposed value of one row.
  public struct Correction: Sendable {
    public let figure: DeclaredFigure
    /// [reference units/a]
    public let value: Double

    /// In the row's own unit.
    public var written: Double { value / figure.unitFactor }
  }

  /// In order of kind and subject.
  public let contradictions: [Contradiction]
  /// Rows to change, in order of reference; empty when nothing contradicts or nothing helps.
  public let corrections: [Correction]
  /// Rows whose range would have to be wider, with the least value that would do.
  public let tooNarrow: [Correction]

  /// Figures are rounded where they are published: smaller differences are none.
  public static let tolerance = 0.01

  /// - Throws: `MIPSolverError` if the solver fails.
  public init(park: Park, solver: any MIPSolver) throws {
    let book = BalanceBook(park: park)
    contradictions = Self.contradictions(book)
    guard !contradictions.isEmpty else {
      corrections = []
      tooNarrow = []
      return
    }
    let parts = Self.parts(book)
    var corrections: [Correction] = []
    var tooNarrow: [Correction] = []
    for part in parts where part.balances.contains(where: { Self.isBroken($0, book) }) {
      let repair = PartRepair(figures: book.figures, balances: part.balances, members: part.members)
      switch try repair.solve(solver: solver) {
      case .values(let values):
        corrections += zip(part.members, values).filter {
          abs($1 - book.figures[$0].value) > 1e-6 * max(1e-9, abs(book.figures[$0].value))
        }.map { Correction(figure: book.figures[$0], value: $1) }
      case .tooNarrow(let values):
        tooNarrow += zip(part.members, values).filter {
          let figure = book.figures[$0]
          let slack = 1e-6 * max(1e-9, abs(figure.value))
          return $1 < figure.low - slack || $1 > figure.high + slack
        }.map { Correction(figure: book.figures[$0], value: $1) }
      }
    }
    self.corrections = corrections.sorted { $0.figure.reference < $1.figure.reference }
    self.tooNarrow = tooNarrow.sorted { $0.figure.reference < $1.figure.reference }
  }

  /// Only what contradicts, without looking for a correction.
  /// - Complexity: O(streams + exchanges · routes).
  public static func contradictions(in park: Park) -> [Contradiction] {
    contradictions(BalanceBook(park: park))
  }

  private static func isBroken(_ balance: Balance, _ book: BalanceBook) -> Bool {
    let values = book.figures.map(\.value)
    let used = balance.sum(balance.used, values)
    let available = balance.sum(balance.available, values)
    return used - available > tolerance * max(used, available)
  }

  private static func contradictions(_ book: BalanceBook) -> [Contradiction] {
    let values = book.figures.map(\.value)
    return book.balances.filter { isBroken($0, book) }.map { balance in
      Contradiction(
        kind: balance.kind, subject: balance.subject,
        used: balance.used.map { book.figures[$0.figure] },
        available: balance.available.map { book.figures[$0.figure] },
        usedSum: balance.sum(balance.used, values),
        availableSum: balance.sum(balance.available, values), unit: balance.unit)
    }.sorted { ($0.kind.rawValue, $0.subject) < ($1.kind.rawValue, $1.subject) }
  }

  private struct Part {
    var members: [Int]
    var balances: [Balance]
  }

  /// Balances that share a figure stand together.
  private static func parts(_ book: BalanceBook) -> [Part] {
    var parts: [Part] = []
    for balance in book.balances {
      let members = (balance.used + balance.available).map(\.figure)
      let touching = parts.indices.filter { !Set(parts[$0].members).isDisjoint(with: members) }
      guard let first = touching.first else {
        parts.append(Part(members: Array(Set(members)), balances: [balance]))
        continue
      }
      var joined = Set(parts[first].members).union(members)
      var balances = parts[first].balances + [balance]
      for other in touching.dropFirst().reversed() {
        joined.formUnion(parts[other].members)
        balances += parts[other].balances
        parts.remove(at: other)
      }
      parts[first] = Part(members: Array(joined), balances: balances)
    }
    // Order of figure, so that sums come out the same whatever the sets did.
    return parts.map { Part(members: $0.members.sorted(), balances: $0.balances) }
  }
}

/// Corrects the figures of balances that hang together.
private struct PartRepair {
  let figures: [DeclaredFigure]
  let balances: [Balance]
  let members: [Int]

  enum Outcome {
    case values([Double])
    /// No values inside the ranges keep all balances; these leave them least.
    case tooNarrow([Double])
  }

  private var positions: [Int: Int] {
    Dictionary(uniqueKeysWithValues: members.enumerated().map { ($0.element, $0.offset) })
  }

  private var rows: [[(variable: Int, value: Double)]] {
    let positions = positions
    return balances.map { balance in
      var entries: [Int: Double] = [:]
      for (figure, factor) in balance.used { entries[positions[figure] ?? 0, default: 0] += factor }
      for (figure, factor) in balance.available {
        entries[positions[figure] ?? 0, default: 0] -= factor
      }
      return entries.sorted { $0.key < $1.key }.map { (variable: $0.key, value: $0.value) }
    }
  }

  func solve(solver: any MIPSolver) throws -> Outcome {
    let chosen = members.map { figures[$0] }
    let widened = try leastWidening(chosen, solver: solver)
    let isOutside = zip(chosen, widened).contains { figure, value in
      let slack = 1e-6 * max(1e-9, abs(figure.value))
      return value < figure.low - slack || value > figure.high + slack
    }
    if isOutside { return .tooNarrow(widened) }
    var limits = rows.map { LeastSquares.Row(entries: $0, limit: 0) }
    for (position, figure) in chosen.enumerated() {
      limits.append(LeastSquares.Row(entries: [(position, 1)], limit: figure.high))
      limits.append(LeastSquares.Row(entries: [(position, -1)], limit: -figure.low))
    }
    let problem = LeastSquares(
      targets: chosen.map(\.value), deviations: chosen.map(\.deviation), rows: limits)
    // Where the method does not settle, the feasible point of the linear program still mends all.
    return .values(problem.solve()?.values ?? widened)
  }

  /// The point that keeps all balances and leaves the ranges least, in standard deviations.
  private func leastWidening(_ chosen: [DeclaredFigure], solver: any MIPSolver) throws -> [Double] {
    var program = MIPModel(name: "ranges")
    // Columns in shares of the figure's own size: value, then how far it leaves its range.
    let scales = chosen.map { max(abs($0.value), abs($0.high), 1e-9) }
    for (figure, scale) in zip(chosen, scales) {
      let isFixed = figure.low == figure.high
      program.addColumn(
        MIPColumn(
          name: figure.reference, lower: isFixed ? figure.low / scale : 0,
          upper: isFixed ? figure.high / scale : .infinity))
    }
    for (position, figure) in chosen.enumerated() where figure.low < figure.high {
      let cost = -scales[position] / figure.deviation
      let above = program.addColumn(MIPColumn(name: "above_\(position)", objective: cost))
      let below = program.addColumn(MIPColumn(name: "below_\(position)", objective: cost))
      program.addRow(
        MIPRow(
          name: "high_\(position)", upper: figure.high / scales[position],
          entries: [(position, 1), (above, -1)]))
      program.addRow(
        MIPRow(
          name: "low_\(position)", lower: figure.low / scales[position],
          entries: [(position, 1), (below, 1)]))
    }
    for (number, row) in rows.enumerated() {
      let largest = row.map { abs($0.value * scales[$0.variable]) }.max() ?? 1
      program.addRow(
        MIPRow(
          name: "balance_\(number)", upper: 0,
          entries: row.map { ($0.variable, $0.value * scales[$0.variable] / largest) }))
    }
    let result = try solver.solve(program, options: MIPOptions(), control: SolveControl())
    guard let values = result.values else { return chosen.map(\.value) }
    return chosen.indices.map { values[$0] * scales[$0] }
  }
}
