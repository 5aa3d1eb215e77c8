import LichenAnalysis
import LichenDomain
import LichenGraph

extension AnalysisSection {
  /// Why no plan exists, and what would have to give.
  public static func conflicts(
    _ found: Conflict, in park: Park, language: Language
  ) -> AnalysisSection {
    ConflictWriter(found: found, park: park, language: language).section
  }
}

private struct ConflictWriter {
  let found: Conflict
  let park: Park
  let language: Language

  private func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    language.text("conflicts.\(key)", arguments)
  }

  var section: AnalysisSection {
    if found.requirements.isEmpty {
      return AnalysisSection(
        id: "conflicts", title: text("title"), lead: text("none"), blocks: [])
    }
    let rows = found.relaxations.map { relaxation in
      [
        name(relaxation.requirement), answer(relaxation),
        relaxation.money.map { language.money($0, park.settings.currency) } ?? "",
        relaxation.carbon.map { language.mass(tonnes: $0 / 1000) } ?? "",
      ]
    }
    var blocks: [AnalysisSection.Block] = [
      .table(
        AnalysisTable(
          [
            .text(text("requirement")), .text(text("relaxation")), .number(text("money")),
            .number(text("carbon")),
          ], rows: rows))
    ]
    if !found.isProven { blocks.append(.note(text("unproven"))) }
    return AnalysisSection(
      id: "conflicts", title: text("title"),
      lead: language.plural("conflicts.lead", count: found.requirements.count), blocks: blocks)
  }

  private func name(_ requirement: Requirement) -> String {
    switch requirement {
    case .required(let selector): text("required", ["exchange": selector.text])
    case .kept(let selector): text("kept", ["exchange": selector.text])
    case .forbidden(let selector): text("forbidden", ["exchange": selector.text])
    case .budget(let value):
      text("budget", ["money": language.money(value, park.settings.currency)])
    case .carbonFloor(let value):
      text("carbon-floor", ["mass": language.mass(tonnes: value / 1000)])
    case .partners(let count): text("partners", ["count": language.number(Double(count))])
    }
  }

  private func answer(_ relaxation: Conflict.Relaxation) -> String {
    if !relaxation.obstacles.isEmpty {
      let reasons = relaxation.obstacles.map {
        blockerText($0, language: language, park: park).what
      }
      return text("obstacles", ["blockers": language.list(reasons)])
    }
    if !relaxation.helps { return text("no-help") }
    return relaxation.mildest.map { text("mildest", ["requirement": name($0)]) } ?? text("drop")
  }
}
