/// Names for a model file: ASCII, unique, the same for the same model on every run.
///
/// Readers differ in what they accept: spaces split fields, CBC takes names of one or two
/// characters for numbers, and a CPLEX LP name must not look like a number ("e12").
struct FileNames {
  let columns: [String]
  let rows: [String]

  /// Names that no column or row may take, because the writers use them.
  static let objective = "objective"
  static let constantColumn = "constant"

  /// Longest name every reader accepts, in characters.
  static let maximumLength = 255

  /// - Complexity: O(length of all names).
  init(_ model: MIPModel) {
    var taken: Set<String> = [Self.objective, Self.constantColumn]
    columns = model.columns.enumerated().map { index, column in
      Self.unique(column.name, prefix: "c_", number: index, taken: &taken)
    }
    rows = model.rows.enumerated().map { index, row in
      Self.unique(row.name, prefix: "r_", number: index, taken: &taken)
    }
  }

  /// Replaces what is not a letter, digit or underscore, sets a prefix, so that every name begins
  /// with a letter and has at least three characters, and adds the index where names collide.
  private static func unique(
    _ name: String, prefix: String, number: Int, taken: inout Set<String>
  ) -> String {
    let characters = name.unicodeScalars.map { scalar -> Character in
      isPlain(scalar) ? Character(scalar) : "_"
    }
    // Twenty characters are kept free for the numbers below.
    let base = prefix + (characters.isEmpty ? "_" : String(characters.prefix(maximumLength - 24)))
    if taken.insert(base).inserted { return base }
    var candidate = "\(base)_\(number)"
    while !taken.insert(candidate).inserted { candidate += "_" }
    return candidate
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default: false
    }
  }
}

/// A number as text that reads back as the same number; whole numbers without a fraction.
func exactText(_ value: Double) -> String {
  // Swift prints the shortest text that reads back exactly, at most 17 significant digits.
  let text = "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A name as a comment: on one line and in ASCII.
func commentText(_ name: String) -> String {
  String(
    String.UnicodeScalarView(name.unicodeScalars.map { (" "..."~").contains($0) ? $0 : "?" }))
}
