import LichenDomain
import LichenGraph
import LichenPlanning

/// A measure that the plan leaves out of account, and why.
public struct IdleMeasure: Sendable {
  public enum Reason: Sendable, Hashable {
    case obstacle(PricedMeasure.Obstacle)
    /// Costs more than it brings and gives exchanges nothing.
    case neverPays
  }

  public let measure: PricedMeasure
  public let reason: Reason
}

/// A model with the fate of every candidate that is not in it.
public struct PlanningProblem: Sendable {
  public let model: PlanningModel
  /// Needs behind the model's permits, in the same order.
  public let permitNeeds: [PermitNeed]
  /// By index of candidate; legs of facilities follow the candidates.
  public let excluded: Exclusions
  /// Measures behind the model's, in the same order.
  public let measures: [PricedMeasure]
  /// Measures that are not in the model.
  public let idleMeasures: [IdleMeasure]

  /// Builds the model of a graph.
  /// - Parameter weights: Objective of the first stage, for exact elimination of links that can never
  ///   pay; in a lexicographic plan nothing is eliminated.
  /// - Throws: `PlanningError` if options name unknown, blocked or contradictory exchanges.
  /// - Complexity: O(candidates + selectors · candidates of an output).
  public init(graph: ExchangeGraph, options: PlanningOptions) throws(PlanningError) {
    try self.init(graph: graph, options: options, among: nil)
  }

  /// The problem with every link and measure that may be planned, those included that can never pay:
  /// they may once somebody else has paid for them.
  /// - Throws: As the other way to make one.
  public init(unreduced graph: ExchangeGraph, options: PlanningOptions) throws(PlanningError) {
    try self.init(graph: graph, options: options, among: nil, reduces: false)
  }

  /// The problem of a part of a larger network: limits on mixtures are kept even if nothing in the part exceeds them, because
  /// something elsewhere may.
  /// - Throws: As the other way to make one.
  public init(part graph: ExchangeGraph, options: PlanningOptions) throws(PlanningError) {
    try self.init(graph: graph, options: options, among: nil, keepsIdleBlends: true)
  }

  /// - Parameters:
  ///   - among: Indices of the candidates that the problem is made of, ascending; `nil` takes all.
  ///   - reduces: Whether links and measures that can never pay are left out.
  ///   - keepsIdleBlends: Whether limits on mixtures stay that no by-product exceeds.
  init(
    graph: ExchangeGraph, options: PlanningOptions, among: [Int]?, reduces: Bool = true,
    keepsIdleBlends: Bool = false
  ) throws(PlanningError) {
    try Self.check(options, graph: graph)
    let park = graph.park
    let stages = options.objective.stages(carbonPrice: options.carbonPrice)
    let kept = Self.keptExchanges(of: park)
    let selection = Selection(graph: graph, options: options, kept: kept, among: among)
    let permitNeeds = selection.permitNeeds
    var excluded = selection.excluded
    let supplies = park.outputs.map { $0.quantity?.yearly.typical ?? 0 }
    let needs = park.inputs.map { ($0.quantity?.yearly.typical ?? 0) * $0.maximumShare }
    let priced = MeasureBook(park: park).measures
    try Self.check(options.requiredMeasures, among: priced)
    let measures = priced.filter { $0.obstacle == nil }
    let modelled = measures.map {
      Self.modelled(
        $0, park: park, isRequired: options.requiredMeasures.contains($0.option.id))
    }
    let reach = StreamReach(supplies: supplies, needs: needs, measures: modelled)
    var links: [PlanningModel.Link] = []
    var linkPermits = RaggedArray()
    links.reserveCapacity(selection.candidates.count)
    for index in selection.candidates.lazy.map(Int.init) {
      let row = graph.candidates.row(index)
      guard row.output >= 0, row.input >= 0, row.maximumFlow ?? 0 > 0 else { continue }
      let (output, input) = (Int(row.output), Int(row.input))
      links.append(
        PlanningModel.Link(
          candidate: index, source: .output(output), target: .input(input), ratio: row.ratio,
          money: row.money, carbon: row.carbon, fixedCost: row.fixedCost, capital: row.capital,
          lower: row.minimumFlow,
          upper: min(reach.supplies[output], reach.needs[input] / row.ratio),
          isRequired: selection.isRequired(index)))
      linkPermits.append(selection.permits(graph.candidates.permits(of: row)))
    }
    let plants = graph.facilities.filter { $0.obstacle == nil }
    let blends = Self.blends(links, graph: graph, keepsIdle: keepsIdleBlends)
    let writer = LegWriter(park: park, reach: reach, plants: plants)
    for (index, leg, isRequired) in selection.legs {
      guard let link = writer.link(leg, index: index, isRequired: isRequired) else { continue }
      links.append(link)
      linkPermits.append(selection.permits(leg.permits))
    }
    let whole = PlanningModel(
      name: park.settings.name, links: links,
      linkNames: links.map { graph.linkID($0.candidate) },
      linkPermits: linkPermits.hasNoMembers ? RaggedArray() : linkPermits, supplies: supplies,
      needs: needs,
      permits: permitNeeds.map {
        PlanningModel.Permit(
          name: "\($0.key.holder):\($0.key.material):\($0.key.rule)",
          annualCost: $0.annual.value?.typical ?? 0)
      },
      facilities: plants.map(writer.facility), blends: blends, measures: modelled,
      capitalBudget: options.capitalBudget, carbonFloor: options.carbonFloor,
      partnerLimit: options.partnerLimit)
    self.permitNeeds = permitNeeds
    let idle = priced.compactMap { measure in
      measure.obstacle.map { IdleMeasure(measure: measure, reason: .obstacle($0)) }
    }
    guard reduces, stages.count == 1, let weights = stages.first else {
      model = whole
      self.excluded = excluded
      self.measures = measures
      idleMeasures = idle
      return
    }
    let (reduced, dropped) = whole.withoutHopelessLinks(weights)
    for (link, best) in dropped { excluded.add(.neverPays(bestPerYear: best), link.candidate) }
    let useful = reduced.measures.indices.filter { reduced.isUseful(measure: $0, weights) }
    model = reduced.with(measures: useful.map { reduced.measures[$0] })
    self.excluded = excluded
    self.measures = useful.map { measures[$0] }
    idleMeasures =
      idle
      + measures.indices.filter { !useful.contains($0) }.map {
        IdleMeasure(measure: measures[$0], reason: .neverPays)
      }
  }

  /// Limits on mixtures: one blend per input, property and side, in that order; those that no
  /// by-product exceeds bind nothing.
  private static func blends(
    _ links: [PlanningModel.Link], graph: ExchangeGraph, keepsIdle: Bool
  ) -> [PlanningModel.Blend] {
    var members: [String: [(link: Int, excess: Double)]] = [:]
    for (index, link) in links.enumerated() where graph.candidates.row(link.candidate).hasMixtures {
      let candidate = graph.candidates[link.candidate]
      for term in candidate.mixtures {
        let name = "\(candidate.input.id):\(term.property):\(term.side.rawValue)"
        members[name, default: []].append((index, term.excessPerUnit))
      }
    }
    return members.sorted { $0.key < $1.key }.compactMap { name, terms in
      keepsIdle || terms.contains { $0.excess > 0 }
        ? PlanningModel.Blend(name: name, links: terms.map(\.link), excess: terms.map(\.excess))
        : nil
    }
  }

  /// A measure in the model's terms; a need counts as far as by-products may cover it.
  private static func modelled(
    _ priced: PricedMeasure, park: Park, isRequired: Bool
  ) -> PlanningModel.Measure {
    let option = priced.option
    let output = option.stream.flatMap(park.index(ofOutput:))
    let input = option.stream.flatMap(park.index(ofInput:))
    return PlanningModel.Measure(
      name: option.id.rawValue, output: output, input: input,
      shift: option.change * (input.map { park.inputs[$0].maximumShare } ?? 1),
      money: priced.money.typical, carbon: priced.carbon.typical, capital: priced.capital.typical,
      isRequired: priced.isCommitted || isRequired)
  }

  private init(
    part: PlanningModel.Part, of whole: PlanningProblem, model changed: PlanningModel? = nil
  ) {
    model = (changed ?? whole.model).restricted(to: part)
    permitNeeds = whole.permitNeeds
    excluded = whole.excluded
    measures = part.measures.map { whole.measures[$0] }
    idleMeasures = whole.idleMeasures
  }

  /// The connected part with the legs of a plant, as if the plant were paid for: its opening costs
  /// nothing more and its investment is taken off the budget; `nil` if the model does not have it or
  /// the budget does not reach.
  func part(opening id: FacilityID, of graph: ExchangeGraph) -> PlanningProblem? {
    let plants = graph.facilities.filter { $0.obstacle == nil }
    guard let plant = plants.firstIndex(where: { $0.facility.id == id }) else { return nil }
    var facilities = model.facilities
    let paid = facilities[plant]
    if let budget = model.capitalBudget, budget < paid.capital { return nil }
    facilities[plant] = PlanningModel.Facility(
      name: paid.name, capacity: paid.capacity, openingCost: 0, capital: 0)
    let opened = model.with(
      facilities: facilities, capitalBudget: model.capitalBudget.map { $0 - paid.capital })
    let part = opened.components().first { part in
      part.links.contains { index in
        let link = opened.links[index]
        return link.source == .facility(plant) || link.target == .facility(plant)
      }
    }
    return part.map { PlanningProblem(part: $0, of: self, model: opened) }
  }

  /// CO2e is owed and nothing could avoid any, so that there is no part to search.
  var isEmptyBelowFloor: Bool {
    model.links.isEmpty && model.measures.isEmpty && (model.carbonFloor ?? 0) > 0
  }

  /// The connected part of the problem that holds a candidate; `nil` if the model does not have it.
  func part(with candidate: Int) -> PlanningProblem? {
    guard
      let part = model.components().first(where: { part in
        part.links.contains { model.links[$0].candidate == candidate }
      })
    else { return nil }
    return PlanningProblem(part: part, of: self)
  }

  /// Selectors of existing exchanges that must stay.
  private static func keptExchanges(of park: Park) -> [LinkSelector] {
    guard park.settings.existingExchanges == .kept else { return [] }
    return park.exchanges.compactMap { exchange in
      guard let output = exchange.output, let input = exchange.input else { return nil }
      return LinkSelector("\(output):\(input)")
    }
  }

  private static func check(_ required: [OptionID], among measures: [PricedMeasure])
    throws(PlanningError)
  {
    for id in required {
      guard let measure = measures.first(where: { $0.option.id == id }) else {
        throw .measureNotPlannable(id: id, reason: "the park has no such measure")
      }
      if let obstacle = measure.obstacle {
        throw .measureNotPlannable(
          id: id, reason: obstacle.rawValue.replacing("-", with: " "))
      }
    }
  }

  private static func check(_ options: PlanningOptions, graph: ExchangeGraph)
    throws(PlanningError)
  {
    if let budget = options.capitalBudget, budget < 0 {
      throw .negativeOption(name: "The capital budget", value: budget)
    }
    if let floor = options.carbonFloor, !(floor >= 0) {
      throw .negativeOption(name: "The CO2e floor", value: floor / 1000)
    }
    if options.carbonPrice < 0 {
      throw .negativeOption(name: "The carbon price", value: options.carbonPrice)
    }
    let list = graph.candidates
    for selector in options.required + options.forbidden
    where list.indices(meantBy: selector).isEmpty
      && !graph.legs.contains(where: { selector.matches($0.id) })
    {
      throw .unknownLink(
        selector: selector.text,
        hint: Spelling.suggestion(
          for: selector.text, among: list.indices.lazy.map(list.id) + graph.legs.map(\.id)))
    }
    for selector in options.required {
      if options.forbidden.contains(selector) {
        throw .requiredAndForbidden(selector: selector.text)
      }
      let matching = list.indices(meantBy: selector)
      for leg in graph.legs where selector.matches(leg.id) {
        guard let reason = graph.obstacle(of: leg) else { continue }
        throw .requiredNotPlannable(selector: selector.text, reason: reason)
      }
      if let blocked = matching.first, matching.allSatisfy({ !list.row($0).isPlannable }) {
        let kinds = list[blocked].blockers.map(\.kind.rawValue).joined(separator: ", ")
        throw .requiredNotPlannable(selector: selector.text, reason: kinds)
      }
    }
  }
}

extension PlanningModel {
  func with(facilities: [Facility], capitalBudget: Double?) -> PlanningModel {
    var model = self
    model.facilities = facilities
    model.capitalBudget = capitalBudget
    return model
  }

  func with(measures: [Measure]) -> PlanningModel {
    var model = self
    model.measures = measures
    return model
  }
}

/// The most that supplies and needs may become when every measure that adds to them is taken.
struct StreamReach {
  private(set) var supplies: [Double]
  private(set) var needs: [Double]

  init(supplies: [Double], needs: [Double], measures: [PlanningModel.Measure]) {
    self.supplies = supplies
    self.needs = needs
    for measure in measures where measure.shift > 0 {
      if let output = measure.output { self.supplies[output] += measure.shift }
      if let input = measure.input { self.needs[input] += measure.shift }
    }
  }
}
