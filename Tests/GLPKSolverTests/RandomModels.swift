import LichenPlanning

/// Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators": SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func whole(_ range: ClosedRange<Int>) -> Double {
    Double(Int.random(in: range, using: &self))
  }
}

/// Families of models small enough for `BruteForce`, and larger ones that keep a solver busy.
enum RandomModels {
  enum Family: String, CaseIterable, Sendable {
    case binary, wholeNumbers, fixedCharge
  }

  static func tiny(_ family: Family, seed: UInt64) -> MIPModel {
    var random = SeededGenerator(seed: seed)
    return switch family {
    case .binary: pure(name: "binary-\(seed)", columns: 10, upper: 0...1, random: &random)
    case .wholeNumbers: pure(name: "whole-\(seed)", columns: 5, upper: 1...3, random: &random)
    case .fixedCharge: fixedCharge(seed: seed, random: &random)
    }
  }

  /// Rows of every kind, with a right-hand side near the activity of a random point.
  private static func pure(
    name: String, columns: Int, upper: ClosedRange<Int>, random: inout SeededGenerator
  ) -> MIPModel {
    var model = MIPModel(name: name, objectiveConstant: random.whole(-50...50))
    var point: [Double] = []
    for index in 0..<columns {
      let lower = upper == 0...1 ? 0 : random.whole(-2...0)
      let column = MIPColumn(
        name: "x\(index)", lower: lower, upper: max(1, lower + random.whole(upper)),
        objective: random.whole(-20...40) / 4, isInteger: true)
      point.append(random.whole(Int(column.lower)...Int(column.upper)))
      model.addColumn(column)
    }
    for index in 0..<4 {
      var entries: [(column: Int, value: Double)] = []
      for column in 0..<columns where Int.random(in: 0...2, using: &random) > 0 {
        entries.append((column, random.whole(-6...12)))
      }
      let activity = entries.reduce(0) { $0 + $1.value * point[$1.column] }
      var row = MIPRow(name: "r\(index)", entries: entries)
      switch Int.random(in: 0...9, using: &random) {
      case 0: (row.lower, row.upper) = (activity, activity)
      case 1...2: row.lower = activity + random.whole(-3...2)
      case 3...4: (row.lower, row.upper) = (activity - 4, activity + random.whole(0...3))
      default: row.upper = activity + random.whole(-2...4)
      }
      model.addRow(row)
    }
    return model
  }

  /// Three arcs that cost something to open, share a supply and meet a least demand.
  private static func fixedCharge(seed: UInt64, random: inout SeededGenerator) -> MIPModel {
    var model = MIPModel(name: "fixed-charge-\(seed)")
    var total: [(column: Int, value: Double)] = []
    for index in 0..<3 {
      let capacity = random.whole(3...30)
      let flow = model.addColumn(
        MIPColumn(name: "flow\(index)", upper: capacity, objective: random.whole(-4...24) / 4))
      let open = model.addColumn(
        .binary(name: "open\(index)", objective: -random.whole(0...40)))
      model.addRow(
        MIPRow(name: "capacity\(index)", upper: 0, entries: [(flow, 1), (open, -capacity)]))
      let least = min(capacity, random.whole(0...10))
      model.addRow(MIPRow(name: "least\(index)", lower: 0, entries: [(flow, 1), (open, -least)]))
      total.append((flow, 1))
    }
    model.addRow(
      MIPRow(
        name: "total", lower: random.whole(0...12), upper: random.whole(13...40), entries: total))
    return model
  }

  /// A transport network whose arcs cost something to open; hard to prove from about 20 by 20.
  static func fixedChargeTransport(sources: Int, sinks: Int, seed: UInt64) -> MIPModel {
    var random = SeededGenerator(seed: seed)
    var model = MIPModel(name: "transport-\(sources)x\(sinks)-\(seed)")
    let supplies = (0..<sources).map { _ in random.whole(20...100) }
    let demands = (0..<sinks).map { _ in random.whole(20...100) }
    var out = [[(column: Int, value: Double)]](repeating: [], count: sources)
    var into = [[(column: Int, value: Double)]](repeating: [], count: sinks)
    for source in 0..<sources {
      for sink in 0..<sinks {
        let capacity = min(supplies[source], demands[sink])
        let flow = model.addColumn(
          MIPColumn(
            name: "flow_\(source)_\(sink)", upper: capacity, objective: random.whole(20...60)))
        let open = model.addColumn(
          .binary(name: "open_\(source)_\(sink)", objective: -random.whole(200...900)))
        model.addRow(
          MIPRow(
            name: "link_\(source)_\(sink)", upper: 0, entries: [(flow, 1), (open, -capacity)]))
        out[source].append((flow, 1))
        into[sink].append((flow, 1))
      }
    }
    for (index, entries) in out.enumerated() {
      model.addRow(MIPRow(name: "supply_\(index)", upper: supplies[index], entries: entries))
    }
    for (index, entries) in into.enumerated() {
      model.addRow(MIPRow(name: "demand_\(index)", upper: demands[index], entries: entries))
    }
    return model
  }

  /// A linear transport program; at 224 by 224 its simplex method takes seconds.
  static func linearTransport(sources: Int, sinks: Int, seed: UInt64) -> MIPModel {
    var random = SeededGenerator(seed: seed)
    var model = MIPModel(name: "linear-transport-\(seed)")
    for source in 0..<sources {
      for sink in 0..<sinks {
        model.addColumn(
          MIPColumn(name: "flow_\(source)_\(sink)", objective: random.whole(100...9_999) / 100))
      }
    }
    for source in 0..<sources {
      model.addRow(
        MIPRow(
          name: "supply_\(source)", upper: random.whole(100...999),
          entries: (0..<sinks).map { (source * sinks + $0, 1) }))
    }
    for sink in 0..<sinks {
      model.addRow(
        MIPRow(
          name: "demand_\(sink)", upper: random.whole(100...999),
          entries: (0..<sources).map { ($0 * sinks + sink, 1) }))
    }
    return model
  }
}
