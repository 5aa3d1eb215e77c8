import Foundation
import GLPKSolver
import LichenBench
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenCluster

/// Plans made unit by unit, beside plans made in one process.
@Suite struct PlanWorkTests {
  @Test(
    "Components in units give the plan, the bound and the certificate of one process, to the last bit",
    arguments: [
      ("clustered", 60, 1, "A"), ("clustered", 60, 2, "BC"), ("nation", 80, 3, "BK"),
      ("clustered", 120, 4, "A"), ("clustered", 60, 5, "D"), ("clustered", 40, 6, "F"),
    ])
  func components(_ family: String, _ enterprises: Int, _ seed: UInt64, _ variant: String) throws {
    let instance = try WorkFixture.instance(
      try #require(InstanceRequest.Family(rawValue: family)), enterprises, seed: seed, variant)
    let limits = PlanLimits(effort: 300, blockLinks: 0)
    let model = instance.reduced(for: limits).model
    let alone = try PlanSolver(
      solver: GLPKSolver(), stages: [.benefit], limits: limits.search(threads: 2)
    ).solve(model)
    for units in [1, 3, 1000] {
      let (_, joined) = try WorkFixture.merged(instance, limits, units: units)
      #expect(joined.flows == alone.flows)
      #expect(joined.isTaken == alone.isTaken && joined.isOpen == alone.isOpen)
      #expect(joined.status == alone.status && joined.stopReason == alone.stopReason)
      #expect(joined.components == alone.components)
      #expect(joined.objective == alone.objective && joined.bound == alone.bound)
    }
  }

  @Test(
    "Blocks bound every plan from above, and join into one that the judge accepts",
    arguments: [
      ("clustered", 60, 1, "A"), ("clustered", 60, 2, "B"), ("clustered", 60, 3, "C"),
      ("clustered", 60, 4, "K"), ("clustered", 80, 5, "BCK"), ("dense", 20, 6, "A"),
      ("corridor", 20, 7, "A"), ("scarce", 30, 8, "B"),
    ])
  func blocks(_ family: String, _ enterprises: Int, _ seed: UInt64, _ variant: String) throws {
    let instance = try WorkFixture.instance(
      try #require(InstanceRequest.Family(rawValue: family)), enterprises, seed: seed, variant)
    let model = instance.reduced(for: PlanLimits()).model
    // What no block may undercut: the best plan, or at least a good one.
    let best = try PlanSolver(
      solver: GLPKSolver(), stages: [.benefit], limits: SearchLimits(nodeLimit: 3_000)
    ).solve(model)
    var bounds: [Double] = []
    for rounds in [1, 2, 4] {
      let (reduced, joined) = try WorkFixture.merged(
        instance, PlanLimits(effort: 2_000, blockLinks: 30), rounds: rounds)
      let verdict = PlanJudge(reduced.model).judge(
        NetworkPlan(flows: joined.flows, isTaken: joined.isTaken))
      #expect(verdict.isAccepted, "\(verdict.violations.prefix(3))")
      #expect(abs(verdict.objective - joined.objective) <= 1e-6 * abs(joined.objective))
      #expect(joined.bound >= best.objective * (1 - 1e-9), "rounds \(rounds)")
      #expect(joined.objective <= best.bound * (1 + 1e-9))
      #expect(joined.objective >= 0.9 * best.objective)
      bounds.append(joined.bound)
    }
    #expect(bounds[1] <= bounds[0] * (1 + 1e-9) && bounds[2] <= bounds[1] * (1 + 1e-9))
  }

  @Test("Whatever prices the border has, the blocks' optima add up to no less than the best plan")
  func anyDivision() throws {
    var random = SeededGenerator(seed: 5)
    for seed in 1...6 as ClosedRange<UInt64> {
      let instance = try WorkFixture.instance(
        .clustered, 30, seed: seed, ["A", "B", "C", "K"][Int(seed) % 4])
      let model = instance.reduced(for: PlanLimits()).model
      let exact = SearchLimits(exactLimit: 10_000)
      let best = try PlanSolver(solver: GLPKSolver(), stages: [.benefit], limits: exact).solve(
        model)
      try #require(best.status == .optimal)
      var sum = 0.0
      for part in model.components() {
        let cut = BlockCut(model, part, size: 12)
        let division = LinkDivision(
          links: cut.cutLinks,
          headMoney: cut.cutLinks.map {
            model.links[$0].money * Double.random(in: -1...2, using: &random)
          },
          headFixed: cut.cutLinks.map {
            model.links[$0].fixedCost * Double.random(in: 0...1, using: &random)
          })
        for block in cut.members.indices {
          let excerpt = cut.block(block, of: model, division: division)
          sum += try PlanSolver(solver: GLPKSolver(), stages: [.benefit], limits: exact)
            .solve(excerpt.model).objective
        }
      }
      #expect(sum >= best.objective * (1 - 1e-9))
    }
  }

  @Test(
    "Every family of constraints keeps its bound when a problem is cut, however small",
    arguments: SmallModels.Variant.allCases)
  func families(_ variant: SmallModels.Variant) throws {
    let exact = SearchLimits(exactLimit: 10_000)
    for seed in 1...12 as ClosedRange<UInt64> {
      let model = SmallModels.model(variant, seed: seed)
      let best = try PlanSolver(solver: GLPKSolver(), stages: [.benefit], limits: exact).solve(
        model)
      let instance = Instance(
        name: "small", source: "test", licence: "test", model: model,
        outputIDs: model.supplies.indices.map { "o\($0)" },
        inputIDs: model.needs.indices.map { "i\($0)" })
      let (reduced, joined) = try WorkFixture.merged(
        instance, PlanLimits(effort: 1_000, blockLinks: 2), rounds: 2)
      guard best.status == .optimal else {
        #expect(joined.status == best.status, "seed \(seed)")
        continue
      }
      #expect(joined.bound >= best.objective - 1e-6 * max(1, abs(best.objective)), "seed \(seed)")
      guard [.optimal, .feasible].contains(joined.status) else {
        Issue.record("seed \(seed): \(joined.status)")
        continue
      }
      let verdict = PlanJudge(reduced.model).judge(
        NetworkPlan(flows: joined.flows, isTaken: joined.isTaken))
      #expect(verdict.isAccepted, "seed \(seed): \(verdict.violations.prefix(3))")
      #expect(verdict.objective <= best.objective + 1e-6 * max(1, abs(best.objective)))
    }
  }

  @Test(
    "A cut has every link once whole or twice in part, blocks of like size, and is the same each time"
  )
  func cut() throws {
    let model = try WorkFixture.instance(.clustered, 1000, seed: 3, "BC").model
    let part = try #require(model.components().max { $0.links.count < $1.links.count })
    let cut = BlockCut(model, part, size: 2500)
    var seen: [Int: [Excerpt.Role]] = [:]
    for members in cut.members {
      #expect(members.map(\.link) == members.map(\.link).sorted())
      for member in members { seen[member.link, default: []].append(member.role) }
    }
    #expect(seen.keys.sorted() == part.links.sorted())
    for (link, roles) in seen {
      let isCut = cut.cutLinks.contains(link)
      #expect(isCut ? Set(roles) == [.tail, .head] && roles.count == 2 : roles == [.whole])
    }
    let sizes = cut.members.map(\.count)
    #expect(sizes.count == (part.links.count + 2499) / 2500)
    #expect(sizes.max() ?? 0 < 2 * part.links.count / sizes.count)
    // Neighbours stand together: far fewer links are cut than if nodes were dealt out.
    #expect(cut.cutLinks.count * 4 < part.links.count)
    #expect(BlockCut(model, part, size: 2500).members == cut.members)
  }
}
