import LichenDomain
import LichenGraph
import LichenIO

/// Headings with their units, and cells that say "unknown" where a figure is.
struct SheetWords {
  let context: ReportContext
  /// `€/yr`
  let moneyPerYear: String
  /// `t CO₂e/yr`
  let carbonPerYear: String
  /// `€`
  let money: String
  /// Whole units of the currency, unless the whole plan is small change.
  let moneyFormat: Spreadsheet.NumberFormat
  let carbonFormat: Spreadsheet.NumberFormat

  /// Tables show CO2e in tonnes.
  static let kgPerTonne = 1000.0

  init(_ context: ReportContext) {
    let language = context.language
    self.context = context
    // Below these sizes tables are in single units of money and in tonnes.
    let money = TableScale.money(largest: 0, currency: context.currency, language: language).unit
    let carbon = TableScale.carbon(largestKg: 1e5, language: language).unit
    self.money = money
    moneyPerYear = language.text("format.per-year", ["value": money])
    carbonPerYear = language.text("format.per-year", ["value": carbon])
    let largest = context.ledgerItems.map { abs($0.money.typical) }.max() ?? 0
    let heaviest = context.ledgerItems.map { abs($0.carbon.typical) }.max() ?? 0
    moneyFormat = largest < 1000 ? .decimals(2) : .whole
    carbonFormat = heaviest < 100 * Self.kgPerTonne ? .decimals(3) : .decimals(1)
  }

  var language: Language { context.language }

  func text(_ key: String) -> String { language.text(key) }

  /// `Net benefit [€/yr]`
  func head(_ key: String, _ unit: String) -> String {
    language.text("sheet.with-unit", ["figure": language.text(key), "unit": unit])
  }

  func confidence(_ confidence: Confidence?) -> String {
    confidence.map { language.text("confidence.\($0.rawValue)") } ?? ""
  }

  func effect(_ effect: LegalEffect?) -> Spreadsheet.Cell {
    guard let effect else { return Spreadsheet.Cell(.blank, SheetLook.text) }
    return Spreadsheet.Cell(
      .text(language.text("effect.\(effect.rawValue)")), SheetLook.law(effect))
  }

  /// The number, or the word for unknown.
  func known(_ value: Double?, _ format: Spreadsheet.NumberFormat) -> Spreadsheet.Cell {
    value.map { Spreadsheet.Cell(.number($0), SheetLook.number(format)) }
      ?? Spreadsheet.Cell(.text(language.text("word.unknown")), SheetLook.text)
  }

  /// A figure with its ends in three columns: `ID`, `ID-low`, `ID-high`. An unknown one says so in the
  /// first and leaves the ends empty.
  func range<Row>(
    _ id: String, _ key: String, _ unit: String, _ format: Spreadsheet.NumberFormat,
    isSummed: Bool = false, _ value: @escaping (Row) -> RangeCell
  ) -> [SheetColumn<Row>] {
    func end(_ suffix: String, _ key: String, _ part: @escaping (Estimate) -> Double)
      -> SheetColumn<Row>
    {
      SheetColumn(
        "\(id)-\(suffix)",
        language.text("sheet.with-unit", ["figure": language.text(key), "unit": unit]),
        width: 13, isSummed: isSummed, isNumber: true
      ) { row, place in
        switch value(row) {
        case .known(let estimate, let formula):
          Spreadsheet.Cell(
            formula?("\(id)-\(suffix)", part(estimate), place) ?? .number(part(estimate)),
            SheetLook.number(format))
        case .unknown, .none: Spreadsheet.Cell(.blank, SheetLook.line)
        }
      }
    }
    return [
      SheetColumn(id, head(key, unit), width: 15, isSummed: isSummed, isNumber: true) {
        row, place in
        switch value(row) {
        case .known(let estimate, let formula):
          Spreadsheet.Cell(
            formula?(id, estimate.typical, place) ?? .number(estimate.typical),
            SheetLook.number(format))
        case .unknown: known(nil, format)
        case .none: Spreadsheet.Cell(.blank, SheetLook.line)
        }
      },
      end("low", "assumptions.low") { $0.low }, end("high", "assumptions.high") { $0.high },
    ]
  }
}

/// What stands in the three cells of a figure with its range.
enum RangeCell {
  /// The formula is asked for with the column's id, the value that it has, and the sheet's row.
  case known(Estimate, formula: ((String, Double, Int) -> Spreadsheet.Value)? = nil)
  case unknown
  /// Nothing to say here.
  case none

  /// - Parameter estimate: `nil` is unknown.
  init(_ estimate: Estimate?) { self = estimate.map { .known($0) } ?? .unknown }
}
