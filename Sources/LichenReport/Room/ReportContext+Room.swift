import LichenAnalysis
import LichenDomain
import LichenMatching

extension ReportContext {
  /// The plan of a scenario drawn beside that of the baseline: exchanges keep the numbers that they have in the
  /// baseline's plan, new ones get the next, and what is dropped stays as a trace.
  init(_ planned: PlannedScenario, against base: PlannedScenario, language: Language) {
    self.init(
      MatchResult(unexplained: planned.plan, graph: planned.graph), language: language)
    let before = ReportContext(
      MatchResult(unexplained: base.plan, graph: base.graph), language: language)
    let now = Dictionary(
      exchanges.map { ($0.candidate.id, $0) }, uniquingKeysWith: { first, _ in first })
    var ranked: [RankedExchange] = []
    var fates: [Int: LinkFate] = [:]
    for exchange in before.exchanges {
      if let kept = now[exchange.candidate.id] {
        ranked.append(kept.renumbered(exchange.rank))
        fates[exchange.rank] = .kept
      } else {
        ranked.append(exchange)
        fates[exchange.rank] = .dropped
      }
    }
    let known = Set(before.exchanges.map(\.candidate.id))
    for exchange in exchanges where !known.contains(exchange.candidate.id) {
      ranked.append(exchange.renumbered(ranked.count + 1))
      fates[ranked.count] = .gained
    }
    exchanges = ranked
    self.fates = fates
    let own = Set(sites.map(\.id))
    sites = (sites + before.sites.filter { !own.contains($0.id) }).sorted { $0.id < $1.id }
    names = SiteNames(sites)
  }

  /// Numbers with a fate, ascending.
  func ranks(_ fate: LinkFate) -> [Int] { fates.filter { $0.value == fate }.keys.sorted() }
}

extension RankedExchange {
  fileprivate func renumbered(_ rank: Int) -> RankedExchange {
    RankedExchange(
      rank: rank, planned: planned, tonnes: tonnes, shares: shares, roundedMoney: roundedMoney,
      roundedCarbon: roundedCarbon)
  }
}
