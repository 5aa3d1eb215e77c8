import LichenDomain
import LichenMatching

/// Which wait for a permit a road map reckons with.
public enum PermitWait: String, Sendable, Codable, CaseIterable {
  /// The high end of the rule's range.
  case longest
  case typical, shortest
  /// No waits at all.
  case none
}

/// What a road map may build.
public enum RoadmapScope: String, Sendable, Codable, CaseIterable {
  /// What the best plan of some year of the horizon builds.
  case plans
  /// Everything that could pay in some year.
  case all
}

/// One thing that may begin only in a later period than another.
public struct Precedence: Sendable, Hashable, Codable {
  public let later: String
  public let earlier: String

  public init(later: String, earlier: String) {
    self.later = later
    self.earlier = earlier
  }
}

/// How to spread a plan over years.
public struct RoadmapOptions: Sendable, Hashable, Codable {
  /// First year.
  public var from: Int
  /// How many years are looked at.
  public var years: Int
  /// 1, 2, 4 or 12.
  public var periodsPerYear = 1
  /// Most that may be invested in each year, the last for all years after [park currency]; empty is
  /// unlimited.
  public var budgets: [Double] = []
  /// What a year leaves over may be invested later.
  public var carriesOver = false
  /// From paying for a thing to its running; permits come before.
  public var buildingDays = 0.0
  public var wait = PermitWait.longest
  public var scope = RoadmapScope.plans
  public var precedences: [Precedence] = []
  /// Per year, real; `nil` takes the park's, or the catalogue's.
  public var discountRate: Double?
  /// For each of the three searches; `nil` is unlimited.
  public var timeLimit: Duration?
  /// Search nodes of each of the three searches; `nil` is unlimited.
  public var nodeLimit: Int?
  /// Proven relative gap at which a search may stop.
  public var relativeGap = 0.0

  public init(from: Int, years: Int) {
    self.from = from
    self.years = years
  }

  /// What is out of range, in words, all at once; empty when in order.
  public var problems: [String] {
    var found: [String] = []
    if !(1...9999).contains(from) { found.append("the first year is \(from); expected 1 to 9999") }
    if !(1...60).contains(years) { found.append("the years are \(years); expected 1 to 60") }
    if ![1, 2, 4, 12].contains(periodsPerYear) {
      found.append("the periods of a year are \(periodsPerYear); expected 1, 2, 4 or 12")
    }
    for budget in budgets where !(budget >= 0 && budget.isFinite) {
      found.append("a year's capital is \(budget); expected 0 or more")
    }
    if budgets.count > max(1, years) {
      found.append("\(budgets.count) yearly budgets are given for \(years) years")
    }
    if !(0...36_500).contains(buildingDays) {
      found.append("the days of building are \(buildingDays); expected 0 to 36500")
    }
    if let discountRate, !(0...0.99).contains(discountRate) {
      found.append("the discount rate is \(discountRate); expected 0 to 0.99")
    }
    return found
  }

  /// Whole periods that hold so many days; a period has 365 days over the periods of a year.
  func periods(ofDays days: Double) -> Int {
    Int((days * Double(periodsPerYear) / 365 - 1e-9).rounded(.up))
  }
}

/// A road map cannot be made.
public enum RoadmapError: Error, Equatable, CustomStringConvertible {
  case badOptions([String])
  case noDiscountRate
  /// Names in options that mean nothing in any year.
  case unknownNames([String])
  /// Things that would each have to come before the other.
  case circle([String])
  /// A part of the plan has a price and no known life.
  case unknownLives([String])

  public var description: String {
    switch self {
    case .badOptions(let problems): problems.joined(separator: "; ") + "."
    case .noDiscountRate:
      "Neither the park nor the catalogue states a discount rate; give one."
    case .unknownNames(let names):
      "Nothing that the road map may build is called " + names.joined(separator: "; nor ") + "."
    case .circle(let names):
      "These would each have to begin before the other: \(names.joined(separator: ", "))."
    case .unknownLives(let names):
      "The life of these investments is unknown: \(names.joined(separator: ", "))."
    }
  }
}
