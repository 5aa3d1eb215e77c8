import LichenAnalysis
import LichenDomain
import LichenMatching

extension AnalysisSection {
  /// What one more unit of each scarce thing is worth.
  public static func shadow(
    _ found: Marginals, of result: MatchResult, language: Language
  ) -> AnalysisSection {
    MarginalWriter(
      found: found,
      words: SectionWords(context: ReportContext(result, language: language), head: "shadow")
    ).section
  }
}

private struct MarginalWriter {
  let found: Marginals
  let words: SectionWords

  private static let most = 25

  var section: AnalysisSection {
    let rows = found.values.prefix(Self.most).map { value -> [String] in
      func price(_ amount: Double?) -> String {
        amount.map { words.language.significant($0, digits: 4) }
          ?? words.language.text("word.unknown")
      }
      return [
        name(value.resource), amount(value), price(value.shadowPrice), price(value.more),
        price(value.less),
      ]
    }
    return AnalysisSection(
      id: "shadow", title: words.text("title"),
      lead: words.text(
        found.values.isEmpty ? "none" : "lead",
        ["resource": found.values.first.map { name($0.resource) } ?? ""]),
      blocks: [
        .table(
          AnalysisTable(
            [
              .text(words.text("resource")), .number(words.text("amount")),
              .number(words.text("dual")), .number(words.text("more")),
              .number(words.text("less")),
            ], rows: Array(rows))),
        .note(
          words.text(
            "method", ["share": words.language.percent(found.share, decimals: 1)])),
      ])
  }

  private func name(_ resource: Marginals.Resource) -> String {
    switch resource {
    case .supply(let id): words.text("supply", ["stream": words.stream(id)])
    case .need(let id): words.text("need", ["stream": words.stream(id)])
    case .budget: words.text("budget")
    case .carbonFloor: words.text("carbon-floor")
    }
  }

  private func amount(_ value: Marginals.Value) -> String {
    func quantity(_ material: MaterialID?) -> String {
      let unit = material.flatMap { words.context.park.material($0)?.referenceUnit.id } ?? ""
      return words.language.quantity(value.amount, unit: unit)
    }
    return switch value.resource {
    case .supply(let id): quantity(words.context.park.output(id)?.material)
    case .need(let id): quantity(words.context.park.input(id)?.material)
    case .budget: words.language.money(value.amount, words.context.currency)
    case .carbonFloor: words.language.mass(tonnes: value.amount / 1000)
    }
  }
}
