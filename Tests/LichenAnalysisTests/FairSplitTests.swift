import GLPKSolver
import LichenDomain
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite struct FairSplitTests {
  private func split(_ study: PlanStudy, exact: Int = 15) throws -> FairSplit {
    var options = FairSplitOptions()
    options.exactLimit = exact
    options.samples = 400
    return try FairSplitAnalysis(
      graph: study.graph, planning: study.plan.options, solver: GLPKSolver(), options: options
    ).run()
  }

  @Test func splitsAddUpAndNobodyPaysForTheOthers() throws {
    for (seed, study) in try Planned.studies(
      1..<600, links: 2...25, wanted: 60, park: Self.withoutDuties)
    {
      let split = try split(study)
      for group in split.groups {
        let tolerance = 1e-6 * max(1, abs(group.total))
        for (rule, shares) in group.shares {
          #expect(abs(shares.reduce(0, +) - group.total) < tolerance, "seed \(seed), \(rule)")
        }
        for (place, firm) in group.firms.enumerated() {
          let without = study.model(closing: [firm])
          let rest = try study.variants.solve(without).objective
          let whole = try study.variants.solve(study.model).objective
          if whole - rest < tolerance * 1e-3 {
            // Nobody misses the firm in the whole.
            #expect((group.shares[.proportional]?[place] ?? 0) < tolerance, "seed \(seed)")
          }
          #expect((group.shares[.shapley]?[place] ?? 0) > -tolerance, "seed \(seed)")
        }
        if group.isCoreEmpty == false {
          let amount = group.complaints[.nucleolus]?.amount ?? 0
          #expect(amount <= tolerance, "seed \(seed)")
        }
        let least = group.complaints[.nucleolus]?.amount ?? 0
        for (rule, complaint) in group.complaints where rule != .nucleolus {
          #expect(complaint.amount >= least - tolerance, "seed \(seed), \(rule)")
        }
      }
    }
  }

  /// Parks in which nothing must be kept, so that every group of firms has a plan.
  static func withoutDuties(_ seed: UInt64) -> ParkBuilder {
    var park = Planned.small(seed)
    park.declaration.settings = park.declaration.settings.replacing(existingExchanges: .free)
    return park
  }

  /// Prices and fund turn the balances before payments into each rule's shares.
  @Test func pricesRealiseTheSplit() throws {
    for (seed, study) in try Planned.studies(
      1..<600, links: 2...25, wanted: 40, park: Self.withoutDuties)
    {
      let split = try split(study)
      for rule in [FairSplit.Rule.shapley, .nucleolus, .proportional] {
        guard split.groups.allSatisfy({ $0.shares[rule] != nil }) else { continue }
        var balance = Dictionary(
          uniqueKeysWithValues: split.plan.balances.map { ($0.enterprise.id, $0.money.typical) })
        for price in split.prices {
          let payment = (price.prices[rule] ?? 0) * price.quantity
          balance[price.donor, default: 0] += payment
          balance[price.receiver, default: 0] -= payment
        }
        let paid = split.fund[rule] ?? []
        let scale = max(1, split.groups.reduce(0) { $0 + abs($1.total) })
        #expect(abs(paid.reduce(0) { $0 + $1.amount }) < 1e-5 * scale, "seed \(seed)")
        for payment in paid { balance[payment.firm, default: 0] += payment.amount }
        for group in split.groups {
          for (firm, share) in zip(group.firms, group.shares[rule] ?? []) {
            #expect(
              abs((balance[firm] ?? 0) - share) < 1e-5 * scale, "seed \(seed), \(rule), \(firm)")
          }
        }
      }
    }
  }

  /// Coalition worths against trying every choice of openings.
  @Test func coalitionsEarnWhatEnumerationSays() throws {
    for (seed, study) in try Planned.studies(
      700..<1200, links: 2...7, wanted: 25, park: Self.withoutDuties)
    {
      let values = CoalitionValues(study)
      for (index, part) in values.parts.enumerated() {
        for coalition in 1..<(1 << part.firms.count) {
          let members = Set(
            part.firms.indices.filter { coalition >> $0 & 1 == 1 }.map { part.firms[$0] })
          let links = part.links.filter { link in
            let ends = study.ends(ofLink: link)
            return members.contains(ends.from) && members.contains(ends.to)
          }
          let model = study.model.restricted(to: .init(links: links, measures: []))
          guard part.measures.isEmpty else { continue }
          let expected = try ExhaustiveOptimum.value(of: model, solver: GLPKSolver()) ?? 0
          let found = try values.worth(
            of: Coalition(bits: coalition, of: part.firms.count), in: index
          ).amount
          #expect(abs(found - expected) < 1e-6 * max(1, abs(expected)), "seed \(seed)")
        }
      }
    }
  }

  /// Sampled values lie within five standard errors of the exact ones, and add up exactly.
  @Test func samplingAgreesWithTheExactValue() throws {
    for (seed, study) in try Planned.studies(
      1..<600, links: 6...25, wanted: 10, park: Self.withoutDuties)
    {
      let exact = try split(study)
      let sampled = try split(study, exact: 2)
      for (one, other) in zip(exact.groups, sampled.groups) {
        let scale = max(1, one.total)
        let sum = other.shares[.shapley]?.reduce(0, +) ?? 0
        #expect(abs(sum - one.total) < 1e-6 * scale, "seed \(seed)")
        for place in one.firms.indices where !other.standardErrors.isEmpty {
          let distance = abs(
            (one.shares[.shapley]?[place] ?? 0) - (other.shares[.shapley]?[place] ?? 0))
          #expect(
            distance <= 5 * other.standardErrors[place] + 1e-6 * scale, "seed \(seed), \(place)")
        }
      }
    }
  }

  /// Places of firms beyond a machine word count as any other.
  @Test func coalitionsOfManyFirms() {
    for count in [1, 62, 63, 64, 65, 130] {
      var coalition = Coalition(of: count)
      for firm in 0..<count { coalition.insert(firm) }
      let everyone = coalition
      #expect((0..<count).allSatisfy(everyone.contains))
      for firm in 0..<count {
        coalition.remove(firm)
        #expect((0..<count).filter { !coalition.contains($0) } == [firm])
        #expect(coalition != everyone)
        coalition.insert(firm)
      }
      #expect(coalition == everyone)
    }
    #expect(Coalition(bits: 0b1010, of: 4) == Coalition(bits: 0b1010, of: 60))
    #expect((0..<4).filter(Coalition(bits: 0b1010, of: 4).contains) == [1, 3])
  }

  /// Seventy donors of gypsum for one board works that needs that of thirty: whatever is gained is shared out.
  @Test func manyFirmsShareTheWhole() throws {
    var park = ParkBuilder()
    park.enterprise("works", at: (55, 11))
    park.input("gypsum", of: "works", "natural_gypsum", 30_000, "t/yr")
    for donor in 10..<80 {
      park.enterprise("donor\(donor)", at: (55 + Double(donor) * 1e-3, 11))
      park.output(
        "gypsum\(donor)", of: "donor\(donor)", "fgd_gypsum", 1000, "t/yr", route: "landfill",
        disposalCost: 50)
    }
    let study = try Planned.study(Park(park.declaration, catalogue: Fixtures.catalogue)) {
      $0.nodeLimit = 20
    }
    var options = FairSplitOptions()
    options.samples = 4
    let split = try FairSplitAnalysis(
      graph: study.graph, planning: study.plan.options, solver: GLPKSolver(), options: options
    ).run()
    let group = try #require(split.groups.first)
    #expect(group.firms.count == 71 && group.total > 0)
    let shares = try #require(group.shares[.shapley])
    #expect(abs(shares.reduce(0, +) - group.total) < 1e-6 * group.total)
    // Without the works nobody gains, and it comes late in one of an order and its reverse.
    #expect(
      try shares[#require(group.firms.firstIndex { $0.rawValue == "works" })] > group.total / 4)
  }

  /// Networks are told apart, and known again, by marks as by everything that they depend on.
  @Test func networksHaveTheirOwnMarks() throws {
    for (seed, study) in try Planned.studies(
      1..<300, links: 4...25, wanted: 20, park: Self.withoutDuties)
    {
      let values = CoalitionValues(study)
      for (index, part) in values.parts.enumerated() {
        let coalitions = (1..<min(256, 1 << part.firms.count)).map {
          Coalition(bits: $0, of: part.firms.count)
        }
        let marks = try coalitions.flatMap { try values.worth(of: $0, in: index).networks }
        let keys = coalitions.flatMap { coalition in
          let variant = study.model.restricted(to: part.excerpt(coalition))
          return variant.components().map {
            PartKey(variant, part: $0, isBudgetBinding: variant.isBudgetBinding)
          }
        }
        #expect(Set(zip(keys, marks).map { Pair(key: $0, mark: $1) }).count == Set(keys).count)
        #expect(Set(marks).count == Set(keys).count, "seed \(seed)")
      }
    }
  }

  private struct Pair: Hashable {
    let key: PartKey
    let mark: UInt64
  }
}
