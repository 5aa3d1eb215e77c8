import LichenDomain

/// A text of numbers parted by white space or commas, as classical instances come; lines that begin
/// with `#`, `*` or `%` are remarks.
struct FigureText {
  private struct Token {
    let text: Substring
    let line: Int
  }

  private let file: String
  private var tokens: [Token] = []
  private var position = 0
  private(set) var issues: [ValidationIssue] = []

  init(_ text: String, file: String) {
    self.file = file
    var line = 0
    for row in text.split(separator: "\n", omittingEmptySubsequences: false) {
      line += 1
      let parts = row.split { $0.isWhitespace || $0 == "," }
      if let first = parts.first?.first, "#*%".contains(first) { continue }
      tokens += parts.map { Token(text: $0, line: line) }
    }
  }

  /// Tokens that are left.
  var count: Int { tokens.count - position }

  /// The next number; 0 after a report.
  /// - Parameter word: A word that stands for `value` in some files.
  mutating func number(
    _ what: String, accepts: (Double) -> Bool = { $0 >= 0 }, expected: String = "0 or more",
    word: (text: String, value: Double?)? = nil
  ) -> Double {
    guard position < tokens.count else {
      report("missing-value", what, line: tokens.last?.line, expected: "a number, \(expected)")
      return 0
    }
    let token = tokens[position]
    position += 1
    if let word, token.text.lowercased() == word.text, let value = word.value { return value }
    let value = Array(token.text.utf8).withUnsafeBufferPointer { DecimalNumber.parse($0[...]) }
    if let value, value.isFinite, accepts(value) { return value }
    report(
      value == nil ? "not-a-number" : "out-of-range", what, line: token.line,
      found: String(token.text), expected: "a number, \(expected)")
    return 0
  }

  /// The next whole number in `range`.
  mutating func whole(_ what: String, in range: ClosedRange<Int>) -> Int {
    Int(
      number(
        what,
        accepts: {
          $0 == $0.rounded() && $0 >= Double(range.lowerBound) && $0 <= Double(range.upperBound)
        },
        expected: "whole, \(range.lowerBound) to \(range.upperBound)"))
  }

  mutating func numbers(_ count: Int, _ what: (Int) -> String) -> [Double] {
    (0..<count).map { number(what($0)) }
  }

  /// Reports text behind the last number that is wanted.
  mutating func end() {
    guard position < tokens.count else { return }
    report(
      "surplus-values", "the end", line: tokens[position].line,
      found: "\(count) more from '\(tokens[position].text)' on", expected: "nothing more")
  }

  mutating func report(
    _ code: String, _ what: String, line: Int? = nil, found: String? = nil,
    expected: String? = nil, hint: String? = nil
  ) {
    // One missing number makes all others missing.
    if code == "missing-value", issues.contains(where: { $0.code == code }) { return }
    issues.append(
      ValidationIssue(
        code: code, at: SourceLocation(file: file, row: line), field: what, found: found,
        expected: expected, hint: hint))
  }

  func throwIfIssues() throws(ValidationError) {
    if !issues.isEmpty { throw ValidationError(issues) }
  }
}
