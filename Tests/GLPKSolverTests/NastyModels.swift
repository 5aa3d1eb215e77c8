import LichenPlanning

/// Small models on which solvers and file formats stumble, with answers found by hand.
enum NastyModels {
  static let all: [(model: MIPModel, optimum: Double)] =
    [
      (MIPModel(name: "nothing", objectiveConstant: 3), 3), (noRows, 14), (freeColumn, 4),
      (ranged, 7), (ties, 5), (degenerate, 0), (negativeWhole, -4),
    ]
    + [1e5, 1e6, 1e7].map { (gate(width: $0), 6) }
    + [1e-4, 1, 1e5].map { (scaled(by: $0), 8 * $0) }

  static let withoutOptimum: [(model: MIPModel, status: MIPResult.Status)] =
    [true, false].flatMap {
      [(contradiction(isInteger: $0), .infeasible), (endless(isInteger: $0), .unbounded)]
    } + [(oddSum, .infeasible), (emptyRow, .infeasible), (endlessButOdd, .infeasible)]

  private static var noRows: MIPModel {
    MIPModel(
      name: "no rows",
      columns: [
        MIPColumn(name: "up", lower: -2, upper: 5, objective: 2),
        MIPColumn(name: "down", lower: -3, upper: 5, objective: -1, isInteger: true),
      ], objectiveConstant: 1)
  }

  /// x - y <= 4 with both free; only their difference is worth something.
  private static var freeColumn: MIPModel {
    MIPModel(
      name: "free",
      columns: [
        MIPColumn(name: "x", lower: -.infinity, objective: 1),
        MIPColumn(name: "y", lower: -.infinity, objective: -1),
      ], rows: [MIPRow(name: "apart", upper: 4, entries: [(0, 1), (1, -1)])])
  }

  private static var ranged: MIPModel {
    MIPModel(
      name: "ranged",
      columns: [
        MIPColumn(name: "x", lower: -9, upper: 9, objective: 1, isInteger: true),
        MIPColumn(name: "y", lower: 0, upper: 0.5, objective: -2),
      ], rows: [MIPRow(name: "r", lower: -3.5, upper: 7.25, entries: [(0, 1), (1, -1)])])
  }

  /// Ten equal items of which any five fit.
  private static var ties: MIPModel {
    MIPModel(
      name: "ties", columns: (0..<10).map { .binary(name: "t\($0)", objective: 1) },
      rows: [MIPRow(name: "five", upper: 5.5, entries: (0..<10).map { ($0, 1) })])
  }

  /// Everything is forced to zero by rows that all meet there.
  private static var degenerate: MIPModel {
    MIPModel(
      name: "degenerate",
      columns: (0..<6).map { MIPColumn(name: "d\($0)", objective: 1, isInteger: $0 < 3) },
      rows: (0..<6).map {
        MIPRow(name: "r\($0)", upper: 0, entries: [($0, 2), (($0 + 1) % 6, -1)])
      })
  }

  private static var negativeWhole: MIPModel {
    MIPModel(
      name: "negative",
      columns: [MIPColumn(name: "n", lower: -9, upper: -2, objective: 2, isInteger: true)],
      rows: [MIPRow(name: "r", upper: -3.5, entries: [(0, 2)])])
  }

  /// A search that takes 1e-7 for 0 lets flow through a wide gate without opening it.
  private static func gate(width: Double) -> MIPModel {
    MIPModel(
      name: "gate \(width)",
      columns: [
        MIPColumn(name: "flow", upper: 1, objective: 10), .binary(name: "open", objective: -4),
      ], rows: [MIPRow(name: "gate", upper: 0, entries: [(0, 1), (1, -width)])])
  }

  /// Two arcs to one need of 4, both dear to open: the better one alone is best.
  private static func scaled(by worth: Double) -> MIPModel {
    var model = MIPModel(name: "worth \(worth)")
    for (index, gain) in [3.0, 2.5].enumerated() {
      let flow = model.addColumn(
        MIPColumn(name: "x\(index)", upper: 4, objective: gain * worth))
      let open = model.addColumn(.binary(name: "y\(index)", objective: -4 * worth))
      model.addRow(MIPRow(name: "link\(index)", upper: 0, entries: [(flow, 1), (open, -4)]))
    }
    model.addRow(MIPRow(name: "need", upper: 4, entries: [(0, 1), (2, 1)]))
    return model
  }

  private static func contradiction(isInteger: Bool) -> MIPModel {
    MIPModel(
      name: "contradiction",
      columns: [MIPColumn(name: "x", upper: 10, objective: 1, isInteger: isInteger)],
      rows: [
        MIPRow(name: "low", upper: 3, entries: [(0, 1)]),
        MIPRow(name: "high", lower: 4, entries: [(0, 1)]),
      ])
  }

  private static func endless(isInteger: Bool) -> MIPModel {
    MIPModel(
      name: "endless",
      columns: [
        MIPColumn(name: "x", objective: 1, isInteger: isInteger),
        MIPColumn(name: "y", objective: -1, isInteger: isInteger),
      ], rows: [MIPRow(name: "apart", upper: 5, entries: [(0, 1), (1, -2)])])
  }

  private static var oddSum: MIPModel {
    MIPModel(
      name: "odd sum",
      columns: ["x", "y", "z"].map {
        MIPColumn(name: $0, upper: 9, objective: 1, isInteger: true)
      }, rows: [MIPRow(name: "odd", lower: 7, upper: 7, entries: [(0, 2), (1, 4), (2, 6)])])
  }

  private static var emptyRow: MIPModel {
    MIPModel(
      name: "empty row", columns: [.binary(name: "x", objective: 1)],
      rows: [MIPRow(name: "0 >= 1", lower: 1, entries: [])])
  }

  private static var endlessButOdd: MIPModel {
    MIPModel(
      name: "endless but odd",
      columns: [
        MIPColumn(name: "endless", objective: 1),
        MIPColumn(name: "y", upper: 9, isInteger: true),
        MIPColumn(name: "z", upper: 9, isInteger: true),
      ], rows: [MIPRow(name: "odd", lower: 7, upper: 7, entries: [(1, 2), (2, 4)])])
  }
}
