import Foundation
import LichenDomain
import LichenIO
import LichenTestSupport
import Testing

/// Written reports of a board, attacked by another program's linear programming.
struct PrivacyTests {
  private struct Attack: Decodable {
    let targets: Int
    let knownFromExactTotals: Int
  }

  /// Matches a park in which some firms ask not to be named, and attacks the board's report.
  private static func attack(_ park: URL, hiding firms: Set<String>) throws -> Attack {
    let python = try #require(Repository.judgesPython)
    var declaration = try ParkReader.read(folder: park).0
    for index in declaration.enterprises.indices
    where firms.contains(declaration.enterprises[index].id) {
      declaration.enterprises[index].disclosure = .confidential
    }
    var found = Attack(targets: 0, knownFromExactTotals: 0)
    try Repository.inFolder { folder in
      let secret = folder.appendingPathComponent("secret")
      let out = folder.appendingPathComponent("out").path
      try ParkWriter.write(declaration, to: secret)
      let run = try CommandRun([
        "match", secret.path, "-o", out, "--audience", "board", "--format", "json",
      ])
      #expect(run.status == 0, "\(run.error)")
      let judge = try Repository.run(
        python,
        [Repository.root.appendingPathComponent("Tests/judges/privacy.py").path, out]
          + firms.sorted())
      #expect(judge.status == 0, "\(firms.sorted()): \(judge.output)\(judge.error)")
      found = try JSONDecoder().decode(Attack.self, from: Data(judge.output.utf8))
    }
    return found
  }

  @Test(
    "HiGHS learns nothing of hidden firms from the board's reports of shipped parks",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func shipped() throws {
    var random = SeededGenerator(seed: 20_352_022)
    var attacked = 0
    var known = 0
    for name in ["kalundborg", "kwinana", "deep-c", "map-ta-phut", "mekong-agro"] {
      let park = Repository.park(name)
      let ids = try ParkReader.read(folder: park).0.enterprises.map(\.id).sorted()
      for hidden in 1...4 {
        var firms: Set<String> = []
        while firms.count < hidden { firms.insert(random.element(of: ids)) }
        let attack = try Self.attack(park, hiding: firms)
        attacked += attack.targets
        known += attack.knownFromExactTotals
      }
    }
    #expect(attacked > 30 && known > 0, "\(attacked) amounts, \(known) known from exact totals")
  }
}
