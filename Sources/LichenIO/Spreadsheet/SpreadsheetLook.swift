extension Spreadsheet {
  /// How a cell looks; equal looks become one format of the file.
  public struct Look: Sendable, Hashable {
    public var isBold = false
    /// [points]
    public var size: Double?
    /// 0xRRGGBB; `nil` is black.
    public var ink: UInt32?
    /// 0xRRGGBB; `nil` is none.
    public var fill: UInt32?
    public var wraps = false
    /// Where the text stands; `nil` is left for texts and right for numbers.
    public var side: Side?
    public var format = NumberFormat.general
    /// Space before the text [characters].
    public var indent: UInt8 = 0
    /// Colour of the lines under and over the cell, 0xRRGGBB; `nil` is black.
    public var rule: UInt32?
    /// A line under the cell.
    public var bottom: Line?
    /// A line over the cell.
    public var top: Line?
    /// A line left of the cell, in the colour of the ink.
    public var left: Line?

    public init() {}
  }

  public enum Side: Sendable, Hashable { case left, right }

  /// How lines are drawn.
  public enum Line: Sendable, Hashable {
    case hair, thin, medium, dashDot, longDash, shortDash, dots
  }

  /// How numbers show; the program that opens the file puts in the marks of its reader's country.
  public enum NumberFormat: Sendable, Hashable {
    case general
    /// `1,234`
    case whole
    /// `1,234.5` with so many digits behind the mark, 1...6.
    case decimals(Int)
    /// A share 0...1 as `12 %`, with so many digits behind the mark, 0...4.
    case percent(Int)
    /// The short date of the reader's country.
    case date

    /// The code of the file format, in English marks; `nil` for general and for built-in ones.
    var code: String? {
      switch self {
      case .general, .date: nil
      case .whole: "#,##0"
      case .decimals(let digits): "#,##0." + String(repeating: "0", count: min(6, max(1, digits)))
      case .percent(0): "0%"
      case .percent(let digits): "0." + String(repeating: "0", count: min(4, max(1, digits))) + "%"
      }
    }
  }
}
