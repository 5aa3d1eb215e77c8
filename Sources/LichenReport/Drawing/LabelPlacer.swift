/// Finds room for labels beside points, away from each other and from everything drawn.
struct LabelPlacer: Sendable {
  struct Request: Sendable {
    let point: Point
    /// Distance of the label from the point.
    let radius: Double
    let width: Double
    let height: Double
    /// An optional label is left out rather than laid over something.
    let isOptional: Bool
  }

  struct Placement: Sendable {
    let box: Box
    /// `start`, `middle` or `end`.
    let anchor: String
  }

  let frame: Box
  /// Boxes that labels must not cover: sites and numbers.
  let obstacles: [Box]
  /// Points on lines, with how much it hurts to cover them.
  let samples: [(point: Point, weight: Double)]

  /// Places in the order of the requests, then lets each label choose again among the others.
  func place(_ requests: [Request]) -> [Placement?] {
    var placements = [Placement?](repeating: nil, count: requests.count)
    for _ in 0..<3 {
      for (index, request) in requests.enumerated() {
        let others = placements.indices.filter { $0 != index }.compactMap { placements[$0]?.box }
        var best: (cost: Double, blocked: Double, placement: Placement)?
        for (rank, placement) in options(request).enumerated() {
          let blocked = blockage(placement.box, others: others)
          let cost = blocked * 10 + cover(placement.box) + Double(rank) * 0.6
          if cost < (best?.cost ?? .infinity) { best = (cost, blocked, placement) }
        }
        guard let best else { continue }
        placements[index] = request.isOptional && best.blocked > 0 ? nil : best.placement
      }
    }
    return placements
  }

  private func blockage(_ box: Box, others: [Box]) -> Double {
    // Estimated widths are uncertain; labels keep a little apart.
    box.excess(of: frame) * 2 + others.reduce(0) { $0 + $1.inset(-3, -1).overlap(box) }
      + obstacles.reduce(0) { $0 + $1.overlap(box) } * 2
  }

  private func cover(_ box: Box) -> Double {
    samples.reduce(0) { box.contains($1.point) ? $0 + $1.weight : $0 }
  }

  /// Eight sides, near and then farther.
  private func options(_ request: Request) -> [Placement] {
    var options: [Placement] = []
    for distance in [request.radius + 4, request.radius + 13, request.radius + 24] {
      let diagonal = distance * 0.72
      let sides: [(x: Double, y: Double)] = [
        (1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1),
      ]
      for side in sides {
        let reach = side.x != 0 && side.y != 0 ? diagonal : distance
        let x: Double =
          switch side.x {
          case 1: request.point.x + reach
          case -1: request.point.x - reach - request.width
          default: request.point.x - request.width / 2
          }
        let y: Double =
          switch side.y {
          case 1: request.point.y + reach
          case -1: request.point.y - reach - request.height
          default: request.point.y - request.height / 2
          }
        let anchor = side.x == 1 ? "start" : side.x == -1 ? "end" : "middle"
        options.append(
          Placement(
            box: Box(x: x, y: y, width: request.width, height: request.height), anchor: anchor))
      }
    }
    // A label too wide for its side of the frame slides along the edge.
    for side in [-1.0, 1] {
      let x = min(
        max(request.point.x - request.width / 2, frame.x + 3), frame.maxX - request.width - 3)
      let y =
        side < 0
        ? request.point.y - request.radius - 4 - request.height
        : request.point.y + request.radius + 4
      options.append(
        Placement(
          box: Box(x: x, y: y, width: request.width, height: request.height), anchor: "start"))
    }
    return options
  }
}
