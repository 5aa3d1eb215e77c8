import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenGraph

@Suite("ExchangeGraph")
struct ExchangeGraphTests {
  @Test("the invariants hold on 200 random parks", arguments: UInt64(0)..<200)
  func invariants(seed: UInt64) throws {
    let park = try RandomParks.park(seed: seed).park()
    let graph = CandidateGenerator(park: park).graph()
    #expect(graph.checkInvariants() == [], "seed \(seed)")
    for candidate in graph.candidates {
      let name = "seed \(seed), \(candidate.id)"
      #expect((0...1).contains(candidate.score.total), "\(name)")
      #expect(candidate.score.parts.values.allSatisfy { (0...1).contains($0) }, "\(name)")
      #expect(candidate.output.enterprise != candidate.input.enterprise, "\(name)")
      #expect(candidate.ledger.netMoneyPerUnit.typical.isFinite, "\(name)")
      #expect(candidate.ledger.fixedCost.high.isFinite, "\(name)")
      #expect(
        candidate.kinds.map(\.rawValue) == candidate.kinds.map(\.rawValue).sorted(), "\(name)")
      if candidate.isPlannable {
        let most = try #require(candidate.maximumFlow)
        #expect(most > 0 && candidate.minimumFlow <= most, "\(name)")
        #expect(candidate.ledger.unknownMoney.allSatisfy { $0.isBenefit }, "\(name)")
      }
    }
  }

  @Test("random parks have candidates of both kinds, so that the tests above are not empty")
  func notEmpty() throws {
    var plannable = 0
    var blocked: Set<Blocker.Kind> = []
    for seed in UInt64(0)..<200 {
      for candidate in try candidates(RandomParks.park(seed: seed)) {
        if candidate.isPlannable { plannable += 1 }
        blocked.formUnion(candidate.kinds)
      }
    }
    #expect(plannable > 100)
    #expect(blocked.isSuperset(of: [.tooFar, .qualityTooHigh, .notHotEnough, .outputUnquantified]))
  }

  @Test("numbers at the edge of what a row may hold crash nothing", arguments: UInt64(0)..<60)
  func extremes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var park = RandomParks.park(seed: seed)
    let edges = [0, 1e-300, 1e-9, 1, 1e9, 1e150, 1e300]
    for index in park.declaration.outputs.indices {
      park.declaration.outputs[index].quantity = DeclaredQuantity(
        typical: random.element(of: edges), unit: park.declaration.outputs[index].quantity.unit)
      park.declaration.outputs[index].minimumLot = random.element(of: edges)
      park.declaration.outputs[index].disposalCost = -random.element(of: edges)
    }
    for index in park.declaration.inputs.indices {
      park.declaration.inputs[index].quantity.typical = random.element(of: edges)
      park.declaration.inputs[index].price = random.element(of: edges)
    }
    for key in ["price.clinker", "truck_cost", "discount_rate", "link_lifetime_years"] {
      park.override(key, "\(random.element(of: edges))")
    }
    for index in park.declaration.distances.indices {
      park.declaration.distances[index].km = random.element(of: edges)
    }
    let graph = try CandidateGenerator(park: park.park()).graph()
    #expect(graph.checkInvariants() == [], "seed \(seed)")
  }

  @Test("the order of rows changes nothing", arguments: UInt64(0)..<30)
  func permutation(seed: UInt64) throws {
    let park = seed == 0 ? Fixtures.mixedPark : RandomParks.park(seed: seed)
    let first = try candidates(park)
    let second = try candidates(RandomParks.permuted(park, seed: seed + 1000))
    #expect(first.map(\.id) == second.map(\.id), "seed \(seed)")
    for (left, right) in zip(first, second) {
      let name = "seed \(seed), \(left.id)"
      #expect(left.ledger == right.ledger, "\(name)")
      #expect(left.blockers == right.blockers, "\(name)")
      #expect(left.score == right.score, "\(name)")
      #expect(left.transport == right.transport, "\(name)")
      #expect(left.verdict.trace == right.verdict.trace, "\(name)")
      #expect(left.permits == right.permits, "\(name)")
      #expect(left.unmeasured == right.unmeasured, "\(name)")
      #expect(left.minimumFlow == right.minimumFlow, "\(name)")
      #expect(left.maximumFlow == right.maximumFlow, "\(name)")
    }
  }

  @Test(
    "the graph lists exactly the pairs within twice the reach and those a row names",
    arguments: UInt64(0)..<30)
  func allPairs(seed: UInt64) throws {
    let park = try RandomParks.park(seed: seed).park()
    let generator = CandidateGenerator(park: park)
    var expected: [String] = []
    for output in park.outputs {
      for input in park.inputs {
        let donor = try #require(park.enterprise(output.enterprise))
        let receiver = try #require(park.enterprise(input.enterprise))
        let phase = try #require(park.material(output.material)).phase
        // Reach of the fixture's modes.
        let reach: Double =
          switch phase {
          case .gas, .heat, .cold: 15
          case .steam: 5
          case .water: 25
          default: 100
          }
        var isListed = true
        if let start = donor.coordinate, let end = receiver.coordinate {
          isListed =
            start.distanceKm(to: end) <= 2 * reach
            || park.distances[SitePair(from: donor.id, to: receiver.id)] != nil
            || park.exchanges.contains { $0.from == donor.id && $0.to == receiver.id }
        }
        if isListed { expected += generator.candidates(from: output, to: input).map(\.id) }
      }
    }
    #expect(generator.graph().candidates.map(\.id) == expected.sorted(), "seed \(seed)")
  }

  @Test("a sound candidate twice, or planned against its verdict, is a break")
  func breaks() throws {
    let park = try Fixtures.ashPark.park()
    let candidate = try #require(CandidateGenerator(park: park).graph().candidates.first)
    #expect(ExchangeGraph(park: park, candidates: [candidate]).checkInvariants().isEmpty)
    #expect(
      ExchangeGraph(park: park, candidates: [candidate, candidate]).checkInvariants().count == 1)
    let barred = catalogue { $0.rules = [Fixtures.rule("B", "EU", .prohibited)] }
    let graph = try CandidateGenerator(park: Fixtures.ashPark.park(barred)).graph()
    #expect(graph.checkInvariants().isEmpty)
    #expect(graph.lifting(0).candidates.map(\.isPlannable) == [true])
    #expect(graph.lifting(0).checkInvariants().count == 1)
  }
}
