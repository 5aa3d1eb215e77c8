/// Finds the streams of one material around a place: one grid of cells per material, in flat arrays.
struct StreamGrid {
  private struct Sheet {
    let firstCell: Int
    let columns: Int
    let rows: Int
    let cellSize: Double
  }

  private let minX: Double
  private let minY: Double
  private let x: [Double]
  private let y: [Double]
  private var sheets: [Sheet] = []
  /// By cell: where its members begin; one more than there are cells.
  private var starts: [Int32]
  private var members: [Int32]

  /// - Parameters:
  ///   - x, y: Places of streams [km].
  ///   - materials: By stream.
  ///   - reach: Usual radius of a search [km]; only speed depends on it.
  init(x: [Double], y: [Double], materials: [Int32], materialCount: Int, reach: Double) {
    self.x = x
    self.y = y
    minX = x.min() ?? 0
    minY = y.min() ?? 0
    let (width, height) = ((x.max() ?? 0) - minX, (y.max() ?? 0) - minY)
    var counts = [Int](repeating: 0, count: materialCount)
    for material in materials { counts[Int(material)] += 1 }
    var cells = 0
    for count in counts {
      // About one stream per cell, but no more cells in a search than streams are worth.
      let spacing = (max(width, 1) * max(height, 1) / Double(max(1, count))).squareRoot()
      let size = max(spacing, reach / 6, max(width, height) / 2000)
      let sheet = Sheet(
        firstCell: cells, columns: Int(width / size) + 1, rows: Int(height / size) + 1,
        cellSize: size)
      sheets.append(sheet)
      cells += sheet.columns * sheet.rows
    }
    starts = [Int32](repeating: 0, count: cells + 1)
    members = [Int32](repeating: 0, count: x.count)
    let cellOf = materials.indices.map { stream -> Int32 in
      Int32(cell(of: stream, on: sheets[Int(materials[stream])]))
    }
    for cell in cellOf { starts[Int(cell) + 1] += 1 }
    for cell in 0..<cells { starts[cell + 1] += starts[cell] }
    var next = starts
    for (stream, cell) in cellOf.enumerated() {
      members[Int(next[Int(cell)])] = Int32(stream)
      next[Int(cell)] += 1
    }
  }

  private func cell(of stream: Int, on sheet: Sheet) -> Int {
    let column = Int((x[stream] - minX) / sheet.cellSize)
    let row = Int((y[stream] - minY) / sheet.cellSize)
    return sheet.firstCell + row * sheet.columns + column
  }

  /// Calls `body` with each stream of a material within `radius` and its distance [km].
  @inline(__always)
  func visit(
    _ material: Int, aroundX centreX: Double, y centreY: Double, radius: Double,
    _ body: (Int32, Double) -> Void
  ) {
    let sheet = sheets[material]
    func range(_ centre: Double, _ low: Double, _ count: Int) -> ClosedRange<Int> {
      let first = Int(((centre - radius - low) / sheet.cellSize).rounded(.down))
      let last = Int(((centre + radius - low) / sheet.cellSize).rounded(.down))
      return max(0, min(count - 1, first))...max(0, min(count - 1, last))
    }
    let columns = range(centreX, minX, sheet.columns)
    let square = radius * radius
    for row in range(centreY, minY, sheet.rows) {
      let first = sheet.firstCell + row * sheet.columns
      let begin = Int(starts[first + columns.lowerBound])
      let end = Int(starts[first + columns.upperBound + 1])
      for position in begin..<end {
        let stream = members[position]
        let (east, north) = (x[Int(stream)] - centreX, y[Int(stream)] - centreY)
        let distance = east * east + north * north
        if distance <= square { body(stream, distance.squareRoot()) }
      }
    }
  }
}
