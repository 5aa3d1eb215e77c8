import GLPKSolver
import LichenBench
import LichenPlanning
import LichenTestSupport
import Testing

/// What an earlier search proved is used again where it still holds, and only there.
@Suite("Proofs of an earlier search")
struct SearchMemoryTests {
  @Test(
    "after figures and limits changed, no bound is below the optimum",
    arguments: RandomNetworks.Variant.allCases)
  func changed(_ variant: RandomNetworks.Variant) throws {
    var random = SeededGenerator(seed: 6_101)
    for seed in 410_001...UInt64(410_020) {
      let model = RandomNetworks.model(variant, seed: seed)
      let limits = SearchLimits(
        nodeLimit: random.whole(in: 1...50), exactLimit: random.chance(0.5) ? 600 : 0)
      let earlier = try SearchTrial(model, limits: limits)
      let other = model.changed(by: &random)
      let optimum = try ExhaustiveOptimum.value(of: other, solver: GLPKSolver())
      let start = PlanStart(earlier.result)
      for limits in [limits, SearchTrial.searchOnly(effort: 1), SearchLimits()] {
        let trial = try SearchTrial(other, limits: limits, start: start)
        let faults = trial.faults(against: optimum)
        #expect(faults.isEmpty, "\(model.name), \(limits): \(faults)")
      }
    }
  }

  @Test("nothing changed: the proof stands without a search")
  func same() throws {
    for variant in RandomNetworks.Variant.allCases {
      for seed in 420_001...UInt64(420_010) {
        let model = RandomNetworks.model(variant, seed: seed)
        let earlier = try SearchTrial(model, limits: SearchLimits())
        guard earlier.result.status == .optimal else { continue }
        let again = try SearchTrial(
          model, limits: SearchLimits(), start: PlanStart(earlier.result))
        #expect(again.result.components.allSatisfy { $0.rawStatus == "as before" })
        #expect(again.result.flows == earlier.result.flows)
        #expect(again.result.isTaken == earlier.result.isTaken)
        #expect(again.result.bound == earlier.result.bound)
        #expect(again.result.status == .optimal)
      }
    }
  }

  @Test("one price changed: only its part is searched")
  func onePrice() throws {
    let model = InstanceGenerator.instance(
      InstanceRequest(family: .clustered, enterprises: 60, seed: 15)
    ).model
    #expect(model.components().count > 3)
    let earlier = try SearchTrial(model, limits: SearchLimits())
    #expect(earlier.result.status == .optimal)
    let link = try #require(model.links.indices.first { earlier.result.flows[$0] > 0 })
    let dearer = model.with(factor: { $0 == link ? 1.5 : 1 })
    let warm = try SearchTrial(dearer, limits: SearchLimits(), start: PlanStart(earlier.result))
    #expect(warm.result.components.count { $0.rawStatus != "as before" } == 1)
    let cold = try SearchTrial(dearer, limits: SearchLimits())
    #expect(warm.result.status == .optimal)
    #expect(abs(warm.result.objective - cold.result.objective) <= 1e-9 * cold.result.objective)
    #expect(warm.faultsOfPlan() == [])
  }

  @Test("a bound of before rises by what the changed prices can bring")
  func rise() throws {
    // Stopped before it can prove much, so that only the earlier proof tells.
    let model = RandomNetworks.model(
      .plain, seed: 8, size: .init(outputs: 14, inputs: 12, direct: 90))
    let earlier = try SearchTrial(model, limits: SearchTrial.searchOnly(effort: 60))
    let cheaper = model.with(
      fixedCosts: model.links.indices.map { model.links[$0].fixedCost - ($0 == 3 ? 2 : 0) })
    let limits = SearchTrial.searchOnly(effort: 1)
    let cold = try SearchTrial(cheaper, limits: limits)
    let warm = try SearchTrial(cheaper, limits: limits, start: PlanStart(earlier.result))
    #expect(warm.result.bound <= (earlier.result.bound + 2) * (1 + 1e-9))
    #expect(warm.result.bound < cold.result.bound)
    // Figures that let more through leave nothing of the proof.
    let larger = model.with(supplies: model.supplies.map { 10 * $0 })
    let fresh = try SearchTrial(larger, limits: SearchLimits(relativeGap: 0.01))
    #expect(fresh.result.objective > earlier.result.bound)
    let misled = try SearchTrial(
      larger, limits: SearchLimits(relativeGap: 0.01), start: PlanStart(earlier.result))
    #expect(misled.result.bound >= fresh.result.objective)
  }

  @Test("other weights: nothing of the proof is used")
  func weights() throws {
    let model = RandomNetworks.model(.plain, seed: 12)
    let money = try SearchTrial(model, limits: SearchLimits())
    let solver = PlanSolver(solver: GLPKSolver(), stages: [.carbon], limits: SearchLimits())
    let cold = try solver.solve(model)
    let warm = try solver.solve(model, start: PlanStart(money.result))
    #expect(cold.status == .optimal)
    #expect(abs(warm.objective - cold.objective) <= 1e-9 * max(1, cold.objective))
    #expect(warm.components.allSatisfy { $0.rawStatus != "as before" })
  }

  @Test("a gap is asked of the whole plan, and work stops once it is reached")
  func wholeGap() throws {
    let model = InstanceGenerator.instance(
      InstanceRequest(family: .clustered, enterprises: 120, seed: 16)
    ).model
    let limits = SearchLimits(relativeGap: 0.004)
    let trial = try SearchTrial(model, limits: limits)
    let result = trial.result
    #expect(result.bound - result.objective <= 0.004 * result.objective * (1 + 1e-9))
    #expect(result.stopReason == .gapLimit || result.status == .optimal)
    #expect(trial.faultsOfPlan() == [])
    // The first report that is close enough is about the last.
    let close = trial.reports.firstIndex {
      ($0.incumbent ?? 0) > 0 && $0.bound - ($0.incumbent ?? 0) <= 0.004 * ($0.incumbent ?? 0)
    }
    #expect(trial.reports.count - (close ?? 0) <= result.components.count + limits.threads)
  }
}

extension PlanningModel {
  /// The same links with one to three families of figures changed, up or down.
  fileprivate func changed(by random: inout SeededGenerator) -> PlanningModel {
    var (links, supplies, needs, leastNeeds) = (links, supplies, needs, leastNeeds)
    var (permits, facilities, measures) = (permits, facilities, measures)
    var (budget, floor, partners) = (capitalBudget, carbonFloor, partnerLimit)
    func factor(_ random: inout SeededGenerator) -> Double {
      random.chance(0.5) ? random.number(in: 1...3) : random.number(in: 0.3...1)
    }
    for _ in 0..<random.whole(in: 1...3) {
      let at = random.whole(in: 0...(links.count - 1))
      switch random.whole(in: 0...12) {
      case 0: links[at] = links[at].with(money: links[at].money * factor(&random))
      case 1: links[at] = links[at].with(fixedCost: links[at].fixedCost * factor(&random))
      case 2: links[at] = links[at].with(upper: links[at].upper * random.number(in: 1...2))
      case 3: links[at] = links[at].with(lower: links[at].lower * random.number(in: 0...1))
      case 4: links[at] = links[at].with(isRequired: !links[at].isRequired)
      case 5: links[at] = links[at].with(carbon: links[at].carbon * factor(&random))
      case 6: supplies = supplies.map { $0 * factor(&random) }
      case 7: needs = needs.map { $0 * factor(&random) }
      case 8: leastNeeds = leastNeeds.map { $0 * random.number(in: 0...1) }
      case 9:
        permits = permits.map {
          Permit(name: $0.name, annualCost: $0.annualCost * factor(&random))
        }
      case 10:
        facilities = facilities.map {
          Facility(
            name: $0.name, capacity: $0.capacity * factor(&random),
            openingCost: $0.openingCost * factor(&random), capital: $0.capital)
        }
      case 11:
        measures = measures.map {
          Measure(
            name: $0.name, output: $0.output, input: $0.input, shift: $0.shift * factor(&random),
            money: $0.money + random.number(in: -9...9), carbon: $0.carbon,
            capital: $0.capital, isRequired: $0.isRequired && random.chance(0.5))
        }
      default:
        budget = budget.map { $0 * factor(&random) }
        floor = floor.map { $0 * random.number(in: 0.3...1.1) }
        partners = partners.map { $0 + random.whole(in: 0...1) }
      }
    }
    return PlanningModel(
      name: name, links: links, linkNames: linkNames, linkPermits: linkPermits,
      supplies: supplies, needs: needs, leastNeeds: zip(leastNeeds, needs).map { min($0, $1) },
      permits: permits, facilities: facilities, blends: blends, measures: measures,
      capitalBudget: budget, carbonFloor: floor, partnerLimit: partners)
  }
}

extension PlanningModel.Link {
  fileprivate func with(
    money: Double? = nil, carbon: Double? = nil, fixedCost: Double? = nil, lower: Double? = nil,
    upper: Double? = nil, isRequired: Bool? = nil
  ) -> PlanningModel.Link {
    PlanningModel.Link(
      candidate: candidate, source: source, target: target, ratio: ratio,
      money: money ?? self.money, carbon: carbon ?? self.carbon,
      fixedCost: fixedCost ?? self.fixedCost, capital: capital, lower: lower ?? self.lower,
      upper: upper ?? self.upper, isRequired: isRequired ?? self.isRequired)
  }
}
