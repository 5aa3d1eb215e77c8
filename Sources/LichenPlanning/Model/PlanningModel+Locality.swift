extension PlanningModel {
  /// The same part with its links in an order in which neighbours stand near each other, so that a search
  /// that works on one neighbourhood at a time finds it in the processor's cache.
  ///
  /// Streams and facilities are gathered in clusters, each grown breadth-first from where an earlier one
  /// ended; links stand in the order of their nodes.
  /// - Complexity: O(links).
  func inLocalOrder(_ part: Part) -> Part {
    let nodes = NodeNumbering(self, part)
    let ends = part.links.map { index in
      (nodes.node(of: links[index].source), nodes.node(of: links[index].target))
    }
    let count = nodes.capacities.count
    let atNode = FlatRows(
      rows: count,
      keys: [FlatArray(ends.map { Int32($0.0) }), FlatArray(ends.map { Int32($0.1) })])
    var isListed = [Bool](repeating: false, count: ends.count)
    var isSeen = [Bool](repeating: false, count: count)
    var order: [Int] = []
    order.reserveCapacity(ends.count)
    for first in 0..<count where !isSeen[first] {
      isSeen[first] = true
      // Where clusters begin, and the cluster that grows.
      var beginnings = [first]
      var next = 0
      while next < beginnings.count {
        var cluster = [beginnings[next]]
        next += 1
        var place = 0
        while place < cluster.count, place < Self.clusterSize {
          let node = cluster[place]
          place += 1
          for member in atNode(node) where !isListed[Int(member)] {
            let link = Int(member)
            isListed[link] = true
            order.append(part.links[link])
            let other = ends[link].0 == node ? ends[link].1 : ends[link].0
            if !isSeen[other] {
              isSeen[other] = true
              cluster.append(other)
            }
          }
        }
        beginnings += cluster[place...]
      }
    }
    return Part(links: order, measures: part.measures)
  }

  /// Nodes whose links are listed before another cluster begins.
  private static let clusterSize = 256
}
