import LichenDomain
import LichenMatching
import LichenPlanning

/// Something that a plan may lose.
public enum Loss: Sendable, Hashable, Codable {
  case enterprise(EnterpriseID)
  /// An exchange or leg, by name.
  case link(String)
  case facility(FacilityID)

  /// Stable name: `enterprise FIRM`, `link OUTPUT:INPUT:ROUTE`, `facility PLANT`.
  public var name: String {
    switch self {
    case .enterprise(let id): "enterprise \(id)"
    case .link(let name): "link \(name)"
    case .facility(let id): "facility \(id)"
    }
  }
}

/// What is left of a plan after a loss.
public struct LossOutcome: Sendable, Codable {
  /// One, or two.
  public let losses: [Loss]
  /// Value in the first objective if the rest goes on as planned, what was built still paid for.
  public let kept: Double
  /// The same when the network is planned again.
  public let replanned: Double
  /// Proven: no plan after the loss is worth more.
  public let bound: Double
  /// Enterprises that stay but lose every planned outlet of some output, in order of id.
  public let stranded: [EnterpriseID]
  /// Planned exchanges that stop or shrink although neither of their ends is lost: their plant has nothing to hand on, or the
  /// mixture at their receiver would break a limit. In order of name.
  public let cascade: [String]
  /// Exchanges that the new plan has and the old has not, in order.
  public let replacements: [String]
}

/// Loses enterprises, links and plants one by one, or two at a time.
public struct LossAnalysis: Sendable {
  private let study: PlanStudy
  private let value: LinearCriterion
  private let base: Double
  /// By link: links of its component of the model, itself among them.
  private let componentSizes: [Int]
  private var model: PlanningModel { study.model }

  public init(_ study: PlanStudy) {
    self.study = study
    value = LinearCriterion(study.weights, of: study.model)
    base = value.value(
      of: study.model, flows: study.flows, isOpen: study.isOpen, isTaken: study.isTaken)
    var sizes = [Int](repeating: 0, count: study.model.links.count)
    for part in study.model.components() {
      for link in part.links { sizes[link] = part.links.count }
    }
    componentSizes = sizes
  }

  /// Value of the plan as it stands.
  public var planned: Double { base }

  /// All that the plan could lose: its enterprises, links and plants.
  public var losses: [Loss] {
    var firms: Set<EnterpriseID> = []
    for index in model.links.indices where study.isOpen[index] {
      let ends = study.ends(ofLink: index)
      firms.formUnion([ends.from, ends.to])
    }
    firms.formUnion(study.plan.measures.map(\.option.enterprise))
    let links = model.links.indices.filter { study.isOpen[$0] }.map { model.linkNames[$0] }
    return firms.sorted().map { .enterprise($0) } + links.sorted().map { .link($0) }
      + study.plan.facilities.map { .facility($0.facility.id) }
  }

  /// Every two enterprises among these losses.
  public static func pairs(_ losses: [Loss]) -> [[Loss]] {
    let firms = losses.filter { if case .enterprise = $0 { true } else { false } }
    return firms.indices.flatMap { one in firms[(one + 1)...].map { [firms[one], $0] } }
  }

  /// Worst first, by what re-planning cannot mend.
  public static func ranked(_ outcomes: [LossOutcome]) -> [LossOutcome] {
    outcomes.sorted {
      $0.replanned != $1.replanned
        ? $0.replanned < $1.replanned
        : $0.losses.map(\.name).lexicographicallyPrecedes($1.losses.map(\.name))
    }
  }

  /// What is left after these losses together.
  /// - Throws: `MIPSolverError` if the solver fails.
  /// - Complexity: a plan of each part that is touched, unless an equal one was made before.
  public func outcome(of losses: [Loss]) throws -> LossOutcome {
    let isLost = model.links.indices.map { index in losses.contains { touches($0, link: index) } }
    let lostFirms = Set(
      losses.compactMap { loss -> EnterpriseID? in
        if case .enterprise(let id) = loss { id } else { nil }
      })
    let rest = model.restricted(
      to: PlanningModel.Part(
        links: model.links.indices.filter { !isLost[$0] },
        measures: model.measures.indices.filter {
          !lostFirms.contains(study.problem.measures[$0].option.enterprise)
        }))
    let again = try study.variants.solve(rest)
    var flows = study.flows
    for index in flows.indices where isLost[index] { flows[index] = 0 }
    let stopped = cascade(&flows)
    let taken = model.measures.indices.map {
      study.isTaken[$0] && !lostFirms.contains(study.problem.measures[$0].option.enterprise)
    }
    // What is built stays paid for: openings count as before, flows as they are left.
    let kept = value.value(of: model, flows: flows, isOpen: study.isOpen, isTaken: taken)
    let before = Set(
      model.linkNames.indices.filter { study.isOpen[$0] }.map { model.linkNames[$0] })
    let after = Set(rest.linkNames.indices.filter { again.isOpen[$0] }.map { rest.linkNames[$0] })
    return LossOutcome(
      losses: losses, kept: kept, replanned: again.hasPlan ? again.objective : 0,
      bound: again.hasPlan ? again.bound : 0,
      stranded: stranded(flows, lost: lostFirms),
      cascade: stopped.map { model.linkNames[$0] }.sorted(),
      replacements: after.subtracting(before).sorted())
  }

  /// Links of the largest component that losses touch.
  func size(of losses: [Loss]) -> Int {
    model.links.indices.reduce(0) { size, index in
      componentSizes[index] > size && losses.contains { touches($0, link: index) }
        ? componentSizes[index] : size
    }
  }

  private func touches(_ loss: Loss, link index: Int) -> Bool {
    switch loss {
    case .link(let name): return model.linkNames[index] == name
    case .enterprise(let firm):
      let ends = study.ends(ofLink: index)
      return ends.from == firm || ends.to == firm
    case .facility(let id):
      return plants(of: model.links[index]).contains { model.facilities[$0].name == id.rawValue }
    }
  }

  private func plants(of link: PlanningModel.Link) -> [Int] {
    var found: [Int] = []
    if case .facility(let index) = link.source { found.append(index) }
    if case .facility(let index) = link.target { found.append(index) }
    return found
  }

  // MARK: What follows from a loss

  /// Takes back what can no longer flow: plants hand on what they get and no more, and a receiver stops the
  /// by-products that its mixture can no longer bear, the worst first.
  /// - Returns: Links that stop or shrink, ascending.
  private func cascade(_ flows: inout [Double]) -> [Int] {
    let before = flows
    // As many rounds as plants in a chain, and one for what mixtures take away.
    for _ in 0...model.facilities.count {
      balancePlants(&flows)
      keepMixtures(&flows)
    }
    return flows.indices.filter { flows[$0] < before[$0] * (1 - 1e-6) }
  }

  private func balancePlants(_ flows: inout [Double]) {
    func shrink(_ links: [Int], from total: Double, to limit: Double) {
      guard total > limit * (1 + 1e-9), total > 0 else { return }
      for link in links {
        flows[link] *= limit / total
        if flows[link] < model.links[link].lower * (1 - 1e-9) { flows[link] = 0 }
      }
    }
    for plant in model.facilities.indices {
      let arriving = model.links.indices.filter { model.links[$0].target == .facility(plant) }
      let leaving = model.links.indices.filter { model.links[$0].source == .facility(plant) }
      let made = arriving.reduce(0) { $0 + flows[$1] * model.links[$1].ratio }
      shrink(leaving, from: leaving.reduce(0) { $0 + flows[$1] }, to: made)
      shrink(arriving, from: made, to: leaving.reduce(0) { $0 + flows[$1] })
    }
  }

  private func keepMixtures(_ flows: inout [Double]) {
    for blend in model.blends {
      let terms = zip(blend.links, blend.excess).sorted { $0.1 > $1.1 }
      var sum = terms.reduce(0) { $0 + $1.1 * flows[$1.0] }
      let slack = 1e-9 * terms.reduce(0) { $0 + abs($1.1) * flows[$1.0] }
      for (link, excess) in terms where sum > slack && excess > 0 {
        sum -= excess * flows[link]
        flows[link] = 0
      }
    }
  }

  /// Enterprises that are left with an output that had an outlet and has none now.
  private func stranded(_ flows: [Double], lost: Set<EnterpriseID>) -> [EnterpriseID] {
    var planned: Set<Int> = []
    var left: Set<Int> = []
    for (index, link) in model.links.enumerated() {
      guard let output = link.output else { continue }
      if study.flows[index] > 0 { planned.insert(output) }
      if flows[index] > 0 { left.insert(output) }
    }
    let firms = planned.subtracting(left).map { study.park.outputs[$0].enterprise }
    return Set(firms).subtracting(lost).sorted()
  }
}
