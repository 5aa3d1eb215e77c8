import LichenDomain

/// A cell of a sheet that is not blank.
struct SheetCell: Sendable, Equatable {
  enum Value: Sendable, Equatable {
    case text(String)
    case number(Double)
    /// A number shown as per cent: 5 % is 0.05.
    case percent(Double)
    case boolean(Bool)
    /// A day, month or year, written `2024-05-31`, `2024-05` or `2024`.
    case date(String)
    /// A time of day, a duration or a day that does not exist.
    case time(String)
    /// `#N/A`, `#REF!` and their like.
    case error(String)
    /// A formula that no program has worked out yet.
    case formulaWithoutValue
  }

  /// Counted from 0.
  let column: Int
  let value: Value

  /// What stands there, for messages and for columns of text.
  var text: String {
    switch value {
    case .text(let text), .date(let text), .time(let text), .error(let text): text
    case .number(let number), .percent(let number): NumberText.shortest(number)
    case .boolean(let truth): truth ? "yes" : "no"
    case .formulaWithoutValue: "a formula"
    }
  }

  /// Column of a reference such as `AB12`, counted from 0; `nil` for anything else.
  static func column(of reference: String) -> Int? {
    var column = 0
    for byte in reference.utf8 {
      if (48...57).contains(byte) { break }
      let letter = byte & 0xDF
      guard (65...90).contains(letter), column < 20_000 else { return nil }
      column = column * 26 + Int(letter - 64)
    }
    return column > 0 && column <= 16_384 ? column - 1 : nil
  }
}
