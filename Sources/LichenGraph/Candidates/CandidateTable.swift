import LichenDomain

/// Candidates as figures in flat arrays, in order of id.
struct CandidateTable: Sendable {
  private(set) var rows: [CandidateRow] = []
  /// Of all rows, one after the other; each row's in ascending order.
  private(set) var permits: [PermitCode] = []

  var count: Int { rows.count }

  func permits(of row: CandidateRow) -> ArraySlice<PermitCode> {
    permits[Int(row.firstPermit)..<Int(row.firstPermit) + Int(row.permitCount)]
  }

  mutating func append(_ row: CandidateRow, permits needed: some Sequence<PermitCode>) {
    var row = row
    row.firstPermit = Int32(permits.count)
    permits.append(contentsOf: needed)
    row.permitCount = UInt8(clamping: permits.count - Int(row.firstPermit))
    rows.append(row)
  }

  /// Puts the rows from `first` on into the order of ids.
  /// - Parameter rank: Of inputs in ids. Routes of one output are numbered in order of id.
  mutating func sort(from first: Int, rank: [Int32]) {
    rows[first...].sort {
      (rank[Int($0.input)], $0.route) < (rank[Int($1.input)], $1.route)
    }
  }

  /// Joins tables, each row's permits with it.
  init(joining parts: consuming [CandidateTable]) {
    rows.reserveCapacity(parts.reduce(0) { $0 + $1.rows.count })
    permits.reserveCapacity(parts.reduce(0) { $0 + $1.permits.count })
    for index in parts.indices {
      let shift = Int32(permits.count)
      permits += parts[index].permits
      for var row in parts[index].rows {
        row.firstPermit += shift
        rows.append(row)
      }
      parts[index] = CandidateTable()
    }
  }

  init() {}
}

/// Places of streams in the order of candidate ids.
///
/// An id is `output:input:route`, so that streams stand in it as if a colon ended them: `a-b:` comes
/// before `a:`.
struct StreamRanks: Sendable {
  /// Place among all in the order of ids, by place in the park.
  let rank: [Int32]
  /// Places in the park, in the order of ids.
  let order: [Int32]

  init(_ ids: some Sequence<StreamID>) {
    let ended = ids.map { "\($0):" }
    order = ended.indices.sorted { ended[$0] < ended[$1] }.map(Int32.init)
    var rank = [Int32](repeating: 0, count: ended.count)
    for (place, index) in order.enumerated() { rank[Int(index)] = Int32(place) }
    self.rank = rank
  }
}
