import LichenDomain
import LichenIO
import LichenMatching
import LichenPlanning

/// How the plan was made and what was proved.
enum CertificateSheet {
  private struct Fact {
    let name: String
    let value: Spreadsheet.Cell
  }

  static func sheet(_ words: SheetWords, name: String) -> Spreadsheet.Sheet {
    let context = words.context
    var layout = SheetLayout(name: name, title: words.text("sheet.settings"))
    layout.heading(words.text("assumptions.settings"))
    layout.table(
      columns(words),
      SettingsList(context).items.map { Fact(name: $0.setting, value: cell($0, context)) })
    layout.heading(words.text("cert.title"))
    layout.paragraph(words.text("cert.lead"), SheetLook.note)
    layout.table(columns(words), certificate(words))
    let components = context.plan.certificate.components
    if !components.isEmpty {
      layout.heading(words.text("cert.components"))
      layout.table(componentColumns(words), Array(components.enumerated()))
    }
    layout.paragraph(words.text("cert.repeat"), SheetLook.note)
    return layout.sheet()
  }

  private static func columns(_ words: SheetWords) -> [SheetColumn<Fact>] {
    [
      .text("what", words.text("sheet.what"), width: 40) { $0.name },
      SheetColumn("value", words.text("cert.value"), width: 60) { fact, _ in fact.value },
    ]
  }

  private static func cell(_ setting: AssumptionsView.Setting, _ context: ReportContext)
    -> Spreadsheet.Cell
  {
    // A day is a day to the program that opens the file, in the form of its reader's country.
    setting.key == "setting.law-date"
      ? Spreadsheet.Cell(.date(context.park.settings.lawDate), leftNumber(.date))
      : Spreadsheet.Cell(.text(setting.settingValue), SheetLook.text)
  }

  private static func certificate(_ words: SheetWords) -> [Fact] {
    let context = words.context
    let certificate = context.plan.certificate
    func text(_ key: String, _ value: String) -> Fact {
      Fact(name: words.text(key), value: Spreadsheet.Cell(.text(value), SheetLook.text))
    }
    func count(_ key: String, _ value: Int) -> Fact {
      Fact(
        name: words.text(key),
        value: Spreadsheet.Cell(.number(Double(value)), leftNumber(.whole)))
    }
    func number(_ key: String, _ unit: String, _ value: Double, _ format: Spreadsheet.NumberFormat)
      -> Fact
    {
      Fact(
        name: unit.isEmpty ? words.text(key) : words.head(key, unit),
        value: context.hasPlan
          ? Spreadsheet.Cell(.number(value), leftNumber(format))
          : Spreadsheet.Cell(.text(words.text("word.none")), SheetLook.text))
    }
    let isCarbon = [.carbon, .carbonThenBenefit].contains(certificate.objective)
    let unit = isCarbon ? words.carbonPerYear : words.moneyPerYear
    let factor = isCarbon ? SheetWords.kgPerTonne : 1
    let format = isCarbon ? words.carbonFormat : words.moneyFormat
    let excluded = context.plan.excluded.counts(below: certificate.candidates)
    return [
      text("cert.objective", words.text("objective.\(certificate.objective.rawValue)")),
      text("cert.status", words.text("status.\(certificate.status.rawValue)")),
      text("cert.stop", words.text("stop.\(certificate.stopReason.rawValue)")),
      number("cert.incumbent", unit, certificate.incumbent / factor, format),
      number("cert.bound", unit, certificate.bound / factor, format),
      number("cert.gap", "", certificate.gap, .percent(4)),
      number("cert.recomputed", unit, certificate.recomputationDifference / factor, .decimals(6)),
      text("cert.solver", certificate.solver),
      count("cert.candidates", certificate.candidates),
      count("cert.blocked", excluded.blocked), count("cert.eliminated", excluded.neverPays),
      count("cert.links", certificate.links),
      count("cert.components", certificate.components.count),
      count("cert.nodes", certificate.nodes),
    ]
  }

  /// In a column of texts numbers stand where the texts do.
  private static func leftNumber(_ format: Spreadsheet.NumberFormat) -> Spreadsheet.Look {
    var look = SheetLook.number(format)
    look.side = .left
    return look
  }

  private static func componentColumns(_ words: SheetWords)
    -> [SheetColumn<(offset: Int, element: ComponentSummary)>]
  {
    typealias Column = SheetColumn<(offset: Int, element: ComponentSummary)>
    let counts: [(String, KeyPath<ComponentSummary, Int>)] = [
      ("sheet.columns", \.columns), ("sheet.integers", \.integers), ("cert.nodes", \.nodes),
    ]
    let columns: [Column] = [
      Column("number", words.text("cert.component"), width: 10) { part, _ in
        Spreadsheet.Cell(.number(Double(part.offset + 1)), leftNumber(.whole))
      },
      .text("status", words.text("cert.status"), width: 60) {
        "\(words.text("status.\($0.element.status)")) · \($0.element.rawStatus)"
      },
      .number("links", words.text("cert.links"), .whole) { Double($0.element.links) },
      .number("rows", words.text("sheet.rows"), .whole) { Double($0.element.rows) },
    ]
    return columns
      + counts.map { key, path in
        .number(key, words.text(key), .whole) { Double($0.element[keyPath: path]) }
      } + [
        .figure("value", words.text("cert.value"), width: 16) { $0.element.objective },
        .figure("bound", words.text("cert.bound-short"), width: 16) { $0.element.bound },
      ]
  }
}
