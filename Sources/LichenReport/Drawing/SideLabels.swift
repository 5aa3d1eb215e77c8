/// Puts labels one below the other beside a drawing, each as near to its point as the others let it.
enum SideLabels {
  /// - Parameters:
  ///   - wanted: Middle of each label as it would like to stand [px].
  ///   - heights: [px]
  ///   - top: Upper edge that no label passes.
  ///   - bottom: Lower edge; kept where the labels fit at all.
  /// - Returns: Middles in the order given; labels keep the order of their wishes.
  static func place(_ wanted: [Double], heights: [Double], top: Double, bottom: Double) -> [Double]
  {
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    var middles = wanted
    var edge = top
    for index in order {
      middles[index] = max(wanted[index], edge + heights[index] / 2)
      edge = middles[index] + heights[index] / 2
    }
    edge = bottom
    for index in order.reversed() {
      middles[index] = min(middles[index], edge - heights[index] / 2)
      edge = middles[index] - heights[index] / 2
    }
    // More labels than room: the upper edge is the one that holds.
    edge = top
    for index in order {
      middles[index] = max(middles[index], edge + heights[index] / 2)
      edge = middles[index] + heights[index] / 2
    }
    return middles
  }
}
