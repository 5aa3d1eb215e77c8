import LichenDomain

/// Everything that groups of firms have to be planned for, part by part, in pieces that need nothing of one another.
struct CoalitionSurvey: Sendable {
  let values: CoalitionValues
  let options: FairSplitOptions

  /// Coalitions that are planned together: few enough to spread over many processors, enough that most plans recur.
  private static let coalitionsPerPiece = 16

  /// Everything known of one part of the model.
  struct SharedPart: Sendable {
    let firms: [EnterpriseID]
    let total: Double
    let shapley: [Double]
    /// What the others lose without each firm.
    let marginal: [Double]
    /// By coalition; empty where there are too many.
    let table: [Double]
    /// Standard errors of `shapley`; empty where it is exact.
    let errors: [Double]
  }

  private enum Piece: Sendable {
    /// What coalitions are worth, as bits, the largest first.
    case worths(part: Int, coalitions: ClosedRange<Int>)
    /// What all are worth together, and then without each.
    case margins(part: Int)
    /// Mean gain that each firm brings to those before it, in a random order and its reverse.
    case gains(part: Int, pair: Int)

    var part: Int {
      switch self {
      case .worths(let part, _), .margins(let part), .gains(let part, _): part
      }
    }
  }

  private struct Finding: Sendable, Codable {
    let figures: [Double]
    /// Of all plans that it took, ascending; see `VariantPlan.networks`.
    let networks: [UInt64]
  }

  /// All parts, and how many different networks were planned.
  /// - Throws: `MIPSolverError`, or `AnalysisError` where a coalition has no plan.
  /// - Complexity: a plan for every coalition of a part up to the exact limit, and one per firm and order beyond it.
  func run(by workforce: any Workforce) throws -> (parts: [SharedPart], networks: Int) {
    let pieces = values.parts.indices.flatMap(self.pieces)
    let found = try workforce.map(
      Pieces("coalitions", count: pieces.count) { size(pieces[$0]) }
    ) { try finding(pieces[$0]) }
    var byPart = values.parts.map { _ in [[Double]]() }
    for (piece, finding) in zip(pieces, found) { byPart[piece.part].append(finding.figures) }
    return (
      values.parts.indices.map { part($0, byPart[$0]) }, Set(found.flatMap(\.networks)).count
    )
  }

  // MARK: Pieces

  private func isExact(_ index: Int) -> Bool {
    values.parts[index].firms.count <= min(options.exactLimit, CooperativeGame.mostPlayers)
  }

  /// Pairs of orders that are drawn for a part too large to try every coalition.
  private var pairs: Int { max(2, options.samples / 2) }

  private func pieces(of index: Int) -> [Piece] {
    if isExact(index) {
      let everyone = 1 << values.parts[index].firms.count - 1
      // The largest first: they take longest.
      return stride(from: everyone, to: 0, by: -Self.coalitionsPerPiece).map { last in
        .worths(part: index, coalitions: max(1, last - Self.coalitionsPerPiece + 1)...last)
      }
    }
    return [.margins(part: index)] + (0..<pairs).map { .gains(part: index, pair: $0) }
  }

  /// About: a link needs both of its firms.
  private func size(_ piece: Piece) -> Int {
    let part = values.parts[piece.part]
    let links = Double(part.links.count)
    func size(_ members: Int) -> Double {
      let share = Double(members) / Double(part.firms.count)
      return links * share * share
    }
    return switch piece {
    case .worths(_, let coalitions):
      Int(coalitions.reduce(0) { $0 + size($1.nonzeroBitCount) })
    case .margins: (part.firms.count + 1) * part.links.count
    case .gains: Int(2 * part.firms.indices.reduce(0) { $0 + size($1 + 1) })
    }
  }

  private func finding(_ piece: Piece) throws -> Finding {
    var networks: Set<UInt64> = []
    let figures: [Double]
    switch piece {
    case .worths(let part, let coalitions):
      let count = values.parts[part].firms.count
      figures = try coalitions.reversed().map {
        try worth(of: Coalition(bits: $0, of: count), in: part, &networks)
      }
    case .margins(let part):
      figures = try margins(part, &networks)
    case .gains(let part, let pair):
      // Far apart in the generator's sequence, so that orders do not depend on who draws them.
      var random = SplitMix64(state: options.seed &+ UInt64(pair) << 32)
      let order = random.order(of: values.parts[part].firms.count)
      let forth = try gains(order, in: part, &networks)
      let back = try gains(order.reversed(), in: part, &networks)
      figures = zip(forth, back).map { ($0 + $1) / 2 }
    }
    return Finding(figures: figures, networks: networks.sorted())
  }

  private func worth(of coalition: Coalition, in index: Int, _ networks: inout Set<UInt64>) throws
    -> Double
  {
    let worth = try values.worth(of: coalition, in: index)
    networks.formUnion(worth.networks)
    return worth.amount
  }

  private func gains(_ order: [Int], in index: Int, _ networks: inout Set<UInt64>) throws
    -> [Double]
  {
    var gains = [Double](repeating: 0, count: order.count)
    var coalition = Coalition(of: order.count)
    var last = 0.0
    for firm in order {
      coalition.insert(firm)
      let value = try worth(of: coalition, in: index, &networks)
      gains[firm] = value - last
      last = value
    }
    return gains
  }

  private func margins(_ index: Int, _ networks: inout Set<UInt64>) throws -> [Double] {
    let firms = values.parts[index].firms.indices
    var coalition = Coalition(of: firms.count)
    for firm in firms { coalition.insert(firm) }
    var figures = [try worth(of: coalition, in: index, &networks)]
    for firm in firms {
      coalition.remove(firm)
      figures.append(try worth(of: coalition, in: index, &networks))
      coalition.insert(firm)
    }
    return figures
  }

  // MARK: Parts

  /// - Parameter found: Figures of its pieces, in order.
  private func part(_ index: Int, _ found: [[Double]]) -> SharedPart {
    let firms = values.parts[index].firms
    if isExact(index) {
      let table = [0] + found.joined().reversed()
      let everyone = table.count - 1
      return SharedPart(
        firms: firms, total: table[everyone],
        shapley: CooperativeGame(values: table).shapleyValue(),
        marginal: firms.indices.map { table[everyone] - table[everyone ^ 1 << $0] }, table: table,
        errors: [])
    }
    var means: [Double] = []
    var errors: [Double] = []
    for firm in firms.indices {
      let gains = found.dropFirst().map { $0[firm] }
      let mean = gains.reduce(0, +) / Double(pairs)
      let squares = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      means.append(mean)
      errors.append((squares / Double(pairs * (pairs - 1))).squareRoot())
    }
    let total = found[0][0]
    return SharedPart(
      firms: firms, total: total, shapley: means, marginal: found[0].dropFirst().map { total - $0 },
      table: [], errors: errors)
  }
}
