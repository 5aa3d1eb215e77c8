import Foundation
import LichenAnalysis
import LichenDomain
import LichenEngine
import LichenPlanning
import Synchronization

/// Which declarations a room speaks of: a version of a park, whole or without the firms that asked not to be shown.
struct RoomPlace: Hashable, Sendable {
  let version: Int64
  let isOpen: Bool
}

/// What a room has worked out, so that going back is instant: parks as declared, and plans under changes.
final class RoomMemory: Sendable {
  struct Key: Hashable, Sendable {
    let place: RoomPlace
    let changes: [PlainChange]
  }

  private struct Kept {
    var bases: [(place: RoomPlace, base: WhatIfBase)] = []
    /// The latest used last.
    var plans: [(key: Key, plan: PlannedScenario)] = []
    var fronts: [(key: Key, front: ParetoFront)] = []
    var choices: [(key: Key, choice: Alternatives)] = []
    var locks: [RoomPlace: NSLock] = [:]
  }

  private let kept = Mutex(Kept())
  private static let mostBases = 12
  private static let mostAnswers = 64
  /// Candidates of all kept plans together, some hundred bytes each.
  private static let mostCandidates = 2_000_000

  func base(_ place: RoomPlace) -> WhatIfBase? {
    kept.withLock { $0.bases.first { $0.place == place }?.base }
  }

  /// The park as declared, worked out by whoever asks first; others who ask meanwhile wait.
  func base(_ place: RoomPlace, make: () throws -> WhatIfBase) rethrows -> WhatIfBase {
    if let found = base(place) { return found }
    let lock = kept.withLock { kept in
      let lock = kept.locks[place] ?? NSLock()
      kept.locks[place] = lock
      return lock
    }
    return try lock.withLock {
      if let found = base(place) { return found }
      let made = try make()
      kept.withLock { kept in
        kept.bases.append((place, made))
        if kept.bases.count > Self.mostBases { kept.bases.removeFirst() }
        kept.locks[place] = nil
      }
      return made
    }
  }

  func plan(_ key: Key) -> PlannedScenario? {
    if key.changes.isEmpty { return base(key.place)?.baseline }
    return kept.withLock { kept in
      guard let index = kept.plans.firstIndex(where: { $0.key == key }) else { return nil }
      let found = kept.plans.remove(at: index)
      kept.plans.append(found)
      return found.plan
    }
  }

  func keep(_ plan: PlannedScenario, for key: Key) {
    kept.withLock { kept in
      kept.plans.removeAll { $0.key == key }
      kept.plans.append((key, plan))
      var candidates = kept.plans.reduce(0) { $0 + $1.plan.graph.candidates.count + 1 }
      while kept.plans.count > Self.mostAnswers
        || (candidates > Self.mostCandidates && kept.plans.count > 1)
      {
        candidates -= kept.plans.removeFirst().plan.graph.candidates.count + 1
      }
    }
  }

  func front(_ key: Key) -> ParetoFront? {
    kept.withLock { $0.fronts.first { $0.key == key }?.front }
  }

  func keep(_ front: ParetoFront, for key: Key) {
    kept.withLock { kept in
      kept.fronts.append((key, front))
      if kept.fronts.count > Self.mostAnswers { kept.fronts.removeFirst() }
    }
  }

  func choice(_ key: Key) -> Alternatives? {
    kept.withLock { $0.choices.first { $0.key == key }?.choice }
  }

  func keep(_ choice: Alternatives, for key: Key) {
    kept.withLock { kept in
      kept.choices.append((key, choice))
      if kept.choices.count > Self.mostAnswers { kept.choices.removeFirst() }
    }
  }
}
