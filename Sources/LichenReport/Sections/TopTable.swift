import LichenDomain
import LichenMatching

/// One exchange as a line of a table, with bars.
struct ExchangeRow {
  let rank: String
  let pair: String
  let stream: String
  let quantity: String
  let money: String
  let carbon: String
  /// `e` or `r` behind a figure that rests on estimates or recalled figures.
  let mark: String
  let moneyBar: String
  let carbonBar: String
  let law: LawBadge
  let confidence: ConfidenceBadge

  init(_ exchange: RankedExchange, _ context: ReportContext, _ extents: TableExtents) {
    let language = context.language
    let candidate = exchange.candidate
    rank = String(exchange.rank)
    pair = context.pair(candidate)
    stream = context.stream(candidate.output)
    quantity = context.yearlyQuantity(exchange.planned.quantity, of: candidate)
    money = language.number(exchange.roundedMoney)
    carbon = language.number(exchange.roundedCarbon)
    mark =
      switch exchange.shares.level {
      case .verified: ""
      case .recalled: language.text("mark.recalled")
      case .estimated: language.text("mark.estimated")
      }
    let value = exchange.planned.money
    moneyBar = Glyph.bar(
      value.typical, low: value.low, high: value.high, extent: extents.money, isMoney: true)
    let saved = exchange.planned.carbon.typical
    carbonBar = Glyph.bar(
      saved, low: saved, high: saved, extent: extents.carbon, isMoney: false)
    law = LawBadge(exchange.effect, language)
    confidence = ConfidenceBadge(exchange.shares.level, language)
  }
}

/// Ends of the bars of a column.
struct TableExtents {
  let money: (Double, Double)
  let carbon: (Double, Double)

  init(_ context: ReportContext) {
    // A range may be far wider than its figure; beyond one and a half times the largest figure it is
    // cut, so that bars stay readable.
    let values = context.exchanges.map(\.planned.money.typical)
    let top = (values.max() ?? 0) * 1.5
    let bottom = min(0, (values.min() ?? 0) * 1.5)
    let highs = context.exchanges.map(\.planned.money.high)
    let lows = context.exchanges.map(\.planned.money.low)
    money = (
      max(bottom, min(0, lows.min() ?? 0), -top / 4), min(max(top, 0), max(0, highs.max() ?? 0))
    )
    let carbons = context.exchanges.map(\.planned.carbon.typical)
    carbon = (min(0, carbons.min() ?? 0), max(0, carbons.max() ?? 0))
  }
}

/// The most valuable exchanges, the rest, the permits and the park's total.
struct TopTable {
  let moneyHead: String
  let carbonHead: String
  let rows: [ExchangeRow]
  let rest: [SumRow]
  let total: SumRow

  struct SumRow {
    let label: String
    let sumMoney: String
    let sumCarbon: String
    let see: String
  }

  private static let shown = 6

  init(_ context: ReportContext) {
    let language = context.language
    let extents = TableExtents(context)
    moneyHead = context.moneyPerYear
    carbonHead = context.carbonPerYear
    rows = context.exchanges.prefix(Self.shown).map { ExchangeRow($0, context, extents) }
    let further = context.exchanges.dropFirst(Self.shown)
    var rest: [SumRow] = []
    if !further.isEmpty {
      rest.append(
        SumRow(
          label: language.plural("top.further", count: further.count),
          sumMoney: language.number(further.reduce(0) { $0 + $1.roundedMoney }),
          sumCarbon: language.number(further.reduce(0) { $0 + $1.roundedCarbon }),
          see: language.text("top.see-d")))
    }
    if !context.permits.isEmpty {
      rest.append(
        SumRow(
          label: language.plural("top.permits", count: context.permits.count),
          sumMoney: language.number(context.roundedPermits.reduce(0, +)), sumCarbon: "0",
          see: language.text("top.see-f")))
    }
    self.rest =
      rest + Self.facilities(context) + Self.measures(context) + Self.withheld(context)
    total = context.edition.withheld.map { Self.range($0, context) } ?? Self.total(context)
  }

  /// One row for all measures that are taken, or none.
  static func measures(_ context: ReportContext) -> [SumRow] {
    if context.measures.isEmpty { return [] }
    let language = context.language
    return [
      SumRow(
        label: language.plural("top.measures", count: context.measures.count),
        sumMoney: language.number(context.measures.reduce(0) { $0 + $1.roundedMoney }),
        sumCarbon: language.number(context.measures.reduce(0) { $0 + $1.roundedCarbon }),
        see: language.text("top.see-d"))
    ]
  }

  /// One row for all plants that are opened, with the exchanges through them, or none.
  static func facilities(_ context: ReportContext) -> [SumRow] {
    if context.facilities.isEmpty { return [] }
    let language = context.language
    return [
      SumRow(
        label: language.plural("top.facilities", count: context.facilities.count),
        sumMoney: language.number(context.roundedFacilityMoney),
        sumCarbon: language.number(context.roundedFacilityCarbon),
        see: language.text("top.see-d"))
    ]
  }

  /// What is shown adds up to, and how many exchanges are told without figures.
  private static func withheld(_ context: ReportContext) -> [SumRow] {
    guard let withheld = context.edition.withheld else { return [] }
    let language = context.language
    let untold = language.text("word.withheld")
    return [
      total(context),
      SumRow(
        label: language.plural("edition.without-figures", count: withheld.exchanges.count),
        sumMoney: untold, sumCarbon: untold, see: language.text("top.see-d")),
    ]
  }

  /// The whole park where only ranges may be told.
  private static func range(_ withheld: Withheld, _ context: ReportContext) -> SumRow {
    return SumRow(
      label: context.language.text("table.park"),
      sumMoney: context.language.exact(withheld.money, factor: context.moneyScale.factor),
      sumCarbon: context.language.exact(withheld.carbon, factor: context.carbonScale.factor),
      see: "")
  }

  static func total(_ context: ReportContext) -> SumRow {
    let language = context.language
    return SumRow(
      label: language.text(
        context.edition.withheld != nil
          ? "table.shown" : context.edition.enterprise != nil ? "table.own" : "table.park"),
      sumMoney: language.number(
        context.exchanges.reduce(0) { $0 + $1.roundedMoney }
          + context.roundedPermits.reduce(0, +)
          + context.measures.reduce(0) { $0 + $1.roundedMoney } + context.roundedFacilityMoney),
      sumCarbon: language.number(
        context.exchanges.reduce(0) { $0 + $1.roundedCarbon }
          + context.measures.reduce(0) { $0 + $1.roundedCarbon } + context.roundedFacilityCarbon),
      see: "")
  }
}
