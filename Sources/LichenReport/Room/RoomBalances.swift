import LichenAnalysis
import LichenDomain

/// Who wins and who loses by each scenario, against the park as declared.
public struct RoomBalances: Sendable {
  public struct Row: Sendable {
    public let firm: String
    public let bars: [Bar]
  }

  public struct Bar: Sendable {
    /// A drawing with its figure.
    public let drawing: String
    public let isNow: Bool
  }

  public struct Total: Sendable {
    public let amount: String
    public let isNow: Bool
  }

  public let heads: [RoomTable.Head]
  /// Those who win or lose most, then the others together.
  public let rows: [Row]
  public let totals: [Total]
  /// Of the figures.
  public let unit: String
  public let hasRows: Bool

  private static let most = 8

  init(_ writer: ScenarioWriter, _ columns: [RoomColumn]) {
    let language = writer.language
    heads = columns.map { RoomTable.Head(letter: $0.letter, title: $0.title, isNow: $0.isNow) }
    unit = writer.moneyPerYear
    let changes = columns.map { column in
      Dictionary(
        uniqueKeysWithValues: writer.comparison.differences[column.index].enterprises.map {
          ($0.enterprise, $0.change / writer.money.factor)
        })
    }
    func largest(_ id: EnterpriseID) -> Double {
      changes.map { abs($0[id] ?? 0) }.max() ?? 0
    }
    let moved = Set(changes.flatMap(\.keys)).filter { largest($0) * writer.money.factor >= 0.5 }
      .sorted { (largest($1), $0) < (largest($0), $1) }
    let named = moved.count > Self.most ? Array(moved.prefix(Self.most - 1)) : moved
    let others = moved.dropFirst(named.count)
    var lines = named.map { id in
      (name: writer.names.short(id), values: changes.map { $0[id] ?? 0 })
    }
    if !others.isEmpty {
      lines.append(
        (
          language.plural("flow.others", count: others.count),
          changes.map { column in others.reduce(0) { $0 + (column[$1] ?? 0) } }
        ))
    }
    // Whole units in each column that add up to its total.
    let rounded = columns.indices.map { column in
      ControlledRounding.round(lines.map { $0.values[column] })
    }
    let extent = lines.flatMap { $0.values.map(abs) }.max() ?? 0
    rows = lines.enumerated().map { index, line in
      Row(
        firm: line.name,
        bars: columns.indices.map { column in
          Bar(
            drawing: Self.bar(
              line.values[column], of: extent, text: language.signed(rounded[column][index])),
            isNow: columns[column].isNow)
        })
    }
    hasRows = !lines.isEmpty
    totals = columns.indices.map { column in
      Total(
        amount: language.signed(rounded[column].reduce(0, +)), isNow: columns[column].isNow)
    }
  }

  /// Gains filled to the right, losses hollow to the left, the figure at the end.
  private static func bar(_ value: Double, of extent: Double, text: String) -> String {
    var svg = SVG()
    svg.path("M60 0V14", "class=\"ax\"")
    let length = extent > 0 ? abs(value) / extent * 24 : 0
    if length >= 0.1 {
      let long = max(1, length)
      svg.rectangle(
        Box(x: value < 0 ? 60 - long : 60, y: 2.5, width: long, height: 9),
        "class=\"\(value < 0 ? "loss" : "gain")\"")
    }
    let place = value < 0 ? Point(x: 57 - length, y: 11) : Point(x: 63 + length, y: 11)
    svg.text(text, at: place, anchor: value < 0 ? "end" : "start", "font-size=\"11.5\"")
    return
      "<svg class=\"wb\" viewBox=\"0 0 120 14\" role=\"img\" aria-label=\"\(Markup.escape(text))\">"
      + "\(svg.body)</svg>"
  }
}
