import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenBench

@Suite("Stable allocation")
struct RunsStableTests {
  @Test("deferred acceptance leaves no blocking pair; the count finds those of other plans")
  func noBlockingPair() {
    var others = 0
    for seed in UInt64(1)...300 {
      let model = Self.dense(seed: seed)
      var acceptance = DeferredAcceptance(model)
      acceptance.run { false }
      let flows = acceptance.held
      #expect(Self.blocking(flows, model).isEmpty, "seed \(seed): \(Self.blocking(flows, model))")
      #expect(BlockingPairs.count(NetworkPlan(flows: flows), in: model) == 0, "seed \(seed)")
      #expect(PlanJudge(model).judge(NetworkPlan(flows: flows)).isAccepted, "seed \(seed)")
      var random = SeededGenerator(seed: seed)
      let thinned = flows.map { random.chance(0.5) ? 0 : $0 }
      let found = Self.blocking(thinned, model)
      #expect(BlockingPairs.count(NetworkPlan(flows: thinned), in: model) == found.count)
      others += found.count
    }
    #expect(others > 100)
  }

  /// Every output to every input, capacities below what both ends allow, no fixed costs.
  private static func dense(seed: UInt64) -> PlanningModel {
    var random = SeededGenerator(seed: seed)
    let supplies = (0..<4).map { _ in random.number(in: 5...50) }
    let needs = (0..<4).map { _ in random.number(in: 5...50) }
    let links = (0..<16).map { index -> PlanningModel.Link in
      let (output, input) = (index / 4, index % 4)
      let ratio = random.number(in: 0.5...2)
      return PlanningModel.Link(
        candidate: index, source: .output(output), target: .input(input), ratio: ratio,
        money: random.number(in: -1...9), carbon: 0, fixedCost: 0, capital: 0, lower: 0,
        upper: min(supplies[output], needs[input] / ratio) * random.number(in: 0.3...1))
    }
    return PlanningModel(
      name: "dense", links: links, linkNames: links.indices.map { "l\($0)" }, supplies: supplies,
      needs: needs)
  }

  /// Straight from the definition: both ends prefer a link that is not full to something they have.
  private static func blocking(_ flows: [Double], _ model: PlanningModel) -> [Int] {
    model.links.indices.filter { index in
      let link = model.links[index]
      guard link.money > 0, flows[index] < link.upper * (1 - 1e-9) else { return false }
      func prefers(_ key: KeyPath<PlanningModel.Link, Int?>, _ worth: (Int) -> Double) -> Bool {
        model.links.indices.contains { other in
          other != index && model.links[other][keyPath: key] == link[keyPath: key]
            && flows[other] > 1e-9 && worth(other) < worth(index)
        }
      }
      let sent = model.links.indices.reduce(0) {
        $0 + (model.links[$1].output == link.output ? flows[$1] : 0)
      }
      let served = model.links.indices.reduce(0) {
        $0 + (model.links[$1].input == link.input ? flows[$1] * model.links[$1].ratio : 0)
      }
      let outputHasRoom = model.supplies[link.output ?? 0] - sent > 1e-6
      let inputHasRoom = model.needs[link.input ?? 0] - served > 1e-6
      return (outputHasRoom || prefers(\.output) { model.links[$0].money })
        && (inputHasRoom || prefers(\.input) { model.links[$0].money / model.links[$0].ratio })
    }
  }
}
