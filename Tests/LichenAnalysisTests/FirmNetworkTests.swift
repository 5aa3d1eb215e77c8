import Foundation
import LichenAnalysis
import LichenTestSupport
import Testing

@Suite("Networks of firms")
struct FirmNetworkTests {
  private static func graph(_ firms: Int, _ pairs: [(Int, Int)]) -> FirmNetwork {
    FirmNetwork(firms: firms, exchanges: pairs.map { (donor: $0.0, receiver: $0.1) })
  }

  @Test("a star, a ring and a chain")
  func simple() {
    let star = Self.graph(5, [(0, 1), (0, 2), (3, 0), (0, 4), (0, 1), (2, 2)])
    #expect(star.exchangeCount == 4)
    #expect(star.density == 0.2)
    #expect(star.partnerCounts == [4, 1, 1, 1, 1])
    #expect(star.degreeCentralisation == 1)
    #expect(star.betweenness() == [3, 0, 0, 0, 0])
    #expect(star.cyclicity() == 0)
    let ring = Self.graph(4, [(0, 1), (1, 2), (2, 3), (3, 0)])
    #expect(ring.degreeCentralisation == 0)
    #expect(abs(ring.cyclicity() - 1) < 1e-9)
    // From each firm the ways to the three others pass two, one and none between.
    #expect(ring.betweenness() == [3, 3, 3, 3])
    // Every pair both ways: the eigenvalue of a complete graph of four is three.
    let whole = Self.graph(4, (0..<4).flatMap { from in (0..<4).map { (from, $0) } })
    #expect(whole.density == 1)
    #expect(abs(whole.cyclicity() - 3) < 1e-9)
    let empty = Self.graph(1, [])
    #expect(empty.density == nil)
    #expect(empty.degreeCentralisation == nil)
    #expect(empty.cyclicity() == 0)
  }

  @Test("random graphs: betweenness by listing all shortest ways", arguments: UInt64(1)...30)
  func listed(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = 3 + Int(seed % 5)
    var pairs: [(Int, Int)] = []
    for from in 0..<count {
      for to in 0..<count where random.chance(0.35) { pairs.append((from, to)) }
    }
    let graph = Self.graph(count, pairs)
    var wanted = [Double](repeating: 0, count: count)
    for source in 0..<count {
      for target in 0..<count where target != source {
        let ways = Self.shortestWays(graph, source, target)
        for way in ways {
          for firm in way.dropFirst().dropLast() { wanted[firm] += 1 / Double(ways.count) }
        }
      }
    }
    for (found, wanted) in zip(graph.betweenness(), wanted) { #expect(abs(found - wanted) < 1e-9) }
    // Closed ways of length k, where there are any, grow like the k-th power of the largest eigenvalue; a
    // firm on a cycle has one of a length up to the number of firms.
    let cyclicity = graph.cyclicity()
    let isCyclic = (1...count).contains { Self.closedWays(graph, length: $0) > 0 }
    #expect((cyclicity > 0) == isCyclic)
    let rates = (61 - count...60).map { length in
      pow(Self.closedWays(graph, length: length), 1 / Double(length))
    }
    #expect((rates.max() ?? 0) <= cyclicity * pow(Double(count), 1.0 / 54) * (1 + 1e-9))
    #expect((rates.max() ?? 0) >= 0.98 * cyclicity)
  }

  private static func shortestWays(_ graph: FirmNetwork, _ source: Int, _ target: Int) -> [[Int]] {
    var ways = [[source]]
    for _ in 0..<graph.firmCount {
      let arrived = ways.filter { $0.last == target }
      if !arrived.isEmpty { return arrived }
      ways = ways.flatMap { way in
        graph.receivers[way[way.count - 1]].filter { !way.contains($0) }.map { way + [$0] }
      }
    }
    return []
  }

  /// Trace of the power of the adjacency matrix.
  private static func closedWays(_ graph: FirmNetwork, length: Int) -> Double {
    (0..<graph.firmCount).reduce(0) { sum, start in
      var count = [Double](repeating: 0, count: graph.firmCount)
      count[start] = 1
      for _ in 0..<length {
        var next = [Double](repeating: 0, count: graph.firmCount)
        for firm in 0..<graph.firmCount {
          for other in graph.receivers[firm] { next[other] += count[firm] }
        }
        count = next
      }
      return sum + count[start]
    }
  }
}
