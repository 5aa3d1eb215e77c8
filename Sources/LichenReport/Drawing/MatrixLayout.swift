import LichenDomain

/// Size of a matrix drawing [px].
struct MatrixFormat: Sendable {
  let width: Double
  let labelWidth: Double
  /// Length of the slanting names of columns.
  let headLength: Double
  let totalWidth: Double
  let fontSize: Double
  let mostRows: Int
  let mostColumns: Int
  /// Widest cell.
  let widest: Double

  static let wide = MatrixFormat(
    width: 860, labelWidth: 196, headLength: 132, totalWidth: 62, fontSize: 12, mostRows: 30,
    mostColumns: 24, widest: 40)
  static let narrow = MatrixFormat(
    width: 340, labelWidth: 94, headLength: 74, totalWidth: 44, fontSize: 10.5, mostRows: 22,
    mostColumns: 10, widest: 34)

  var lineHeight: Double { fontSize * 1.25 }
}

/// Who gives how much to whom, with the sums at the edges.
struct MatrixLayout: Sendable {
  struct Cell: Sendable {
    let row: Int
    let column: Int
    let ranks: [Int]
    /// By legal status, mildest first, [t/a]; without those that have no mass.
    let parts: [(effect: LegalEffect, tonnes: Double)]
    /// Strictest status in it.
    let effect: LegalEffect

    /// [t/a]
    var tonnes: Double { parts.reduce(0) { $0 + $1.tonnes } }
  }

  let rows: [FlowGroups.Node]
  let columns: [FlowGroups.Node]
  /// In order of row and column.
  let cells: [Cell]
  /// [t/a]
  let rowTotals: [Double]
  let columnTotals: [Double]
  let isCut: Bool

  /// - Parameters:
  ///   - flows: In order of rank.
  ///   - groups: Makes the groups of a side from the weights of its members.
  init(
    _ flows: [PlannedFlow], format: MatrixFormat,
    groups: (_ weights: [String: Double], _ limit: Int) -> FlowGroups
  ) {
    let donors = Self.side(flows, \.donor, limit: format.mostRows, groups)
    let receivers = Self.side(flows, \.receiver, limit: format.mostColumns, groups)
    rows = donors.nodes
    columns = receivers.nodes
    isCut = donors.groups.isCut || receivers.groups.isCut
    struct Place: Hashable {
      let row: Int
      let column: Int
    }
    let rowOf = Self.places(donors.nodes)
    let columnOf = Self.places(receivers.nodes)
    var members: [Place: [PlannedFlow]] = [:]
    for flow in flows {
      guard let row = rowOf[donors.groups.node(flow.donor.rawValue).key],
        let column = columnOf[receivers.groups.node(flow.receiver.rawValue).key]
      else { continue }
      members[Place(row: row, column: column), default: []].append(flow)
    }
    cells = members.sorted { ($0.key.row, $0.key.column) < ($1.key.row, $1.key.column) }.map {
      place, flows in
      let effects = Dictionary(grouping: flows.filter { $0.tonnes != nil }, by: \.effect)
      return Cell(
        row: place.row, column: place.column, ranks: flows.map(\.rank),
        parts: effects.sorted { $0.key < $1.key }.map { effect, flows in
          (effect, flows.reduce(0) { $0 + ($1.tonnes ?? 0) })
        }, effect: flows.map(\.effect).max() ?? .allowed)
    }
    var rowTotals = [Double](repeating: 0, count: donors.nodes.count)
    var columnTotals = [Double](repeating: 0, count: receivers.nodes.count)
    for cell in cells {
      rowTotals[cell.row] += cell.tonnes
      columnTotals[cell.column] += cell.tonnes
    }
    self.rowTotals = rowTotals
    self.columnTotals = columnTotals
  }

  /// Largest cell between two named enterprises, which sets the scale: "n others" would flatten all else;
  /// any cell where there is none [t/a].
  var largest: Double {
    let named = cells.filter { !rows[$0.row].isGroup && !columns[$0.column].isGroup }
    return (named.isEmpty ? cells : named).map(\.tonnes).max() ?? 0
  }

  /// [t/a]
  var total: Double { rowTotals.reduce(0, +) }

  private static func places(_ nodes: [FlowGroups.Node]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.key, $0) })
  }

  /// Nodes of one side, heaviest first, groups last.
  private static func side(
    _ flows: [PlannedFlow], _ end: KeyPath<PlannedFlow, EnterpriseID>, limit: Int,
    _ groups: ([String: Double], Int) -> FlowGroups
  ) -> (nodes: [FlowGroups.Node], groups: FlowGroups) {
    var weights: [String: Double] = [:]
    for flow in flows { weights[flow[keyPath: end].rawValue, default: 0] += flow.tonnes ?? 0 }
    let made = groups(weights, limit)
    var sums: [FlowGroups.Node: Double] = [:]
    for (key, weight) in weights.sorted(by: { $0.key < $1.key }) {
      sums[made.node(key), default: 0] += weight
    }
    let nodes = sums.keys.sorted {
      ($0.isGroup ? 1 : 0, -(sums[$0] ?? 0), $0.key) < ($1.isGroup ? 1 : 0, -(sums[$1] ?? 0), $1.key)
    }
    return (nodes, made)
  }
}
