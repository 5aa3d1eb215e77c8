import ArgumentParser
import Foundation
import LichenBench
import LichenCluster
import LichenEngine
import LichenIO
import LichenMatching
import LichenPlanning

struct ShardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shard", abstract: "Divides a plan into units for many processes or machines.",
    discussion: """
      Components are packed into units; a component too large for one is cut into blocks under shared \
      prices. A sweep, a JSON file that docs/scale.md describes, is divided into runs of algorithms on \
      instances and on scenarios of parks. Each unit is a folder of its own, named by the hash of what it holds; `lichen work` plans \
      one, `lichen merge` joins the results into one plan with one proven bound. Equal inputs give equal \
      plans, whoever works on which unit, and how often.

      EXAMPLES
        lichen shard my-region -o work --units 64
        seq 0 63 | xargs -P 8 -I{} lichen work work {}
        lichen merge work -o result
        lichen shard my-instance -o work --units 16 --rounds 3
        lichen shard my-sweep.json -o work --units 200
      """)

  @OptionGroup var park: ParkOptions
  @OptionGroup var plan: PlanOptions
  @OptionGroup var data: DataOptions

  @Option(name: .shortAndLong, help: "Folder of work to make.", completion: .directory)
  var output: String

  @Option(help: "How many units there should be.") var units = 16

  @Option(
    help: """
      Of a nation: receivers of each material to which an output is offered, the nearest first; 12 if absent.
      """)
  var nearest: Int?

  @Option(
    help: """
      Of a nation: units that make candidates, at least; as many as --units if absent, and so many that none has \
      more than 100,000 streams.
      """)
  var candidateUnits: Int?

  @Option(help: "How often blocks are planned, each time under better prices.") var rounds = 2

  @Option(
    help: """
      Components of half as many links more are cut into blocks of about so many; 0 never cuts.
      """)
  var blockLinks = 50_000

  func validate() throws {
    if !(1...1_000_000).contains(units) { throw UsageError("--units must be 1 to 1,000,000.") }
    if !(1...100).contains(rounds) { throw UsageError("--rounds must be 1 to 100.") }
    if let nearest, !(1...10_000).contains(nearest) {
      throw UsageError("--nearest must be 1 to 10,000.")
    }
    if let candidateUnits, !(1...1_000_000).contains(candidateUnits) {
      throw UsageError("--candidate-units must be 1 to 1,000,000.")
    }
    if blockLinks < 0 { throw UsageError("--block-links must be 0 or more.") }
  }

  func run() throws {
    let limits = PlanLimits(
      effort: plan.effort ?? PlanLimits().effort, gap: plan.gap, blockLinks: blockLinks)
    let target = URL(fileURLWithPath: output)
    let source = URL(fileURLWithPath: park.park)
    let news: Work.News = { text in
      if Console.showsProgress { Console.progress(text) }
    }
    let engine = try data.engine()
    let folder: WorkFolder
    if NationFolder.isNation(source) {
      folder = try engine.shard(
        NationFolder(source), options: plan.ofNation(), limits: limits,
        division: .init(
          candidateUnits: candidateUnits ?? units, nearest: nearest ?? 12,
          planUnits: units, rounds: rounds),
        to: target, news: news)
    } else if nearest != nil || candidateUnits != nil {
      throw UsageError("--nearest and --candidate-units are for nations.")
    } else if Sweep.isSweep(source) {
      try plan.checkOfInstance()
      folder = try SweepSource.shard(source, to: target, units: units, engine: engine)
    } else if InstanceReader.isInstance(source) {
      try plan.checkOfInstance()
      folder = try engine.work().shard(
        InstanceReader.read(folder: source).instance, to: target, limits: limits, units: units,
        rounds: rounds, news: news)
    } else {
      let checked = try park.load(engine)
      folder = try engine.shard(
        checked, options: plan.planning(checked.settings), limits: limits, units: units,
        rounds: rounds, to: target, news: news)
    }
    if Console.showsProgress { Console.endProgress() }
    if folder.manifest.purpose == .nation, let warnings = try? folder.nationRecord().warnings,
      warnings > 0
    {
      Console.note(
        "\(warnings) warnings about single zones; lichen check \(park.park)/zones/ZONE tells them")
    }
    Console.say(try ShardSummary(folder).text)
  }
}

extension PlanOptions {
  /// What a nation is planned for; everything else is a single park's.
  fileprivate func ofNation() throws -> Engine.NationOptions {
    let inTurn: Set<PlanObjective> = [.benefitThenCarbon, .carbonThenBenefit]
    let given: [(String, Bool)] = [
      ("--co2-floor", carbonFloor != nil), ("--require", !required.isEmpty),
      ("--forbid", !forbidden.isEmpty),
      ("--objective \(objective?.rawValue ?? "")", objective.map(inTurn.contains) ?? false),
    ]
    for (name, isGiven) in given where isGiven {
      throw UsageError("\(name) is for single parks, not for nations.")
    }
    return Engine.NationOptions(
      objective: objective, carbonPrice: carbonPrice, capitalBudget: budget,
      partnerLimit: partners)
  }

  /// An instance says itself what it is about.
  fileprivate func checkOfInstance() throws {
    let given: [(String, Bool)] = [
      ("--objective", objective != nil), ("--carbon-price", carbonPrice != nil),
      ("--budget", budget != nil), ("--co2-floor", carbonFloor != nil),
      ("--partners", partners != nil), ("--require", !required.isEmpty),
      ("--forbid", !forbidden.isEmpty),
    ]
    for (name, isGiven) in given where isGiven {
      throw UsageError("\(name) is for parks; an instance or a sweep says itself what it is about.")
    }
  }
}

/// What was divided into what.
struct ShardSummary {
  let text: String

  init(_ folder: WorkFolder) throws {
    var lines: [String] = []
    for (number, stage) in folder.manifest.stages.enumerated() {
      let range =
        stage.count == 1
        ? "unit \(stage.first)" : "units \(stage.first)-\(stage.indices.upperBound - 1)"
      guard let entries = try folder.entries(of: number) else {
        lines.append(
          "stage \(number + 1)  \(range): \(Self.name(stage.kind)), made by the stage before")
        continue
      }
      let links = entries.reduce(0) { $0 + $1.links }
      let bytes = entries.reduce(0) { $0 + $1.bytes }
      let longest = entries.map(\.seconds).max() ?? 0
      let largest = entries.map(\.megabytes).max() ?? 0
      lines.append(
        "stage \(number + 1)  \(range): \(Self.name(stage.kind)); \(Console.number(Double(links))) links, "
          + "\(Console.number(Double(bytes) / 1e6)) MB, up to about \(Console.number(longest)) s and "
          + "\(Console.number(largest)) MB of memory each")
    }
    text = lines.joined(separator: "\n")
  }

  private static func name(_ kind: WorkManifest.Stage.Kind) -> String {
    switch kind {
    case .candidates: "candidates of zones and materials"
    case .join: "candidates joined and divided"
    case .plan: "components and blocks"
    case .divide: "prices between blocks"
    case .run: "runs of algorithms"
    case .answer: "pieces of an analysis"
    }
  }
}
