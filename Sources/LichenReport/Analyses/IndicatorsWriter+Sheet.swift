import LichenAnalysis
import LichenDomain
import LichenMatching

extension AnalysisSection {
  /// Every item of form A.5, of Decree 35/2022 and of the framework, filled where the park's tables answer it.
  public static func indicatorSheet(
    _ analysis: IndicatorAnalysis, of result: MatchResult, language: Language
  ) -> AnalysisSection {
    IndicatorsWriter(analysis, ReportContext(result, language: language)).sheet
  }
}

extension IndicatorsWriter {
  /// In the order in which they are filed.
  private static let sets: [EcoParkCriterion.Origin] = [.form, .decree, .framework]

  var sheet: AnalysisSection {
    let findings = (analysis.answered + analysis.unknown).sorted {
      Self.order($0.criterion.id).lexicographicallyPrecedes(Self.order($1.criterion.id))
    }
    var blocks: [AnalysisSection.Block] = []
    for set in Self.sets {
      let items = findings.filter { $0.criterion.origin == set }
      if items.isEmpty { continue }
      blocks += [
        .heading(text("form.set.\(set.rawValue)")), .table(table(items)),
      ]
    }
    blocks.append(.note(text("form.note")))
    if findings.contains(where: \.mustBeChecked) { blocks.append(.note(text("indicators.check"))) }
    let filled = analysis.answered.count
    return AnalysisSection(
      id: "sheet", title: text("form.title"),
      lead: text(
        "form.lead",
        [
          "filled": language.number(Double(filled)),
          "all": language.number(Double(findings.count)),
        ]), blocks: blocks)
  }

  private func table(_ items: [CriterionFinding]) -> AnalysisTable {
    AnalysisTable(
      [
        .text(text("form.number")), .text(text("indicators.criterion")),
        .text(text("indicators.threshold")), .number(text("indicators.today")),
        .number(text("indicators.planned")), .text(text("form.remark")),
      ], rows: items.map(row))
  }

  /// What nobody knows stays blank, for the park to fill, and says what it takes.
  private func row(_ finding: CriterionFinding) -> [String] {
    let criterion = finding.criterion
    let figure = finding.figure
    let mark = finding.mustBeChecked && criterion.threshold != nil ? " *" : ""
    let remark =
      figure == nil
      ? text(
        "form.to-fill",
        [
          "needs": criterion.measure == nil
            ? language.term(criterion.needs) : text("indicators.nothing-declared")
        ])
      : state(finding.planned, reaches: finding.reachesPlanned, criterion)
    return [
      criterion.id, language.term(criterion.name), threshold(criterion) + mark,
      figure.map { bounds($0.today, $0.unit) } ?? "",
      figure.map { bounds($0.planned, $0.unit) } ?? "", remark,
    ]
  }

  /// `ENV.10` comes after `ENV.9`.
  private static func order(_ id: String) -> [String] {
    var parts: [String] = []
    var isDigit: Bool?
    for character in id {
      if character.isNumber != isDigit { parts.append("") }
      isDigit = character.isNumber
      parts[parts.count - 1].append(character)
    }
    return parts.map { part in
      part.first?.isNumber == true ? String(repeating: "0", count: max(0, 6 - part.count)) + part : part
    }
  }
}
