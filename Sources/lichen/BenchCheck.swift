import ArgumentParser
import Foundation
import LichenBench
import LichenDomain

struct BenchCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Tells everything that is wrong with an instance, at once.",
    discussion: """
      Every fault is told with its file, row and column; with one or more the exit code is 65.

      EXAMPLES
        lichen bench check Benchmarks/instances/classical/bk4x3
      """)

  @Argument(help: "Folder of the instance.", completion: .directory)
  var folder: String

  func run() throws {
    let (instance, warnings) = try InstanceReader.read(folder: URL(fileURLWithPath: folder))
    for warning in warnings { Console.note(warning.description) }
    Console.say(InstanceSummary(instance).text)
  }
}

/// An instance in a few lines.
struct InstanceSummary {
  let text: String

  init(_ instance: Instance) {
    let model = instance.model
    var lines = [
      "\(instance.name): \(Console.number(Double(model.supplies.count))) outputs, "
        + "\(Console.number(Double(model.needs.count))) inputs, "
        + "\(Console.number(Double(model.links.count))) links"
    ]
    func count(_ number: Int, _ one: String, _ many: String) {
      if number > 0 {
        lines.append("  \(Console.number(Double(number))) \(number == 1 ? one : many)")
      }
    }
    count(model.permits.count, "permit", "permits")
    count(model.facilities.count, "facility", "facilities")
    count(model.blends.count, "blend", "blends")
    count(model.measures.count, "measure", "measures")
    count(model.leastNeeds.count { $0 > 0 }, "demand that must be met", "demands that must be met")
    if let budget = model.capitalBudget { lines.append("  budget \(Console.number(budget))") }
    if let floor = model.carbonFloor { lines.append("  CO2 floor \(Console.number(floor))") }
    if let limit = model.partnerLimit { lines.append("  at most \(limit) partners") }
    count(
      instance.droppedLinkIDs.count, "link left out: it can carry nothing",
      "links left out: they can carry nothing")
    if let known = instance.bestKnown {
      lines.append(
        "  best known \(Console.number(known.objective, decimals: 2)), bound "
          + "\(Console.number(known.bound, decimals: 2))")
    }
    text = lines.joined(separator: "\n")
  }
}
