import LichenDomain
import LichenGraph

/// A row or source on which figures of the plan rest.
struct ReferenceUse: Sendable {
  /// As the ledger writes it: `costs.csv: truck_eu_tkm` or `outputs.csv: asnaes-steam`.
  let reference: String
  /// Ranks of the exchanges that use it, ascending, each once.
  var ranks: [Int] = []
  /// Gross money that rests on it [park currency/a].
  var money = 0.0
  /// Gross CO2e that rests on it [kg/a].
  var carbon = 0.0

  fileprivate mutating func add(_ size: Double, rank: Int, isMoney: Bool) {
    if ranks.last != rank { ranks.append(rank) }
    if isMoney { money += size } else { carbon += size }
  }

  /// `costs.csv` and `truck_eu_tkm`; `nil` for a row of the park's own tables.
  var row: (table: String, id: String)? { Self.row(of: reference) }

  private static let catalogueTables: Set<String> = [
    "costs.csv", "factors.csv", "materials.csv", "parameters.csv", "routes.csv", "rules.csv",
    "exchange_rates.csv",
  ]

  static func row(of reference: String) -> (table: String, id: String)? {
    guard let mark = reference.range(of: ": ") else { return nil }
    let table = String(reference[..<mark.lowerBound])
    // The catalogue's tables have rows of their own in section G; the park's tables are declared.
    guard catalogueTables.contains(table) else { return nil }
    return (table, String(reference[mark.upperBound...]))
  }
}

extension ReportContext {
  /// Every row used, weightiest first by money, then CO2e, then name.
  func referenceUses() -> [ReferenceUse] {
    var uses: [String: ReferenceUse] = [:]
    func note(_ amount: LedgerAmount, rank: Int, isMoney: Bool) {
      let size = abs(amount.value?.typical ?? 0)
      for reference in Set(amount.references) {
        uses[reference, default: ReferenceUse(reference: reference)]
          .add(size, rank: rank, isMoney: isMoney)
      }
    }
    for exchange in exchanges {
      for line in exchange.planned.lines {
        note(line.money, rank: exchange.rank, isMoney: true)
        note(line.carbon, rank: exchange.rank, isMoney: false)
      }
    }
    for permit in permits {
      for rank in ranks(needing: permit) {
        note(
          permit.annual.scaled(by: 1 / Double(max(1, ranks(needing: permit).count))), rank: rank,
          isMoney: true)
      }
    }
    return uses.values.map { use in
      var use = use
      use.ranks = Set(use.ranks).sorted()
      return use
    }.sorted {
      ($1.money, $1.carbon, $0.reference) < ($0.money, $0.carbon, $1.reference)
    }
  }
}
