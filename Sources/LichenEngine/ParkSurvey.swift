import Foundation
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// How the engine fares on one park: what is known, what is found again, what the plan is worth.
public struct ParkSurvey: Sendable {
  public let name: String
  public let title: String
  public let year: Int
  public let enterprises: Int
  public let streams: Int
  /// Streams whose material nobody knows.
  public let unmatched: Int
  /// Streams with a typical flow of their sector.
  public let fromBlueprint: Int
  public let documented: Int
  /// Documented exchanges whose two ends are declared.
  public let declared: Int
  /// Of those, candidates with nothing but missing data against them.
  public let found: Int
  /// Of those, candidates that something stands against: exchange and kinds of blocker.
  public let blocked: [Remark]
  /// Documented exchanges that are no candidates: exchange and reason.
  public let missed: [Remark]
  public let planned: Int
  public let candidates: Int
  /// Candidates that can be planned and that nothing documents.
  public let undocumented: Int
  public let currency: Currency
  /// Net benefit [currency/a].
  public let money: Double
  /// Avoided [t CO2e/a].
  public let carbonTonnes: Double
  public let gap: Double
  public let status: MIPResult.Status
  /// Wall-clock time of finding candidates, planning and explaining.
  public let seconds: Double

  public struct Remark: Sendable, Hashable {
    public let exchange: String
    public let reasons: [String]
  }

  public init(_ result: MatchResult, seconds: Double) {
    let park = result.plan.park
    name = park.settings.name
    title = park.settings.title
    year = park.settings.baseYear
    enterprises = park.enterprises.count
    unmatched = park.unmatched.count
    let streams: [any LichenDomain.Stream] = park.outputs + park.inputs
    self.streams = streams.count + park.unmatched.count
    fromBlueprint = streams.count { $0.basis == .blueprint }
    let rediscovery = result.rediscovery
    documented = rediscovery.documented.count
    declared = rediscovery.declared.count
    found = rediscovery.declared.count(where: \.isFound)
    blocked = rediscovery.documented.filter { $0.outcome == .blocked }.map {
      Remark(
        exchange: $0.exchange.id,
        reasons: Set($0.candidate?.blockers.map(\.kind.rawValue) ?? []).sorted())
    }
    missed = rediscovery.documented.compactMap { item in
      switch item.outcome {
      case .endUndeclared: Remark(exchange: item.exchange.id, reasons: ["end not declared"])
      case .noRoute: Remark(exchange: item.exchange.id, reasons: ["no route"])
      default: nil
      }
    }
    planned = result.plan.exchanges.count
    candidates = result.graph.candidates.count
    let pairs = Set(
      park.exchanges.map {
        [$0.output.flatMap(park.index(ofOutput:)), $0.input.flatMap(park.index(ofInput:))]
      })
    undocumented = result.graph.candidates.rows.count {
      $0.isPlannable && !pairs.contains([Int($0.output), Int($0.input)])
    }
    currency = park.settings.currency
    money = result.plan.money.typical
    carbonTonnes = result.plan.carbon.typical / 1000
    gap = result.plan.certificate.gap
    status = result.plan.certificate.status
    self.seconds = seconds
  }
}

extension Engine {
  /// Plans a park and takes stock.
  /// - Throws: as `park(at:)` and `match`.
  public func survey(_ folder: URL, overrides: Overrides = Overrides(), clock: ContinuousClock)
    throws -> ParkSurvey
  {
    let park = try park(at: folder, overrides: overrides)
    let start = clock.now
    let result = try match(park, options: PlanningOptions(settings: park.settings))
    let duration = clock.now - start
    return ParkSurvey(result, seconds: duration / .seconds(1))
  }
}
