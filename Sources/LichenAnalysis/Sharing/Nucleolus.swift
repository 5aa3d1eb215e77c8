import LichenPlanning

/// The split whose sorted complaints are smallest in the order of a dictionary (Schmeidler 1969): first the
/// largest complaint is made as small as it can be, then the largest of those that can still change, until
/// nothing can.
///
/// Every step is a linear program over the coalitions that are not settled. Only those are settled that complain
/// equally in **every** optimum: a coalition that is tight by chance is let go (the common mistake in such
/// chains). Programs hold the coalitions that matter and gain others when a solution breaks them.
public struct Nucleolus: Sendable {
  /// By player; they add up to the total.
  public let shares: [Double]
  /// Least largest complaint over all splits of the total that give nobody less than it has alone; above zero
  /// the core is empty.
  public let leastComplaint: Double
  /// Whether nobody gets less than alone: not asked where that is more than the total.
  public let isIndividuallyRational: Bool

  public var isCoreEmpty: Bool { leastComplaint > 1e-7 * scale }
  private let scale: Double

  /// - Throws: `MIPSolverError` if the solver fails.
  /// - Complexity: at most n chains of programs of n + 1 columns, each with O(2ⁿ·n) to look for broken
  ///   coalitions, and O(2ⁿ·n²) per step.
  public init(of game: CooperativeGame, solver: any MIPSolver) throws {
    var chain = Chain(game, solver)
    let found = try chain.run()
    shares = found.shares
    leastComplaint = found.complaint
    isIndividuallyRational = chain.isRational
    scale = chain.scale
  }
}

/// The chain of programs, in units of the largest worth.
private struct Chain {
  private let game: CooperativeGame
  private let solver: any MIPSolver
  let scale: Double
  let isRational: Bool
  private let values: [Double]
  /// Coalitions whose sum is settled, linearly independent.
  private var settled: [(coalition: Int, sum: Double)] = []
  private var span = Span()
  /// Coalitions that programs hold, in order of arrival.
  private var held: [Int] = []

  /// What counts as equal, of the largest worth.
  private static let tolerance = 1e-7

  init(_ game: CooperativeGame, _ solver: any MIPSolver) {
    self.game = game
    self.solver = solver
    let scale = max(game.values.reduce(0) { max($0, abs($1)) }, 1e-300)
    self.scale = scale
    values = game.values.map { $0 / scale }
    let alone = (0..<game.playerCount).reduce(0) { $0 + game.values[1 << $1] / scale }
    isRational = alone <= game.total / scale + Self.tolerance
    held = (0..<game.playerCount).flatMap { [1 << $0, game.everyone ^ 1 << $0] }
      .filter { $0 != 0 && $0 != game.everyone }
  }

  mutating func run() throws -> (shares: [Double], complaint: Double) {
    settle(game.everyone, at: values[game.everyone])
    var first: Double?
    var shares = [game.total / scale]
    while span.rank < game.playerCount {
      let open = openCoalitions()
      var (complaint, split) = try smallestComplaint(open)
      first = first ?? complaint
      var tight = open.filter { isTight($0, split, complaint) }
      while !tight.isEmpty {
        split = try loosest(tight, open, complaint)
        let left = tight.filter { isTight($0, split, complaint) }
        if left.count == tight.count { break }
        tight = left
      }
      // The rows that hold a complaint up are tight in every optimum: only rounding can hide them.
      guard !tight.isEmpty else {
        throw MIPSolverError.backEndFailed(
          solver: solver.name, message: "no coalition holds the largest complaint up")
      }
      for coalition in tight { settle(coalition, at: values[coalition] - complaint) }
      shares = split
    }
    return (shares.map { $0 * scale }, (first ?? -.infinity) * scale)
  }

  private mutating func settle(_ coalition: Int, at sum: Double) {
    if span.insert(vector(coalition)) { settled.append((coalition, sum)) }
  }

  private func vector(_ coalition: Int) -> [Double] {
    (0..<game.playerCount).map { game.isMember($0, of: coalition) ? 1 : 0 }
  }

  /// Coalitions whose sum the settled ones do not decide.
  private func openCoalitions() -> [Int] {
    (1..<game.everyone).filter { !span.contains(vector($0)) }
  }

  private func sum(_ coalition: Int, _ split: [Double]) -> Double {
    (0..<game.playerCount).reduce(0) { $0 + (game.isMember($1, of: coalition) ? split[$1] : 0) }
  }

  private func isTight(_ coalition: Int, _ split: [Double], _ complaint: Double) -> Bool {
    sum(coalition, split) <= values[coalition] - complaint + Self.tolerance
  }

  // MARK: Programs

  private mutating func smallestComplaint(_ open: [Int]) throws -> (Double, [Double]) {
    let found = try solve(
      open, worth: [Double](repeating: 0, count: game.playerCount),
      complaint: MIPColumn(name: "complaint", lower: -.infinity, objective: -1))
    return (found[game.playerCount], Array(found.prefix(game.playerCount)))
  }

  /// The split that gives most to all of some coalitions together, with complaints as small as before.
  private mutating func loosest(
    _ tight: [Int], _ open: [Int], _ complaint: Double
  ) throws -> [Double] {
    let worth = (0..<game.playerCount).map { player in
      Double(tight.count { game.isMember(player, of: $0) }) / Double(tight.count)
    }
    let fixed = complaint + Self.tolerance / 100
    let found = try solve(
      open, worth: worth, complaint: MIPColumn(name: "complaint", lower: fixed, upper: fixed))
    return Array(found.prefix(game.playerCount))
  }

  /// Shares and complaint; coalitions that the solution breaks join until it breaks none.
  /// - Parameter worth: Of a unit, by player.
  private mutating func solve(
    _ open: [Int], worth: [Double], complaint: MIPColumn
  ) throws -> [Double] {
    var program = MIPModel(name: "nucleolus")
    for player in 0..<game.playerCount {
      let lower = isRational ? values[1 << player] : -.infinity
      program.addColumn(
        MIPColumn(name: "share_\(player)", lower: lower, objective: worth[player]))
    }
    program.addColumn(complaint)
    for (coalition, sum) in settled {
      program.addRow(
        MIPRow(name: "settled", lower: sum, upper: sum, entries: entries(coalition)))
    }
    let isOpen = Set(open)
    for coalition in held where isOpen.contains(coalition) { add(coalition, to: &program) }
    while true {
      let result = try solver.solve(program)
      guard result.status == .optimal, let found = result.values else {
        throw MIPSolverError.backEndFailed(
          solver: solver.name, message: "a split that exists was not found: \(result.rawStatus)")
      }
      let sums = CooperativeGame.sums(Array(found.prefix(game.playerCount)))
      let broken = open.filter {
        sums[$0] + found[game.playerCount] < values[$0] - Self.tolerance / 1_000
      }
      .sorted { values[$0] - sums[$0] > values[$1] - sums[$1] }
      .prefix(2 * game.playerCount)
      .filter { !held.contains($0) }
      if broken.isEmpty { return found }
      for coalition in broken { add(coalition, to: &program) }
      held += broken
    }
  }

  private func add(_ coalition: Int, to program: inout MIPModel) {
    program.addRow(
      MIPRow(
        name: "coalition", lower: values[coalition],
        entries: entries(coalition) + [(game.playerCount, 1)]))
  }

  private func entries(_ coalition: Int) -> [(column: Int, value: Double)] {
    (0..<game.playerCount).filter { game.isMember($0, of: coalition) }.map { ($0, 1) }
  }
}

/// What vectors of zeros and ones span, by Gaussian elimination.
private struct Span {
  private var rows: [(pivot: Int, vector: [Double])] = []

  var rank: Int { rows.count }

  /// - Returns: Whether the vector was not in the span before.
  mutating func insert(_ vector: [Double]) -> Bool {
    let rest = reduced(vector)
    let pivot = rest.indices.max { abs(rest[$0]) < abs(rest[$1]) }
    guard let pivot, abs(rest[pivot]) > 1e-9 else { return false }
    rows.append((pivot, rest.map { $0 / rest[pivot] }))
    return true
  }

  func contains(_ vector: [Double]) -> Bool { reduced(vector).allSatisfy { abs($0) <= 1e-9 } }

  private func reduced(_ vector: [Double]) -> [Double] {
    rows.reduce(vector) { rest, row in
      let factor = rest[row.pivot]
      return factor == 0 ? rest : zip(rest, row.vector).map { $0 - factor * $1 }
    }
  }
}
