import LichenDomain
import LichenGraph
import LichenMatching

/// Levers of the legal rules that decide about exchanges of a park.
struct RuleLevers {
  let levers: [Lever]
  /// How many of them, at the beginning, decide about planned exchanges.
  let planned: Int

  /// Candidates whose verdict is read; a region has millions, and the rules of the first thousands are its rules.
  private static let mostRead = 3000

  init(_ baseline: PlannedScenario) {
    var counts: [RuleID: (planned: Int, others: Int)] = [:]
    for exchange in baseline.plan.exchanges {
      for rule in exchange.candidate.verdict.deciding {
        counts[rule.id, default: (0, 0)].planned += 1
      }
    }
    let list = baseline.graph.candidates
    let stride = max(1, list.count / Self.mostRead)
    for index in Swift.stride(from: 0, to: list.count, by: stride)
    where list.row(index).effect != .allowed {
      for rule in list[index].verdict.deciding { counts[rule.id, default: (0, 0)].others += 1 }
    }
    for rule in baseline.plan.park.rulesSwitchedOff { counts[rule] = counts[rule] ?? (0, 0) }
    let ordered = counts.sorted {
      ($1.value.planned, $1.value.others, $0.key) < ($0.value.planned, $0.value.others, $1.key)
    }
    let off = baseline.plan.park.rulesSwitchedOff
    planned = ordered.count { $0.value.planned > 0 }
    levers = ordered.map {
      Lever(
        "rule.\($0.key)", .rule($0.key), .either("on", "off"),
        baseline: off.contains($0.key) ? "off" : "on")
    }
  }
}
