import LichenAnalysis
import LichenMatching

extension AnalysisSection {
  /// What is settled and what is a free choice among plans nearly as good as the best.
  public static func alternatives(
    _ found: Alternatives, of result: MatchResult, language: Language
  ) -> AnalysisSection {
    AlternativesWriter(
      found: found,
      words: SectionWords(
        context: ReportContext(result, language: language), head: "alternatives")
    ).section
  }
}

private struct AlternativesWriter {
  let found: Alternatives
  let words: SectionWords

  private func count(_ freedom: Alternatives.Freedom) -> Int {
    found.links.count { $0.freedom == freedom }
  }

  var section: AnalysisSection {
    var blocks: [AnalysisSection.Block] = []
    if !found.links.isEmpty { blocks.append(.table(links)) }
    let hidden = found.links.count - shown.count
    if hidden > 0 { blocks.append(.note(words.text("more", ["count": words.count(hidden)]))) }
    if found.networks.count > 1 {
      blocks += [.heading(words.text("networks")), .table(networks)]
    }
    blocks.append(
      .note(
        words.text(
          found.isComplete ? "complete" : "cut", ["count": words.count(found.networks.count)])))
    return AnalysisSection(
      id: "alternatives", title: words.text("title"),
      lead: words.text(
        "lead",
        [
          "within": words.language.percent(found.within, decimals: found.within < 0.01 ? 1 : 0),
          "must": words.count(count(.mustHave)), "choice": words.count(count(.choice)),
          "avoid": words.count(found.avoided),
        ]), blocks: blocks)
  }

  /// Those in the plan or in a network that is listed.
  private var shown: [Alternatives.Link] {
    let listed = Set(found.networks.flatMap(\.links))
    return found.links.filter { $0.freedom == .mustHave || listed.contains($0.name) }
  }

  private var links: AnalysisTable {
    func flow(_ value: Double?) -> String {
      value.map { words.language.plain($0, digits: 4) } ?? words.language.text("word.unknown")
    }
    return AnalysisTable(
      [
        .text(words.text("exchange")), .text(words.text("freedom")),
        .text(words.text("unit")),
        .number(words.text("least")), .number(words.text("planned")),
        .number(words.text("most")),
      ],
      rows: shown.map { link in
        [
          words.exchange(link.name), words.language.text("freedom.\(link.freedom.rawValue)"),
          words.unit(ofExchange: link.name), flow(link.least), flow(link.planned), flow(link.most),
        ]
      })
  }

  private var networks: AnalysisTable {
    AnalysisTable(
      [
        .text(""), .number(words.context.moneyPerYear), .number(words.context.carbonPerYear),
        .number(words.text("count")), .text(words.text("gained")), .text(words.text("lost")),
      ],
      rows: found.networks.enumerated().map { index, network in
        [
          words.count(index + 1), words.money(network.money), words.carbon(network.carbon),
          words.count(network.links.count),
          index == 0 ? words.text("itself") : words.exchanges(network.gained),
          words.exchanges(network.lost),
        ]
      })
  }
}
