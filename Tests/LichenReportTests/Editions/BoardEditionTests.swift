import GLPKSolver
import LichenDomain
import LichenGraph
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenMatching
@testable import LichenReport

@Suite struct BoardEditionTests {
  private static let seeds = UInt64(1)...150

  @Test func aParkWithoutHiddenFirmsIsShownWhole() throws {
    let result = try ReportFixture.match(Fixtures.mixedPark.park())
    let edition = try Edition(.board, of: result)
    #expect(edition.isWhole)
    #expect(edition.result.plan.money == result.plan.money)
  }

  /// A reader who knows every coefficient of every hidden exchange, all that is shown, and the published ranges
  /// of all totals, solves linear programs for the least and the most that each hidden firm may do.
  @Test func linearProgrammingBoundsNoHiddenFirmWithinATenth() throws {
    var attacked = 0
    for seed in Self.seeds {
      guard let park = try SecretPark(seed: seed) else { continue }
      let edition = try Edition(.board, of: park.result)
      let attack = try BoardAttack(park, edition)
      for target in attack.targets where target.amount > 0 {
        attacked += 1
        let least = try attack.bound(target, most: false)
        let most = try attack.bound(target, most: true)
        #expect(least <= 0.9 * target.amount, "seed \(seed): \(target) at least \(least)")
        #expect(most >= 1.1 * target.amount, "seed \(seed): \(target) at most \(most)")
      }
    }
    #expect(attacked > 150, "only \(attacked) hidden amounts attacked")
  }

  /// The attack would succeed if totals were printed as they are: it is no paper tiger.
  @Test func theAttackFindsHiddenAmountsWhereTotalsAreExact() throws {
    var found = 0
    for seed in Self.seeds {
      guard let park = try SecretPark(seed: seed) else { continue }
      let attack = try BoardAttack(park, Edition(.board, of: park.result), exactTotals: true)
      for target in attack.targets where target.amount > 0 {
        let least = try attack.bound(target, most: false)
        let most = try attack.bound(target, most: true)
        if least > 0.9 * target.amount, most < 1.1 * target.amount { found += 1 }
      }
    }
    #expect(found > 30)
  }

  @Test(arguments: seeds) func nothingOfAHiddenFirmIsInAnyFormat(seed: UInt64) throws {
    guard let park = try SecretPark(seed: seed) else { return }
    let edition = try Edition(.board, of: park.result)
    let html = try Report(edition, language: ReportFixture.language).everyText()
    for secret in park.secrets where !secret.isEmpty {
      #expect(!html.contains(secret.lowercased()), "seed \(seed): \(secret)")
    }
    #expect(!html.contains("zq"))
    #expect(ReportFixture.language.missingKeys == [])
  }

  @Test(arguments: seeds) func rangesHoldTheTotalsAndTheRestAddsUp(seed: UInt64) throws {
    guard let park = try SecretPark(seed: seed) else { return }
    let edition = try Edition(.board, of: park.result)
    let withheld = try #require(edition.withheld)
    let plan = park.result.plan
    #expect(withheld.money.contains(plan.money.typical))
    #expect(withheld.carbon.contains(plan.carbon.typical))
    #expect(withheld.capital.contains(plan.capital.typical))
    #expect(edition.result.plan.exchanges.count + withheld.exchanges.count == plan.exchanges.count)
    // What is shown is shown as it is.
    let shown = Dictionary(
      uniqueKeysWithValues: edition.result.plan.exchanges.map { ($0.candidate.id, $0) })
    for exchange in plan.exchanges {
      if let twin = shown[exchange.candidate.id] {
        #expect(twin.money == exchange.money && twin.quantity == exchange.quantity)
      }
    }
  }

  /// Letters follow neither the alphabet nor the plan, and mean the same firm throughout.
  @Test func lettersAreStableAndInNoTellingOrder() throws {
    var sorted = 0
    var unsorted = 0
    for seed in Self.seeds {
      guard let park = try SecretPark(seed: seed, enterprises: 6...9) else { continue }
      let one = try Edition(.board, of: park.result)
      let two = try Edition(.board, of: park.result)
      #expect(
        one.withheld?.exchanges.map { "\($0.from)\($0.to)" }
          == two.withheld?.exchanges.map { "\($0.from)\($0.to)" })
      guard park.hidden.count > 2 else { continue }
      let letters = Letters(park.hidden, in: park.result.plan.park, audience: .board)
      let order = park.hidden.sorted().compactMap { letters[$0] }
      if order == order.sorted() { sorted += 1 } else { unsorted += 1 }
    }
    #expect(unsorted > sorted)
  }
}

@Suite struct SafeRangeTests {
  @Test func rangesLeaveRoomForEveryFirmOnBothSides() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2000 {
      let hidden = (0..<random.whole(in: 1...5)).map { _ in random.number(in: 0...1e7) }
      let total = random.number(in: -1e7...1e8)
      let range = SafeRange.around(total, hidden: hidden)
      let room = 0.25 * (hidden.max() ?? 0)
      #expect(total - range.lowerBound >= room && range.upperBound - total >= room)
      // Not wider than needed by more than the grid asks for.
      #expect(range.upperBound - range.lowerBound <= max(40 * room, abs(total) / 4, 1))
    }
  }
}
