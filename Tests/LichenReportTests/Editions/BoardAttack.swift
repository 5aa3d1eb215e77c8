import GLPKSolver
import LichenDomain
import LichenMatching
import LichenPlanning
import Testing

/// The strongest linear attack on a board's edition: flows of hidden exchanges are the unknowns, and what is
/// published the rows.
struct BoardAttack {
  /// A sum of hidden flows that somebody would like to know.
  struct Target: CustomStringConvertible {
    let name: String
    /// Places among the hidden exchanges.
    let exchanges: [Int]
    /// The truth [reference units/a].
    let amount: Double

    var description: String { "\(name), \(amount)" }
  }

  private let hidden: [PlannedExchange]
  private let rows: [MIPRow]
  let targets: [Target]

  /// - Parameter exactTotals: Supposes that totals were published as they are.
  init(_ park: SecretPark, _ edition: Edition, exactTotals: Bool = false) throws {
    let plan = park.result.plan
    func isHidden(_ exchange: PlannedExchange) -> Bool {
      park.hidden.contains(exchange.candidate.output.enterprise)
        || park.hidden.contains(exchange.candidate.input.enterprise)
    }
    let hidden = plan.exchanges.filter(isHidden)
    self.hidden = hidden
    let withheld = edition.withheld
    func row(
      _ name: String, _ range: ClosedRange<Double>?, total: Double,
      _ perUnit: (PlannedExchange) -> Double
    ) -> MIPRow {
      // What the reader knows besides: all of the total but the flows of the hidden exchanges.
      let known =
        total
        - zip(hidden, hidden.map { perUnit($0) * $0.quantity }).reduce(0) { $0 + $1.1 }
      let published = exactTotals ? total...total : range ?? total...total
      return MIPRow(
        name: name, lower: published.lowerBound - known, upper: published.upperBound - known,
        entries: hidden.enumerated().map { ($0.offset, perUnit($0.element)) })
    }
    rows = [
      row("money", withheld?.money, total: plan.money.typical) {
        $0.candidate.ledger.netMoneyPerUnit.typical
      },
      row("carbon", withheld?.carbon, total: plan.carbon.typical) {
        $0.candidate.ledger.netCarbonPerUnit.typical
      },
    ]
    var targets = hidden.enumerated().map {
      Target(
        name: $0.element.candidate.id, exchanges: [$0.offset], amount: $0.element.quantity)
    }
    for firm in park.hidden.sorted() {
      let own = hidden.indices.filter {
        hidden[$0].candidate.output.enterprise == firm
          || hidden[$0].candidate.input.enterprise == firm
      }
      targets.append(
        Target(
          name: firm.rawValue, exchanges: own, amount: own.reduce(0) { $0 + hidden[$1].quantity }))
    }
    self.targets = targets
  }

  /// The least or the most that the target may be.
  func bound(_ target: Target, most: Bool) throws -> Double {
    let columns = hidden.indices.map {
      MIPColumn(
        name: "q\($0)", upper: 1000 * hidden[$0].quantity + 1,
        objective: target.exchanges.contains($0) ? (most ? 1 : -1) : 0)
    }
    let model = MIPModel(name: "attack", columns: columns, rows: rows)
    let result = try GLPKSolver().solve(model, options: MIPOptions(), control: SolveControl())
    let value = try #require(result.objective)
    return most ? value : -value
  }
}
