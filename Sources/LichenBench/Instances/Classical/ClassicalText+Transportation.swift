import LichenDomain
import LichenPlanning

/// Fixed-charge transportation: every demand is met exactly, a link costs its charge once it is used.
extension ClassicalText {
  func transportation(_ text: String, file: String) throws(ValidationError) -> Instance {
    var figures = FigureText(text, file: file)
    let suppliers = figures.whole("suppliers", in: 1...Self.largestCount)
    let receivers = figures.whole("receivers", in: 1...Self.largestCount)
    try figures.throwIfIssues()
    let supplies = figures.numbers(suppliers) { "supply \($0 + 1)" }
    let needs = figures.numbers(receivers) { "demand \($0 + 1)" }
    let pairs = suppliers * receivers
    var links: [PlanningModel.Link] = []
    func add(_ supplier: Int, _ receiver: Int, _ cost: Double, _ charge: Double) {
      links.append(
        PlanningModel.Link(
          candidate: links.count, source: .output(supplier), target: .input(receiver), ratio: 1,
          money: 0 - cost, carbon: 0, fixedCost: charge, capital: 0, lower: 0, upper: .infinity))
    }
    if figures.count == 2 * pairs, !looksLikeRows(figures, suppliers, receivers) {
      let costs = figures.numbers(pairs) { "cost \($0 / receivers + 1) \($0 % receivers + 1)" }
      let charges = figures.numbers(pairs) { "charge \($0 / receivers + 1) \($0 % receivers + 1)" }
      for pair in 0..<pairs {
        add(pair / receivers, pair % receivers, costs[pair], charges[pair])
      }
    } else {
      let rows = self.rows(&figures, suppliers, receivers)
      for row in rows { add(row.supplier, row.receiver, row.cost, row.charge) }
    }
    figures.end()
    try figures.throwIfIssues()
    return instance(links, supplies: supplies, needs: needs)
  }

  private struct Row {
    let supplier: Int
    let receiver: Int
    let cost: Double
    let charge: Double
  }

  /// Rows `i j cost charge`; ids count from 0 if any is 0, else from 1.
  private func rows(_ figures: inout FigureText, _ suppliers: Int, _ receivers: Int) -> [Row] {
    var rows: [Row] = []
    while figures.count > 0 {
      let place = "row \(rows.count + 1)"
      rows.append(
        Row(
          supplier: figures.whole("supplier of \(place)", in: 0...suppliers),
          receiver: figures.whole("receiver of \(place)", in: 0...receivers),
          cost: figures.number("cost of \(place)"), charge: figures.number("charge of \(place)")))
    }
    let first = rows.contains { $0.supplier == 0 || $0.receiver == 0 } ? 0 : 1
    if first == 0, rows.contains(where: { $0.supplier == suppliers || $0.receiver == receivers }) {
      figures.report(
        "mixed-counting", "rows", found: "numbers from 0 and up to \(suppliers) or \(receivers)",
        expected: "all counted from 0, or all from 1")
      return []
    }
    return rows.map {
      Row(
        supplier: $0.supplier - first, receiver: $0.receiver - first, cost: $0.cost,
        charge: $0.charge)
    }
  }

  /// Half of all pairs as rows are as many numbers as two matrices; rows of distinct pairs in order
  /// are hardly ever costs.
  private func looksLikeRows(_ figures: FigureText, _ suppliers: Int, _ receivers: Int) -> Bool {
    guard figures.count.isMultiple(of: 4) else { return false }
    var figures = figures
    var last = -1
    while figures.count > 0 {
      let supplier = figures.whole("supplier", in: 0...suppliers)
      let receiver = figures.whole("receiver", in: 0...receivers)
      _ = (figures.number("cost"), figures.number("charge"))
      let pair = supplier * (receivers + 1) + receiver
      if !figures.issues.isEmpty || pair <= last { return false }
      last = pair
    }
    return true
  }
}
