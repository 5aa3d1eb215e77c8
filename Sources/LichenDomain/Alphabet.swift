/// Letters that count, as spreadsheets name their columns.
public enum Alphabet {
  /// `A` for 0, `Z` for 25, `AA` for 26.
  /// - Parameter index: From 0.
  public static func letters(_ index: Int) -> String {
    let last = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index % 26)))
    return index < 26 ? last : letters(index / 26 - 1) + last
  }
}
