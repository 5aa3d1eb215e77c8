import LichenDomain
import LichenGraph
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenReport

@Suite struct EnterpriseEditionTests {
  private static let seeds = UInt64(1)...60

  private static func page(_ edition: Edition) throws -> String {
    try HTMLReport.render(
      Report(edition, language: ReportFixture.language), assets: ReportFixture.assets())
  }

  @Test(arguments: seeds) func nothingOfAnotherFirmIsInAnyFormat(seed: UInt64) throws {
    let reader: EnterpriseID = .of("e1")
    let result = try SecretPark.around("e1", seed: seed)
    let html = try Report(
      Edition(.enterprise(reader), of: result), language: ReportFixture.language
    ).everyText()
    #expect(!html.contains("zq"), "seed \(seed)")
    #expect(ReportFixture.language.missingKeys == [])
  }

  /// A name is told where both agreed; what the partner declared stays its own.
  @Test func partnersAreNamedWhereBothAgreed() throws {
    var named = 0
    for seed in Self.seeds {
      let agreed: Set = ["e2", "e3", "e4", "e5", "e6", "e7", "e8"]
      let result = try SecretPark.around("e1", seed: seed, agreed: agreed)
      let html = try Self.page(Edition(.enterprise(.of("e1")), of: result))
      if html.contains("Zqname") { named += 1 }
      for secret in ["Zqstream", "Zqneed", "zqout", "zqin"] {
        #expect(!html.contains(secret), "seed \(seed): \(secret)")
      }
    }
    #expect(named >= 10)
  }

  /// One side's word is no agreement.
  @Test(arguments: seeds) func oneSidesWordIsNotEnough(seed: UInt64) throws {
    var park = RandomParks.park(seed: seed, enterprises: 4...8, outputs: 4...14, inputs: 4...14)
    for index in park.declaration.enterprises.indices {
      let isReader = park.declaration.enterprises[index].id == "e1"
      park.declaration.enterprises[index].name = isReader ? "Reader" : "Zqname \(index)"
      if !isReader { park.declaration.enterprises[index].agreedWith = ["e1"] }
    }
    let edition = try Edition(.enterprise(.of("e1")), of: ReportFixture.match(park.park()))
    #expect(try !Self.page(edition).contains("Zqname"))
  }

  /// Own sides of all enterprises make the plan: nothing is counted twice or lost.
  @Test(arguments: seeds) func sidesAddUpToThePlan(seed: UInt64) throws {
    let park = RandomParks.park(seed: seed, enterprises: 3...8, outputs: 4...14, inputs: 4...14)
    let result = try ReportFixture.match(park.park())
    var money = 0.0
    var carbon = 0.0
    var capital = 0.0
    for enterprise in result.plan.park.enterprises {
      let own = try Edition(.enterprise(enterprise.id), of: result).result.plan
      let balance = result.plan.balances.first { $0.enterprise.id == enterprise.id }
      let scale = max(1, abs(balance?.money.typical ?? 0))
      #expect(abs(own.money.typical - (balance?.money.typical ?? 0)) <= 1e-9 * scale)
      money += own.money.typical
      carbon += own.carbon.typical
      capital += own.capital.typical
    }
    let plan = result.plan
    #expect(abs(money - plan.money.typical) <= 1e-9 * max(1, abs(plan.money.typical)))
    #expect(abs(carbon - plan.carbon.typical) <= 1e-9 * max(1, abs(plan.carbon.typical)))
    #expect(abs(capital - plan.capital.typical) <= 1e-9 * max(1, abs(plan.capital.typical)))
  }

  @Test func anUnknownReaderIsToldTheNearestName() throws {
    let result = try ReportFixture.match(Fixtures.mixedPark.park())
    let name = result.plan.park.enterprises[0].id.rawValue
    #expect(throws: EditionError.self) {
      try Edition(.enterprise(.of(name + "x")), of: result)
    }
    do {
      _ = try Edition(.enterprise(.of(name + "x")), of: result)
    } catch {
      #expect("\(error)".contains("did you mean \(name)?"))
    }
  }
}
