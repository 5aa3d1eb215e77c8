import LichenDomain
import LichenMatching

/// One measure of a park: today, with the plan, and the change.
public struct IndicatorFigure: Sendable {
  public let measure: IndicatorMeasure
  public let unit: String
  /// `nil` when nothing is declared of which the figure could be told.
  public let today: IndicatorBounds?
  public let planned: IndicatorBounds?
  public let change: IndicatorBounds?
  /// The parts that are known for certain, of figures that may be of either sign.
  public let knownToday: Double?
  public let knownPlanned: Double?
  /// Streams without a quantity, which stand in no part of the figure.
  public let unquantified: Int
  /// Streams, links or firms of which only a range is known, today and with the plan.
  public let openToday: Int
  public let openPlanned: Int
  /// Weakest of what went in.
  public let confidence: Confidence
}

/// What can be said of a criterion.
public enum CriterionState: String, Sendable, Codable {
  case met
  case notMet = "not-met"
  case cannotBeSaid = "cannot-be-said"
}

/// A criterion of an eco-industrial park beside what the park's tables say.
public struct CriterionFinding: Sendable {
  public let criterion: EcoParkCriterion
  /// `nil` when no table can answer, or nothing is declared.
  public let figure: IndicatorFigure?
  /// `nil` without a threshold.
  public let today: CriterionState?
  public let planned: CriterionState?
  /// The figure reaches the threshold, whatever else the criterion asks; `nil` when that is open.
  public let reachesToday: Bool?
  public let reachesPlanned: Bool?

  /// The threshold was recalled, not read: check it before relying on the state.
  public var mustBeChecked: Bool { criterion.confidence == .recalled }
}

/// What a plan moves of the criteria of eco-industrial parks, of its network and of its flows.
public struct IndicatorAnalysis: Sendable {
  public let plan: Plan
  /// In order of measure; those that the park cannot answer are left out and listed in `unanswered`.
  public let figures: [IndicatorFigure]
  /// Measures of which the park's tables say nothing.
  public let unanswered: [IndicatorMeasure]
  /// Criteria with a figure, in order of id.
  public let answered: [CriterionFinding]
  /// Criteria that no table of a park answers, in order of id.
  public let unknown: [CriterionFinding]
  /// What the sets say counts.
  public let definitions: [EcoParkCriterion]
  public let networkToday: NetworkMetrics
  public let networkPlanned: NetworkMetrics
  /// Media in which something is declared.
  public let flows: [(today: FlowMetrics, planned: FlowMetrics)]
  /// Documented exchanges without any stream, by id: counted, without an amount.
  public let withoutStreams: [String]

  /// - Complexity: O(outputs · links + firms · pairs) and the elimination of `FlowNetwork`.
  public init(plan: Plan, rediscovery: Rediscovery, criteria: [EcoParkCriterion]) {
    let states = NetworkStates(plan: plan, rediscovery: rediscovery)
    let wastewater = Set(criteria.flatMap(\.counted))
    let today = IndicatorBook(state: states.today, wastewater: wastewater)
    let planned = IndicatorBook(state: states.planned, wastewater: wastewater)
    let all = IndicatorMeasure.allCases.map { measure in
      (measure, Self.figure(measure, today: today, planned: planned, park: plan.park))
    }
    self.plan = plan
    figures = all.compactMap(\.1)
    unanswered = all.filter { $0.1 == nil }.map(\.0)
    let byMeasure = Dictionary(uniqueKeysWithValues: all)
    let sorted = criteria.sorted { $0.id < $1.id }
    let findings = sorted.filter { $0.kind != .definition }.map { criterion in
      Self.finding(criterion, criterion.measure.flatMap { byMeasure[$0] ?? nil })
    }
    answered = findings.filter { $0.figure != nil }
    unknown = findings.filter { $0.figure == nil }
    definitions = sorted.filter { $0.kind == .definition }
    networkToday = NetworkMetrics(states.today)
    networkPlanned = NetworkMetrics(states.planned)
    flows = FlowMedium.allCases.compactMap { medium in
      let now = FlowMetrics(ParkFlows(states.today, medium: medium))
      let then = FlowMetrics(ParkFlows(states.planned, medium: medium))
      return now.throughput > 0 || then.throughput > 0 ? (now, then) : nil
    }
    withoutStreams = states.withoutStreams
  }

  private static func figure(
    _ measure: IndicatorMeasure, today: IndicatorBook, planned: IndicatorBook, park: Park
  ) -> IndicatorFigure? {
    guard let before = today.reading(measure), let after = planned.reading(measure),
      before.value != nil || after.value != nil
    else { return nil }
    return IndicatorFigure(
      measure: measure, unit: measure.unit(park.settings.currency), today: before.value,
      planned: after.value, change: change(from: before, to: after), knownToday: before.known,
      knownPlanned: after.known,
      unquantified: max(before.unquantified, after.unquantified),
      openToday: before.tally.openCount, openPlanned: after.tally.openCount,
      confidence: min(before.confidence, after.confidence))
  }

  private static func change(from before: IndicatorReading, to after: IndicatorReading)
    -> IndicatorBounds?
  {
    guard let whole = after.whole else { return after.tally.change(from: before.tally) }
    if whole == before.whole, whole > 0 {
      return after.tally.change(from: before.tally).scaled(by: 100 / whole)
    }
    guard let now = after.value, let then = before.value else { return nil }
    return now.change(from: then)
  }

  private static func finding(_ criterion: EcoParkCriterion, _ figure: IndicatorFigure?)
    -> CriterionFinding
  {
    let isWhole = figure?.unquantified == 0
    let reaches = [figure?.today, figure?.planned].map { bounds in
      isWhole ? bounds.flatMap { criterion.reaches($0) } : nil
    }
    let states = reaches.map { reached -> CriterionState? in
      guard criterion.comparison != nil else { return nil }
      guard let reached else { return .cannotBeSaid }
      if !reached { return .notMet }
      return criterion.needs.isEmpty ? .met : .cannotBeSaid
    }
    return CriterionFinding(
      criterion: criterion, figure: figure, today: states[0], planned: states[1],
      reachesToday: reaches[0], reachesPlanned: reaches[1])
  }
}

extension EcoParkCriterion {
  /// Whether every value between the ends reaches the threshold, or none; `nil` if some do.
  func reaches(_ bounds: IndicatorBounds) -> Bool? {
    guard let comparison, let threshold else { return nil }
    // A share that is 20 by arithmetic must not fail at 19.999999.
    let slack = 1e-9 * max(1, abs(threshold))
    func both(_ test: (Double) -> Bool) -> Bool? {
      let ends = [bounds.low.map(test), bounds.high.map(test)]
      return ends[0] == ends[1] ? ends[0] : nil
    }
    switch comparison {
    case .atLeast:
      if let low = bounds.low, low >= threshold - slack { return true }
      if let high = bounds.high, high < threshold - slack { return false }
      return nil
    case .above:
      if let low = bounds.low, low > threshold + slack { return true }
      if let high = bounds.high, high <= threshold + slack { return false }
      return nil
    case .atMost: return both { $0 <= threshold + slack }
    case .below: return both { $0 < threshold - slack }
    case .yes: return nil
    }
  }
}

extension IndicatorMeasure {
  /// Unit of the figure; yearly amounts carry `/yr`.
  public func unit(_ currency: Currency) -> String {
    switch self {
    case .symbioses, .symbiosesInPark, .firmsInNetwork: "count"
    case .firmsInNetworkShare, .recpFirmsShare, .solidWasteReusedShare, .landfillShare,
      .wastewaterReusedShare:
      "percent"
    case .wasteDiverted, .materialReplaced: "t/yr"
    case .wastewaterReused, .waterReplaced: "m3/yr"
    case .energyReplaced: "GJ/yr"
    case .carbonAvoided: "t CO2e/yr"
    case .moneySaved: "\(currency.code)/yr"
    }
  }

  /// How the figure is made, in symbols: for programs and the documentation.
  public var formula: String {
    switch self {
    case .symbioses: "|{(output, input)}|"
    case .symbiosesInPark: "|{(output, input): donor and receiver inside}|"
    case .firmsInNetwork: "|{firms inside with an exchange}|"
    case .firmsInNetworkShare: "100 |{firms inside with an exchange}| / |{firms inside}|"
    case .recpFirmsShare: "100 |{firms inside with a measure in place}| / |{firms inside}|"
    case .wasteDiverted: "sum over solid residues not sold or reused: min(q, sum x)"
    case .solidWasteReusedShare: "100 sum used / sum q over solid residues"
    case .landfillShare: "100 sum (q - sum x) on landfill / sum q over solid residues"
    case .wastewaterReused: "sum over wastewater not sold or reused: min(q, sum x)"
    case .wastewaterReusedShare: "100 sum used / sum q over wastewater"
    case .materialReplaced: "sum ratio x over inputs by mass"
    case .waterReplaced: "sum ratio x over inputs of water"
    case .energyReplaced: "sum ratio x heating value over inputs of energy and fuel"
    case .carbonAvoided: "sum of the ledgers' CO2e lines"
    case .moneySaved: "sum of the ledgers' money lines - permits"
    }
  }

  /// Who defines it so.
  public var definedBy: String {
    switch self {
    case .symbiosesInPark: "Circular 05/2025/TT-BKHDT Art. 2(1); form A.5 ENV.1"
    case .recpFirmsShare: "Decree 35/2022/ND-CP Art. 37(2)(c) (recalled)"
    case .wastewaterReused, .wastewaterReusedShare: "form A.5 ENV.3"
    case .solidWasteReusedShare, .landfillShare: "International EIP Framework (recalled)"
    default: "Lichen, docs/analyses.md"
    }
  }
}
