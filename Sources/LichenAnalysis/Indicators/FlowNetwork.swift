import Foundation

/// Flows of one kind of thing between compartments, and from and to the outside, in one unit per year.
///
/// Measures of ecological network analysis. Terms and formulas: Finn, Journal of Theoretical Biology 56, 1976
/// (throughflow, cycling, path length); Ulanowicz, Growth and Development, 1986 (ascendency, capacity).
public struct FlowNetwork: Sendable, Hashable {
  /// A flow between two compartments, counted from 0.
  public struct Flow: Sendable, Hashable {
    public let source: Int
    public let target: Int
    /// Above zero.
    public let amount: Double

    public init(_ source: Int, _ target: Int, _ amount: Double) {
      self.source = source
      self.target = target
      self.amount = amount
    }
  }

  /// What comes from outside, by compartment.
  public let imports: [Double]
  public let flows: [Flow]
  /// What leaves for use elsewhere, by compartment.
  public let exports: [Double]
  /// What is lost to the surroundings, by compartment.
  public let losses: [Double]

  /// - Parameters: one figure ≥ 0 per compartment; no two flows join the same two compartments in one
  ///   direction.
  public init(imports: [Double], flows: [Flow], exports: [Double], losses: [Double]) {
    precondition(imports.count == exports.count && imports.count == losses.count)
    self.imports = imports
    self.flows = flows
    self.exports = exports
    self.losses = losses
  }

  /// Σ of all flows, those from and to the outside among them (total system throughput).
  public var totalThroughput: Double {
    (imports + exports + losses).reduce(0, +) + flows.reduce(0) { $0 + $1.amount }
  }

  /// What comes into each compartment, from outside and from others: Tᵢ.
  public var throughflows: [Double] {
    flows.reduce(into: imports) { $0[$1.target] += $1.amount }
  }

  /// Compartments that an average unit passes before it leaves: Σ T / Σ imports; `nil` without imports.
  public var meanPathLength: Double? {
    let entering = imports.reduce(0, +)
    return entering > 0 ? throughflows.reduce(0, +) / entering : nil
  }

  /// Share of the throughflow that returns to where it was before (Finn's index), 0...1:
  /// Σ Tᵢ·(nᵢᵢ − 1)/nᵢᵢ / Σ Tᵢ with N = (I − G)⁻¹ and gᵢⱼ = flow i→j / Tᵢ.
  ///
  /// `nil` if nothing flows, or if a cycle gives all that it has to itself for ever.
  /// - Complexity: O(m³) for the m compartments that flows both enter and leave.
  public func cyclingIndex() -> Double? {
    let through = throughflows
    let all = through.reduce(0, +)
    guard all > 0 else { return nil }
    let leaving = flows.reduce(into: [Double](repeating: 0, count: through.count)) {
      $0[$1.source] += $1.amount
    }
    // Nothing returns to a compartment that no flow enters or leaves.
    let entered = Set(flows.map(\.target))
    let members = Set(flows.map(\.source)).intersection(entered).sorted()
    let place = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
    let count = members.count
    // [I − G | I]
    var matrix = members.indices.map { row in
      (0..<2 * count).map { $0 % count == row ? 1.0 : 0 }
    }
    for flow in flows {
      guard let source = place[flow.source], let target = place[flow.target] else { continue }
      // More may leave than came in, from stock: shares are of whichever is more.
      matrix[source][target] -=
        flow.amount
        / max(
          through[flow.source],
          leaving[flow.source] + exports[flow.source] + losses[flow.source])
    }
    guard LinearSystem.eliminate(&matrix) else { return nil }
    let cycled = members.indices.reduce(0) { sum, index in
      let visits = matrix[index][count + index]
      return sum + through[members[index]] * (visits - 1) / visits
    }
    return cycled / all
  }

  /// Size times order of the network: Σ Tᵢⱼ·log₂(Tᵢⱼ·T / (Tᵢ·T.ⱼ)) over all flows, outside among them
  /// [units · bits]; at most `developmentCapacity`.
  public var ascendency: Double {
    let total = totalThroughput
    let all = allFlows
    var (leaving, entering): ([Int: Double], [Int: Double]) = ([:], [:])
    for flow in all {
      leaving[flow.source, default: 0] += flow.amount
      entering[flow.target, default: 0] += flow.amount
    }
    return all.reduce(0) { sum, flow in
      guard let out = leaving[flow.source], let into = entering[flow.target] else { return sum }
      return sum + flow.amount * log2(flow.amount * total / (out * into))
    }
  }

  /// What ascendency could be at most with flows of these sizes: −Σ Tᵢⱼ·log₂(Tᵢⱼ / T) [units · bits].
  public var developmentCapacity: Double {
    let total = totalThroughput
    return -allFlows.reduce(0) { $0 + $1.amount * log2($1.amount / total) }
  }

  /// Flows above zero, with the outside as three compartments more: where imports come from, where exports go,
  /// where losses go.
  private var allFlows: [Flow] {
    let count = imports.count
    let outside = (0..<count).flatMap { index in
      [
        Flow(count, index, imports[index]), Flow(index, count + 1, exports[index]),
        Flow(index, count + 2, losses[index]),
      ]
    }
    return (flows + outside).filter { $0.amount > 0 }
  }
}
