import LichenPlanning

/// How outputs and inputs rank their links: an output by value per unit that it gives, an input by
/// value per unit of its need that is served, fixed costs averaged over full use, ties by index.
///
/// A link that could never gain is acceptable to nobody.
struct SideRanking {
  let isAcceptable: [Bool]
  /// Links by output, its favourite first; legs to facilities included.
  let byOutput: [[Int32]]
  /// Links by input, its favourite first.
  let byInput: [[Int32]]

  init(_ model: PlanningModel) {
    isAcceptable = model.links.map {
      $0.output != nil && $0.input != nil
        && $0.money * ($0.money > 0 ? $0.upper : $0.lower) - $0.fixedCost > 0
    }
    let worth = model.links.map { $0.money - $0.fixedCost / $0.upper }
    var outputs = [[Int32]](repeating: [], count: model.supplies.count)
    var inputs = [[Int32]](repeating: [], count: model.needs.count)
    for (index, link) in model.links.enumerated() {
      if let output = link.output { outputs[output].append(Int32(index)) }
      if let input = link.input { inputs[input].append(Int32(index)) }
    }
    byOutput = outputs.map { links in
      links.sorted { (-worth[Int($0)], $0) < (-worth[Int($1)], $1) }
    }
    byInput = inputs.map { links in
      links.sorted {
        (-worth[Int($0)] / model.links[Int($0)].ratio, $0)
          < (-worth[Int($1)] / model.links[Int($1)].ratio, $1)
      }
    }
  }
}
