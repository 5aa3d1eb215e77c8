import ArgumentParser
import Foundation
import LichenBench
import LichenDomain
import LichenEngine
import LichenIO
import LichenMatching
import LichenPlanning

struct BenchConvert: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Turns a park or a classical text into an instance, or an instance into MPS or LP.",
    discussion: """
      What is made follows from the target: a name that ends in .mps or .lp is a program for other \
      solvers, any other name the folder of an instance.

      EXAMPLES
        lichen bench convert data/parks/kalundborg -o kalundborg-instance
        lichen bench convert kalundborg-instance -o kalundborg.mps
        lichen bench convert bk4x3.txt --form transportation -o bk4x3
        lichen bench convert capa.txt --form location --capacity 8000 -o capa-8000
      """)

  @Argument(
    help: "Folder or workbook of a park, folder of an instance, or a text with --form.",
    completion: .file())
  var source: String

  @Option(name: .shortAndLong, help: "Folder, or file that ends in .mps or .lp.")
  var output: String

  @Option(
    help: """
      The source is a text: transportation (m n, supplies, demands, then rows i j cost charge or \
      two matrices) or location (as in OR-Library).
      """)
  var form: ClassicalText.Form?

  @Option(help: "What the word 'capacity' in a location text stands for.")
  var capacity: Double?

  @Option(help: "Name of the instance made from a text; the file's name by default.")
  var name: String?

  @Option(help: "Where the figures of a text come from.") var origin = ""
  @Option(help: "Terms under which the figures of a text may be passed on.") var licence = ""
  @Option(help: "Best value known of a text's cost, to be kept with the instance.")
  var bestCost: Double?
  @Option(help: "Who proved that cost to be least.") var provedBy: String?

  @Flag(help: "Take the place of what is there.") var replace = false
  @OptionGroup var plan: PlanOptions
  @OptionGroup var data: DataOptions

  func validate() throws {
    for (value, flag) in [(capacity, "--capacity"), (bestCost, "--best-cost")] {
      if let value, !(value >= 0 && value.isFinite) {
        throw UsageError("\(flag) is \(value); it must be a number that is not below zero.")
      }
    }
    if form == nil, capacity != nil || bestCost != nil || provedBy != nil || name != nil {
      throw UsageError("--capacity, --name, --best-cost and --proved-by need --form.")
    }
  }

  func run() throws {
    let (instance, warnings) = try instance()
    for warning in warnings { Console.note(warning.description) }
    let url = URL(fileURLWithPath: output)
    switch url.pathExtension.lowercased() {
    case "mps": try AtomicFile.write(MPSWriter().text(for: program(instance)), to: url)
    case "lp": try AtomicFile.write(CPLEXLPWriter().text(for: program(instance)), to: url)
    default: try InstanceWriter.write(instance, to: url, replacing: replace)
    }
    Console.say(InstanceSummary(instance).text)
    Console.say("\(url.path) is written.")
  }

  private func program(_ instance: Instance) -> MIPModel {
    MIPBuilder(model: instance.model).program(maximising: .benefit)
  }

  private func instance() throws -> (Instance, [ValidationIssue]) {
    let url = URL(fileURLWithPath: source)
    if let form { return (try classical(url, form), []) }
    if InstanceReader.isInstance(url) { return try InstanceReader.read(folder: url) }
    let engine = try data.engine()
    let park = try engine.park(at: url)
    return (
      try engine.instance(park, options: plan.planning(park.settings)), park.warnings
    )
  }

  private func classical(_ url: URL, _ form: ClassicalText.Form) throws -> Instance {
    let text: String
    do {
      text = try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw EngineError.unreadable(path: source, reason: "it is no text in UTF-8")
    }
    let reader = ClassicalText(
      name: name ?? url.deletingPathExtension().lastPathComponent, source: origin,
      licence: licence, capacity: capacity)
    let instance = try reader.instance(text, form: form, file: url.lastPathComponent)
    guard let bestCost else { return instance }
    return instance.with(
      bestKnown: BestKnown(
        objective: -bestCost, bound: provedBy == nil ? nil : -bestCost, provedBy: provedBy ?? ""))
  }
}

extension ClassicalText.Form: ExpressibleByArgument {}
