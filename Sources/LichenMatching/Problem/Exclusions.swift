/// Why a candidate is not in the model.
public enum ExclusionReason: Hashable, Sendable {
  case blocked
  case forbidden
  /// Even at its best quantity, alone and with all permits granted free, it would not pay.
  case neverPays(bestPerYear: Double)
}

/// The fate of every candidate that is not in a model; legs of facilities follow the candidates.
public struct Exclusions: Sendable {
  private enum Fate: UInt8 { case modelled, blocked, forbidden, neverPays }

  private var fates: [UInt8]
  /// Of links that never pay, in order of index.
  private var losers: [(index: Int32, best: Double)] = []

  /// Nothing excluded yet.
  public init(count: Int = 0) { fates = Array(repeating: 0, count: count) }

  /// - Precondition: Indices of links that never pay come in ascending order.
  mutating func add(_ reason: ExclusionReason, _ index: Int) {
    switch reason {
    case .blocked: fates[index] = Fate.blocked.rawValue
    case .forbidden: fates[index] = Fate.forbidden.rawValue
    case .neverPays(let best):
      fates[index] = Fate.neverPays.rawValue
      losers.append((Int32(index), best))
    }
  }

  /// `nil` for what is in the model.
  public subscript(index: Int) -> ExclusionReason? {
    guard index < fates.count else { return nil }
    switch Fate(rawValue: fates[index]) {
    case .blocked: return .blocked
    case .forbidden: return .forbidden
    case .neverPays: return .neverPays(bestPerYear: best(of: index))
    case .modelled, nil: return nil
    }
  }

  /// How many of the first `limit` are blocked, and how many never pay.
  public func counts(below limit: Int) -> (blocked: Int, neverPays: Int) {
    let first = fates.prefix(limit)
    return (
      first.count { $0 == Fate.blocked.rawValue }, first.count { $0 == Fate.neverPays.rawValue }
    )
  }

  private func best(of index: Int) -> Double {
    var low = 0
    var high = losers.count
    while low < high {
      let middle = (low + high) / 2
      if losers[middle].index < index { low = middle + 1 } else { high = middle }
    }
    return losers[low].best
  }
}
