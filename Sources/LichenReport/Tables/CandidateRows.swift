import LichenGraph

/// Rows of `candidates.csv`, each made when it is asked for.
public struct CandidateRows: RandomAccessCollection, Sendable {
  private let first: [TableColumn<Int>]
  private let facts: [TableColumn<Candidate>]
  private let last: [TableColumn<Int>]
  private let list: CandidateList

  init(_ columns: CandidateColumns, list: CandidateList) {
    first = columns.first
    facts = columns.facts
    last = columns.last
    self.list = list
  }

  var header: [String] { first.map(\.name) + facts.map(\.name) + last.map(\.name) }

  public var startIndex: Int { 0 }
  public var endIndex: Int { list.count }

  public subscript(index: Int) -> [String] {
    let candidate = list[index]
    var cells: [String] = []
    cells.reserveCapacity(first.count + facts.count + last.count)
    for column in first { cells.append(column.cell(index)) }
    for column in facts { cells.append(column.cell(candidate)) }
    for column in last { cells.append(column.cell(index)) }
    return cells
  }
}
