import Foundation
import GLPKSolver
import LichenPlanning
import LichenTestSupport
import Testing

/// Figures of very different sizes, and figures that hardly differ; plans are judged in exact
/// arithmetic.
@Suite("Awkward figures")
struct SearchNumericsTests {
  /// Models whose quantities count differently by stream: powers of two change no optimum and no bit
  /// of any figure.
  @Test(
    "streams in units from 1e-6 to 1e12 have the same optimum",
    arguments: RandomNetworks.Variant.allCases)
  func scales(_ variant: RandomNetworks.Variant) throws {
    var random = SeededGenerator(seed: 8_001)
    for seed in 500_001...UInt64(500_010) {
      let model = RandomNetworks.model(variant, seed: seed)
      let optimum = try ExhaustiveOptimum.value(of: model, solver: GLPKSolver())
      let common = model.facilities.isEmpty ? nil : random.whole(in: -20...40)
      let stretched = model.inUnits(
        outputs: model.supplies.map { _ in common ?? random.whole(in: -20...40) },
        inputs: model.needs.map { _ in random.whole(in: -20...40) }, facilities: common ?? 0)
      for limits in [SearchTrial.searchOnly(effort: 1), SearchLimits()] {
        let trial = try SearchTrial(stretched, limits: limits)
        let faults = trial.faults(against: optimum)
        #expect(faults.isEmpty, "\(model.name), \(limits.exactLimit): \(faults)")
      }
    }
  }

  @Test("parts worth 1e12 and 1e-6 in one model are each planned")
  func worths() throws {
    for seed in 510_001...UInt64(510_020) {
      let (rich, poor) = (
        RandomNetworks.model(.lots, seed: seed), RandomNetworks.model(.permits, seed: seed)
      )
      let both = rich.worth(0x1p40).beside(poor.worth(0x1p-20))
      for limits in [SearchTrial.searchOnly(effort: 1), SearchLimits()] {
        let whole = try SearchTrial(both, limits: limits)
        #expect(whole.faultsOfPlan() == [], "\(seed)")
        let alone = try SearchTrial(poor, limits: limits)
        let flows = whole.result.flows.suffix(poor.links.count)
        #expect(Array(flows) == alone.result.flows, "\(seed), \(limits.exactLimit)")
      }
    }
  }

  @Test("links that are all the same, or differ by 1e-9", arguments: [0.0, 1e-9])
  func ties(_ difference: Double) throws {
    var random = SeededGenerator(seed: 8_003)
    for number in 1...40 {
      let lower = random.chance(0.5) ? 4.0 : 0
      let links = (0..<9).map { index in
        PlanningModel.Link(
          candidate: index, source: .output(index / 3), target: .input(index % 3), ratio: 1,
          money: 3 * (1 + difference * random.number(in: -1...1)), carbon: 1,
          fixedCost: 12 * (1 + difference * random.number(in: -1...1)), capital: 1, lower: lower,
          upper: 10)
      }
      let model = PlanningModel(
        name: "ties-\(number)", links: links, linkNames: links.indices.map { "l\($0)" },
        supplies: [10, 10, Double(random.whole(in: 5...10))],
        needs: [10, Double(random.whole(in: 5...10)), 10])
      let optimum = try ExhaustiveOptimum.value(of: model, solver: GLPKSolver())
      for limits in [SearchTrial.searchOnly(effort: 1), SearchLimits()] {
        let trial = try SearchTrial(model, limits: limits)
        let faults = trial.faults(against: optimum)
        #expect(faults.isEmpty, "\(model.name), \(limits.exactLimit): \(faults)")
      }
    }
  }

  @Test("hundreds of equal links", arguments: RandomNetworks.Variant.allCases.prefix(4))
  func manyEqual(_ variant: RandomNetworks.Variant) throws {
    let model = RandomNetworks.model(
      variant, seed: 1, size: .init(outputs: 15, inputs: 15, direct: 225))
    let equal = PlanningModel(
      name: "equal",
      links: model.links.indices.map { index in
        PlanningModel.Link(
          candidate: index, source: .output(index % 15), target: .input(index / 15 % 15), ratio: 1,
          money: 2, carbon: 1, fixedCost: 10, capital: 1, lower: variant == .lots ? 6 : 0,
          upper: 20)
      }, linkNames: model.linkNames, linkPermits: model.linkPermits,
      supplies: Array(repeating: 20, count: 15), needs: Array(repeating: 20, count: 15),
      permits: model.permits)
    let trial = try SearchTrial(equal, limits: SearchTrial.searchOnly(effort: 500))
    #expect(trial.faultsOfPlan() == [])
    // Each output to the input of its number: 15 links of 20 units, less 10 each, permits apart.
    let best = 15 * (20.0 * 2 - 10)
    if variant == .plain || variant == .lots {
      #expect(trial.result.objective <= best * (1 + 1e-9))
      #expect(trial.result.bound >= best * (1 - 1e-9))
    }
    #expect(trial.reports.allSatisfy { $0.bound >= trial.result.objective * (1 - 1e-9) })
  }
}

extension PlanningModel {
  /// The same problem with each stream in another unit, 2ⁿ of which make the old one; facilities have
  /// the unit of the outputs that they take in.
  func inUnits(outputs: [Int], inputs: [Int], facilities exponent: Int) -> PlanningModel {
    func unit(_ source: Source) -> Double {
      switch source {
      case .output(let index): scalbn(1, outputs[index])
      case .facility: scalbn(1, exponent)
      }
    }
    func unit(_ target: Target) -> Double {
      switch target {
      case .input(let index): scalbn(1, inputs[index])
      case .facility: scalbn(1, exponent)
      }
    }
    return PlanningModel(
      name: name,
      links: links.map { link in
        let (from, to) = (unit(link.source), unit(link.target))
        return Link(
          candidate: link.candidate, source: link.source, target: link.target,
          ratio: link.ratio * to / from, money: link.money / from, carbon: link.carbon / from,
          fixedCost: link.fixedCost, capital: link.capital, lower: link.lower * from,
          upper: link.upper * from, isRequired: link.isRequired)
      }, linkNames: linkNames, linkPermits: linkPermits,
      supplies: zip(supplies, outputs).map { scalbn($0, $1) },
      needs: zip(needs, inputs).map { scalbn($0, $1) },
      leastNeeds: zip(leastNeeds, inputs).map { scalbn($0, $1) }, permits: permits,
      facilities: facilities.map {
        Facility(
          name: $0.name, capacity: scalbn($0.capacity, exponent), openingCost: $0.openingCost,
          capital: $0.capital)
      },
      blends: blends.map { blend in
        Blend(
          name: blend.name, links: blend.links,
          excess: zip(blend.links, blend.excess).map { $1 / unit(links[$0].source) })
      },
      measures: measures.map { measure in
        let exponent = measure.output.map { outputs[$0] } ?? measure.input.map { inputs[$0] } ?? 0
        return Measure(
          name: measure.name, output: measure.output, input: measure.input,
          shift: scalbn(measure.shift, exponent), money: measure.money, carbon: measure.carbon,
          capital: measure.capital, isRequired: measure.isRequired)
      }, capitalBudget: capitalBudget, carbonFloor: carbonFloor, partnerLimit: partnerLimit)
  }

  /// The same problem in another currency.
  func worth(_ rate: Double) -> PlanningModel {
    PlanningModel(
      name: name,
      links: links.map { link in
        Link(
          candidate: link.candidate, source: link.source, target: link.target, ratio: link.ratio,
          money: link.money * rate, carbon: link.carbon, fixedCost: link.fixedCost * rate,
          capital: link.capital, lower: link.lower, upper: link.upper,
          isRequired: link.isRequired)
      }, linkNames: linkNames, linkPermits: linkPermits, supplies: supplies, needs: needs,
      permits: permits.map { Permit(name: $0.name, annualCost: $0.annualCost * rate) })
  }

  /// Two problems that share nothing, the links of `other` last; streams and permits only.
  func beside(_ other: PlanningModel) -> PlanningModel {
    func moved(_ link: Link) -> Link {
      Link(
        candidate: link.candidate, source: .output((link.output ?? 0) + supplies.count),
        target: .input((link.input ?? 0) + needs.count), ratio: link.ratio, money: link.money,
        carbon: link.carbon, fixedCost: link.fixedCost, capital: link.capital, lower: link.lower,
        upper: link.upper, isRequired: link.isRequired)
    }
    let needed =
      links.indices.map { self.permits(of: $0).map(Int.init) }
      + other.links.indices.map { other.permits(of: $0).map { Int($0) + permits.count } }
    return PlanningModel(
      name: "\(name)+\(other.name)", links: links + other.links.map(moved),
      linkNames: linkNames + other.linkNames, linkPermits: RaggedArray(needed),
      supplies: supplies + other.supplies, needs: needs + other.needs,
      permits: permits + other.permits)
  }
}
