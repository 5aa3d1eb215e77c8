/// Rows of indices of different lengths in two flat arrays.
public struct RaggedArray: Sendable, Hashable {
  private var starts: [Int32] = [0]
  private var members: [Int32] = []

  public init() {}

  public init(_ rows: some Sequence<[Int]>) {
    for row in rows { append(row) }
  }

  public mutating func append(_ row: some Sequence<Int>) {
    members.append(contentsOf: row.lazy.map(Int32.init))
    starts.append(Int32(members.count))
  }

  /// Number of rows.
  public var count: Int { starts.count - 1 }
  public var isEmpty: Bool { count == 0 }
  /// Whether no row has a member.
  public var hasNoMembers: Bool { members.isEmpty }

  public subscript(row: Int) -> ArraySlice<Int32> {
    members[Int(starts[row])..<Int(starts[row + 1])]
  }
}
