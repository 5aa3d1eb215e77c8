/// Puts a road map that takes no heed of capital into the order in which capital allows it: what brings most
/// per unit of capital first, each as early as it fits.
struct RoadmapHeuristic {
  let model: RoadmapModel
  /// Beginnings that are wanted; what never begins there is left out.
  let target: [Int?]

  /// What has to begin together: a plant with its legs, or one thing alone; permits follow.
  private struct Bundle {
    let assets: [Int]
    /// Rough net present value per unit of capital.
    let merit: Double
  }

  /// - Complexity: O(bundles² · periods · assets).
  func begins() -> [Int?] {
    var placed: [Int?] = model.assets.map { $0.isThere ? 0 : nil }
    var left = bundles()
    var isMoving = true
    // What must wait for another is tried again once that is placed.
    while isMoving {
      isMoving = false
      var waiting: [Bundle] = []
      for bundle in left {
        if let next = placing(bundle, in: placed) {
          placed = next
          isMoving = true
        } else {
          waiting.append(bundle)
        }
      }
      left = waiting
    }
    return placed
  }

  private func placing(_ bundle: Bundle, in placed: [Int?]) -> [Int?]? {
    for period in model.periods.indices {
      var trial = placed
      guard bundle.assets.allSatisfy({ place($0, from: period, in: &trial, bundle) }) else {
        continue
      }
      if model.keepsBudgets(begins: trial) { return trial }
    }
    return nil
  }

  /// Lets an asset begin, its permits just in time; false if something that must come before does not.
  private func place(_ index: Int, from period: Int, in trial: inout [Int?], _ bundle: Bundle)
    -> Bool
  {
    let asset = model.assets[index]
    let begin = max(period, asset.earliest)
    guard begin <= asset.lastUse else { return false }
    for prerequisite in asset.prerequisites {
      let latest = begin - prerequisite.lag
      if let there = trial[prerequisite.asset], there <= latest { continue }
      if model.assets[prerequisite.asset].kind == .permit {
        guard latest >= model.assets[prerequisite.asset].earliest else { return false }
        trial[prerequisite.asset] = latest
      } else if !(prerequisite.lag == 0 && bundle.assets.contains(prerequisite.asset)) {
        return false
      }
    }
    trial[index] = begin
    return true
  }

  private func bundles() -> [Bundle] {
    var groups: [Int: [Int]] = [:]
    for (index, asset) in model.assets.enumerated()
    where target[index] != nil && asset.kind != .permit && !asset.isThere {
      let plant = asset.prerequisites.map(\.asset).filter { model.assets[$0].kind == .facility }
        .min()
      groups[asset.kind == .leg ? plant ?? index : index, default: []].append(index)
    }
    return groups.map { key, members in
      let capital = members.reduce(0) { $0 + model.assets[$1].capital }
      let worth = members.reduce(0) { $0 + self.worth(of: $1) }
      return (key, Bundle(assets: members.sorted(), merit: worth / max(capital, 1e-6)))
    }.sorted { ($1.1.merit, $0.0) < ($0.1.merit, $1.0) }.map(\.1)
  }

  /// Roughly: what its arcs could carry at most, less what it costs.
  private func worth(of index: Int) -> Double {
    guard let begin = target[index] else { return 0 }
    var worth = -model.cost(of: index, from: begin)
    for period in begin..<model.periods.count {
      let flows = model.periods[period].arcs.reduce(0) {
        $0 + ($1.asset == index ? max(0, model.value(of: $1)) * $1.upper : 0)
      }
      worth += model.weight(ofPeriod: period) * (flows + model.runningValue(of: index, in: period))
    }
    return worth
  }
}
