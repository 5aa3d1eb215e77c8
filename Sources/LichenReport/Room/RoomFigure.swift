import LichenAnalysis
import LichenDomain
import LichenMatching

/// A key figure of a what-if page: what it is now, how it differs from the baseline, and both on a line.
public struct RoomFigure: Sendable {
  public let name: String
  public let amount: String
  public let unit: String
  /// Against the baseline, with its sign; blank where there is none to compare with.
  public let difference: String
  /// A ring for the baseline, a dot for now.
  public let line: String
  public let note: String

  /// - Parameter context: Of the scenario's plan, drawn against the baseline.
  static func all(_ now: PlannedScenario, _ base: PlannedScenario, _ context: ReportContext)
    -> [RoomFigure]
  {
    let writer = RoomFigureWriter(now: now.figures, base: base.figures, context: context)
    return [
      writer.money, writer.carbon, writer.exchanges, writer.capital, writer.permits,
    ]
  }
}

private struct RoomFigureWriter {
  let now: PlanFigures?
  let base: PlanFigures?
  let context: ReportContext
  var language: Language { context.language }

  private func perYear(_ unit: String) -> String {
    language.text("format.per-year", ["value": unit])
  }

  /// - Parameters:
  ///   - shown: Writes a value in the unit of the larger one.
  private func figure(
    _ key: String, _ value: (PlanFigures) -> Double, unit: String, difference: String? = nil,
    note: String, shown: (Double) -> String, signed: (Double) -> String
  ) -> RoomFigure {
    let (after, before) = (now.map(value), base.map(value))
    let change = after.flatMap { after in before.map { after - $0 } }
    return RoomFigure(
      name: language.text(key), amount: after.map(shown) ?? language.text("word.none"),
      unit: after == nil ? "" : unit, difference: difference ?? change.map(signed) ?? "",
      line: Self.line(now: after, base: before), note: note)
  }

  var money: RoomFigure {
    let largest = max(abs(now?.money.typical ?? 0), abs(base?.money.typical ?? 0))
    let scale = language.moneyScale(largest, context.currency)
    return figure(
      "figure.money", { $0.money.typical }, unit: perYear(scale.unit),
      note: now.map { range($0.money, language.moneyRange($0.money, context.currency)) } ?? "",
      shown: { language.significant($0 / scale.factor) },
      signed: { language.signed($0 / scale.factor, like: largest / scale.factor) })
  }

  var carbon: RoomFigure {
    let largest = max(abs(now?.carbon.typical ?? 0), abs(base?.carbon.typical ?? 0)) / 1000
    let scale = language.massScale(tonnes: largest)
    let price =
      context.plan.options.objective == .carbonPriced ? context.plan.options.carbonPrice : 0
    let note = now.map { now in
      price > 0
        ? language.text(
          "serve.room.worth",
          [
            "money": perYear(language.money(now.carbon.typical / 1000 * price, context.currency)),
            "price": language.money(price, context.currency),
          ])
        : range(now.carbon, language.massRange(tonnes: now.carbon * (1 / 1000)))
    }
    return figure(
      "figure.carbon", { $0.carbon.typical / 1000 }, unit: perYear(scale.unit), note: note ?? "",
      shown: { language.significant($0 / scale.factor) },
      signed: { language.signed($0 / scale.factor, like: largest / scale.factor) })
  }

  /// Both ends; the report says that they are no probability.
  private func range(_ value: Estimate, _ range: String) -> String {
    value.isExact ? "" : language.text("serve.room.ends", ["range": range])
  }

  var exchanges: RoomFigure {
    let (lost, gained) = (context.ranks(.dropped), context.ranks(.gained))
    let parts = [
      lost.isEmpty
        ? nil : language.text("serve.room.dropped-list", ["ranks": context.rankList(lost)]),
      gained.isEmpty
        ? nil : language.text("serve.room.new-list", ["ranks": context.rankList(gained)]),
    ].compactMap(\.self)
    let difference = [
      lost.isEmpty ? nil : language.signed(-Double(lost.count)),
      gained.isEmpty ? nil : language.signed(Double(gained.count)),
    ].compactMap(\.self).joined(separator: " ")
    return figure(
      "figure.exchanges", { Double($0.exchanges) }, unit: "",
      difference: difference.isEmpty ? nil : difference,
      note: parts.isEmpty ? language.text("serve.room.same-links") : language.list(parts),
      shown: { language.number($0) }, signed: { language.signed($0) })
  }

  var capital: RoomFigure {
    let largest = max(abs(now?.capital.typical ?? 0), abs(base?.capital.typical ?? 0))
    let scale = language.moneyScale(largest, context.currency)
    let payback = now?.payback.map {
      language.text("figure.payback", ["years": language.plain($0, digits: 2)])
    }
    return figure(
      "figure.capital", { $0.capital.typical }, unit: scale.unit, note: payback ?? "",
      shown: { language.significant($0 / scale.factor) },
      signed: { language.signed($0 / scale.factor, like: largest / scale.factor) })
  }

  var permits: RoomFigure {
    let days = now?.longestDays.map {
      language.text("serve.room.longest", ["days": language.number($0)])
    }
    let isUnknown = (now?.permits ?? 0) > 0
    return figure(
      "serve.room.permits", { Double($0.permits) }, unit: "",
      note: days ?? (isUnknown ? language.text("serve.room.days-unknown") : ""),
      shown: { language.number($0) }, signed: { language.signed($0) })
  }

  /// From zero to half as much again as the larger of both.
  static func line(now: Double?, base: Double?) -> String {
    let known = [now, base].compactMap(\.self)
    guard let most = known.max(), let least = known.min() else { return "" }
    let (low, high) = (min(0, least * 1.5), max(0, most * 1.5))
    guard high > low else { return "" }
    func x(_ value: Double) -> Double { 6 + (value - low) / (high - low) * 148 }
    var svg = SVG()
    svg.path("M2 6H158", "class=\"ax\"")
    if low < 0 { svg.path("M\(SVG.number(x(0))) 2V10", "class=\"ax\"") }
    if let now, let base {
      svg.path("M\(SVG.number(x(base))) 6H\(SVG.number(x(now)))", "class=\"cn\"")
    }
    if let base { svg.circle(Point(x: x(base), y: 6), radius: 3.6, "class=\"ring\"") }
    if let now { svg.circle(Point(x: x(now), y: 6), radius: 3.6, "class=\"now\"") }
    return "<svg class=\"db\" viewBox=\"0 0 160 12\" aria-hidden=\"true\">\(svg.body)</svg>"
  }
}

extension Language {
  /// A change with as many decimals as the figure that changes shows.
  func signed(_ change: Double, like figure: Double) -> String {
    self.change(change, decimals: Self.decimals(figure, digits: 3))
  }

  /// A signed change; plain `0` where it rounds to nothing.
  func change(_ change: Double, decimals: Int) -> String {
    let text = signed(change, decimals: decimals)
    return text.contains { ("1"..."9").contains($0) } ? text : "0"
  }
}
