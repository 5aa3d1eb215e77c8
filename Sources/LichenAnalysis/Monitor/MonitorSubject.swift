import LichenDomain
import LichenGraph
import LichenMatching

/// What is monitored: an exchange between two streams, or a measure, under all the names that the
/// park's tables give it. Two routes between the same two streams are one exchange.
public struct MonitorSubject: Sendable {
  public enum Kind: String, Sendable, Codable {
    case exchange, measure
  }

  /// Id of the exchange or option, else `OUTPUT:INPUT`.
  public let id: String
  public let kind: Kind
  /// Who takes part: donor and receiver, or the enterprise of the measure.
  public let enterprises: [EnterpriseID]
  public let output: OutputStream?
  public let input: InputStream?
  /// Row of exchanges.csv that means it, whatever its years.
  let row: ExchangeRow?
  /// What the plan builds between the two streams.
  let planned: [PlannedExchange]
  /// By whose ledger it is counted: the plan's, else the one that comes nearest to being planned.
  let candidate: Candidate?
  let measure: PricedMeasure?
  /// The plan takes the measure.
  let isTaken: Bool
  /// In order of name.
  let names: [String]

  public var isPlanned: Bool { !planned.isEmpty || isTaken }

  /// What the plan moves, or the measure changes [reference units/a]; `nil` when neither is known.
  public var plannedQuantity: Double? {
    switch kind {
    case .exchange: planned.isEmpty ? nil : planned.reduce(0) { $0 + $1.quantity }
    case .measure: measure?.option.stream == nil ? nil : measure.map { abs($0.option.change) }
    }
  }

  /// Reference unit of its quantity; `nil` when no stream is known.
  func unit(in park: Park) -> String? {
    stream.flatMap { park.material($0.material)?.referenceUnit.id }
  }

  /// The stream whose amount is reported.
  var stream: (any Stream)? { kind == .exchange ? output : output ?? input }
}

/// Finds the subjects of a park's tables and plan.
struct SubjectBook {
  /// In order of kind and id.
  private(set) var subjects: [MonitorSubject] = []

  private let plan: Plan
  private let generator: CandidateGenerator

  /// - Complexity: O(subjects · routes between two streams).
  init(plan: Plan) {
    self.plan = plan
    generator = CandidateGenerator(park: plan.park)
    addExchanges()
    addMeasures()
  }

  /// `OUTPUT:INPUT` of a name that may carry a route.
  static func pair(_ name: String) -> String {
    name.split(separator: ":", omittingEmptySubsequences: false).prefix(2).joined(separator: ":")
  }

  private mutating func addExchanges() {
    let park = plan.park
    var rows: [String: [ExchangeRow]] = [:]
    for row in park.declaration.exchanges {
      let isPair = !row.output.isEmpty && !row.input.isEmpty
      rows[isPair ? "\(row.output):\(row.input)" : row.id, default: []].append(row)
    }
    let planned = Dictionary(
      grouping: plan.exchanges, by: { "\($0.candidate.output.id):\($0.candidate.input.id)" })
    let spoken = Set(park.actuals.map(\.subject) + park.progress.map(\.subject))
    let current = Set(park.exchanges.map(\.id))
    let aliases = Dictionary(grouping: spoken.filter { $0.contains(":") }, by: Self.pair)
    let keys = Set(rows.keys).union(planned.keys).union(aliases.keys)
    for key in keys.sorted() {
      // Of several rows for the same streams, one that holds speaks for them.
      let own = (rows[key] ?? []).sorted {
        (current.contains($0.id) ? 0 : 1, $0.id) < (current.contains($1.id) ? 0 : 1, $1.id)
      }
      // Of exchanges that no longer hold only those are told that the tables speak of.
      let isCurrent = own.contains { current.contains($0.id) }
      let names = own.map(\.id) + (aliases[key] ?? []) + (key.contains(":") ? [key] : [])
      let isSpoken = names.contains(where: spoken.contains)
      guard isCurrent || isSpoken || planned[key] != nil else { continue }
      subjects.append(
        exchange(key, rows: own, planned: planned[key] ?? [], names: Set(names).sorted()))
    }
    subjects.sort { $0.id < $1.id }
  }

  private func exchange(
    _ key: String, rows: [ExchangeRow], planned: [PlannedExchange], names: [String]
  ) -> MonitorSubject {
    let park = plan.park
    let parts = key.split(separator: ":").map(String.init)
    let row = rows.first
    let output = (parts.count > 1 ? StreamID(parts[0]) : row.flatMap { StreamID($0.output) })
      .flatMap { park.output($0) }
    let input = (parts.count > 1 ? StreamID(parts[1]) : row.flatMap { StreamID($0.input) })
      .flatMap { park.input($0) }
    let ends =
      [row.flatMap { EnterpriseID($0.from) } ?? output?.enterprise]
      + [row.flatMap { EnterpriseID($0.to) } ?? input?.enterprise]
    let own = planned.sorted { ($1.quantity, $0.candidate.id) < ($0.quantity, $1.candidate.id) }
    return MonitorSubject(
      id: row?.id ?? key, kind: .exchange, enterprises: ends.compactMap { $0 }, output: output,
      input: input, row: row, planned: own,
      candidate: own.first?.candidate
        ?? output.flatMap { out in input.flatMap { candidate(from: out, to: $0, names: names) } },
      measure: nil, isTaken: false, names: names)
  }

  /// The route that a name gives, else the one with the fewest obstacles, else the best paid.
  private func candidate(from output: OutputStream, to input: InputStream, names: [String])
    -> Candidate?
  {
    generator.candidates(from: output, to: input).min {
      (
        names.contains($0.id) ? 0 : 1, $0.blockers.count, -($0.bestMoneyPerYear ?? 0), $0.id
      ) < (
        names.contains($1.id) ? 0 : 1, $1.blockers.count, -($1.bestMoneyPerYear ?? 0), $1.id
      )
    }
  }

  private mutating func addMeasures() {
    let taken = Set(plan.measures.map(\.option.id))
    for measure in MeasureBook(park: plan.park).measures {
      let option = measure.option
      subjects.append(
        MonitorSubject(
          id: option.id.rawValue, kind: .measure, enterprises: [option.enterprise],
          output: option.stream.flatMap { plan.park.output($0) },
          input: option.stream.flatMap { plan.park.input($0) }, row: nil, planned: [],
          candidate: nil, measure: measure, isTaken: taken.contains(option.id),
          names: [option.id.rawValue]))
    }
  }
}
