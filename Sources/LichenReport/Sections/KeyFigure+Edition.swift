import LichenMatching

extension KeyFigure {
  /// Headline figures of a plan whose totals may be told as ranges only.
  static func ranges(_ withheld: Withheld, _ context: ReportContext) -> [KeyFigure] {
    let language = context.language
    func figure(_ key: String, _ parts: (value: String, unit: String), yearly: Bool) -> KeyFigure {
      KeyFigure(
        caption: language.text(key), figure: parts.value,
        figureUnit: yearly ? language.text("format.per-year", ["value": parts.unit]) : parts.unit,
        graphic: "", notes: [language.text("edition.range")])
    }
    return [
      figure(
        "figure.money", language.moneyParts(exact: withheld.money, context.currency), yearly: true),
      figure("figure.carbon", language.massParts(exactKilograms: withheld.carbon), yearly: true),
      KeyFigure(
        caption: language.text("figure.exchanges"),
        figure: language.number(Double(context.allExchanges)),
        figureUnit: language.text(
          "figure.of",
          ["count": language.number(Double(context.graph.candidates.count + withheld.candidates))]),
        graphic: "",
        notes: [language.plural("edition.without-figures", count: withheld.exchanges.count)]),
      figure(
        "figure.capital", language.moneyParts(exact: withheld.capital, context.currency),
        yearly: false),
    ]
  }
}
