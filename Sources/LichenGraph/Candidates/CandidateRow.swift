import LichenDomain
import LichenLaw

/// The figures of one candidate: all that planning, ranking and counting need, in 96 bytes.
///
/// Typical values; the full `Candidate` with ranges, lines and reasons is made of the same streams and
/// route when somebody looks at it, and agrees to the last bit.
public struct CandidateRow: Sendable {
  /// Place among the park's outputs; -1 if it has no such output.
  public let output: Int32
  /// Place among the park's inputs; -1 if it has no such input.
  public let input: Int32
  /// Place among the routes of the table.
  let route: Int32
  /// Permits that have to be obtained first: where they begin in the table, and how many.
  var firstPermit: Int32 = 0
  var permitCount: UInt8 = 0
  /// Whether the receiver limits the mixture of what arrives.
  public let hasMixtures: Bool
  public let effect: LegalEffect
  /// Empty when the candidate can be planned.
  public internal(set) var blockers: BlockerSet
  /// Reference units of input served per reference unit moved.
  public let ratio: Double
  /// Net gain per reference unit of output [park currency].
  public let money: Double
  /// Net CO2e avoided per reference unit of output [kg].
  public let carbon: Double
  /// Yearly cost of the open link, permits apart [park currency/a].
  public let fixedCost: Double
  /// Investment [park currency].
  public let capital: Double
  /// Least yearly flow once the link is open [reference units of output/a].
  public let minimumFlow: Double
  private let most: Double
  private let way: Double
  /// 0...1.
  public let score: Double

  /// Most that supply and need allow [reference units of output/a]; `nil` when unquantified.
  public var maximumFlow: Double? { most.isNaN ? nil : most }
  /// Length of the way; `nil` when unknown.
  public var km: Double? { way.isNaN ? nil : way }
  public var isPlannable: Bool { blockers.isEmpty }
  /// Something stands against the candidate, but only that data are missing.
  public var lacksOnlyData: Bool { !blockers.isEmpty && blockers.isSubset(of: .missingData) }

  init(
    output: Int, input: Int, route: Int32, ratio: Double, _ valuation: Valuation,
    _ bounds: FlowBounds, km: Double?, effect: LegalEffect, blockers: BlockerSet,
    hasMixtures: Bool, score: Double
  ) {
    self.output = Int32(output)
    self.input = Int32(input)
    self.route = route
    self.ratio = ratio
    self.blockers = blockers
    self.hasMixtures = hasMixtures
    self.effect = effect
    self.score = score
    money = valuation.moneyPerUnit
    carbon = valuation.carbonPerUnit
    fixedCost = valuation.fixedCost
    capital = valuation.capital
    minimumFlow = bounds.minimum
    most = bounds.maximum ?? .nan
    way = km ?? .nan
  }

  /// The figures of a candidate of `park`.
  init(_ candidate: Candidate, route: Int32, in park: Park) {
    output = Int32(park.index(ofOutput: candidate.output.id) ?? -1)
    input = Int32(park.index(ofInput: candidate.input.id) ?? -1)
    self.route = route
    ratio = candidate.route.ratio.typical
    blockers = BlockerSet(candidate.blockers)
    hasMixtures = !candidate.mixtures.isEmpty
    effect = candidate.verdict.effect
    score = candidate.score.total
    money = candidate.ledger.netMoneyPerUnit.typical
    carbon = candidate.ledger.netCarbonPerUnit.typical
    fixedCost = candidate.ledger.fixedCost.typical
    capital = candidate.ledger.capital.typical
    minimumFlow = candidate.minimumFlow
    most = candidate.maximumFlow ?? .nan
    way = candidate.transport.km ?? .nan
  }
}
