import LichenDomain
import LichenGraph
import LichenMatching
import LichenTestSupport

@testable import LichenAnalysis

/// Random parks with everything that can be appraised: pipes, shared plants, permits and measures.
enum FinanceParks {
  static func declaration(seed: UInt64) -> ParkDeclaration {
    var random = RandomPark(seed: seed)
    var declaration = random.declaration(enterprises: random.integer(in: 2...6), streams: 1...5)
    if seed % 2 == 0 { random.addFacilities(to: &declaration) }
    addMeasures(to: &declaration, seed: seed)
    return declaration
  }

  static func plan(seed: UInt64) throws -> Plan {
    let objectives: [PlanObjective] = [.netBenefit, .carbon, .carbonThenBenefit]
    return try Planned.plan(Repository.engine.park(declaration(seed: seed))) {
      $0.objective = objectives[Int(seed % 3)]
    }.plan
  }

  private static func addMeasures(to declaration: inout ParkDeclaration, seed: UInt64) {
    var random = SeededGenerator(seed: seed &+ 991)
    for number in 1...random.whole(in: 1...4) {
      let stream = random.element(of: declaration.outputs)
      var row = OptionRow(
        id: "q\(number)", enterprise: stream.enterprise,
        location: SourceLocation(file: "options.csv", row: number + 1))
      row.capital = random.number(in: 0...500_000)
      row.saving = random.number(in: -20_000...200_000)
      row.co2 = random.chance(0.8) ? random.number(in: -50...500) : nil
      row.lifetime = random.chance(0.5) ? Double(random.whole(in: 3...25)) : nil
      row.status = random.element(of: ["proposed", "planned", "building"])
      declaration.options.append(row)
    }
  }

  /// Options with everything switched on.
  static func options(seed: UInt64) -> FinanceOptions {
    var random = SeededGenerator(seed: seed &+ 5)
    var options = FinanceOptions()
    options.horizon = random.whole(in: 1...30)
    options.discountRate = random.chance(0.5) ? random.number(in: 0...0.2) : nil
    options.inflation = random.chance(0.5) ? random.number(in: 0...0.1) : 0
    options.isRateNominal = random.chance(0.3)
    options.residual = random.element(of: ResidualRule.allCases)
    options.carbonPrice = random.chance(0.5) ? random.number(in: 0...80) : 0
    options.tax = random.chance(0.6) ? TaxTerms(rate: random.number(in: 0...0.4)) : nil
    if random.chance(0.6) {
      var loan = LoanTerms(
        share: random.number(in: 0...1), rate: random.number(in: 0...0.15),
        years: random.whole(in: 1...20))
      loan.graceYears = random.whole(in: 0...(loan.years - 1))
      loan.repayment = random.element(of: Repayment.allCases)
      loan.rateSubsidy = random.number(in: 0...0.05)
      loan.guaranteedShare = random.number(in: 0...1)
      loan.guaranteeFee = random.number(in: 0...0.02)
      options.loan = loan
    }
    if random.chance(0.5) {
      options.grant =
        random.chance(0.5) ? .share(random.number(in: 0...1)) : .amount(random.number(in: 0...1e6))
    }
    return options
  }
}
