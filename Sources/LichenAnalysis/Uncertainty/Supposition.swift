import LichenDomain
import LichenGraph

/// A park in which every factor has one value; makes candidates as they would then be.
struct Supposition {
  let park: Park
  private let set: FactorSet
  private let values: [Double]
  private let changed: Set<Int>
  private let revaluer: CandidateRevaluer
  private let index: [UncertainFactor.Identity: Int]
  private let families: [RouteID: Route]

  /// - Parameter values: One per factor of `set`; those at their typical value change nothing.
  init(
    _ set: FactorSet, values: [Double], index: [UncertainFactor.Identity: Int],
    families: [RouteID: Route] = [:], in base: Park
  ) {
    self.set = set
    self.families = families
    self.values = values
    self.index = index
    var changed: Set<Int> = []
    var figures: [String: Double] = [:]
    var rates: [String: Double] = [:]
    var ruleCosts: [RuleID: Double] = [:]
    for (position, factor) in set.factors.enumerated()
    where values[position] != factor.range.typical {
      changed.insert(position)
      switch factor.identity {
      case .figure(let id): figures[id] = values[position]
      case .exchangeRate(let id): rates[id] = values[position]
      case .ruleCost(let id) where factor.range.typical != 0:
        ruleCosts[id] = values[position] / factor.range.typical
      default: break
      }
    }
    self.changed = changed
    park =
      figures.isEmpty && rates.isEmpty ? base : base.supposing(figures: figures, rates: rates)
    revaluer = CandidateRevaluer(park: park, ruleCosts: ruleCosts)
  }

  /// The candidate under the supposed values; itself if none of its factors has changed.
  func candidate(_ candidate: Candidate) -> Candidate {
    guard (set.byCandidate[candidate.id] ?? []).contains(where: changed.contains) else {
      return candidate
    }
    let route = supposedRoute(of: candidate)
    var output = candidate.output
    var input = candidate.input
    if let yearly = quantity(of: output, .output) { output = output.supposing(yearly: yearly) }
    if let yearly = quantity(of: input, .input) { input = input.supposing(yearly: yearly) }
    return revaluer.revalued(candidate, output: output, input: input, route: route)
  }

  private func supposedRoute(of candidate: Candidate) -> Route {
    if let family = candidate.route.workedOutFrom, let row = families[family] {
      let supposed = row.supposing(
        ratio: value(.routeRatio(family)), treatmentCost: value(.treatmentCost(family)))
      return revaluer.route(by: supposed, from: candidate.output, to: candidate.input)
        ?? candidate.route
    }
    return candidate.route.supposing(
      ratio: value(.routeRatio(candidate.route.id)),
      treatmentCost: value(.treatmentCost(candidate.route.id)))
  }

  /// The supposed park with the streams of these candidates.
  func parkWithStreams(of candidates: [Candidate]) -> Park {
    park.supposing(
      outputs: Dictionary(candidates.map { ($0.output.id, $0.output) }) { first, _ in first },
      inputs: Dictionary(candidates.map { ($0.input.id, $0.input) }) { first, _ in first })
  }

  private func value(_ identity: UncertainFactor.Identity) -> Double? {
    index[identity].map { values[$0] }
  }

  /// Supposed yearly quantity; `nil` where the stream keeps its own.
  private func quantity(of stream: some Stream, _ kind: StreamKind) -> Double? {
    guard let made = set.blueprints[stream.id] else { return value(.stream(stream.id)) }
    let size = value(.size(made.enterprise)) ?? made.scale.size.typical
    let perSize =
      value(.sizeRate(sector: made.sector, made.scale.measure)) ?? made.scale.perSize.typical
    let amount =
      value(.coefficient(sector: made.sector, kind, made.flow.name)) ?? made.flow.amount.typical
    return size * perSize * amount * made.unitFactor
  }
}
