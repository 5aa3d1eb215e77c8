import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Makes the model of a road map from the parks of its years.
struct RoadmapBuilder {
  private let parks: YearlyParks
  private let options: RoadmapOptions
  private let chosen: Set<String>
  private let lives: AssetLives
  private let periodCount: Int
  private var drafts: [Draft] = []
  private var indices: [String: Int] = [:]
  private var plants: [String: Int] = [:]
  private(set) var model: RoadmapModel
  /// Permits whose wait the rules do not tell, in order of name.
  private(set) var unknownWaits: [String] = []

  /// An asset while it is put together.
  private struct Draft {
    let kind: ProjectItem.Kind
    let name: String
    let capital: Double
    let life: Double?
    var lead = 0
    var existed = false
    var isRequired = false
    /// What existed and must stay; what existed and may be dropped is decided as anything else is.
    var isThere: Bool { existed && isRequired }
    var prerequisites: [RoadmapModel.Prerequisite] = []
    var uses: [Bool]
    var running: [Double]
    var carbon: [Double]
  }

  /// Key of a thing of one kind, because names of different kinds may be the same.
  static func key(_ kind: ProjectItem.Kind, _ name: String) -> String { "\(kind.rawValue) \(name)" }

  /// - Parameter chosen: Names of the links and measures that may be built.
  /// - Throws: `RoadmapError`.
  init(
    _ parks: YearlyParks, chosen: Set<String>, rate: Double, weights: PlanningModel.Weights,
    planning: PlanningOptions, options: RoadmapOptions
  ) throws(RoadmapError) {
    self.parks = parks
    self.options = options
    self.chosen = chosen
    lives = AssetLives(park: parks.parks[0].park)
    periodCount = options.years * options.periodsPerYear
    model = RoadmapModel(
      assets: [], plants: [], periods: [], periodsPerYear: options.periodsPerYear, rate: rate)
    model.carbonValue = weights.carbon
    model.budgets = options.budgets
    model.carriesOver = options.carriesOver
    model.totalBudget = planning.capitalBudget
    model.partnerLimit = planning.partnerLimit
    for period in 0..<periodCount { addPeriod(period) }
    try addPrecedences()
    try finish()
  }

  // MARK: Periods

  private mutating func addPeriod(_ place: Int) {
    let year = parks.parks[parks.places[place / options.periodsPerYear]]
    var period = RoadmapModel.Period()
    period.supplies = year.problem.model.supplies
    period.needs = year.problem.model.needs
    var arcs: [Int: Int] = [:]
    for (index, link) in year.problem.model.links.enumerated()
    where chosen.contains(year.problem.model.linkNames[index]) {
      arcs[index] = period.arcs.count
      period.arcs.append(arc(link, named: year.problem.model.linkNames[index], year, place))
    }
    for blend in year.problem.model.blends {
      let terms = zip(blend.links, blend.excess).compactMap { link, excess in
        arcs[link].map { ($0, excess) }
      }
      if terms.isEmpty { continue }
      period.blends.append(RoadmapModel.Blend(arcs: terms.map(\.0), excess: terms.map(\.1)))
    }
    for (measure, priced) in zip(year.problem.model.measures, year.problem.measures)
    where chosen.contains(measure.name) {
      guard isEffective(priced.option, in: year.park) else { continue }
      let asset = add(measure: priced, isRequired: measure.isRequired, at: place)
      if measure.shift == 0 || (measure.output == nil && measure.input == nil) { continue }
      period.shifts.append(
        RoadmapModel.Shift(
          asset: asset, supply: measure.output, need: measure.input, amount: measure.shift))
    }
    model.periods.append(period)
  }

  /// A measure on a stream is of use while the stream is there.
  private func isEffective(_ option: EfficiencyOption, in park: Park) -> Bool {
    let row = park.declaration.options.first { $0.id == option.id.rawValue }
    return row?.stream.isEmpty != false || option.stream != nil
  }

  private mutating func arc(
    _ link: PlanningModel.Link, named name: String, _ year: ParkYear, _ place: Int
  ) -> RoadmapModel.Arc {
    let graph = year.graph
    let asset: Int
    if link.candidate < graph.candidates.count {
      let candidate = graph.candidates[link.candidate]
      asset = add(
        .exchange, name, candidate.ledger, candidate.permits, isRequired: link.isRequired, at: place
      )
    } else {
      let leg = graph.legs[link.candidate - graph.candidates.count]
      asset = add(.leg, name, leg.ledger, leg.permits, isRequired: link.isRequired, at: place)
    }
    func end(_ plant: Int) -> RoadmapModel.End {
      let plants = graph.facilities.filter { $0.obstacle == nil }
      let index = add(plant: plants[plant], at: place)
      let owner = model.plants[index].asset
      if !drafts[asset].prerequisites.contains(where: { $0.asset == owner }) {
        drafts[asset].prerequisites.append(RoadmapModel.Prerequisite(owner))
      }
      return .plant(index)
    }
    let source: RoadmapModel.End
    switch link.source {
    case .output(let output): source = .stream(output)
    case .facility(let plant): source = end(plant)
    }
    let target: RoadmapModel.End
    switch link.target {
    case .input(let input): target = .stream(input)
    case .facility(let plant): target = end(plant)
    }
    return RoadmapModel.Arc(
      asset: asset, source: source, target: target, ratio: link.ratio, money: link.money,
      carbon: link.carbon, lower: link.lower, upper: link.upper)
  }

  // MARK: Assets

  /// The asset of a name, made when it is met first.
  private mutating func asset(
    _ kind: ProjectItem.Kind, _ name: String, capital: Double, life: Double?
  ) -> Int {
    let key = Self.key(kind, name)
    if let known = indices[key] { return known }
    indices[key] = drafts.count
    drafts.append(
      Draft(
        kind: kind, name: name, capital: capital, life: life,
        uses: [Bool](repeating: false, count: periodCount),
        running: [Double](repeating: 0, count: periodCount),
        carbon: [Double](repeating: 0, count: periodCount)))
    return drafts.count - 1
  }

  private mutating func add(
    _ kind: ProjectItem.Kind, _ name: String, _ ledger: Ledger, _ permits: [PermitNeed],
    isRequired: Bool, at place: Int
  ) -> Int {
    let index = asset(
      kind, name, capital: ledger.capital.typical, life: lives.link.value?.typical)
    if ledger.fixed.contains(where: { $0.remark == "remark.exists-already" }) {
      drafts[index].existed = true
    }
    if isRequired { drafts[index].isRequired = true }
    drafts[index].uses[place] = true
    drafts[index].running[place] =
      ledger.fixed.beforeAnnuity.reduce(0) { $0 + ($1.money.value?.typical ?? 0) }
    drafts[index].lead = buildingPeriods(ledger.capital.typical)
    for need in permits {
      let permit = add(permit: need, at: place)
      let prerequisite = RoadmapModel.Prerequisite(permit, lag: drafts[index].lead)
      if !drafts[index].prerequisites.contains(prerequisite) {
        drafts[index].prerequisites.append(prerequisite)
      }
    }
    return index
  }

  /// What costs nothing to build takes no time to build.
  private func buildingPeriods(_ capital: Double) -> Int {
    capital > 0 ? options.periods(ofDays: options.buildingDays) : 0
  }

  private mutating func add(permit need: PermitNeed, at place: Int) -> Int {
    let index = asset(
      .permit, need.key.text, capital: need.oneOff.value?.typical ?? 0,
      life: lives.permit.value?.typical)
    drafts[index].uses[place] = true
    drafts[index].lead = wait(for: need)
    return index
  }

  /// An application comes before what it is for: where the rule tells no days, by one period at least.
  private mutating func wait(for need: PermitNeed) -> Int {
    guard let days = need.rule.days else {
      if options.wait == .none { return 0 }
      if !unknownWaits.contains(need.key.text) {
        unknownWaits = (unknownWaits + [need.key.text]).sorted()
      }
      return 1
    }
    switch options.wait {
    case .none: return 0
    case .shortest: return options.periods(ofDays: days.low)
    case .typical: return options.periods(ofDays: days.typical)
    case .longest: return options.periods(ofDays: days.high)
    }
  }

  /// Returns the plant's index in the model's plants.
  private mutating func add(plant: PricedFacility, at place: Int) -> Int {
    let name = plant.facility.id.rawValue
    let capital = plant.capital.typical
    let index = asset(.facility, name, capital: capital, life: plant.facility.lifetime)
    drafts[index].uses[place] = true
    drafts[index].lead = buildingPeriods(capital)
    drafts[index].running[place] =
      plant.lines.beforeAnnuity.reduce(0) { $0 + ($1.money.value?.typical ?? 0) }
    if let known = plants[name] { return known }
    plants[name] = model.plants.count
    model.plants.append(
      RoadmapModel.Plant(asset: index, capacity: plant.facility.capacity ?? 0))
    return model.plants.count - 1
  }

  private mutating func add(measure: PricedMeasure, isRequired: Bool, at place: Int) -> Int {
    let capital = measure.capital.typical
    let index = asset(
      .measure, measure.option.id.rawValue, capital: capital, life: lives.life(of: measure.option))
    drafts[index].uses[place] = true
    drafts[index].lead = buildingPeriods(capital)
    drafts[index].running[place] =
      measure.lines.beforeAnnuity.reduce(0) { $0 + ($1.money.value?.typical ?? 0) }
    drafts[index].carbon[place] = measure.carbon.typical
    // What is being built is there, its capital spent.
    if isRequired { (drafts[index].existed, drafts[index].isRequired) = (true, true) }
    return index
  }

  // MARK: Order

  /// Wishes of the user: later things begin in a later period.
  private mutating func addPrecedences() throws(RoadmapError) {
    var unknown: [String] = []
    for wish in options.precedences {
      let later = meant(by: wish.later)
      let earlier = meant(by: wish.earlier)
      if later.isEmpty { unknown.append(suggestion(for: wish.later)) }
      if earlier.isEmpty { unknown.append(suggestion(for: wish.earlier)) }
      for index in later {
        for other in earlier where other != index {
          drafts[index].prerequisites.append(RoadmapModel.Prerequisite(other, lag: 1))
        }
      }
    }
    if !unknown.isEmpty { throw .unknownNames(unknown) }
  }

  private func meant(by text: String) -> [Int] {
    let selector = LinkSelector(text)
    return drafts.indices.filter { index in
      drafts[index].kind != .permit
        && (drafts[index].name == text || selector?.matches(drafts[index].name) == true)
    }
  }

  private func suggestion(for text: String) -> String {
    let names = drafts.filter { $0.kind != .permit }.map(\.name)
    return [text, Spelling.suggestion(for: text, among: names)].compactMap(\.self)
      .joined(separator: " (") + (Spelling.suggestion(for: text, among: names) == nil ? "" : ")")
  }

  /// Works out when each thing can begin at the earliest.
  private mutating func finish() throws(RoadmapError) {
    let homeless = drafts.filter { $0.capital != 0 && !$0.isThere && $0.life == nil }.map(\.name)
    if !homeless.isEmpty { throw .unknownLives(homeless.sorted()) }
    var earliest = drafts.map { $0.isThere ? 0 : $0.lead }
    var isMoving = true
    var rounds = 0
    while isMoving {
      isMoving = false
      rounds += 1
      for (index, draft) in drafts.enumerated() where !draft.isThere {
        for before in draft.prerequisites {
          let needed = earliest[before.asset] + before.lag
          if needed > earliest[index] {
            earliest[index] = min(needed, periodCount)
            isMoving = true
          }
        }
      }
      if rounds > drafts.count + periodCount + 1 { break }
    }
    if let circle = circle() { throw .circle(circle) }
    model.assets = drafts.enumerated().map { index, draft in
      RoadmapModel.Asset(
        kind: draft.kind, name: draft.name, capital: draft.capital, life: draft.life ?? 1,
        lead: draft.lead, earliest: earliest[index], isThere: draft.isThere,
        existed: draft.existed, isRequired: draft.isRequired,
        prerequisites: draft.isThere ? [] : draft.prerequisites,
        uses: draft.uses, running: draft.running, carbon: draft.carbon)
    }
  }

  /// Names of things that would each have to begin before the other, if there are any.
  private func circle() -> [String]? {
    var left = Set(drafts.indices)
    while let free = left.sorted().first(where: { index in
      !drafts[index].prerequisites.contains { left.contains($0.asset) }
    }) {
      left.remove(free)
    }
    return left.isEmpty ? nil : left.sorted().map { drafts[$0].name }.sorted()
  }
}
