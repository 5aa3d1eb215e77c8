import LichenDomain
import LichenPlanning

/// What a plan is to be best at.
public enum PlanObjective: String, Sendable, Codable, CaseIterable {
  /// Yearly net benefit [park currency/a].
  case netBenefit = "net-benefit"
  /// Yearly CO2e avoided [kg/a].
  case carbon
  /// Net benefit first; among the best, most CO2e.
  case benefitThenCarbon = "benefit-then-carbon"
  /// CO2e first; among the best, most net benefit.
  case carbonThenBenefit = "carbon-then-benefit"
  /// Net benefit plus CO2e at the carbon price.
  case carbonPriced = "carbon-priced"
}

/// Names one exchange, or all routes between two streams: `output:input` or `output:input:route`.
public struct LinkSelector: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let text: String

  /// - Returns: `nil` unless `text` has two or three parts that are identifiers.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts.allSatisfy({ StreamID(String($0)) != nil }) else {
      return nil
    }
    self.text = text
  }

  /// Whether a candidate's id is meant.
  public func matches(_ candidateID: String) -> Bool {
    candidateID == text || candidateID.hasPrefix(text + ":")
  }

  public var description: String { text }
  public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// How to plan: objective, limits that are not part of the park, and solver limits.
public struct PlanningOptions: Sendable {
  public var objective: PlanObjective
  /// Money per t CO2e [park currency]; used by `carbonPriced`.
  public var carbonPrice: Double
  /// [park currency]; `nil` is unlimited.
  public var capitalBudget: Double?
  /// Exchanges that one stream may have; `nil` is unlimited.
  public var partnerLimit: Int?
  /// Least CO2e avoided per year [kg/a]; `nil` is no floor.
  public var carbonFloor: Double?
  public var required: [LinkSelector]
  public var forbidden: [LinkSelector]
  /// Efficiency measures that the plan must take, ascending.
  public var requiredMeasures: [OptionID] = []
  /// Wall-clock time for the whole plan; `nil` is unlimited.
  public var timeLimit: Duration?
  /// Memory that the process may hold before the search stops with the best plan so far [bytes]; `nil`
  /// is unlimited.
  public var memoryLimit: Int?
  /// Search nodes per part; `nil` is unlimited. Unlike a time limit it gives the same answer on any
  /// machine.
  public var nodeLimit: Int?
  /// Proven relative gap at which the search may stop; 0 asks for a proven optimum.
  public var relativeGap: Double
  /// Yes-or-no variables up to which a connected part is searched whole, and so to a proven optimum.
  public var exactLimit = 600
  /// Components solved side by side; the plan does not depend on it.
  public var threads: Int

  public init(
    objective: PlanObjective = .netBenefit, carbonPrice: Double = 0, capitalBudget: Double? = nil,
    partnerLimit: Int? = nil, carbonFloor: Double? = nil, required: [LinkSelector] = [],
    forbidden: [LinkSelector] = [],
    timeLimit: Duration? = nil, relativeGap: Double = 0, threads: Int = 2
  ) {
    self.objective = objective
    self.carbonPrice = carbonPrice
    self.capitalBudget = capitalBudget
    self.partnerLimit = partnerLimit
    self.carbonFloor = carbonFloor
    self.required = required.sorted()
    self.forbidden = forbidden.sorted()
    self.timeLimit = timeLimit
    self.relativeGap = relativeGap
    self.threads = max(1, threads)
  }

  /// When the search may stop.
  public var limits: SearchLimits {
    SearchLimits(
      timeLimit: timeLimit, memoryLimit: memoryLimit, nodeLimit: nodeLimit,
      relativeGap: relativeGap, exactLimit: exactLimit, threads: threads)
  }

  /// The park's own limits with the usual solver limits.
  public init(settings: ParkSettings) {
    self.init(
      objective: settings.carbonPrice > 0 ? .carbonPriced : .netBenefit,
      carbonPrice: settings.carbonPrice, capitalBudget: settings.capitalBudget,
      partnerLimit: settings.partnerLimit, carbonFloor: settings.carbonFloor.map { $0 * 1000 })
  }
}

/// Options contradict the park or each other.
public enum PlanningError: Error, Equatable, CustomStringConvertible {
  case requiredNotPlannable(selector: String, reason: String)
  case requiredAndForbidden(selector: String)
  case unknownLink(selector: String, hint: String?)
  case measureNotPlannable(id: OptionID, reason: String)
  case negativeOption(name: String, value: Double)

  public var description: String {
    switch self {
    case .requiredNotPlannable(let selector, let reason):
      "The required exchange \(selector) cannot be planned: \(reason)."
    case .requiredAndForbidden(let selector):
      "The exchange \(selector) is both required and forbidden."
    case .unknownLink(let selector, let hint):
      "No candidate is called \(selector)" + (hint.map { "; \($0)" } ?? ".")
    case .measureNotPlannable(let id, let reason):
      "The required measure \(id) cannot be planned: \(reason)."
    case .negativeOption(let name, let value):
      "\(name) is \(value); it must not be negative."
    }
  }
}
