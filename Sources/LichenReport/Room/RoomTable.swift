import LichenAnalysis
import LichenDomain

/// Scenarios side by side: a column for the park as declared and one for each scenario.
public struct RoomTable: Sendable {
  public struct Head: Sendable {
    public let letter: String
    public let title: String
    public let isNow: Bool
  }

  public struct Row: Sendable {
    public let figure: String
    public let base: String
    public let cells: [Cell]
  }

  public struct Cell: Sendable {
    public let amount: String
    /// Against the baseline.
    public let difference: String
    public let isNow: Bool
  }

  public let heads: [Head]
  public let rows: [Row]

  init(_ writer: ScenarioWriter, _ columns: [RoomColumn]) {
    heads = columns.map { Head(letter: $0.letter, title: $0.title, isNow: $0.isNow) }
    rows = RoomRows(writer, columns).all
  }
}

/// The rows of the table, in units of headlines, so that several scenarios find room.
private struct RoomRows {
  let writer: ScenarioWriter
  let columns: [RoomColumn]

  init(_ writer: ScenarioWriter, _ columns: [RoomColumn]) {
    self.writer = writer
    self.columns = columns
  }

  private var language: Language { writer.language }

  private func largest(_ figure: (PlanFigures) -> Double?) -> Double {
    writer.comparison.all.compactMap(\.figures).compactMap(figure).map(abs).max() ?? 0
  }

  private func row(
    _ title: String, _ unit: String, factor: Double = 1, decimals: Int? = nil,
    _ figure: (PlanFigures) -> Double?
  ) -> RoomTable.Row {
    let decimals = decimals ?? Language.decimals(largest(figure) / factor, digits: 3)
    let base = writer.comparison.baseline.figures.flatMap(figure)
    func shown(_ value: Double?) -> String {
      value.map { language.number($0 / factor, decimals: decimals) } ?? "–"
    }
    return RoomTable.Row(
      figure: unit.isEmpty ? title : "\(title), \(unit)", base: shown(base),
      cells: columns.map { column in
        let value = writer.comparison.scenarios[column.index].figures.flatMap(figure)
        let change = value.flatMap { value in base.map { (value - $0) / factor } }
        return RoomTable.Cell(
          amount: shown(value),
          difference: change.map { language.change($0, decimals: decimals) } ?? "",
          isNow: column.isNow)
      })
  }

  var all: [RoomTable.Row] {
    let money = language.moneyScale(largest { $0.money.typical }, writer.currency)
    let carbon = language.massScale(tonnes: largest { $0.carbon.typical } / 1000)
    let capital = language.moneyScale(largest { $0.capital.typical }, writer.currency)
    func perYear(_ unit: String) -> String { language.text("format.per-year", ["value": unit]) }
    return [
      row(language.text("compare.money"), perYear(money.unit), factor: money.factor) {
        $0.money.typical
      },
      row(
        language.text("compare.carbon"), perYear(carbon.unit), factor: 1000 * carbon.factor
      ) { $0.carbon.typical },
      row(language.text("compare.exchanges"), "", decimals: 0) { Double($0.exchanges) },
      row(language.text("compare.capital"), capital.unit, factor: capital.factor) {
        $0.capital.typical
      },
      row(language.text("compare.payback"), language.text("compare.years"), decimals: 1) {
        $0.payback
      },
      row(language.text("compare.permits"), "", decimals: 0) { Double($0.permits) },
      row(language.text("compare.gap"), "%", decimals: 2) { $0.gap * 100 },
    ]
  }
}
