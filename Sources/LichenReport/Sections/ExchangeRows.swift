import LichenMatching

/// The exchanges of a report as rows, for pages other than the report's own.
public struct ExchangeRows: Sendable {
  public struct Row: Sendable {
    /// As in the edition's plan.
    public let id: String
    public let rank: String
    public let pair: String
    public let stream: String
    public let quantity: String
    public let money: String
    public let carbon: String
    /// Class of its colour, its line, its word.
    public let lawClass: String
    public let lawLine: String
    public let lawWord: String
  }

  public let moneyHead: String
  public let carbonHead: String
  public let rows: [Row]

  public init(_ report: Report) {
    let context = ReportContext(report)
    moneyHead = context.moneyPerYear
    carbonHead = context.carbonPerYear
    let extents = TableExtents(context)
    rows = context.exchanges.map { exchange in
      let row = ExchangeRow(exchange, context, extents)
      return Row(
        id: exchange.candidate.id, rank: row.rank, pair: row.pair, stream: row.stream,
        quantity: row.quantity, money: row.money, carbon: row.carbon,
        lawClass: row.law.badgeClass, lawLine: row.law.glyph, lawWord: row.law.word)
    }
  }
}
