import ArgumentParser
import Foundation
import LichenDomain
import LichenEngine
import LichenGraph
import LichenReport

struct CandidatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "candidates",
    abstract: "Lists every possible exchange with score, law and blockers.",
    discussion: """
      EXAMPLES
        lichen candidates data/parks/kalundborg
        lichen candidates data/parks/kalundborg --blocked
        lichen candidates my-park --json
      """)

  @OptionGroup var park: ParkOptions
  @OptionGroup var data: DataOptions
  @Flag(help: "Only candidates that something stands against.") var blocked = false
  @Flag(help: "Print as JSON.") var json = false

  func run() throws {
    let engine = try data.engine()
    let graph = CandidateGenerator(park: try park.load(engine)).graph()
    let language = try engine.language("en")
    let list = graph.candidates
    let candidates = list.indices.map { (index: $0, row: list.row($0)) }
      .filter { !blocked || !$0.row.isPlannable }
      .sorted { ($1.row.score, $0.index) < ($0.row.score, $1.index) }
    if json { return try printJSON(candidates.lazy.map { list[$0.index] }, language, graph.park) }
    let rows = candidates.map { entry in
      let candidate = list[entry.index]
      return [
        Console.number(candidate.score.total, decimals: 2), candidate.id,
        Console.number(candidate.transport.km, decimals: 1), candidate.verdict.effect.rawValue,
        Console.number(candidate.ledger.netMoneyPerUnit.typical, decimals: 2),
        candidate.blockers.map { blockerText($0, language: language, park: graph.park).what }
          .joined(separator: "; "),
      ]
    }
    let currency = graph.park.settings.currency
    Console.say(
      Console.table(
        ["score", "candidate", "km", "law", "\(currency)/unit", "blockers"], rows,
        right: [0, 2, 4]))
    let plannable = candidates.count(where: \.row.isPlannable)
    Console.say("\(candidates.count) candidates, \(plannable) of them can be planned.")
  }

  private struct Row: Encodable {
    var id: String
    var score: Double
    var parts: [String: Double]
    var km: Double?
    var law: String
    var rules: [String]
    var moneyPerUnit: Estimate
    var carbonKgPerUnit: Estimate
    var fixedCostPerYear: Estimate
    var maximumFlow: Double?
    var blockers: [[String: String]]
  }

  private func printJSON(_ candidates: some Sequence<Candidate>, _ language: Language, _ park: Park)
    throws
  {
    let rows = candidates.map { candidate in
      Row(
        id: candidate.id, score: candidate.score.total,
        parts: Dictionary(
          uniqueKeysWithValues: candidate.score.parts.map { ($0.key.rawValue, $0.value) }),
        km: candidate.transport.km, law: candidate.verdict.effect.rawValue,
        rules: candidate.verdict.applying.map(\.id.rawValue),
        moneyPerUnit: candidate.ledger.netMoneyPerUnit,
        carbonKgPerUnit: candidate.ledger.netCarbonPerUnit,
        fixedCostPerYear: candidate.ledger.fixedCost, maximumFlow: candidate.maximumFlow,
        blockers: candidate.blockers.map { blocker in
          let text = blockerText(blocker, language: language, park: park)
          return ["code": blocker.kind.rawValue, "what": text.what, "lift": text.lift]
        })
    }
    try Console.sayJSON(rows)
  }
}
