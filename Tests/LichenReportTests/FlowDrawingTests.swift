import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenReport

/// Drawings of flows lose nothing, lay nothing over each other and stay inside their frames.
@Suite struct FlowDrawingTests {
  /// Flows between random ends, in order of rank.
  private static func flows(seed: UInt64, count: Int, firms: Int) -> [PlannedFlow] {
    var random = SeededGenerator(seed: seed)
    return (1...count).map { rank in
      PlannedFlow(
        rank: rank, donor: .of("e\(random.whole(in: 0...firms))"),
        material: .of("m\(random.whole(in: 0...9))"),
        receiver: .of("e\(random.whole(in: 0...firms))"),
        tonnes: random.chance(0.1) ? nil : random.number(in: 0.001...1) * 100_000,
        effect: random.element(of: LegalEffect.allCases))
    }
  }

  private static func groups(_ weights: [String: Double], _ limit: Int) -> FlowGroups {
    FlowGroups(
      weights, limit: limit, language: ReportFixture.language, name: { "Firm \($0)" },
      traits: [{ "Zone \($0.count)" }])
  }

  @Test(arguments: UInt64(1)...30) func groupsKeepEveryoneAndTheLimit(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var weights: [String: Double] = [:]
    for index in 0..<random.whole(in: 1...90) { weights["k\(index)"] = random.number(in: 0...9) }
    let limit = random.whole(in: 7...40)
    let groups = Self.groups(weights, limit)
    let nodes = Set(weights.keys.map { groups.node($0) })
    #expect(nodes.count <= limit)
    #expect(groups.isCut == (weights.count > limit))
    // Whoever is named weighs no less than whoever is not, or would be alone in a group.
    let hidden = weights.filter { groups.node($0.key).isGroup }
    let most = hidden.map(\.value).max() ?? 0
    for (key, weight) in weights where !groups.node(key).isGroup && weight < most {
      #expect(!hidden.keys.contains { $0.count == key.count }, "\(key)")
    }
    // The numbers in the names of groups are the numbers of their members.
    for node in nodes where node.isGroup {
      let members = weights.keys.filter { groups.node($0) == node }.count
      #expect(node.name.hasPrefix("\(members) "), "\(node.name)")
    }
  }

  @Test(arguments: UInt64(1)...20, [3, 2]) func sankeyConservesFlow(seed: UInt64, columns: Int) {
    let flows = Self.flows(seed: seed, count: 60, firms: 20).filter { $0.tonnes != nil }.map {
      SankeyLayout.Flow(
        ranks: [$0.rank],
        keys: columns == 3
          ? [$0.donor.rawValue, $0.material.rawValue, $0.receiver.rawValue]
          : [$0.donor.rawValue, $0.receiver.rawValue], tonnes: $0.tonnes ?? 0, effect: $0.effect)
    }
    let format: SankeyFormat = columns == 3 ? .wide : .wideDirect
    let layout = SankeyLayout(flows, format: format) { column, key in
      Double(15 + 5 * ((column + key.count) % 3))
    }
    let total = flows.reduce(0) { $0 + $1.tonnes }
    #expect(layout.columns.count == columns)
    #expect(layout.ribbons.count == flows.count * (columns - 1))
    for (column, nodes) in layout.columns.enumerated() {
      let sum = nodes.reduce(0) { $0 + $1.tonnes }
      #expect(abs(sum - total) < 1e-6 * total)
      for node in nodes {
        // Ribbons of each side fill the node, one below the other.
        for (from, end) in [(column, \SankeyLayout.Ribbon.left), (column - 1, \.right)] {
          let ends = layout.ribbons.filter {
            $0.fromColumn == from && flows[$0.flow].keys[column] == node.key
          }.sorted { $0[keyPath: end] < $1[keyPath: end] }
          guard from >= 0, from < columns - 1 else { continue }
          var edge = node.top
          for ribbon in ends {
            #expect(abs(ribbon[keyPath: end] - ribbon.height / 2 - edge) < 1e-6)
            edge += ribbon.height
          }
          #expect(abs(edge - node.top - node.height) < 1e-6)
        }
        #expect(node.top >= 0 && node.top + node.height <= layout.height)
      }
    }
  }

  @Test(arguments: UInt64(1)...30) func matrixSumsAreThePlans(seed: UInt64) {
    let flows = Self.flows(seed: seed, count: 120, firms: seed % 2 == 0 ? 12 : 80)
    for format in [MatrixFormat.wide, .narrow] {
      let layout = MatrixLayout(flows, format: format, groups: Self.groups)
      let total = flows.reduce(0) { $0 + ($1.tonnes ?? 0) }
      #expect(abs(layout.total - total) < 1e-6 * total)
      #expect(abs(layout.columnTotals.reduce(0, +) - total) < 1e-6 * total)
      #expect(layout.rows.count <= format.mostRows && layout.columns.count <= format.mostColumns)
      #expect(layout.cells.flatMap(\.ranks).sorted() == flows.map(\.rank))
      for cell in layout.cells {
        #expect(cell.parts.map(\.effect) == cell.parts.map(\.effect).sorted())
      }
    }
  }

  @Test(arguments: UInt64(1)...12) func networksKeepEveryExchange(seed: UInt64) {
    let flows = Self.flows(seed: seed, count: 90, firms: 40)
    let ids = Set(flows.flatMap { [$0.donor, $0.receiver] })
    let zones =
      seed % 3 == 0
      ? [:]
      : Dictionary(
        uniqueKeysWithValues: ids.map { ($0, "zone \($0.rawValue.utf8.last.map { $0 % 4 } ?? 0)") })
    let layout = NetworkLayout(flows, zones: zones)
    #expect(layout.hasZones == !zones.isEmpty)
    #expect(Set(layout.nodes.map(\.id)) == ids)
    #expect(layout.links.flatMap(\.ranks).sorted() == flows.map(\.rank))
    let given = flows.reduce(0) { $0 + ($1.tonnes ?? 0) }
    #expect(abs(layout.nodes.reduce(0) { $0 + $1.tonnes } - 2 * given) < 1e-6 * given)
    // Nobody stands where another does, groups stand together.
    for (one, next) in zip(layout.nodes, layout.nodes.dropFirst()) {
      #expect(one.angle < next.angle && one.group <= next.group)
    }
    for node in layout.nodes {
      #expect(layout.groups[node.group].start < node.angle)
      #expect(layout.groups[node.group].end > node.angle)
    }
  }

  /// Two rings of friends that share one way are two groups.
  @Test func communitiesFindCliques() {
    var links: [(Int, Int)] = [(0, 5)]
    for first in [0, 5] {
      for one in first..<(first + 5) {
        for other in (one + 1)..<(first + 5) { links.append((one, other)) }
      }
    }
    #expect(Communities.groups(count: 10, links: links) == [Array(0..<5), Array(5..<10)])
    #expect(Communities.groups(count: 3, links: []) == [[0], [1], [2]])
    #expect(Communities.groups(count: 2, links: [(0, 0)]) == [[0], [1]])
  }

  @Test(arguments: UInt64(1)...40) func sideLabelsDoNotTouch(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let heights = (0..<random.whole(in: 1...14)).map { _ in random.number(in: 14...34) }
    let wanted = heights.map { _ in random.number(in: -50...650) }
    let room = max(500, heights.reduce(0, +))
    let middles = SideLabels.place(wanted, heights: heights, top: 10, bottom: 10 + room)
    let order = wanted.indices.sorted { wanted[$0] < wanted[$1] }
    for (one, next) in zip(order, order.dropFirst()) {
      #expect(middles[next] - middles[one] >= (heights[one] + heights[next]) / 2 - 1e-6)
    }
    for index in wanted.indices {
      #expect(middles[index] - heights[index] / 2 >= 10 - 1e-6)
      #expect(middles[index] + heights[index] / 2 <= 10 + room + 1e-6)
    }
  }

  @Test func theAbatementCurveIsCutWhereOneBlockWouldFlattenAll() {
    let steps: [(cost: Double, carbon: Double)] = [(-50, 900), (20, 80), (-90_000, 1)]
    let limit = AbatementStep.limit(steps)
    #expect(limit == 150)
    #expect(AbatementStep.limit([]) == .infinity || AbatementStep.limit([]) > 0)
  }

  @Test func marksHoldRanksOnlyAndOnlyThoseOfThePage() {
    #expect(ExchangeMark([5, 1, 5]).description == "data-x=\"1 5\"")
    #expect(ExchangeMark([401]).description.isEmpty)
  }
}
