import LichenDomain

/// Compares the scores of first proposals with how often they were right.
struct CertaintyLog {
  private var outcomes: [TargetKind: [(score: Double, isRight: Bool)]] = [:]
  /// Clear proposals and the right ones among them, by list.
  private(set) var clear: [String: [Int]] = [:]

  private static let binCount = 10

  mutating func note(_ found: [TargetKind: [(id: String, score: Double)]], _ row: LabelledText) {
    for kind in TargetKind.allCases where !row.label(kind).isEmpty {
      let list = (found[kind] ?? []).prefix(2).map {
        Proposal(id: $0.id, title: "", score: $0.score, reasons: [])
      }
      guard let first = list.first else { continue }
      let isRight = first.id == row.label(kind)
      outcomes[kind, default: []].append((first.score, isRight))
      if Proposals.clear(list) != nil {
        var counts = clear[kind.rawValue] ?? [0, 0]
        counts[0] += 1
        counts[1] += isRight ? 1 : 0
        clear[kind.rawValue] = counts
      }
    }
  }

  var bins: [ReliabilityBin] {
    TargetKind.allCases.flatMap { kind in
      (0..<Self.binCount).compactMap { bin -> ReliabilityBin? in
        let from = Double(bin) / Double(Self.binCount)
        let to = Double(bin + 1) / Double(Self.binCount)
        let inside = (outcomes[kind] ?? []).filter {
          $0.score >= from && ($0.score < to || bin == Self.binCount - 1)
        }
        guard !inside.isEmpty else { return nil }
        let count = Double(inside.count)
        return ReliabilityBin(
          list: kind.rawValue, from: from, to: to, count: inside.count,
          meanScore: inside.reduce(0) { $0 + $1.score } / count,
          shareRight: Double(inside.count { $0.isRight }) / count)
      }
    }
  }

  /// Mean distance between score and share of right ones over bins, weighted by count.
  var errors: [String: Double] {
    let bins = bins
    return TargetKind.allCases.reduce(into: [:]) { errors, kind in
      let own = bins.filter { $0.list == kind.rawValue }
      let total = own.reduce(0) { $0 + $1.count }
      guard total > 0 else { return }
      errors[kind.rawValue] =
        own.reduce(0) { $0 + Double($1.count) * abs($1.meanScore - $1.shareRight) }
        / Double(total)
    }
  }
}
