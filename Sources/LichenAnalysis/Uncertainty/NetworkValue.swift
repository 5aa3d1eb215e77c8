import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// What a built network is worth once its figures are known: links, permits and measures are paid
/// for, flows follow the figures.
///
/// maximise Σ v·x over 0 ≤ x ≤ u with Σ x ≤ s per output and Σ ρ·x ≤ d per input, less all fixed
/// costs; mixtures keep their limits; a link may lie idle, but a flow below its smallest lot is none, and what the plan must
/// keep flows at least its lot. v, u, s, d, ρ are those of the supposed figures.
struct NetworkValue {
  /// In the objective of the plan.
  let objective: Double
  /// [park currency/a]
  let money: Double
  /// [kg CO2e/a avoided]
  let carbon: Double
}

/// A network to be valued again and again.
struct BuiltNetwork: Hashable {
  /// Ids of candidates, ascending.
  let candidates: [String]
  /// Ids of the measures taken, ascending.
  let measures: [OptionID]

  init(_ plan: Plan) {
    candidates = plan.exchanges.map(\.candidate.id).sorted()
    measures = plan.measures.map(\.option.id).sorted()
  }
}

/// Values built networks under suppositions.
struct NetworkValuer {
  private let weights: PlanningModel.Weights
  private let solver: any MIPSolver
  /// By id.
  private let candidates: [String: Candidate]
  private let required: Set<String>

  /// - Parameter required: Ids of candidates that must flow.
  init(
    candidates: [Candidate], required: Set<String>, weights: PlanningModel.Weights,
    solver: any MIPSolver
  ) {
    self.candidates = Dictionary(candidates.map { ($0.id, $0) }) { first, _ in first }
    self.required = required
    self.weights = weights
    self.solver = solver
  }

  /// - Throws: `MIPSolverError` if the back end fails.
  func value(of network: BuiltNetwork, under supposition: Supposition) throws -> NetworkValue {
    var money = 0.0
    var carbon = 0.0
    var permits: [PermitNeed.Key: Double] = [:]
    var links: [Flow] = []
    let taken = Set(network.measures)
    let measures =
      taken.isEmpty
      ? [] : MeasureBook(park: supposition.park).measures.filter { taken.contains($0.option.id) }
    for measure in measures {
      money += measure.money.typical
      carbon += measure.carbon.typical
    }
    for id in network.candidates {
      guard let known = candidates[id] else { continue }
      let candidate = supposition.candidate(known)
      money -= candidate.ledger.fixedCost.typical
      carbon += candidate.ledger.fixed.compactMap(\.carbon.value?.typical).reduce(0, +)
      for permit in candidate.permits { permits[permit.key] = permit.annual.value?.typical ?? 0 }
      links.append(Flow(candidate, measures: measures, isRequired: required.contains(id)))
    }
    money -= permits.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
    for part in Self.parts(links) {
      let flows = try best(part)
      for (link, flow) in zip(part, flows) {
        money += link.money * flow
        carbon += link.carbon * flow
      }
    }
    return NetworkValue(
      objective: weights.money * money + weights.carbon * carbon, money: money, carbon: carbon)
  }

  /// A link with the figures of a supposition.
  private struct Flow {
    let output: StreamID
    let input: StreamID
    let money: Double
    let carbon: Double
    let ratio: Double
    let supply: Double
    let need: Double
    let lower: Double
    let isRequired: Bool
    let mixtures: [MixtureTerm]

    init(_ candidate: Candidate, measures: [PricedMeasure], isRequired: Bool) {
      output = candidate.output.id
      input = candidate.input.id
      money = candidate.ledger.netMoneyPerUnit.typical
      carbon = candidate.ledger.netCarbonPerUnit.typical
      ratio = candidate.route.ratio.typical
      func shift(_ stream: StreamID) -> Double {
        measures.filter { $0.option.stream == stream }.reduce(0) { $0 + $1.option.change }
      }
      supply = max(
        0, (candidate.output.quantity?.yearly.typical ?? 0) + shift(candidate.output.id))
      need =
        max(0, (candidate.input.quantity?.yearly.typical ?? 0) + shift(candidate.input.id))
        * candidate.input.maximumShare
      lower = candidate.minimumFlow
      mixtures = candidate.mixtures
      self.isRequired = isRequired
    }

    var upper: Double { min(supply, need / ratio) }
  }

  /// Links that share a stream stand together; parts in order of their first link.
  private static func parts(_ links: [Flow]) -> [[Flow]] {
    var parts: [[Flow]] = []
    for link in links {
      let touching = parts.indices.filter { part in
        parts[part].contains { $0.output == link.output || $0.input == link.input }
      }
      guard let first = touching.first else {
        parts.append([link])
        continue
      }
      parts[first].append(link)
      for other in touching.dropFirst().reversed() {
        parts[first] += parts[other]
        parts.remove(at: other)
      }
    }
    return parts
  }

  private func worth(_ link: Flow) -> Double {
    weights.money * link.money + weights.carbon * link.carbon
  }

  private func best(_ part: [Flow]) throws -> [Double] {
    if part.count == 1, let link = part.first, link.mixtures.allSatisfy({ $0.excessPerUnit <= 0 }) {
      return [alone(link)]
    }
    if part.allSatisfy({ worth($0) <= 0 && !$0.isRequired }) { return part.map { _ in 0 } }
    let program = program(part)
    let result = try solver.solve(program, options: MIPOptions(), control: SolveControl())
    guard let values = result.values else { return part.map { _ in 0 } }
    return zip(part, values).map { $0.upper * min(1, max(0, $1)) }
  }

  private func alone(_ link: Flow) -> Double {
    let upper = link.upper
    guard upper > 0, link.lower <= upper else { return 0 }
    return worth(link) > 0 ? upper : link.isRequired ? link.lower : 0
  }

  /// Flows as shares of their upper bounds, as the planner writes them.
  private func program(_ part: [Flow]) -> MIPModel {
    var program = MIPModel(name: "recourse")
    for (index, link) in part.enumerated() {
      let isPossible = link.upper > 0 && link.lower <= link.upper
      program.addColumn(
        MIPColumn(
          name: "flow_\(index)", lower: 0, upper: isPossible ? 1 : 0,
          objective: worth(link) * link.upper))
    }
    for (index, link) in part.enumerated() where link.lower > 0 && link.lower <= link.upper {
      let open = program.addColumn(
        MIPColumn(
          name: "open_\(index)", lower: link.isRequired ? 1 : 0, upper: 1, isInteger: true))
      program.addRow(MIPRow(name: "most_\(index)", upper: 0, entries: [(index, 1), (open, -1)]))
      program.addRow(
        MIPRow(
          name: "least_\(index)", lower: 0,
          entries: [(index, 1), (open, -link.lower / link.upper)]))
    }
    for (name, limits) in [("supply", \Flow.output), ("need", \Flow.input)] {
      let groups = Dictionary(grouping: part.indices) { part[$0][keyPath: limits] }
      for (stream, members) in groups.sorted(by: { $0.key < $1.key }) where members.count > 1 {
        let isSupply = name == "supply"
        let limit = isSupply ? part[members[0]].supply : part[members[0]].need
        guard limit > 0 else { continue }
        program.addRow(
          MIPRow(
            name: "\(name)_\(stream)", upper: 1,
            entries: members.map {
              ($0, (isSupply ? 1 : part[$0].ratio) * part[$0].upper / limit)
            }))
      }
    }
    for (name, terms) in Self.mixtures(part) {
      let entries = terms.map { ($0, $1 * part[$0].upper) }
      let scale = entries.map { abs($0.1) }.max() ?? 0
      guard scale > 0 else { continue }
      program.addRow(
        MIPRow(name: "blend_\(name)", upper: 0, entries: entries.map { ($0, $1 / scale) }))
    }
    return program
  }

  /// Limits on mixtures that some link exceeds, by name; each with its links and their excess.
  private static func mixtures(_ part: [Flow]) -> [(String, [(Int, Double)])] {
    var terms: [String: [(Int, Double)]] = [:]
    for (index, link) in part.enumerated() {
      for term in link.mixtures {
        terms["\(link.input):\(term.property):\(term.side.rawValue)", default: []]
          .append((index, term.excessPerUnit))
      }
    }
    return terms.filter { $0.value.contains { $0.1 > 0 } }.sorted { $0.key < $1.key }
  }
}
