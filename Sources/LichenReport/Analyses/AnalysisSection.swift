/// The answer to one question about a plan, for people: shown in the report and printed by its command.
public struct AnalysisSection: Sendable {
  /// One piece of an answer, in reading order.
  public enum Block: Sendable {
    /// A small title.
    case heading(String)
    case paragraph(String)
    case table(AnalysisTable)
    case chart(AnalysisChart)
    /// What limits the answer, in small print.
    case note(String)
  }

  /// Anchor within the report, unique among sections: the name of the command.
  public let id: String
  public let title: String
  /// The answer in one or two sentences.
  public let lead: String
  public var blocks: [Block]

  public init(id: String, title: String, lead: String, blocks: [Block]) {
    self.id = id
    self.title = title
    self.lead = lead
    self.blocks = blocks
  }
}

/// A table of texts.
public struct AnalysisTable: Sendable {
  public struct Column: Sendable {
    public let title: String
    /// Numbers stand to the right.
    public let isNumber: Bool

    public static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
    public static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
  }

  public let columns: [Column]
  public let rows: [[String]]
  /// A last row that sums up; empty for none.
  public let total: [String]

  /// - Precondition: Every row has a cell for each column.
  public init(_ columns: [Column], rows: [[String]], total: [String] = []) {
    precondition(
      rows.allSatisfy { $0.count == columns.count } && [0, columns.count].contains(total.count),
      "Every row has a cell for each column.")
    self.columns = columns
    self.rows = rows
    self.total = total
  }
}

/// A drawing with the sentence that says what it shows.
public struct AnalysisChart: Sendable {
  public enum Kind: Sendable {
    case bars(BarChart)
    case plot(PlotChart)
    case blocks(BlockChart)
    case spans(SpanChart)
    case swings(SwingChart)
  }

  public let kind: Kind
  public let caption: String

  public init(_ kind: Kind, caption: String) {
    self.kind = kind
    self.caption = caption
  }

  /// - Parameter width: [px]
  func svg(width: Double) -> String {
    switch kind {
    case .bars(let chart): chart.svg(width: width, label: caption)
    case .plot(let chart): chart.svg(width: width, label: caption)
    case .blocks(let chart): chart.svg(width: width, label: caption)
    case .spans(let chart): chart.svg(width: width, label: caption)
    case .swings(let chart): chart.svg(width: width, label: caption)
    }
  }
}
