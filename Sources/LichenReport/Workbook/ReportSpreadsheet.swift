import LichenIO

/// Turns a report into a workbook whose totals are formulas, so that readers can check and change it.
///
/// Sheets in order: the decision, exchanges, their ledger, enterprises, plants and legs, measures, law,
/// why not, assumptions, settings and certificate, sources, and one for each analysis. Equal reports
/// give equal workbooks.
public enum ReportSpreadsheet {
  public static func make(_ report: Report) -> Spreadsheet {
    let context = ReportContext(report)
    let words = SheetWords(context)
    let items = context.ledgerItems
    var names = SheetNames()
    func name(_ key: String) -> String { names.name(words.text(key)) }
    let summaryName = name("sheet.summary")
    let exchangesName = name("table.exchanges")
    let ledger = LedgerSheet(words, items: items, name: name("sheet.ledger"))
    let exchanges = ExchangesSheet(words, items: items, ledger: ledger, name: exchangesName)
    let evidence = EvidenceSheets(words)
    let enterprises = evidence.enterprises(name: name("sheet.enterprises"))
    let plants = PlantsSheet(words, items: items, ledger: ledger, name: name("sheet.plants"))
    let measures = MeasuresSheet(words, items: items, ledger: ledger, name: name("sheet.measures"))
    let law = LawSheet(words, name: name("law.title"))
    let summary = SummarySheet(
      words, report,
      SummarySheet.Parts(
        exchanges: exchanges.table, permits: law.permits, plants: plants, measures: measures),
      name: summaryName)
    var sheets = [summary.sheet, exchanges.sheet, ledger.sheet, enterprises]
    sheets += [plants?.sheet, measures?.sheet].compactMap(\.self)
    sheets += [
      law.sheet, evidence.whyNot(name: name("sheet.why-not")),
      evidence.assumptions(name: name("sheet.assumptions")),
      CertificateSheet.sheet(words, name: name("sheet.settings")),
      evidence.sources(name: name("sheet.sources")),
    ]
    for section in report.sections {
      sheets.append(
        AnalysisSheet.sheet(
          section, language: report.language, name: names.name(section.title)))
    }
    return Spreadsheet(
      title: words.language.text("page.title", ["park": context.park.settings.title]),
      sheets: sheets)
  }
}
