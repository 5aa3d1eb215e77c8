/// Writes a part of a planning model as a program: one flow `x` per link, as a share of the most it
/// can carry, one opening `y` per link that needs one, one permit `p` per permit in use, one `z` per
/// facility in use, one `q` per efficiency measure. Each family of constraints has its own file.
public struct MIPBuilder: Sendable {
  public let model: PlanningModel
  /// Indices of the links in the program, ascending.
  public let links: [Int]
  /// Indices of the measures in the program, ascending.
  public let measures: [Int]
  let permitsInUse: [Int]
  let facilitiesInUse: [Int]
  /// By position among `links`: column of the opening variable, or -1.
  private let openings: [Int32]
  private let openingCount: Int

  /// - Parameter opensEveryLink: Gives a yes-or-no also to links that need none, to count them.
  public init(
    model: PlanningModel, part: PlanningModel.Part? = nil, opensEveryLink: Bool = false
  ) {
    self.model = model
    let chosen = part?.links ?? Array(model.links.indices)
    links = chosen
    measures = part?.measures ?? Array(model.measures.indices)
    permitsInUse = Set(chosen.flatMap { model.permits(of: $0) }).sorted().map(Int.init)
    facilitiesInUse = Set(chosen.flatMap { model.links[$0].facilities }).sorted()
    let isBudgetBinding = model.isBudgetBinding
    var next = Int32(chosen.count)
    openings = chosen.map { index -> Int32 in
      guard
        opensEveryLink || Self.needsOpening(index, model, isBudgetBinding: isBudgetBinding)
      else { return -1 }
      next += 1
      return next - 1
    }
    openingCount = Int(next) - chosen.count
  }

  /// A link without fixed cost, lot, permit or count needs no yes-or-no variable.
  static func needsOpening(
    _ index: Int, _ model: PlanningModel, isBudgetBinding: Bool
  ) -> Bool {
    let link = model.links[index]
    return link.fixedCost != 0 || link.lower > 0 || !model.permits(of: index).isEmpty
      || link.isRequired || model.partnerLimit != nil || (isBudgetBinding && link.capital > 0)
  }

  /// Yes-or-no variables of the program.
  public var integerCount: Int {
    openingCount + permitsInUse.count + facilitiesInUse.count + measures.count
  }

  /// Column of the opening of the link at a position among `links`, if it has one.
  public func opening(at position: Int) -> Int? {
    openings[position] < 0 ? nil : Int(openings[position])
  }
  func link(_ position: Int) -> PlanningModel.Link { model.links[links[position]] }
  func measure(_ position: Int) -> PlanningModel.Measure { model.measures[measures[position]] }
  func facility(_ position: Int) -> PlanningModel.Facility {
    model.facilities[facilitiesInUse[position]]
  }
  func name(_ position: Int) -> String { model.linkNames[links[position]] }

  /// Column of a measure at a position among `measures`.
  public func column(ofMeasure position: Int) -> Int { firstMeasureColumn + position }

  var firstPermitColumn: Int { links.count + openingCount }
  var firstFacilityColumn: Int { firstPermitColumn + permitsInUse.count }
  var firstMeasureColumn: Int { firstFacilityColumn + facilitiesInUse.count }

  /// The program that maximises `weights`.
  /// - Parameter floor: An earlier objective that must keep its optimum (lexicographic planning).
  public func program(
    maximising weights: PlanningModel.Weights,
    keeping floor: (weights: PlanningModel.Weights, optimum: Double)? = nil
  ) -> MIPModel {
    var program = MIPModel(name: model.name)
    addColumns(to: &program, weights)
    addLinking(to: &program)
    addBalances(to: &program)
    addCover(to: &program)
    addFacilities(to: &program)
    addPermits(to: &program)
    addPartnerLimits(to: &program)
    addBlends(to: &program)
    addBudget(to: &program)
    addCarbonFloor(to: &program)
    if let floor { addFloor(floor.weights, floor.optimum, to: &program) }
    return program
  }

  private func addColumns(to program: inout MIPModel, _ weights: PlanningModel.Weights) {
    for position in links.indices {
      let link = link(position)
      program.addColumn(
        MIPColumn(
          name: "flow_\(name(position))", lower: 0, upper: 1,
          objective: model.unitValue(of: link, weights) * link.upper))
    }
    for position in links.indices where opening(at: position) != nil {
      let link = link(position)
      program.addColumn(
        MIPColumn(
          name: "open_\(name(position))", lower: link.isRequired ? 1 : 0, upper: 1,
          objective: -weights.money * link.fixedCost, isInteger: true))
    }
    for permit in permitsInUse {
      program.addColumn(
        .binary(
          name: "permit_\(model.permits[permit].name)",
          objective: -weights.money * model.permits[permit].annualCost))
    }
    for position in facilitiesInUse.indices {
      program.addColumn(
        .binary(
          name: "facility_\(facility(position).name)",
          objective: -weights.money * facility(position).openingCost))
    }
    addMeasures(to: &program, weights)
  }

  /// An earlier objective stays within one part in 10⁹ of its optimum.
  private func addFloor(
    _ weights: PlanningModel.Weights, _ optimum: Double, to program: inout MIPModel
  ) {
    let objective = self.program(maximising: weights).columns.map(\.objective)
    let scale = max(abs(optimum), 1)
    let entries = objective.enumerated().compactMap { column, value in
      value == 0 ? nil : (column, value / scale)
    }
    if entries.isEmpty { return }
    program.addRow(MIPRow(name: "keep_first", lower: optimum / scale - 1e-9, entries: entries))
  }

  /// Positions of links by stream, streams ascending.
  func grouped(by key: (PlanningModel.Link) -> Int?) -> [(stream: Int, positions: [Int])] {
    var positions: [Int: [Int]] = [:]
    for position in links.indices {
      if let stream = key(link(position)) {
        positions[stream, default: []].append(position)
      }
    }
    return positions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

extension PlanningModel.Link {
  /// Facilities that the link touches.
  var facilities: [Int] {
    var found: [Int] = []
    if case .facility(let index) = source { found.append(index) }
    if case .facility(let index) = target { found.append(index) }
    return found
  }
}
