import LichenPlanning

/// Everything that the optimum of one part of a model depends on, as numbers: equal keys have equal optima,
/// whatever the model around them.
struct PartKey: Hashable {
  private let figures: [Double]

  /// Stands between lists of unknown length.
  private static let mark = Double.infinity

  /// The same for equal keys in any process: FNV-1a of the numbers (Fowler, Noll & Vo 1991). Of a million keys two
  /// share one with a probability of 1 in 37 million.
  var mark: UInt64 {
    figures.reduce(0xcbf2_9ce4_8422_2325) { hash, figure in
      // Zero has two signs and is one number.
      let bits = (figure == 0 ? 0 : figure).bitPattern
      return stride(from: 0, to: 64, by: 8).reduce(hash) {
        ($0 ^ (bits >> UInt64($1) & 0xff)) &* 0x100_0000_01b3
      }
    }
  }

  /// - Parameter isBudgetBinding: Whether the whole model's budget limits anything.
  /// - Complexity: O(links and measures of the part, blends of the model).
  init(_ model: PlanningModel, part: PlanningModel.Part, isBudgetBinding: Bool) {
    var writer = Writer(model)
    for index in part.links { writer.add(link: index) }
    writer.figures.append(Self.mark)
    for index in part.measures { writer.add(measure: model.measures[index]) }
    writer.figures.append(Self.mark)
    writer.addBlends(among: part.links)
    writer.figures += [
      isBudgetBinding ? model.capitalBudget ?? -1 : -1, model.carbonFloor ?? -1,
      Double(model.partnerLimit ?? -1),
    ]
    figures = writer.figures
  }

  /// Numbers streams, plants and permits by first use, so that their places in the whole do not count.
  private struct Writer {
    let model: PlanningModel
    var figures: [Double] = []
    private var outputs: [Int: Int] = [:]
    private var inputs: [Int: Int] = [:]
    private var facilities: [Int: Int] = [:]
    private var permits: [Int: Int] = [:]

    init(_ model: PlanningModel) { self.model = model }

    mutating func add(link index: Int) {
      let link = model.links[index]
      switch link.source {
      case .output(let output): add(output: output)
      case .facility(let plant): add(facility: plant)
      }
      switch link.target {
      case .input(let input): add(input: input)
      case .facility(let plant): add(facility: plant)
      }
      figures += [
        link.ratio, link.money, link.carbon, link.fixedCost, link.capital, link.lower, link.upper,
        link.isRequired ? 1 : 0,
      ]
      for permit in model.permits(of: index).lazy.map(Int.init) {
        if let known = permits[permit] {
          figures += [-3, Double(known)]
        } else {
          permits[permit] = permits.count
          figures += [-4, model.permits[permit].annualCost]
        }
      }
      figures.append(PartKey.mark)
    }

    private mutating func add(output: Int) {
      if let known = outputs[output] {
        figures += [0, Double(known)]
      } else {
        outputs[output] = outputs.count
        figures += [1, model.supplies[output]]
      }
    }

    private mutating func add(input: Int) {
      if let known = inputs[input] {
        figures += [0, Double(known)]
      } else {
        inputs[input] = inputs.count
        figures += [1, model.needs[input], model.leastNeeds.isEmpty ? 0 : model.leastNeeds[input]]
      }
    }

    private mutating func add(facility: Int) {
      if let known = facilities[facility] {
        figures += [2, Double(known)]
      } else {
        facilities[facility] = facilities.count
        let plant = model.facilities[facility]
        figures += [3, plant.capacity, plant.openingCost, plant.capital]
      }
    }

    mutating func add(measure: PlanningModel.Measure) {
      if let output = measure.output { add(output: output) }
      figures.append(PartKey.mark)
      if let input = measure.input { add(input: input) }
      figures += [
        measure.shift, measure.money, measure.carbon, measure.capital, measure.isRequired ? 1 : 0,
      ]
    }

    mutating func addBlends(among links: [Int]) {
      if model.blends.isEmpty { return }
      let places = Dictionary(uniqueKeysWithValues: links.enumerated().map { ($1, $0) })
      for blend in model.blends {
        let terms = zip(blend.links, blend.excess).compactMap { link, excess in
          places[link].map { [Double($0), excess] }
        }
        if !terms.isEmpty { figures += terms.joined() + [PartKey.mark] }
      }
    }
  }
}
