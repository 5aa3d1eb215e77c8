import LichenDomain
import LichenGraph
import LichenLaw
import LichenMatching

/// What becomes of one link, direct or a leg to or from a shared plant.
public struct LinkChange: Sendable, Hashable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case gained, lost, resized
  }

  public let kind: Kind
  /// Id of the candidate or leg.
  public let id: String
  public let from: EnterpriseID
  public let to: EnterpriseID
  /// The donor's word for it.
  public let stream: String
  /// Reference unit of what moves.
  public let unit: String
  /// Yearly quantity in the baseline; `nil` if it has no such link.
  public let before: Double?
  /// Yearly quantity in the scenario; `nil` if it has no such link.
  public let after: Double?
}

/// What one enterprise gains or loses per year.
public struct EnterpriseChange: Sendable, Hashable {
  public let enterprise: EnterpriseID
  /// Balance in the baseline and in the scenario [park currency/a].
  public let before: Double
  public let after: Double
  /// The same for CO2e [kg/a].
  public let carbonBefore: Double
  public let carbonAfter: Double
  /// The scenario's park does not have it, or the baseline's does not.
  public let isClosed: Bool
  public let isNew: Bool

  public var change: Double { after - before }
  public var carbonChange: Double { carbonAfter - carbonBefore }
}

/// A candidate that the law judges differently.
public struct VerdictChange: Sendable, Hashable {
  public let exchange: String
  public let before: LegalEffect
  public let after: LegalEffect
  /// Rules that decide in the baseline and in the scenario, ascending.
  public let rulesBefore: [RuleID]
  public let rulesAfter: [RuleID]
  /// Whether either plan builds it.
  public let isPlanned: Bool
}

/// How the plan under a scenario differs from that of the baseline.
public struct NetworkDifference: Sendable {
  /// In order of kind and id.
  public let links: [LinkChange]
  /// Enterprises of either park, in order of id.
  public let enterprises: [EnterpriseChange]
  /// Candidates of both parks with another verdict: those of a plan first, then in order of id; at
  /// most `mostVerdicts`.
  public let verdicts: [VerdictChange]
  /// How many candidates of both parks have another verdict.
  public let verdictCount: Int
  public let permitsGained: [PermitNeed]
  public let permitsLost: [PermitNeed]

  /// Verdicts that are told one by one; a decree may change those of a whole region.
  public static let mostVerdicts = 200

  /// - Complexity: O(n log n) for n candidates.
  public init(from base: PlannedScenario, to other: PlannedScenario) {
    links = Self.links(base, other)
    enterprises = Self.enterprises(base, other)
    (verdicts, verdictCount) = Self.verdicts(base, other)
    let (before, after) = (Self.permits(base), Self.permits(other))
    permitsGained = after.filter { !Set(before).contains($0) }
    permitsLost = before.filter { !Set(after).contains($0) }
  }

  private static func permits(_ planned: PlannedScenario) -> [PermitNeed] {
    planned.hasPlan ? planned.plan.permits : []
  }

  /// A link of a plan, as far as the comparison goes.
  private struct Built {
    let from: EnterpriseID
    let to: EnterpriseID
    let stream: String
    let unit: String
    let quantity: Double
  }

  private static func built(_ planned: PlannedScenario) -> [String: Built] {
    guard planned.hasPlan else { return [:] }
    let park = planned.plan.park
    var built: [String: Built] = [:]
    for exchange in planned.plan.exchanges {
      let output = exchange.candidate.output
      built[exchange.candidate.id] = Built(
        from: output.enterprise, to: exchange.candidate.input.enterprise, stream: output.name,
        unit: park.material(output.material)?.referenceUnit.id ?? "", quantity: exchange.quantity)
    }
    for leg in planned.plan.legs {
      let material = park.material(leg.leg.material)
      built[leg.leg.id] = Built(
        from: leg.leg.giver, to: leg.leg.taker,
        stream: leg.leg.output?.name ?? material?.names.english ?? "",
        unit: material?.referenceUnit.id ?? "", quantity: leg.quantity)
    }
    return built
  }

  private static func links(_ base: PlannedScenario, _ other: PlannedScenario) -> [LinkChange] {
    let (before, after) = (built(base), built(other))
    return Set(before.keys).union(after.keys).sorted().compactMap { id -> LinkChange? in
      let (old, new) = (before[id], after[id])
      guard let known = new ?? old else { return nil }
      let kind: LinkChange.Kind
      switch (old?.quantity, new?.quantity) {
      case (nil, _): kind = .gained
      case (_, nil): kind = .lost
      case (let old?, let new?):
        // A quantity that differs only by rounding is the same.
        guard abs(new - old) > 1e-6 * max(abs(old), abs(new)) else { return nil }
        kind = .resized
      }
      return LinkChange(
        kind: kind, id: id, from: known.from, to: known.to, stream: known.stream,
        unit: known.unit, before: old?.quantity, after: new?.quantity)
    }.sorted { ($0.kind.rawValue, $0.id) < ($1.kind.rawValue, $1.id) }
  }

  private static func enterprises(_ base: PlannedScenario, _ other: PlannedScenario)
    -> [EnterpriseChange]
  {
    func balances(_ planned: PlannedScenario) -> [EnterpriseID: Plan.EnterpriseBalance] {
      guard planned.hasPlan else { return [:] }
      return Dictionary(planned.plan.balances.map { ($0.enterprise.id, $0) }) { first, _ in first }
    }
    let (before, after) = (balances(base), balances(other))
    let (old, new) = (base.plan.park, other.plan.park)
    let ids = Set(old.enterprises.map(\.id)).union(new.enterprises.map(\.id))
    return ids.sorted().map { id in
      EnterpriseChange(
        enterprise: id, before: before[id]?.money.typical ?? 0,
        after: after[id]?.money.typical ?? 0, carbonBefore: before[id]?.carbon.typical ?? 0,
        carbonAfter: after[id]?.carbon.typical ?? 0, isClosed: new.enterprise(id) == nil,
        isNew: old.enterprise(id) == nil)
    }
  }

  private static func verdicts(_ base: PlannedScenario, _ other: PlannedScenario) -> (
    [VerdictChange], Int
  ) {
    let (old, new) = (base.graph.candidates, other.graph.candidates)
    let planned = Set(built(base).keys).union(built(other).keys)
    var changed: [(id: String, before: Int, after: Int)] = []
    var (i, j) = (0, 0)
    while i < old.count, j < new.count {
      let (left, right) = (old.id(i), new.id(j))
      if left == right {
        if old.row(i).effect != new.row(j).effect { changed.append((left, i, j)) }
        i += 1
        j += 1
      } else if left < right {
        i += 1
      } else {
        j += 1
      }
    }
    changed.sort {
      (planned.contains($0.id) ? 0 : 1, $0.id) < (planned.contains($1.id) ? 0 : 1, $1.id)
    }
    let told = changed.prefix(mostVerdicts).map { change in
      VerdictChange(
        exchange: change.id, before: old.row(change.before).effect,
        after: new.row(change.after).effect, rulesBefore: rules(old[change.before].verdict),
        rulesAfter: rules(new[change.after].verdict), isPlanned: planned.contains(change.id))
    }
    return (told, changed.count)
  }

  private static func rules(_ verdict: LegalVerdict) -> [RuleID] {
    verdict.deciding.map(\.id).sorted()
  }
}
