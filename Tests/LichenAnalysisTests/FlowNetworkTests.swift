import LichenAnalysis
import LichenTestSupport
import Testing

@Suite("Flow networks")
struct FlowNetworkTests {
  /// Tilly 1968, as given by Ulanowicz 1986 [kcal/(m²·a)]: plants, bacteria, detritus feeders, carnivores,
  /// detritus.
  static let coneSpring = FlowNetwork(
    imports: [11_184, 0, 0, 0, 635],
    flows: [
      .init(0, 4, 8_881), .init(4, 1, 5_205), .init(4, 2, 2_309), .init(1, 2, 75),
      .init(1, 4, 1_600), .init(2, 3, 370), .init(2, 4, 200), .init(3, 4, 167),
    ],
    exports: [300, 255, 0, 0, 860], losses: [2_003, 3_275, 1_814, 203, 3_109])

  @Test("Cone Spring")
  func published() throws {
    let spring = Self.coneSpring
    // Reference: Ulanowicz 1986; 42,445 kcal, 56,725 kcal·bits, 0.0919 of the throughflow cycled.
    #expect(spring.totalThroughput == 42_445)
    #expect(abs(spring.ascendency - 56_725) < 1)
    #expect(abs(try #require(spring.cyclingIndex()) - 0.0919) < 5e-5)
    #expect(spring.throughflows == [11_184, 5_205, 2_384, 370, 11_483])
    #expect(abs(try #require(spring.meanPathLength) - 30_626.0 / 11_819) < 1e-12)
    #expect(spring.developmentCapacity > spring.ascendency)
  }

  @Test("a straight line cycles nothing, a loop what it sends back")
  func simple() throws {
    let line = FlowNetwork(
      imports: [10, 0, 0], flows: [.init(0, 1, 10), .init(1, 2, 10)], exports: [0, 0, 10],
      losses: [0, 0, 0])
    #expect(line.cyclingIndex() == 0)
    #expect(line.meanPathLength == 3)
    // One flow from each to the next tells all there is to know.
    #expect(abs(line.ascendency - line.developmentCapacity) < 1e-9)
    // Half of what passes returns: 20 pass where 10 enter, and 10 of each 20 have been there before.
    let loop = FlowNetwork(
      imports: [10, 0], flows: [.init(0, 1, 20), .init(1, 0, 10)], exports: [0, 10],
      losses: [0, 0])
    #expect(abs(try #require(loop.cyclingIndex()) - 0.5) < 1e-12)
    let prison = FlowNetwork(
      imports: [0, 0], flows: [.init(0, 1, 5), .init(1, 0, 5)], exports: [0, 0], losses: [0, 0])
    #expect(prison.cyclingIndex() == nil)
    #expect(prison.meanPathLength == nil)
    let still = FlowNetwork(imports: [0], flows: [], exports: [0], losses: [0])
    #expect(still.cyclingIndex() == nil)
    #expect(still.ascendency == 0)
  }

  @Test(
    "of random networks: index within 0...1, ascendency within its capacity",
    arguments: UInt64(1)...40)
  func bounds(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = 2 + Int(seed % 7)
    var flows: [FlowNetwork.Flow] = []
    for source in 0..<count {
      for target in 0..<count where target != source && random.chance(0.4) {
        flows.append(.init(source, target, random.number(in: 0.1...50)))
      }
    }
    // What is missing comes from outside, what is too much is lost.
    var balance = [Double](repeating: 0, count: count)
    for flow in flows {
      balance[flow.source] += flow.amount
      balance[flow.target] -= flow.amount
    }
    let through = random.number(in: 1...9)
    let network = FlowNetwork(
      imports: balance.map { max(0, $0) + through }, flows: flows,
      exports: balance.map { _ in through }, losses: balance.map { max(0, -$0) })
    let index = try #require(network.cyclingIndex())
    #expect(index >= -1e-12 && index < 1)
    #expect(network.ascendency >= -1e-9 * network.totalThroughput)
    #expect(network.ascendency <= network.developmentCapacity * (1 + 1e-12))
    // Without any cycle nothing is cycled.
    let forward = FlowNetwork(
      imports: network.imports, flows: flows.filter { $0.source < $0.target },
      exports: network.exports, losses: network.losses)
    #expect(abs(try #require(forward.cyclingIndex())) < 1e-12)
  }
}
