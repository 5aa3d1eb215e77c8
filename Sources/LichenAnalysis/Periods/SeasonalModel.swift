import LichenDomain
import LichenPlanning

/// A planning model whose streams come and go with the seasons, with stores in which they may wait.
///
/// Openings, permits, plants and measures are decisions of the year; flows and stocks are monthly. Summed
/// over the months, all limits are those of the yearly model, so that no monthly plan is worth more than the
/// best yearly one.
struct SeasonalModel: Sendable {
  /// A store at one stream that may be built.
  struct Store: Sendable, Hashable {
    enum Place: Sendable, Hashable {
      /// Index in the model's outputs.
      case output(Int)
      /// Index in the model's inputs.
      case input(Int)
    }

    let name: String
    let place: Place
    /// Most that it holds [reference units].
    let capacity: Double
    /// Yearly cost once built [park currency/a].
    let annualCost: Double
    /// Investment [park currency].
    let capital: Double
    /// Share of the stock of one month's end that is gone at the next, 0...1.
    let loss: Double
    /// Month ends that a delivery may stay; `nil` keeps for ever.
    let months: Int?
    /// Credit that a lost unit had been given on arrival; only at inputs [park currency].
    let lostMoney: Double
    /// The same [kg CO2e].
    let lostCarbon: Double

    init(
      name: String, place: Place, capacity: Double, annualCost: Double = 0, capital: Double = 0,
      loss: Double = 0, months: Int? = nil, lostMoney: Double = 0, lostCarbon: Double = 0
    ) {
      self.name = name
      self.place = place
      self.capacity = capacity
      self.annualCost = annualCost
      self.capital = capital
      self.loss = loss
      self.months = months
      self.lostMoney = lostMoney
      self.lostCarbon = lostCarbon
    }

    /// Nothing is spent on it, so it is there already.
    var isFree: Bool { annualCost <= 0 && capital <= 0 }
    /// Month ends that bind: what is turned over once a year never stays longer than twelve.
    var shelfLife: Int? { months.flatMap { $0 < 12 ? max(0, $0) : nil } }
  }

  let model: PlanningModel
  /// By output.
  let supplyShares: [MonthShares]
  /// By input.
  let needShares: [MonthShares]
  let stores: [Store]
  /// By link: whether its flows are monthly variables, because its streams do not all share one shape.
  let isMonthly: [Bool]

  init(
    model: PlanningModel, supplyShares: [MonthShares], needShares: [MonthShares],
    stores: [Store] = []
  ) {
    self.model = model
    self.supplyShares = supplyShares
    self.needShares = needShares
    self.stores = stores
    isMonthly = Self.monthlyLinks(model, supplyShares, needShares)
  }

  /// The same seasons for another model of the same streams.
  func with(model: PlanningModel, stores: [Store]? = nil) -> SeasonalModel {
    SeasonalModel(
      model: model, supplyShares: supplyShares, needShares: needShares,
      stores: stores ?? self.stores)
  }

  /// Links of a block (joined by streams, plants or mixtures) are monthly unless all its streams have one
  /// shape: then flows of that shape keep every monthly limit as soon as their sums keep the yearly ones.
  /// A plant works evenly.
  private static func monthlyLinks(
    _ model: PlanningModel, _ supplyShares: [MonthShares], _ needShares: [MonthShares]
  ) -> [Bool] {
    let flowsOnly = PlanningModel(
      name: "", links: model.links, linkNames: model.linkNames, supplies: model.supplies,
      needs: model.needs, facilities: model.facilities, blends: model.blends)
    var isMonthly = [Bool](repeating: false, count: model.links.count)
    for block in flowsOnly.components() {
      var shapes: Set<MonthShares> = []
      for link in block.links.map({ model.links[$0] }) {
        switch link.source {
        case .output(let index): shapes.insert(supplyShares[index])
        case .facility: shapes.insert(.even)
        }
        switch link.target {
        case .input(let index): shapes.insert(needShares[index])
        case .facility: shapes.insert(.even)
        }
      }
      if shapes.count > 1 {
        for index in block.links { isMonthly[index] = true }
      }
    }
    return isMonthly
  }

  /// Shape of a link's flow where it is not monthly.
  func shape(ofLink index: Int) -> MonthShares {
    if let output = model.links[index].output { return supplyShares[output] }
    if let input = model.links[index].input { return needShares[input] }
    return .even
  }

  /// Links, measures and stores that are decided together.
  struct Part: Sendable {
    let links: [Int]
    let measures: [Int]
    /// Indices in `stores`.
    let stores: [Int]
    /// Places of the yearly model's components that it is made of, ascending.
    let components: [Int]

    var planning: PlanningModel.Part { PlanningModel.Part(links: links, measures: measures) }
  }

  /// Whether capital may run out once stores are built too.
  var isBudgetBinding: Bool {
    guard let budget = model.capitalBudget else { return false }
    return capitalOfAll > budget
  }

  private var capitalOfAll: Double {
    model.links.reduce(0) { $0 + $1.capital } + model.measures.reduce(0) { $0 + $1.capital }
      + model.facilities.reduce(0) { $0 + $1.capital } + stores.reduce(0) { $0 + $1.capital }
  }

  /// The yearly model's components, joined where stores need capital that may run out; a store stands
  /// with the monthly links of its stream, and is in no part where it has none.
  /// - Complexity: O(links + stores).
  func parts() -> [Part] {
    let components = model.components()
    var homes: [Store.Place: Int] = [:]
    for (place, component) in components.enumerated() {
      for index in component.links where isMonthly[index] {
        let link = model.links[index]
        if let output = link.output { homes[.output(output)] = place }
        if let input = link.input { homes[.input(input)] = place }
      }
    }
    let storeHomes = stores.map { homes[$0.place] }
    let common = isBudgetBinding ? capitalised(components, storeHomes) : []
    var groups: [[Int]] = []
    for place in components.indices {
      if common.contains(place), place != common.first { continue }
      groups.append(place == common.first ? common : [place])
    }
    return groups.map { group in
      Part(
        links: group.flatMap { components[$0].links }.sorted(),
        measures: group.flatMap { components[$0].measures }.sorted(),
        stores: stores.indices.filter { storeHomes[$0].map(group.contains) ?? false },
        components: group)
    }
  }

  /// Components that spend capital, ascending.
  private func capitalised(_ components: [PlanningModel.Part], _ storeHomes: [Int?]) -> [Int] {
    let plants = model.facilities
    return components.indices.filter { place in
      let part = components[place]
      return part.links.contains { index in
        let link = model.links[index]
        if link.capital > 0 { return true }
        if case .facility(let plant) = link.target { return plants[plant].capital > 0 }
        if case .facility(let plant) = link.source { return plants[plant].capital > 0 }
        return false
      } || part.measures.contains { model.measures[$0].capital > 0 }
        || zip(stores, storeHomes).contains { $0.capital > 0 && $1 == place }
    }
  }
}
