/// A fact about a node or a link, of one type in all rows.
struct GraphColumn<Row>: Sendable {
  /// As GraphML calls them.
  enum Kind: String, Sendable { case string, double, int, boolean }

  enum Value: Sendable {
    case text(String)
    case number(Double)
    case whole(Int)
    case flag(Bool)
  }

  /// In snake case, as in the tables.
  let name: String
  let kind: Kind
  /// `nil` for unknown, and for what the row cannot have.
  let value: @Sendable (Row) -> Value?

  init(_ name: String, _ text: @escaping @Sendable (Row) -> String?) {
    self.name = name
    kind = .string
    value = { text($0).map(Value.text) }
  }

  init(number name: String, _ number: @escaping @Sendable (Row) -> Double?) {
    self.name = name
    kind = .double
    value = { number($0).flatMap { $0.isFinite ? .number($0) : nil } }
  }

  init(whole name: String, _ number: @escaping @Sendable (Row) -> Int?) {
    self.name = name
    kind = .int
    value = { number($0).map(Value.whole) }
  }

  init(flag name: String, _ flag: @escaping @Sendable (Row) -> Bool?) {
    self.name = name
    kind = .boolean
    value = { flag($0).map(Value.flag) }
  }
}

extension GraphColumn.Value {
  /// Text as it stands; numbers in their shortest form.
  var plain: String {
    switch self {
    case .text(let text): text
    case .number(let number): ResultTables.plain(number)
    case .whole(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    }
  }

  var json: JSONText {
    switch self {
    case .text(let text): .text(text)
    case .number(let number): .number(number)
    case .whole(let number): .whole(number)
    case .flag(let flag): .flag(flag)
    }
  }
}
