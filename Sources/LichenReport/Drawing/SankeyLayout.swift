import LichenDomain

/// Size of a Sankey drawing [px].
struct SankeyFormat: Sendable {
  let width: Double
  /// Left edge of each column of nodes.
  let columns: [Double]
  let nodeWidth: Double
  /// Height that all flows of the fullest column take.
  let flowHeight: Double
  let fontSize: Double
  let labelWidth: [Double]
  /// Most nodes of a column.
  let most: Int

  static let wide = SankeyFormat(
    width: 860, columns: [206, 400, 646], nodeWidth: 8, flowHeight: 380, fontSize: 13,
    labelWidth: [196, 190, 196], most: 30)
  /// For the middle of a what-if page.
  static let room = SankeyFormat(
    width: 816, columns: [190, 392, 612], nodeWidth: 8, flowHeight: 220, fontSize: 12.5,
    labelWidth: [182, 190, 190], most: 14)
  static let narrow = SankeyFormat(
    width: 340, columns: [84, 166, 249], nodeWidth: 7, flowHeight: 330, fontSize: 11.2,
    labelWidth: [75, 70, 78], most: 18)
  /// From donors straight to receivers.
  static let wideDirect = SankeyFormat(
    width: 860, columns: [236, 616], nodeWidth: 8, flowHeight: 380, fontSize: 13,
    labelWidth: [226, 226], most: 30)
  static let narrowDirect = SankeyFormat(
    width: 340, columns: [110, 223], nodeWidth: 7, flowHeight: 330, fontSize: 11.2,
    labelWidth: [102, 102], most: 18)

  /// Whether labels carry their amount in the same line as the name.
  var isWide: Bool { width > 500 }
  var lineHeight: Double { fontSize * 1.18 }
}

/// Places flows between columns of nodes, such as donors, materials and receivers, with few crossings.
struct SankeyLayout: Sendable {
  struct Flow: Sendable {
    /// Of the exchanges that it holds.
    let ranks: [Int]
    /// Its node in each column.
    let keys: [String]
    let tonnes: Double
    let effect: LegalEffect
  }

  struct Node: Sendable {
    let key: String
    let tonnes: Double
    let top: Double
    let height: Double
  }

  /// One flow between two neighbouring columns; its middle lines and height.
  struct Ribbon: Sendable {
    let flow: Int
    let fromColumn: Int
    let left: Double
    let right: Double
    let height: Double
  }

  let flows: [Flow]
  /// Nodes of each column, top to bottom.
  let columns: [[Node]]
  let ribbons: [Ribbon]
  let height: Double

  /// Heights below this cannot be seen [px].
  static let floor = 1.6
  private static let headroom = 26.0

  /// - Parameters:
  ///   - floor: Least height of a flow [px].
  ///   - labelHeight: Height of the label of a node, by column and key [px].
  init(
    _ flows: [Flow], format: SankeyFormat, floor: Double = Self.floor,
    labelHeight: (Int, String) -> Double
  ) {
    self.flows = flows
    let keys = flows.map(\.keys)
    let total = flows.reduce(0) { $0 + $1.tonnes }
    // One or two flows fill no page.
    let stack = format.flowHeight * min(1, 0.25 * Double(max(1, flows.count)))
    let scale = total > 0 ? stack / total : 0
    let heights = flows.map { max(floor, $0.tonnes * scale) }
    let order = SankeyOrder(keys: keys, weights: heights).columns
    var columns: [[Node]] = []
    var ends: [Double] = []
    var bottom = 0.0
    for (column, names) in order.enumerated() {
      var nodes: [Node] = []
      var y = Self.headroom
      var last: (middle: Double, bottom: Double, label: Double)?
      let grouped = Dictionary(grouping: flows.indices) { keys[$0][column] }
      for name in names {
        let members = grouped[name] ?? []
        let height = members.reduce(0) { $0 + heights[$1] }
        let label = labelHeight(column, name)
        if let last {
          y = max(last.bottom + 7, last.middle + (last.label + label) / 2 + 4 - height / 2)
        } else {
          y = max(y, Self.headroom + (label - height) / 2)
        }
        nodes.append(
          Node(
            key: name, tonnes: members.reduce(0) { $0 + flows[$1].tonnes }, top: y, height: height))
        last = (y + height / 2, y + height, label)
      }
      let end = last.map { max($0.bottom, $0.middle + $0.label / 2) } ?? 0
      ends.append(end)
      bottom = max(bottom, end)
      columns.append(nodes)
    }
    height = bottom + 6
    // Shorter columns stand in the middle of the drawing.
    for column in columns.indices {
      let shift = (bottom - ends[column]) / 2
      columns[column] = columns[column].map {
        Node(key: $0.key, tonnes: $0.tonnes, top: $0.top + shift, height: $0.height)
      }
    }
    self.columns = columns
    ribbons = Self.ribbons(keys: keys, heights: heights, columns: columns)
  }

  /// Stacks the flows of each side of each node in the order of their other ends.
  private static func ribbons(keys: [[String]], heights: [Double], columns: [[Node]]) -> [Ribbon] {
    let middle = columns.map { nodes in
      Dictionary(uniqueKeysWithValues: nodes.map { ($0.key, $0.top + $0.height / 2) })
    }
    let tops = columns.map { nodes in
      Dictionary(uniqueKeysWithValues: nodes.map { ($0.key, $0.top) })
    }
    /// Middle of each flow at a column, stacked towards a neighbour column.
    func ends(_ column: Int, towards other: Int) -> [Double] {
      var used: [String: Double] = [:]
      var result = [Double](repeating: 0, count: keys.count)
      let order = keys.indices.sorted {
        (middle[other][keys[$0][other]] ?? 0, $0) < (middle[other][keys[$1][other]] ?? 0, $1)
      }
      for flow in order {
        let key = keys[flow][column]
        let top = (tops[column][key] ?? 0) + used[key, default: 0]
        result[flow] = top + heights[flow] / 2
        used[key, default: 0] += heights[flow]
      }
      return result
    }
    let spans = zip(columns.indices, columns.indices.dropFirst()).map {
      (ends($0, towards: $1), ends($1, towards: $0))
    }
    return spans.enumerated().flatMap { column, span in
      keys.indices.map { flow in
        Ribbon(
          flow: flow, fromColumn: column, left: span.0[flow], right: span.1[flow],
          height: heights[flow])
      }
    }
  }
}

/// Orders the nodes of columns so that flows cross little.
///
/// Barycentre heuristic (Sugiyama, Tagawa, Toda 1981): sweep right, then left, keep the best.
struct SankeyOrder: Sendable {
  let columns: [[String]]

  init(keys: [[String]], weights: [Double]) {
    let last = (keys.first?.count ?? 1) - 1
    var columns = (0...last).map { column -> [String] in
      var size: [String: Double] = [:]
      for (key, weight) in zip(keys, weights) { size[key[column], default: 0] += weight }
      return size.keys.sorted { (size[$1] ?? 0, $0) < (size[$0] ?? 0, $1) }
    }
    var best = columns
    var fewest = Self.crossings(columns, keys: keys, weights: weights)
    for sweep in 0..<24 {
      let steps =
        sweep % 2 == 0
        ? (0..<last).map { ($0 + 1, $0) } : (0..<last).reversed().map { ($0, $0 + 1) }
      for (column, by) in steps {
        columns[column] = Self.sorted(
          columns[column], column: column, by: columns[by], of: by, keys: keys, weights: weights)
      }
      let crossings = Self.crossings(columns, keys: keys, weights: weights)
      if crossings < fewest - 1e-9 {
        fewest = crossings
        best = columns
      }
    }
    self.columns = best
  }

  private static func sorted(
    _ names: [String], column: Int, by order: [String], of other: Int, keys: [[String]],
    weights: [Double]
  ) -> [String] {
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, Double($0)) })
    var sum: [String: Double] = [:]
    var weight: [String: Double] = [:]
    for (key, size) in zip(keys, weights) {
      sum[key[column], default: 0] += size * (places[key[other]] ?? 0)
      weight[key[column], default: 0] += size
    }
    func barycentre(_ name: String) -> Double { (sum[name] ?? 0) / max(1e-9, weight[name] ?? 0) }
    return names.sorted { (barycentre($0), $0) < (barycentre($1), $1) }
  }

  /// Σ over crossing pairs of the smaller height.
  static func crossings(_ columns: [[String]], keys: [[String]], weights: [Double]) -> Double {
    let places = columns.map { names in
      Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }
    var sum = 0.0
    for (left, right) in zip(columns.indices, columns.indices.dropFirst()) {
      let ends = keys.map { (places[left][$0[left]] ?? 0, places[right][$0[right]] ?? 0) }
      for i in keys.indices {
        for j in keys.indices where j > i {
          let a = ends[i].0 - ends[j].0
          let b = ends[i].1 - ends[j].1
          if a * b < 0 { sum += min(weights[i], weights[j]) }
        }
      }
    }
    return sum
  }
}
