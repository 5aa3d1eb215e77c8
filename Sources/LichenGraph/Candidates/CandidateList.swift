import LichenDomain

/// The candidates of a park, in order of id: figures at hand, everything else made when asked for.
///
/// `row(_:)` costs nothing; an element is made anew each time, with its ledger, verdict and reasons, so
/// that a loop over many candidates should read rows.
public struct CandidateList: RandomAccessCollection, Sendable {
  private let content: Content
  /// The one whose blockers are lifted, if any.
  private var lifted: Int?

  /// Shared by all copies of a list.
  private final class Content: Sendable {
    let park: Park
    let table: CandidateTable
    let outputs: StreamRanks
    let inputs: StreamRanks
    let routes: [Route]
    let source: Source

    init(
      park: Park, table: CandidateTable, outputs: StreamRanks, inputs: StreamRanks,
      routes: [Route], source: Source
    ) {
      self.park = park
      self.table = table
      self.outputs = outputs
      self.inputs = inputs
      self.routes = routes
      self.source = source
    }
  }

  /// Where full candidates come from.
  private enum Source: Sendable {
    case generator(CandidateGenerator, PermitCodes)
    /// In order of id, with all their needs.
    case given([Candidate], [PermitCode: PermitNeed])
  }

  init(
    table: CandidateTable, outputs: StreamRanks, inputs: StreamRanks, routes: [Route],
    codes: PermitCodes, generator: CandidateGenerator
  ) {
    content = Content(
      park: generator.park, table: table, outputs: outputs, inputs: inputs, routes: routes,
      source: .generator(generator, codes))
  }

  /// Candidates of `park` that were made elsewhere, each once.
  init(_ candidates: [Candidate], of park: Park) {
    let sorted = candidates.sorted { $0.id < $1.id }
    let codes = PermitCodes(park: park, permits: PermitBook(park: park))
    var table = CandidateTable()
    var needs: [PermitCode: PermitNeed] = [:]
    for (index, candidate) in sorted.enumerated() {
      for need in candidate.permits { needs[codes.code(need.key)] = need }
      table.append(
        CandidateRow(candidate, route: Int32(index), in: park),
        permits: candidate.permits.map { codes.code($0.key) })
    }
    content = Content(
      park: park, table: table, outputs: StreamRanks(park.outputs.lazy.map(\.id)),
      inputs: StreamRanks(park.inputs.lazy.map(\.id)), routes: sorted.map(\.route),
      source: .given(sorted, needs))
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { content.table.count }

  /// The candidate in full.
  /// - Complexity: O(lines of its ledger), some microseconds.
  public subscript(index: Int) -> Candidate {
    let candidate = stored(index)
    return index == lifted ? candidate.withoutBlockers() : candidate
  }

  private func stored(_ index: Int) -> Candidate {
    switch content.source {
    case .given(let candidates, _): return candidates[index]
    case .generator(let generator, _):
      let row = content.table.rows[index]
      let output = content.park.outputs[Int(row.output)]
      let input = content.park.inputs[Int(row.input)]
      guard let donor = content.park.index(ofEnterprise: output.enterprise),
        let receiver = content.park.index(ofEnterprise: input.enterprise)
      else { preconditionFailure("streams of a checked park belong to an enterprise") }
      return generator.candidate(
        output, input, content.routes[Int(row.route)], donor: donor, receiver: receiver)
    }
  }

  /// The figures of a candidate. O(1).
  public func row(_ index: Int) -> CandidateRow {
    var row = content.table.rows[index]
    if index == lifted { row.blockers = [] }
    return row
  }

  /// Figures of all candidates, in order of id.
  public var rows: some RandomAccessCollection<CandidateRow> { indices.lazy.map { row($0) } }

  /// `output:input:route`.
  public func id(_ index: Int) -> String {
    switch content.source {
    case .given(let candidates, _): return candidates[index].id
    case .generator:
      let row = content.table.rows[index]
      return Candidate.id(
        output: content.park.outputs[Int(row.output)].id,
        input: content.park.inputs[Int(row.input)].id, route: content.routes[Int(row.route)].id)
    }
  }

  /// Permits that a candidate needs, ascending.
  public func permits(of row: CandidateRow) -> ArraySlice<PermitCode> {
    content.table.permits(of: row)
  }

  /// What a code stands for.
  public func need(_ code: PermitCode) -> PermitNeed {
    switch content.source {
    case .generator(_, let codes): return codes.need(code)
    case .given(_, let needs):
      guard let need = needs[code] else { preconditionFailure("a code of another list") }
      return need
    }
  }

  /// Candidates between two streams, by one route or by any, ascending.
  /// - Complexity: O(log n + candidates of the output).
  public func indices(from output: StreamID, to input: StreamID, by route: RouteID? = nil)
    -> [Int]
  {
    guard let source = content.park.index(ofOutput: output),
      let target = content.park.index(ofInput: input)
    else { return [] }
    let rows = content.table.rows
    let rank = content.outputs.rank
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      let isBefore = rows[middle].output < 0 || rank[Int(rows[middle].output)] < rank[source]
      if isBefore { low = middle + 1 } else { high = middle }
    }
    var found: [Int] = []
    while low < rows.count, Int(rows[low].output) == source {
      if Int(rows[low].input) == target,
        route.map({ $0 == content.routes[Int(rows[low].route)].id }) ?? true
      {
        found.append(low)
      }
      low += 1
    }
    return found
  }

  /// Candidates between the same two streams, itself included, ascending.
  public func alternatives(to index: Int) -> [Int] {
    let row = content.table.rows[index]
    return indices(
      from: content.park.outputs[Int(row.output)].id, to: content.park.inputs[Int(row.input)].id)
  }

  /// Place of a candidate of this park; `nil` if the list does not have it.
  public func index(of candidate: Candidate) -> Int? {
    indices(from: candidate.output.id, to: candidate.input.id, by: candidate.route.id).first
  }

  /// The same list with one candidate's blockers lifted.
  func lifting(_ index: Int) -> CandidateList {
    var list = self
    list.lifted = index
    return list
  }
}
