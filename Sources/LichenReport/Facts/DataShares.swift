import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// What a sum of flows rests on: shares of the gross flow, gains and costs alike.
public struct DataShares: Sendable {
  /// Σ |value|.
  public private(set) var gross = 0.0
  private(set) var byBasis: [Basis: Double] = [:]
  private(set) var byConfidence: [Confidence: Double] = [:]

  init(_ amounts: [LedgerAmount] = []) {
    for amount in amounts { add(amount) }
  }

  /// What the money of some exchanges rests on, permits apart.
  public static func money(of exchanges: [PlannedExchange]) -> DataShares {
    shares(of: exchanges, \.money)
  }

  static func shares(
    of exchanges: [PlannedExchange], _ amount: KeyPath<LedgerLine, LedgerAmount>
  ) -> DataShares {
    var shares = DataShares()
    for exchange in exchanges {
      for line in exchange.lines {
        shares.add(line[keyPath: amount], quantityBasis: exchange.candidate.quantityBasis)
      }
    }
    return shares
  }

  /// - Parameter quantityBasis: Where the flow comes from; a sector's typical flow outweighs any
  ///   price, because it decides every line of the exchange.
  mutating func add(_ amount: LedgerAmount, quantityBasis: Basis = .declared) {
    guard let value = amount.value?.typical, value != 0 else { return }
    let size = abs(value)
    gross += size
    let basis = quantityBasis == .blueprint ? .blueprint : amount.basis ?? .catalogue
    byBasis[basis, default: 0] += size
    byConfidence[amount.confidence ?? .estimated, default: 0] += size
  }

  /// 0...1; 0 when nothing flows.
  public func share(_ basis: Basis) -> Double { gross > 0 ? (byBasis[basis] ?? 0) / gross : 0 }

  /// 0...1; 0 when nothing flows.
  func share(_ confidence: Confidence) -> Double {
    gross > 0 ? (byConfidence[confidence] ?? 0) / gross : 0
  }

  /// The level below which a material part of the flow falls: estimated, recalled or verified.
  ///
  /// A fifth counts as material (a convention of this project): the weakest line of a ledger is
  /// nearly always an estimate, so that the weakest alone would say nothing.
  var level: Confidence {
    if share(.estimated) >= 0.2 { return .estimated }
    return share(.estimated) + share(.recalled) >= 0.2 ? .recalled : .verified
  }
}
