import Foundation
import LichenBench
import LichenIO
import LichenPlanning

/// An instance's plan that many units found, judged once more as a whole.
struct MergedInstance {
  let instance: Instance
  let result: PlanSearchResult
  private let verdict: PlanVerdict

  /// - Throws: `RefusedPlan` if the judge does not accept the whole.
  init(_ merged: (instance: Instance, result: PlanSearchResult)) throws {
    (instance, result) = merged
    verdict = PlanJudge(instance.model).judge(
      NetworkPlan(flows: result.flows, isTaken: result.isTaken))
    if hasPlan, !verdict.isAccepted { throw RefusedPlan(count: verdict.violations.count) }
  }

  var hasPlan: Bool { [.optimal, .feasible].contains(result.status) }

  private var gap: Double? {
    MIPResult.relativeGap(incumbent: verdict.objective, bound: result.bound)
  }

  var text: String {
    """
    \(instance.name): \(instance.model.links.count) links in \(result.components.count) components
    value  \(Console.number(verdict.objective)), added up anew in exact arithmetic
    bound  \(Console.number(result.bound))
    gap    \(gap.map { Console.number($0 * 100, decimals: 3) + " %" } ?? "unknown")\(result.status == .optimal ? ", proven optimal" : "")
    links  \(verdict.openLinks) open
    """
  }

  private struct Summary: Encodable {
    let name: String
    let objective: Double
    let bound: Double
    let gap: Double?
    let status: MIPResult.Status
    let openLinks: Int
    let components: [ComponentSummary]
  }

  /// Writes `flows.csv`, what flows on every open link, and `plan.json`, what is proved of it.
  func write(to folder: URL) throws {
    var flows = "link,flow\n"
    for (link, flow) in result.flows.enumerated() where result.isOpen[link] {
      flows += "\(instance.model.linkNames[link]),\(flow)\n"
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    let summary = try encoder.encode(
      Summary(
        name: instance.name, objective: verdict.objective, bound: result.bound, gap: gap,
        status: result.status, openLinks: verdict.openLinks, components: result.components))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try AtomicFile.write(flows, to: folder.appendingPathComponent("flows.csv"))
    try AtomicFile.write(summary, to: folder.appendingPathComponent("plan.json"))
  }
}
