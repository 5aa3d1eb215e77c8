import Foundation
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenBench

@Suite("Judge of plans")
struct RunsJudgeTests {
  /// One output, one input, one link, a facility between two legs; all round figures.
  private static func model(
    budget: Double? = nil, floor: Double? = nil, partners: Int? = nil, least: [Double] = []
  ) -> PlanningModel {
    func link(
      _ source: PlanningModel.Source, _ target: PlanningModel.Target, ratio: Double, money: Double,
      lower: Double = 0
    ) -> PlanningModel.Link {
      PlanningModel.Link(
        candidate: 0, source: source, target: target, ratio: ratio, money: money, carbon: 2,
        fixedCost: 10, capital: 5, lower: lower, upper: 100)
    }
    return PlanningModel(
      name: "round",
      links: [
        link(.output(0), .input(0), ratio: 1, money: 3, lower: 20),
        link(.output(0), .facility(0), ratio: 0.5, money: -1),
        link(.facility(0), .input(0), ratio: 1, money: 8),
      ], linkNames: ["direct", "in", "out"],
      linkPermits: RaggedArray([[0], [0], []]), supplies: [100], needs: [80], leastNeeds: least,
      permits: [PlanningModel.Permit(name: "permit", annualCost: 7)],
      facilities: [
        PlanningModel.Facility(name: "hub", capacity: 60, openingCost: 30, capital: 40)
      ], capitalBudget: budget, carbonFloor: floor, partnerLimit: partners)
  }

  private static func families(_ flows: [Double], _ model: PlanningModel) -> [PlanViolation.Family]
  {
    PlanJudge(model).judge(NetworkPlan(flows: flows)).violations.map(\.family)
  }

  @Test("a plan is added up with every cost once")
  func objective() {
    let verdict = PlanJudge(Self.model()).judge(NetworkPlan(flows: [40, 40, 20]))
    // 3·40 − 1·40 + 8·20 = 240; three links 30, one permit 7, one hub 30.
    #expect(verdict.objective == 240 - 30 - 7 - 30)
    #expect(verdict.carbon == 200)
    #expect(verdict.capital == 55)
    #expect(verdict.openLinks == 3)
    #expect(verdict.isAccepted)
  }

  @Test("every family of constraints is seen when broken, alone")
  func families() {
    #expect(Self.families([101, 0, 0], Self.model()) == [.capacity, .supply, .need])
    #expect(Self.families([19, 0, 0], Self.model()) == [.lot])
    #expect(Self.families([-1, 0, 0], Self.model()) == [.flow])
    #expect(Self.families([81, 0, 0], Self.model()) == [.need])
    #expect(Self.families([60, 41, 20.5], Self.model()) == [.supply, .need])
    #expect(Self.families([0, 70, 35], Self.model()) == [.facilityCapacity])
    #expect(Self.families([0, 40, 19], Self.model()) == [.facilityBalance])
    #expect(Self.families([0, 40, 21], Self.model()) == [.facilityBalance])
    #expect(Self.families([40, 40, 20], Self.model(budget: 54)) == [.budget])
    #expect(Self.families([40, 40, 20], Self.model(floor: 201)) == [.carbon])
    #expect(Self.families([40, 40, 20], Self.model(partners: 1)) == [.partners, .partners])
    #expect(Self.families([20, 0, 0], Self.model(least: [21])) == [.cover])
    #expect(Self.families([.nan, 0, 0], Self.model()) == [.number])
    #expect(Self.families([1, 0], Self.model()) == [.shape])
  }

  @Test("a row may be missed by 1e-9 of its scale and no more")
  func tolerance() {
    #expect(Self.families([80 + 0.9 * 80e-9, 0, 0], Self.model()).isEmpty)
    #expect(Self.families([80 + 1.1 * 80e-9, 0, 0], Self.model()) == [.need])
    let verdict = PlanJudge(Self.model()).judge(NetworkPlan(flows: [80.5, 0, 0]))
    #expect(verdict.violations.first?.exactAmount == "0x80000000p-32")
    #expect(verdict.violations.first?.amount == 0.5)
  }

  @Test(
    "agrees with Python's fractions on objective and amounts, at any scale",
    .enabled(if: Repository.command("python3") != nil))
  func fractions() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var random = SeededGenerator(seed: 77)
    var broken = 0
    var cases: [[String: Any]] = []
    for seed in 1...120 {
      let variant = SmallModels.Variant.allCases[seed % SmallModels.Variant.allCases.count]
      let model = Self.stretched(SmallModels.model(variant, seed: UInt64(seed)), &random)
      let plan = NetworkPlan(
        flows: model.links.map { link in
          random.chance(0.3) ? 0 : link.upper * random.number(in: 0...1.001)
        }, isTaken: model.measures.map { _ in random.chance(0.5) })
      let verdict = PlanJudge(model).judge(plan)
      broken += verdict.violations.count
      cases.append(Self.told(model, plan, verdict))
    }
    #expect(broken > 100)
    let file = folder.appendingPathComponent("cases.json")
    try JSONSerialization.data(withJSONObject: cases).write(to: file)
    let outcome = try Repository.run(
      try #require(Repository.command("python3")),
      [Repository.root.appendingPathComponent("Tests/judges/plan.py").path, file.path])
    #expect(outcome.output == "120 plans agree\n", "\(outcome.output)\(outcome.error)")
  }

  /// The same problem with supplies and needs of sizes from 1e-9 to 1e12.
  private static func stretched(_ model: PlanningModel, _ random: inout SeededGenerator)
    -> PlanningModel
  {
    let scales = model.links.map { _ in
      scalbn(1 + random.number(in: 0...1), random.whole(in: -30...40))
    }
    return PlanningModel(
      name: model.name,
      links: zip(model.links, scales).map { link, scale in
        PlanningModel.Link(
          candidate: link.candidate, source: link.source, target: link.target, ratio: link.ratio,
          money: link.money / scale, carbon: link.carbon, fixedCost: link.fixedCost * scale,
          capital: link.capital, lower: link.lower * scale, upper: link.upper * scale,
          isRequired: link.isRequired)
      }, linkNames: model.linkNames, linkPermits: model.linkPermits, supplies: model.supplies,
      needs: model.needs, leastNeeds: model.leastNeeds, permits: model.permits,
      facilities: model.facilities, blends: model.blends, measures: model.measures,
      capitalBudget: model.capitalBudget, carbonFloor: model.carbonFloor,
      partnerLimit: model.partnerLimit)
  }

  /// Bit patterns, so that no text of a number stands between the two judges.
  private static func told(_ model: PlanningModel, _ plan: NetworkPlan, _ verdict: PlanVerdict)
    -> [String: Any]
  {
    func bits(_ value: Double) -> String { "\(value.bitPattern)" }
    func end(_ text: String, _ index: Int) -> [Any] { [text, index] }
    let links = model.links.enumerated().map { index, link -> [String: Any] in
      var source = end("output", link.output ?? 0)
      var target = end("input", link.input ?? 0)
      if case .facility(let facility) = link.source { source = end("facility", facility) }
      if case .facility(let facility) = link.target { target = end("facility", facility) }
      return [
        "source": source, "target": target, "ratio": bits(link.ratio), "money": bits(link.money),
        "carbon": bits(link.carbon), "fixed": bits(link.fixedCost), "capital": bits(link.capital),
        "lower": bits(link.lower), "upper": bits(link.upper), "required": link.isRequired,
        "permits": model.permits(of: index).map(Int.init), "flow": bits(plan.flows[index]),
      ]
    }
    var document: [String: Any] = [
      "links": links, "supplies": model.supplies.map(bits), "needs": model.needs.map(bits),
      "least": model.leastNeeds.map(bits), "permits": model.permits.map { bits($0.annualCost) },
      "facilities": model.facilities.map {
        [bits($0.capacity), bits($0.openingCost), bits($0.capital)]
      },
      "blends": model.blends.map { blend in
        zip(blend.links, blend.excess).map { [$0, bits($1)] as [Any] }
      },
      "measures": zip(model.measures, plan.isTaken).map { measure, isTaken -> [String: Any] in
        [
          "output": measure.output ?? -1, "input": measure.input ?? -1,
          "shift": bits(measure.shift), "money": bits(measure.money),
          "carbon": bits(measure.carbon), "capital": bits(measure.capital), "taken": isTaken,
        ]
      },
      "objective": bits(verdict.objective),
      "violations": verdict.violations.map { ["\($0.family.rawValue)", $0.exactAmount] },
    ]
    if let budget = model.capitalBudget { document["budget"] = bits(budget) }
    if let floor = model.carbonFloor { document["floor"] = bits(floor) }
    if let limit = model.partnerLimit { document["partners"] = limit }
    return document
  }
}
