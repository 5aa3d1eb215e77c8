import GLPKSolver
import LichenAnalysis
import LichenTestSupport
import Testing

@Suite("Sharing what all earn")
struct CooperativeGameTests {
  struct Known: Sendable, CustomTestStringConvertible {
    let name: String
    let values: [Double]
    let shapley: [Double]
    let nucleolus: [Double]

    var testDescription: String { name }
  }

  static let known = [
    // Lemaire, An application of game theory: cost allocation (ASTIN Bulletin 14, 1984).
    Known(
      name: "insurance",
      values: [0, 46_125, 17_437.5, 69_187.5, 5_812.5, 53_812.5, 30_750, 90_000],
      shapley: [51_750, 25_875, 12_375], nucleolus: [52_687.5, 24_468.75, 12_843.75]),
    // Ferguson, Game Theory, part IV.
    Known(
      name: "lectures", values: [0, -1, 0, 3, 1, 4, 2, 5],
      shapley: [5.0 / 3, 7.0 / 6, 13.0 / 6], nucleolus: [8.0 / 3, 2.0 / 3, 5.0 / 3]),
    // Littlechild and Owen 1973, runways of 1, 2 and 3: costs, so negative.
    Known(
      name: "airport", values: [0, -1, -2, -2, -3, -3, -3, -3],
      shapley: [-1.0 / 3, -5.0 / 6, -11.0 / 6], nucleolus: [-0.5, -0.75, -1.75]),
    Known(
      name: "glove", values: [0, 0, 0, 1, 0, 1, 0, 1],
      shapley: [2.0 / 3, 1.0 / 6, 1.0 / 6], nucleolus: [1, 0, 0]),
  ]

  @Test("published games", arguments: known)
  func published(_ known: Known) throws {
    let game = CooperativeGame(values: known.values)
    let scale = known.values.reduce(0) { max($0, abs($1)) }
    let nucleolus = try Nucleolus(of: game, solver: GLPKSolver())
    for (found, wanted) in zip(game.shapleyValue(), known.shapley) {
      #expect(abs(found - wanted) < 1e-12 * scale)
    }
    for (found, wanted) in zip(nucleolus.shares, known.nucleolus) {
      #expect(abs(found - wanted) < 1e-6 * scale, "\(nucleolus.shares)")
    }
    let complaint = try #require(game.largestComplaint(nucleolus.shares))
    #expect(abs(complaint.amount - nucleolus.leastComplaint) < 1e-6 * scale)
    #expect(!nucleolus.isCoreEmpty)
    #expect(nucleolus.isIndividuallyRational)
  }

  @Test("a majority of three has no core, and the nucleolus is even")
  func majority() throws {
    let game = CooperativeGame(values: [0, 0, 0, 1, 0, 1, 1, 1])
    let nucleolus = try Nucleolus(of: game, solver: GLPKSolver())
    #expect(nucleolus.isCoreEmpty)
    #expect(abs(nucleolus.leastComplaint - 1.0 / 3) < 1e-6)
    for share in nucleolus.shares { #expect(abs(share - 1.0 / 3) < 1e-6) }
  }

  @Test("in proportion to what each earns alone")
  func proportional() {
    let game = CooperativeGame(values: [0, 10, 30, 60])
    #expect(game.proportionalShares(to: [10, 30]) == [15, 45])
    #expect(game.proportionalShares(to: [-1, 30]) == nil)
    #expect(game.proportionalShares(to: [0, 0]) == nil)
    #expect(game.proportionalShares(to: [1]) == nil)
    // 60 for both, of which each alone would have 10 and 30: neither complains of 15 and 45.
    #expect(game.largestComplaint([15, 45]) == .init(coalition: 1, amount: -5))
  }

  @Test("one player, and a game in which all is lost together")
  func edges() throws {
    let alone = CooperativeGame(values: [0, 7])
    #expect(alone.shapleyValue() == [7])
    #expect(try Nucleolus(of: alone, solver: GLPKSolver()).shares == [7])
    #expect(alone.largestComplaint([7]) == nil)
    let quarrel = try Nucleolus(
      of: CooperativeGame(values: [0, 5, 5, 6]), solver: GLPKSolver())
    #expect(!quarrel.isIndividuallyRational)
    #expect(quarrel.isCoreEmpty)
    #expect(abs(quarrel.shares[0] - 3) < 1e-6 && abs(quarrel.shares[1] - 3) < 1e-6)
  }

  @Test(
    "random games: efficient, symmetric, nothing for a firm that adds nothing",
    arguments: UInt64(1)...12)
  func axioms(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = 2 + Int(seed % 4)
    // Players `count` - the twin of 0 - and `count + 1`, who adds nothing.
    let base = (0..<1 << (count + 1)).map { _ in random.number(in: 0...100) }
    let values = (0..<1 << (count + 2)).map { coalition -> Double in
      let some = coalition & (1 << (count + 1) - 1)
      let (first, twin) = (some & 1, some >> count & 1)
      // Twins are told apart by nothing: one of them counts as player 0.
      let canonical = (some & ~1 & ~(1 << count)) | (first | twin) | (first & twin) << count
      return canonical == 0 ? 0 : base[canonical] * Double(canonical.nonzeroBitCount)
    }
    let game = CooperativeGame(values: values)
    let shapley = game.shapleyValue()
    #expect(abs(shapley.reduce(0, +) - game.total) < 1e-9 * game.total)
    #expect(abs(shapley[0] - shapley[count]) < 1e-9 * game.total)
    #expect(abs(shapley[count + 1]) < 1e-9 * game.total)
    let nucleolus = try Nucleolus(of: game, solver: GLPKSolver())
    #expect(abs(nucleolus.shares.reduce(0, +) - game.total) < 1e-6 * game.total)
    #expect(abs(nucleolus.shares[0] - nucleolus.shares[count]) < 1e-5 * game.total)
    // No small step from one player to another makes the sorted complaints smaller.
    let best = Self.complaints(game, nucleolus.shares)
    for giver in 0..<game.playerCount {
      for taker in 0..<game.playerCount where taker != giver {
        var other = nucleolus.shares
        other[giver] -= 1e-3 * game.total
        other[taker] += 1e-3 * game.total
        if nucleolus.isIndividuallyRational, other[giver] < values[1 << giver] { continue }
        #expect(!Self.isSmaller(Self.complaints(game, other), best, by: 1e-5 * game.total))
      }
    }
  }

  @Test("ten firms: a game of claims on a scarce total", arguments: UInt64(1)...3)
  func claims(_ seed: UInt64) throws {
    // Aumann and Maschler, Journal of Economic Theory 36, 1985: the nucleolus of what is left to a group once
    // all others have their claims gives each half its claim or loses it half, by equal awards.
    var random = SeededGenerator(seed: seed)
    let claims = (0..<10).map { _ in random.number(in: 10...100) }
    let all = claims.reduce(0, +)
    let estate = all * [0.2, 0.5, 0.8][Int(seed) - 1]
    let game = CooperativeGame(
      values: (0..<1 << 10).map { coalition in
        if coalition == 0 { return 0 }
        let others = claims.indices.reduce(0) { $0 + (coalition >> $1 & 1 == 0 ? claims[$1] : 0) }
        return max(0, estate - others)
      })
    let nucleolus = try Nucleolus(of: game, solver: GLPKSolver())
    let halves = claims.map { $0 / 2 }
    let wanted =
      estate <= all / 2
      ? Self.equalAwards(halves, estate)
      : zip(claims, Self.equalAwards(halves, all - estate)).map { $0 - $1 }
    for (found, wanted) in zip(nucleolus.shares, wanted) {
      #expect(abs(found - wanted) < 1e-5 * estate, "\(nucleolus.shares)")
    }
  }

  /// Each the same, but none more than its claim.
  private static func equalAwards(_ claims: [Double], _ estate: Double) -> [Double] {
    var (low, high) = (0.0, estate)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if claims.reduce(0, { $0 + min($1, middle) }) < estate { low = middle } else { high = middle }
    }
    return claims.map { min($0, high) }
  }

  private static func complaints(_ game: CooperativeGame, _ shares: [Double]) -> [Double] {
    (1..<game.everyone).map { coalition in
      game.values[coalition]
        - shares.indices.reduce(0) { $0 + (game.isMember($1, of: coalition) ? shares[$1] : 0) }
    }.sorted(by: >)
  }

  private static func isSmaller(_ one: [Double], _ other: [Double], by slack: Double) -> Bool {
    for (left, right) in zip(one, other) where abs(left - right) > slack { return left < right }
    return false
  }
}
